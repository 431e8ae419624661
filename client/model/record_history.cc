#include "client/model/record_history.h"

#include <algorithm>
#include <map>
#include <utility>

#include "client/language/dates.h"
#include "client/language/say.h"
#include "client/model/address.h"
#include "client/model/field_changes.h"
#include "client/model/version.h"
#include "client/model/words.h"
#include "client/sync/workstation.h"
#include "storage/model/parts.h"
#include "storage/model/review.h"
#include "storage/view/read_view.h"

namespace daftar {
namespace {

constexpr size_t kMostParked = 50;

std::string Who(const std::string& author, int64_t at_ms) {
  const std::string who = author.empty() ? Say("changes.somebody") : author;
  return at_ms == 0 ? who : Say("changes.who", {{"who", who}, {"when", SayTime(at_ms)}});
}

// The parts with which the record was made, as far as they can be told: those of today, taken back step by step. A part
// whose value before a step is not known was perhaps not there at first.
StatusOr<std::vector<v1::PartEdit>> MadeWith(const Record& record, const std::vector<HistoryStep>& steps) {
  DAFTAR_ASSIGN_OR_RETURN(const std::string body, CanonicalBody(record.message()));
  DAFTAR_ASSIGN_OR_RETURN(std::vector<Part> parts, SplitParts(body));
  std::map<PartId, std::string> at_first;
  for (Part& part : parts) at_first[part.id] = std::move(part.bytes);
  for (const HistoryStep& step : steps) {
    if (step.created) break;
    for (const v1::PartEdit& edit : step.after) at_first.erase({edit.field(), edit.key()});
    for (const v1::PartEdit& edit : step.before) at_first[{edit.field(), edit.key()}] = edit.value();
  }
  std::vector<v1::PartEdit> made;
  for (auto& [id, value] : at_first) {
    if (value.empty()) continue;
    v1::PartEdit& edit = made.emplace_back();
    edit.set_field(id.first);
    edit.set_key(id.second);
    edit.set_value(std::move(value));
  }
  return made;
}

class Historian {
 public:
  Historian(const Record& record, const std::vector<HistoryStep>& steps, const RecordHistoryOptions& options,
            Names& names)
      : record_(record), steps_(steps), options_(options), names_(names) {}

  Status Fill(RecordHistory& page) {
    size_t unknown = 0;
    for (const HistoryStep& step : steps_) {
      if (page.steps.size() == options_.steps) break;
      DAFTAR_ASSIGN_OR_RETURN(RecordHistory::Step told, StepOf(step));
      unknown += step.before_known || step.created ? 0 : 1;
      page.steps.push_back(std::move(told));
    }
    page.words = Say("history.known", {{"count", steps_.size()}});
    if (unknown > 0) page.limits = Say("history.limits", {{"count", unknown}});
    if (steps_.size() > page.steps.size())
      page.more_words = Say("history.more_steps", {{"count", steps_.size() - page.steps.size()}});
    return OkStatus();
  }

 private:
  StatusOr<RecordHistory::Step> StepOf(const HistoryStep& step) {
    RecordHistory::Step told;
    const v1::CommitInfo& commit = step.commit;
    told.revision = commit.revision();
    const std::string number = SayNumber(static_cast<double>(commit.revision()));
    told.head =
        SayCapital(commit.revision() == 0 ? Say("history.waiting") : Say("window.revision", {{"number", number}}));
    told.who = Who(commit.author(), commit.at_ms());
    told.why = commit.reason();
    std::vector<v1::PartEdit> after = step.after;
    if (step.created) {
      told.made = SayCapital(Say("history.created"));
      DAFTAR_ASSIGN_OR_RETURN(after, MadeWith(record_, steps_));
    }
    FieldWordsChanges changes =
        ChangesOfParts(record_, step.before, after, step.before_known || step.created, options_.fields, names_);
    for (FieldWordsChange& field : changes.changes) {
      told.fields.push_back(
          {std::move(field.label), std::move(field.before), std::move(field.after), field.before_known});
    }
    if (changes.more > 0) told.more_words = Say("changes.more_fields", {{"count", changes.more}});
    return told;
  }

  const Record& record_;
  const std::vector<HistoryStep>& steps_;
  const RecordHistoryOptions& options_;
  Names& names_;
};

v1::PartEdit PartOf(const v1::Conflict& conflict, const std::string& value) {
  v1::PartEdit part;
  part.set_field(conflict.field());
  part.set_key(conflict.key());
  part.set_value(value);
  return part;
}

void FillParked(const std::vector<v1::ConflictEntry>& entries, const Record& record, Names& names,
                RecordHistory& page) {
  for (const v1::ConflictEntry& entry : entries) {
    const v1::Conflict& conflict = entry.conflict();
    if (conflict.record() != record.id().bytes() || page.parked.size() == kMostParked) continue;
    ParkedChange& parked = page.parked.emplace_back();
    const std::string& any = !conflict.mine().empty()     ? conflict.mine()
                             : !conflict.theirs().empty() ? conflict.theirs()
                                                          : conflict.base();
    parked.label = PartLabel(record, PartOf(conflict, any), names);
    parked.base = PartWords(record, PartOf(conflict, conflict.base()), names);
    parked.mine = PartWords(record, PartOf(conflict, conflict.mine()), names);
    parked.theirs = PartWords(record, PartOf(conflict, conflict.theirs()), names);
    parked.mine_who = Who(conflict.mine_author(), conflict.mine_at_ms());
    parked.theirs_who = Who(conflict.theirs_author(), conflict.theirs_at_ms());
    parked.settling = entry.settling_seq() != 0;
  }
}

// What differs between the two versions, part by part; what was said about the record is no part of a version.
Status Compare(const ReadView& replica, const Record& record, const RecordHistoryOptions& options, Names& names,
               RecordHistory& page) {
  DAFTAR_ASSIGN_OR_RETURN(const std::string a, BodyAtRevision(replica, record.id(), options.a));
  DAFTAR_ASSIGN_OR_RETURN(const std::string b, BodyAtRevision(replica, record.id(), options.b));
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<Part> was, SplitParts(a));
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::PartEdit> edits, DiffParts(a, b));
  size_t told = 0, more = 0;
  for (const v1::PartEdit& edit : edits) {
    if (IsAboutReview(edit.field())) continue;
    v1::PartEdit before = edit;
    before.set_value(std::string(FindPart(was, {edit.field(), edit.key()})));
    FieldWordsChanges changes = ChangesOfParts(record, {before}, {edit}, true, options.fields, names);
    more += changes.more;
    if (told + changes.changes.size() > options.fields) {
      more += changes.changes.size();
      continue;
    }
    told += changes.changes.size();
    const v1::PartEdit& any = edit.value().empty() ? before : edit;
    RecordHistory::Difference& difference = page.differences.emplace_back();
    difference.field = edit.field();
    difference.item = edit.key();
    difference.label = PartLabel(record, any, names);
    for (FieldWordsChange& field : changes.changes)
      difference.fields.push_back({std::move(field.label), std::move(field.before), std::move(field.after), true});
  }
  page.compare_words = Say("history.compared", {{"a", SayNumber(static_cast<double>(options.a))},
                                                {"b", SayNumber(static_cast<double>(options.b))},
                                                {"count", page.differences.size()}});
  if (more > 0) page.compare_more = Say("changes.more_fields", {{"count", more}});
  return OkStatus();
}

Status CompareHere(const ReadView& view, const Record& record, Workstation* station,
                   const RecordHistoryOptions& options, Names& names, RecordHistory& page) {
  if (station == nullptr) return Compare(view, record, options, names, page);
  // Without what waits: that has no revision yet.
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> replica, station->view().Snapshot());
  return Compare(*replica, record, options, names, page);
}

void FillCompared(const ReadView& view, const Record& record, Workstation* station, const RecordHistoryOptions& options,
                  Names& names, RecordHistory& page) {
  page.a = options.a;
  page.b = options.b;
  if (options.a == 0 || options.b == 0) return;
  // What cannot be compared is no reason not to show the history.
  const Status compared = CompareHere(view, record, station, options, names, page);
  if (!compared.ok()) page.compare_words = Message(compared);
}

}  // namespace

StatusOr<RecordHistory> BuildRecordHistory(const ReadView& view, std::string_view id, Workstation* station,
                                           const RecordHistoryOptions& options) {
  DAFTAR_ASSIGN_OR_RETURN(const Uuid uuid, view.Resolve(id));
  Names names(view, options.language);
  const Record* record = names.Find(uuid);
  if (!names.status().ok()) return names.status();
  if (record == nullptr) return NotFound(Say("page.no_record", {{"id", id}}));
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<HistoryStep> steps, view.History(uuid));

  RecordHistory page;
  page.id = uuid.ToString();
  page.kind = KindWord(record->kind());
  page.title = names.Title(*record);
  page.record = names.LinkTo(*record);
  DAFTAR_RETURN_IF_ERROR(Historian(*record, steps, options, names).Fill(page));
  FillCompared(view, *record, station, options, names, page);
  if (station != nullptr) {
    DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::ConflictEntry> entries, station->Conflicts());
    FillParked(entries, *record, names, page);
  }
  if (!names.status().ok()) return names.status();
  return page;
}

std::string RecordHistoryAddress(std::string_view id, uint64_t a, uint64_t b) {
  Address address{"history", std::string(id), {}};
  if (a != 0) address.params["a"] = std::to_string(a);
  if (b != 0) address.params["b"] = std::to_string(b);
  return address.ToString();
}

}  // namespace daftar
