#include "tools/ctl/estimate_words.h"

#include "storage/base/bytes.h"
#include "tools/ctl/reply.h"
#include "tools/ctl/traffic_words.h"

namespace daftar::ctl {

void FillEstimateJson(const v1::Estimate& estimate, nlohmann::ordered_json& json) {
  json["records"] = estimate.records();
  json["bytes"] = estimate.bytes();
  json["gone"] = estimate.gone();
  json["rough"] = estimate.rough();
}

std::string EstimateWords(const v1::Estimate& estimate) {
  std::string words = Grouped(estimate.records()) + (estimate.records() == 1 ? " change" : " changes") + ", about " +
                      HumanBytes(estimate.bytes()) + (estimate.rough() ? ", by a rough guess" : "");
  if (estimate.gone() > 0) words += "; " + Counted(estimate.gone(), "record") + " would be taken away";
  return words;
}

}  // namespace daftar::ctl
