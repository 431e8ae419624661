#include "tools/ctl/link_words.h"

#include <algorithm>

#include "storage/base/bytes.h"
#include "tools/ctl/reply.h"
#include "tools/ctl/times.h"
#include "tools/ctl/traffic_words.h"

namespace daftar::ctl {
namespace {

using nlohmann::ordered_json;

// Chunks of an older manifest may have been fetched beside those of the newest.
uint64_t Fetched(const v1::StoredFill& fill) { return std::min(fill.fetched(), fill.total()); }

}  // namespace

void FillLinkJson(const v1::SyncStatus& status, const std::optional<v1::StoredFill>& fill, int64_t now_ms,
                  ordered_json& json) {
  json["paused"] = status.paused();
  json["budget"] = BudgetJson(status.budget());
  json["traffic"] = TrafficJson(status.traffic(), now_ms);
  json["goodput"] = status.goodput() == 0 ? ordered_json() : ordered_json(status.goodput());
  json["failures"] = status.failures();
  json["next_try"] = TimeJson(status.retry_ms());
  json["filling"] = fill ? ordered_json{{"fetched", Fetched(*fill)}, {"total", fill->total()}} : ordered_json();
  json["repaired"] = status.repaired();
}

std::string LinkText(const v1::SyncStatus& status, const std::optional<v1::StoredFill>& fill, int64_t now_ms) {
  std::string text;
  if (fill) {
    text += "filling   " + HumanBytes(Fetched(*fill)) + " of " + HumanBytes(fill->total()) +
            " of the first download; the next sync goes on with it\n";
  }
  text += "traffic   " + TrafficWords(status.traffic(), now_ms) + "\n";
  text += "budget    " + BudgetWords(status.budget()) + "\n";
  if (status.goodput() > 0) text += "link      carries " + HumanBytes(status.goodput()) + " a second\n";
  if (status.failures() > 0) text += "failures  " + Counted(status.failures(), "attempt") + " in a row\n";
  if (status.repaired() > 0)
    text += "repaired  " + Counted(status.repaired(), "record") + " since the replica was made\n";
  return text;
}

}  // namespace daftar::ctl
