// How far a compaction is, on a terminal.
#pragma once

#include <functional>

#include "storage/view/view.h"
#include "tools/ctl/context.h"

namespace daftar::ctl {

// A line that is written anew, and gone when this dies. The context must outlive it.
class CompactingLine {
 public:
  explicit CompactingLine(const Context& context) : context_(context) {}
  ~CompactingLine();
  CompactingLine(const CompactingLine&) = delete;
  CompactingLine& operator=(const CompactingLine&) = delete;

  // Shows each step, and stops once `go_on` says no. Dies with the line.
  daftar::Progress Progress(std::function<bool()> go_on);

 private:
  const Context& context_;
  bool shown_ = false;
};

}  // namespace daftar::ctl
