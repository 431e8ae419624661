#include "tools/ctl/times.h"

#include <cstdio>

#include "storage/model/date.h"

namespace daftar::ctl {

std::string Rfc3339(int64_t ms) {
  constexpr int64_t kDay = 86'400'000;
  const int64_t day = (ms >= 0 ? ms : ms - kDay + 1) / kDay;
  const int64_t rest = ms - day * kDay;
  const CivilDay civil = CivilOf(day);
  char text[48];
  std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", civil.year, civil.month, civil.day,
                static_cast<int>(rest / 3'600'000), static_cast<int>(rest / 60'000 % 60),
                static_cast<int>(rest / 1000 % 60), static_cast<int>(rest % 1000));
  return text;
}

nlohmann::ordered_json TimeJson(int64_t ms) {
  return ms == 0 ? nlohmann::ordered_json() : nlohmann::ordered_json(Rfc3339(ms));
}

}  // namespace daftar::ctl
