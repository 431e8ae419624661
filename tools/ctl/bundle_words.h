// Bundles in words and in JSON: what the bundle verbs share.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "daftar/v1/bundle.pb.h"
#include "storage/base/signature.h"
#include "storage/base/status.h"
#include "storage/bundle/made.h"
#include "tools/ctl/context.h"

namespace daftar::ctl {

// "snapshot", "delta", "outbox", "receipts".
std::string KindWord(v1::BundleKind::Code kind);
// {key, fingerprint}
nlohmann::ordered_json KeyJson(const PublicKey& key);
// The files of a bundle as a person names them: one, or the first and the last.
std::string FileWords(const std::vector<std::string>& files);
// The bundle of that name. NotFound if there is none.
StatusOr<std::vector<std::string>> FindBundle(const std::string& path);

// How far the work is: a line on a terminal that is written anew, and gone when this dies. The context outlives it.
class StepLine {
 public:
  StepLine(const Context& context, std::string doing, std::string unit)
      : context_(context), doing_(std::move(doing)), unit_(std::move(unit)) {}
  ~StepLine();
  StepLine(const StepLine&) = delete;
  StepLine& operator=(const StepLine&) = delete;

  // Shows each step, and stops once `go_on` says no. Dies with the line.
  bundle::Steps Steps(std::function<bool()> go_on);

 private:
  const Context& context_;
  const std::string doing_, unit_;
  int64_t shown_ms_ = 0;
  bool shown_ = false;
};

}  // namespace daftar::ctl
