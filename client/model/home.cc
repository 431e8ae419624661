#include "client/model/home.h"

#include <algorithm>

#include "client/language/dates.h"
#include "client/language/say.h"
#include "client/model/address.h"
#include "client/model/list.h"
#include "client/model/words.h"
#include "storage/view/read_view.h"

namespace daftar {

StatusOr<Overview> BuildOverview(const ReadView& view, int64_t now_ms) {
  Overview overview;
  DAFTAR_ASSIGN_OR_RETURN(v1::Checkpoint head, view.Head());
  overview.revision = head.cursor().revision();
  overview.records = head.records();
  overview.data_age =
      head.server_ms() == 0
          ? Say("home.no_data")
          : Say("home.as_of", {{"time", SayTime(head.server_ms())}, {"age", SayAge(now_ms - head.server_ms())}});

  DAFTAR_ASSIGN_OR_RETURN(auto counts, view.CountByKind());
  for (Kind kind : AllKinds()) {
    std::string word(KindWord(kind));
    auto at = counts.find(kind);
    overview.counts.push_back({word, KindTitle(kind), ListAddress(word), at == counts.end() ? 0 : at->second});
  }
  return overview;
}

StatusOr<Home> BuildHome(const ReadView& view, int64_t now_ms, size_t latest_limit) {
  Home home;
  DAFTAR_ASSIGN_OR_RETURN(static_cast<Overview&>(home), BuildOverview(view, now_ms));
  ListOptions options;
  options.limit = latest_limit;
  DAFTAR_ASSIGN_OR_RETURN(List latest, BuildList(view, "incident", options));
  home.latest = std::move(latest.rows);
  auto open = std::count_if(home.latest.begin(), home.latest.end(), [](const ListRow& row) { return row.marks.open; });
  home.open_disagreements = static_cast<size_t>(open);
  return home;
}

}  // namespace daftar
