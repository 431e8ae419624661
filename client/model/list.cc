#include "client/model/list.h"

#include <algorithm>

#include "client/language/dates.h"
#include "client/language/lists.h"
#include "client/language/say.h"
#include "client/model/as_of.h"
#include "client/model/rows.h"
#include "client/model/words.h"
#include "storage/model/date.h"

namespace daftar {
namespace {

// A view gives the newest of a kind first; what is left out for a day is found only by looking at it. So far a list
// looks, and then says that there may be more.
constexpr size_t kMostLookedAt = 20'000;

std::string AllKindWords() {
  std::vector<std::string> words;
  for (Kind kind : AllKinds()) words.emplace_back(KindWord(kind));
  return SayList(words, Joint::kOr);
}

// Whether some account puts the incident on that day or before it.
bool MayHaveHappenedBy(const Record& incident, int32_t day) {
  const auto& accounts = incident.accounts();
  return std::any_of(accounts.begin(), accounts.end(), [&](const v1::Account& account) {
    const v1::FuzzyDate& date = HasDate(account.date()) ? account.date() : account.period().from();
    if (Denies(account) || !HasDate(date)) return false;
    return date.precision() == v1::DatePrecision::BEFORE || date.first_day() <= day;
  });
}

class Lister {
 public:
  Lister(const ReadView& view, Kind kind, const ListOptions& options)
      : kind_(kind), options_(options), names_(view, options.language) {}

  StatusOr<List> Build();

 private:
  bool Filters() const { return options_.as_of.has_value() || options_.happened_only; }
  bool Belongs(const Record& record) const;
  ListRow Row(const Record& record);
  // A window of a list from which nothing is left out, and how long that is.
  StatusOr<List> BuildWindow(List list);
  // Without rows for a day, which asks for the records.
  StatusOr<std::vector<ListedRecord>> Ask(size_t limit) const;
  Status Add(const ListedRecord& listed, std::vector<ListRow>& rows);

  const Kind kind_;
  const ListOptions& options_;
  Names names_;
};

bool Lister::Belongs(const Record& record) const {
  if (options_.happened_only && !HappeningOf(record).happened) return false;
  if (!options_.as_of) return true;
  if (kind_ == v1::RecordKind::INCIDENT) return MayHaveHappenedBy(record, *options_.as_of);
  if (kind_ == v1::RecordKind::RELATION) return HeldOn(record, *options_.as_of);
  return true;
}

ListRow Lister::Row(const Record& record) {
  ListRow row = MakeRow(record, names_);
  if (!options_.as_of) return row;
  if (kind_ == v1::RecordKind::RELATION) {
    row.note = RelationNote(record, options_.as_of, names_);
    DateByHolding(record, *options_.as_of, row);
  }
  bool has_status = kind_ == v1::RecordKind::ALERT_PERIOD || kind_ == v1::RecordKind::INCIDENT;
  if (has_status) row.note = names_.Take(StatusAsOf(names_.view(), record, *options_.as_of)).words;
  return row;
}

StatusOr<std::vector<ListedRecord>> Lister::Ask(size_t limit) const {
  if (!options_.as_of && CanShow(names_)) return names_.view().Rows(kind_, limit, options_.with_retired);
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<Uuid> ids, names_.view().List(kind_, limit, options_.with_retired));
  std::vector<ListedRecord> listed;
  for (const Uuid& id : ids) listed.emplace_back(id);
  return listed;
}

Status Lister::Add(const ListedRecord& listed, std::vector<ListRow>& rows) {
  if (listed.row) {
    if (options_.happened_only && listed.row->happened != search::Happened::kYes) return OkStatus();
    rows.push_back(MakeRow(*listed.row, names_));
    return OkStatus();
  }
  const Record* record = names_.Find(listed.id);
  if (!names_.status().ok()) return names_.status();
  if (record != nullptr && Belongs(*record)) rows.push_back(Row(*record));
  return OkStatus();
}

StatusOr<List> Lister::Build() {
  List list;
  list.kind = KindWord(kind_);
  list.title = KindTitle(kind_);
  if (!Filters() && !options_.with_retired) return BuildWindow(std::move(list));
  if (options_.as_of) list.title = Say("list.as_of", {{"kinds", list.title}, {"date", SayDay(*options_.as_of)}});

  // One more than wanted tells whether there are more.
  size_t wanted = options_.limit + 1, looked_at = 0;
  for (size_t ask = wanted;; ask = std::min(ask * 4, kMostLookedAt)) {
    DAFTAR_ASSIGN_OR_RETURN(const std::vector<ListedRecord> listed, Ask(ask));
    for (; looked_at < listed.size() && list.rows.size() < wanted; ++looked_at) {
      DAFTAR_RETURN_IF_ERROR(Add(listed[looked_at], list.rows));
    }
    bool all_seen = listed.size() < ask;
    if (all_seen || list.rows.size() >= wanted || !Filters()) break;
    if (ask >= kMostLookedAt) {
      list.more = true;
      break;
    }
  }
  if (!names_.status().ok()) return names_.status();
  if (list.rows.size() > options_.limit) {
    list.rows.resize(options_.limit);
    list.more = true;
  }
  list.total = list.rows.size();
  return list;
}

StatusOr<List> Lister::BuildWindow(List list) {
  const ReadView& view = names_.view();
  DAFTAR_ASSIGN_OR_RETURN(const auto counts, view.CountByKind());
  const auto count = counts.find(kind_);
  list.total = count == counts.end() ? 0 : count->second;
  list.first = std::min(options_.first, list.total);
  const ListWindow window{.first = list.first, .limit = options_.limit};
  DAFTAR_ASSIGN_OR_RETURN(std::vector<ListedRecord> listed, view.Rows(kind_, window));
  for (ListedRecord& record : listed) {
    if (!CanShow(names_)) record.row.reset();
    DAFTAR_RETURN_IF_ERROR(Add(record, list.rows));
  }
  if (!names_.status().ok()) return names_.status();
  list.more = list.first + list.rows.size() < list.total;
  return list;
}

}  // namespace

StatusOr<List> BuildList(const ReadView& view, std::string_view kind, const ListOptions& options) {
  std::optional<Kind> found = KindFromWord(kind);
  if (!found) return InvalidArgument(Say("list.unknown_kind", {{"word", kind}, {"words", AllKindWords()}}));
  return Lister(view, *found, options).Build();
}

}  // namespace daftar
