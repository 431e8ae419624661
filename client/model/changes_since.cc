#include "client/model/changes_since.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "client/language/dates.h"
#include "client/language/say.h"
#include "client/model/address.h"
#include "client/model/field_changes.h"
#include "client/model/rows.h"
#include "client/model/words.h"
#include "storage/model/date.h"
#include "storage/view/read_view.h"

namespace daftar {
namespace {

using What = ChangedRow::What;

constexpr int64_t kMsPerDay = 86'400'000;
// By weight, the weightiest first.
constexpr std::array kByWeight = {v1::RecordKind::INCIDENT, v1::RecordKind::ALERT_PERIOD, v1::RecordKind::RELATION,
                                  v1::RecordKind::ACTOR,    v1::RecordKind::PLACE,        v1::RecordKind::SOURCE};

What WhatOf(const ChangedRecord& record) {
  if (record.retired) return What::kRetired;
  return record.created ? What::kNew : What::kChanged;
}

std::string WhatWords(What what) {
  if (what == What::kNew) return Say("changes.new");
  return what == What::kRetired ? Say("changes.retired") : Say("changes.changed");
}

auto Weight(const ChangedRecord& record) {
  const auto kind = std::find(kByWeight.begin(), kByWeight.end(), record.kind);
  return std::pair(kind - kByWeight.begin(), WhatOf(record) == What::kChanged);
}

std::string CountWords(const ChangedKind& kind) {
  std::vector<std::string> words;
  if (kind.added > 0) words.push_back(Say("changes.count_new", {{"count", kind.added}}));
  if (kind.changed > 0) words.push_back(Say("changes.count_changed", {{"count", kind.changed}}));
  if (kind.retired > 0) words.push_back(Say("changes.count_retired", {{"count", kind.retired}}));
  std::string all = words.front();
  for (size_t i = 1; i < words.size(); ++i) all = Say("changes.pair", {{"first", all}, {"second", words[i]}});
  return all;
}

std::vector<ChangedKind> CountKinds(const std::vector<ChangedRecord>& records, const Since& since) {
  std::vector<ChangedKind> kinds;
  for (const Kind kind : kByWeight) {
    ChangedKind count;
    for (const ChangedRecord& record : records) {
      if (record.kind != kind) continue;
      const What what = WhatOf(record);
      ++(what == What::kNew ? count.added : what == What::kRetired ? count.retired : count.changed);
    }
    if (count.added + count.changed + count.retired == 0) continue;
    count.kind = KindWord(kind);
    count.label = KindTitle(kind);
    count.words = CountWords(count);
    count.address = ChangesAddress(since.param, count.kind);
    kinds.push_back(std::move(count));
  }
  return kinds;
}

std::string WhoWords(const v1::CommitInfo& commit) {
  const std::string who = commit.author().empty() ? Say("changes.somebody") : commit.author();
  if (commit.reason().empty()) return Say("changes.who", {{"who", who}, {"when", SayTime(commit.at_ms())}});
  return Say("changes.who_why", {{"who", who}, {"when", SayTime(commit.at_ms())}, {"why", commit.reason()}});
}

// What became of the record, and by whom.
Status TellChange(const ReadView& view, const ChangedRecord& changed, Revision since, const ChangesOptions& options,
                  Names& names, ChangedRow& row) {
  const std::optional<v1::CommitInfo> commit = names.Take(view.CommitOf(changed.revision));
  if (commit) row.who = WhoWords(*commit);
  const Record* record = names.Find(changed.id);
  if (row.what != What::kChanged || record == nullptr || options.fields == 0) return OkStatus();
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<HistoryStep> steps, view.History(changed.id));
  FieldWordsChanges told = ChangesOf(*record, steps, since, options.fields, names);
  for (FieldWordsChange& field : told.changes) {
    row.fields.push_back({std::move(field.label), std::move(field.before), std::move(field.after), field.before_known});
  }
  if (told.more > 0) row.more_words = Say("changes.more_fields", {{"count", told.more}});
  return OkStatus();
}

std::string TotalWords(const ChangesPage& page, const ChangedRecords& changed) {
  if (changed.total == 0) return Say("changes.none", {{"since", page.since.words}});
  std::string words = changed.more
                          ? Say("changes.total_at_least", {{"count", changed.total}, {"since", page.since.words}})
                          : Say("changes.total", {{"count", changed.total}, {"since", page.since.words}});
  if (changed.total > changed.records.size())
    words += " " + Say("changes.looked_at", {{"count", changed.records.size()}});
  return words;
}

}  // namespace

std::string ChangesAddress(std::string_view since, std::string_view kind) {
  Address address{"changes", "", {{"since", std::string(since)}}};
  if (!kind.empty()) address.params["kind"] = kind;
  return address.ToString();
}

StatusOr<Since> ReadSince(const ReadView& view, std::string_view text, const std::optional<Moment>& last_seen) {
  Since since;
  since.param = text.empty() ? "last" : std::string(text);
  if (since.param == "last") {
    if (!last_seen) return NotFound(Say("changes.no_visit"));
    since.words = Say("changes.since_last", {{"when", SayTime(last_seen->at_ms)}});
    DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, view.Head());
    since.revision = last_seen->revision;
    const bool same_history = last_seen->epoch.empty() || last_seen->epoch == head.cursor().epoch();
    if (!same_history) {
      DAFTAR_ASSIGN_OR_RETURN(since.revision, view.RevisionAt(last_seen->at_ms));
    }
    return since;
  }
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), since.revision);
  if (error == std::errc() && end == text.data() + text.size()) {
    since.words = Say("changes.since_revision", {{"revision", SayNumber(static_cast<double>(since.revision))}});
    return since;
  }
  DAFTAR_ASSIGN_OR_RETURN(const int32_t day, ParseIsoDay(text));
  since.words = SayDay(day);
  DAFTAR_ASSIGN_OR_RETURN(since.revision, view.RevisionAt(int64_t{day} * kMsPerDay - 1));
  return since;
}

StatusOr<ChangesPage> BuildChanges(const ReadView& view, const Since& since, const ChangesOptions& options) {
  ChangesPage page;
  page.since = since;
  page.kind = options.kind;
  std::optional<Kind> only;
  if (!options.kind.empty()) {
    only = KindFromWord(options.kind);
    if (!only) return InvalidArgument("\"" + options.kind + "\" is no kind of record");
    page.kind = KindWord(*only);
    page.all_kinds_address = ChangesAddress(since.param);
  }
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, view.Head());
  page.revision = head.cursor().revision();
  DAFTAR_ASSIGN_OR_RETURN(const ChangedRecords changed, view.ChangedSince(since.revision, kMostLookedAt));
  page.total = changed.total;
  page.words = TotalWords(page, changed);
  page.kinds = CountKinds(changed.records, since);

  std::vector<ChangedRecord> shown;
  for (const ChangedRecord& record : changed.records) {
    if (!only || record.kind == *only) shown.push_back(record);
  }
  if (options.important) {
    std::stable_sort(shown.begin(), shown.end(), [](const auto& a, const auto& b) { return Weight(a) < Weight(b); });
  }
  // Of one kind nobody knows how many there are behind those that were looked at.
  const uint64_t of_all = only ? shown.size() : changed.total;
  shown.erase(shown.begin() + static_cast<std::ptrdiff_t>(std::min(shown.size(), options.limit)), shown.end());
  if (of_all > shown.size()) page.more_words = Say("changes.more", {{"count", of_all - shown.size()}});

  Names names(view, options.language);
  for (const ChangedRecord& record : shown) {
    std::optional<ListRow> row = MakeRow(record.id, std::nullopt, names);
    if (!row) continue;
    ChangedRow& told = page.rows.emplace_back();
    told.what = WhatOf(record);
    told.what_words = WhatWords(told.what);
    told.row = *std::move(row);
    DAFTAR_RETURN_IF_ERROR(TellChange(view, record, since.revision, options, names, told));
  }
  if (!names.status().ok()) return names.status();
  return page;
}

}  // namespace daftar
