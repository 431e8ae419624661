#include "client/model/row.h"

#include <algorithm>
#include <utility>

#include "client/language/dates.h"
#include "client/language/lists.h"
#include "client/language/say.h"
#include "client/model/address.h"
#include "client/model/list.h"
#include "client/model/rows.h"
#include "client/model/values.h"
#include "client/model/words.h"
#include "storage/model/date.h"
#include "storage/model/shown.h"

namespace daftar {
namespace {

Happening InWords(search::Happened happened) {
  switch (happened) {
    case search::Happened::kExpected:
      return {false, true, Say("row.expected")};
    case search::Happened::kHypothetical:
      return {false, false, Say("row.hypothetical")};
    case search::Happened::kDenied:
      return {false, false, Say("row.denied_by_all")};
    case search::Happened::kYes:
      break;
  }
  return {};
}

// The date to show: "30 Aug or 4 Sep 2023*" while it is in doubt; else the period; empty for neither.
std::string ShownDateWords(const search::Row& row) {
  if (row.date_in_doubt) return DatesInDoubt({row.dates.begin(), row.dates.end()});
  if (!row.dates.empty()) return SayDate(row.dates.front());
  return row.period ? SayPeriod(*row.period) : "";
}

// "Kevron"; of a place, what it lies in: "Darvoz, Gorno-Badakhshan, Tajikistan".
std::string PlaceWords(const search::Row& row, Names& names) {
  std::vector<std::string> words;
  for (const search::Row::Place& place : row.places) {
    words.push_back(place.has_name ? place.name : names.LinkTo(place.id.bytes()).text);
  }
  return SayList(words, Joint::kComma);
}

}  // namespace

Happening HappeningOf(const Record& record) { return InWords(search::HappenedOf(record)); }

ListRow MakeRow(const search::Row& row, Names& names) {
  ListRow words;
  words.id = row.id.ToString();
  words.kind = KindWord(row.kind);
  words.address = RecordAddress(words.kind, words.id);
  words.display_id = row.display_id;
  words.kind_words = SortWords(row.kind, row.codes);
  words.title = row.title;
  words.date = ShownDateWords(row);
  words.sort_day = row.last_day;
  words.first_day = row.first_day;
  words.place = PlaceWords(row, names);
  words.marks.disagrees = row.disagrees;
  words.marks.open = row.open;
  words.marks.denied = row.denied;
  Happening happening = InWords(row.happened);
  words.marks.expected = happening.expected;
  words.happened = happening.happened;
  words.happened_words = std::move(happening.words);
  if (row.relation) {
    words.title = names.RelationTitle(row.relation->from, row.relation->type, row.relation->negated, row.relation->to);
    words.note = RelationNote(*row.relation, names);
  }
  return words;
}

ListRow MakeRow(const Record& record, Names& names) {
  const RecordLookup lookup = names.Lookup();
  std::optional<Shown> shown;
  if (!record.accounts().empty()) shown = names.Take(ComputeShown(record, lookup));
  const search::Row row = names.Take(search::RowOf(record, shown ? &*shown : nullptr, lookup, names.language()));
  ListRow words = MakeRow(row, names);
  words.marks.pending = record.pending();
  words.marks.retired = record.retirement() != nullptr;
  return words;
}

std::optional<ListRow> MakeRow(const Uuid& id, const std::optional<search::Row>& row, Names& names) {
  if (row && CanShow(names)) return MakeRow(*row, names);
  const Record* record = names.Find(id);
  return record == nullptr ? std::nullopt : std::optional<ListRow>(MakeRow(*record, names));
}

bool CanShow(const Names& names) { return names.language() == "en"; }

void SortNewestFirst(std::vector<ListRow>& rows) {
  std::stable_sort(rows.begin(), rows.end(),
                   [](const ListRow& a, const ListRow& b) { return a.sort_day > b.sort_day; });
}

StatusOr<ListRow> BuildRow(const ReadView& view, const Record& record, std::string_view language) {
  Names names(view, language);
  ListRow row = MakeRow(record, names);
  if (!names.status().ok()) return names.status();
  return row;
}

}  // namespace daftar
