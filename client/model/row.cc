#include "client/model/row.h"

#include <algorithm>
#include <limits>

#include "client/model/address.h"
#include "client/model/list.h"
#include "client/model/rows.h"
#include "client/model/values.h"
#include "client/model/words.h"
#include "storage/model/date.h"

namespace daftar {
namespace {

using v1::Attribute;

void Widen(ListRow& row, const v1::FuzzyDate& date) {
  if (!HasDate(date)) return;
  row.first_day = std::min(row.first_day.value_or(std::numeric_limits<int32_t>::max()), date.first_day());
  row.sort_day = std::max(row.sort_day.value_or(std::numeric_limits<int32_t>::min()), date.last_day());
}

// The days that the accounts leave possible.
void FillDays(const Record& record, ListRow& row) {
  for (const v1::Account& account : record.accounts()) {
    if (!Denies(account)) Widen(row, account.date());
  }
  if (row.sort_day) return;
  for (const v1::Account& account : record.accounts()) {
    if (Denies(account)) continue;
    Widen(row, account.period().from());
    if (!account.period().open_end() && record.kind() == v1::RecordKind::INCIDENT) Widen(row, account.period().to());
  }
}

void FillFromAccounts(const Record& record, Names& names, ListRow& row) {
  Shown shown = names.Take(ComputeShown(record, names.Lookup()));
  row.date = ShownDateWords(record, shown);
  FillDays(record, row);
  if (const ShownValue* place = shown.find(Attribute::PLACE); place != nullptr && place->account != 0) {
    const v1::Account* account = FindAccount(record, place->account);
    if (account != nullptr) row.place = names.LinkTo(account->place()).text;
  }
  for (const ShownValue& value : shown.values) {
    row.marks.disagrees = row.marks.disagrees || value.disagrees();
    row.marks.open = row.marks.open || value.open();
  }
  row.marks.denied = std::any_of(record.accounts().begin(), record.accounts().end(), Denies);
}

}  // namespace

Happening HappeningOf(const Record& record) {
  if (record.kind() != v1::RecordKind::INCIDENT || record.accounts().empty()) return {};
  bool expected = false, hypothetical = false;
  for (const v1::Account& account : record.accounts()) {
    if (Denies(account)) continue;
    if (account.modality() == v1::Modality::EXPECTED) {
      expected = true;
    } else if (account.modality() == v1::Modality::HYPOTHETICAL) {
      hypothetical = true;
    } else {
      return {};
    }
  }
  if (expected) return {false, true, "expected, not reported as having happened"};
  if (hypothetical) return {false, false, "hypothetical, not reported as having happened"};
  return {false, false, "denied by every account"};
}

std::string ShownDateWords(const Record& record, const Shown& shown) {
  if (const ShownValue* value = shown.find(Attribute::DATE)) {
    std::vector<v1::FuzzyDate> dates;
    for (const std::vector<uint64_t>& group : value->groups) {
      if (const v1::Account* account = FindAccount(record, group.front())) dates.push_back(account->date());
    }
    if (value->open()) return DatesInDoubt(dates);
    if (!dates.empty()) return DateWords(dates.front());
  }
  const ShownValue* period = shown.find(Attribute::PERIOD);
  const v1::Account* account = period == nullptr ? nullptr : FindAccount(record, period->account);
  return account == nullptr ? "" : PeriodWords(account->period());
}

ListRow MakeRow(const Record& record, Names& names) {
  ListRow row;
  row.id = record.id().ToString();
  row.kind = KindWord(record.kind());
  row.address = RecordAddress(row.kind, row.id);
  row.display_id = DisplayId(record);
  row.kind_words = SortWords(record);
  row.title = names.Title(record);
  row.marks.pending = record.pending();
  row.marks.retired = record.retirement() != nullptr;
  if (!record.accounts().empty()) FillFromAccounts(record, names, row);

  switch (record.kind()) {
    case v1::RecordKind::INCIDENT: {
      Happening happening = HappeningOf(record);
      row.happened = happening.happened;
      row.happened_words = happening.words;
      row.marks.expected = happening.expected;
      break;
    }
    case v1::RecordKind::PLACE:
      row.place = PlaceChain(record.place().parent(), names).text;
      break;
    case v1::RecordKind::SOURCE:
      Widen(row, record.source().published());
      if (HasDate(record.source().published())) row.date = DateWords(record.source().published());
      break;
    case v1::RecordKind::RELATION:
      row.place.clear();
      row.note = RelationNote(record, std::nullopt, names);
      break;
    default:
      break;
  }
  return row;
}

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
