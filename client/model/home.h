// The first page: what there is, how old it is, what happened last.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "client/model/own_pages.h"
#include "client/model/row.h"
#include "storage/base/status.h"

namespace daftar {

class ReadView;

struct KindCount {
  std::string kind;     // "incident"
  std::string label;    // "Incidents"
  std::string address;  // of the list
  uint64_t count = 0;
};

// What frames every page.
struct Overview {
  uint64_t revision = 0;
  uint64_t records = 0;
  std::vector<KindCount> counts;  // all six kinds
  std::string data_age;           // "as of 20 Nov 2026 19:30, 5 minutes ago"; "no data yet"
};

StatusOr<Overview> BuildOverview(const ReadView& view, int64_t now_ms);

struct Home : Overview {
  std::vector<ListRow> latest;    // incidents, newest first
  size_t open_disagreements = 0;  // among those
  std::optional<OwnHome> own;     // what belongs to the reader alone; nullopt: nothing is known of it
};

StatusOr<Home> BuildHome(const ReadView& view, int64_t now_ms, size_t latest_limit = 12);

}  // namespace daftar
