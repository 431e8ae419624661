// What a session did, in words and as JSON.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "client/sync/engine.h"
#include "tools/ctl/context.h"
#include "tools/ctl/traffic_words.h"

namespace daftar::ctl {

// Lines for the end of a session.
std::string ReportText(const SyncReport& report, const ToCome& to_come);
// The keys of `sync` and `push`, but for those of the budget.
void FillReportJson(const SyncReport& report, nlohmann::ordered_json& json);

// Shows on a terminal how far the session is, and tells each checkpoint of --follow: a line, or an object in a line.
class Narrator {
 public:
  Narrator(Context& context, bool follow) : context_(context), follow_(follow) {}
  ~Narrator() { EndLine(); }

  void On(const SyncReport& report);
  // Something to read that is no data.
  void Say(const std::string& line);

 private:
  void EndLine();

  Context& context_;
  const bool follow_;
  uint64_t checkpoints_ = 0, bytes_ = 0;
  bool open_line_ = false;
};

}  // namespace daftar::ctl
