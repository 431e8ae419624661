#include "client/model/work_page.h"

#include <algorithm>
#include <map>
#include <optional>
#include <span>

#include "client/language/dates.h"
#include "client/language/say.h"
#include "client/model/field_changes.h"
#include "client/model/form_page.h"
#include "client/model/names.h"
#include "client/model/sync_state.h"
#include "client/model/words.h"
#include "client/sync/form_drafts.h"
#include "client/sync/user_store.h"
#include "client/sync/workstation.h"
#include "daftar/v1/private.pb.h"
#include "storage/model/parts.h"
#include "storage/model/review.h"

namespace daftar {
namespace {

constexpr size_t kMostListed = 100, kMostFields = 12;

std::string Who(const std::string& author, int64_t at_ms) {
  return Say("work.who", {{"who", author.empty() ? Say("history.somebody") : author}, {"when", SayTime(at_ms)}});
}

WorkPage::Form FormOf(const v1::FormDraft& draft) {
  const std::string kind = SayCode(v1::RecordKind::Code_Name(draft.kind()));
  WorkPage::Form form{draft.number(), FormAddress(draft.number()), draft.title(), ""};
  if (!draft.template_name().empty()) form.title = draft.template_name();
  form.note = Say("work.form_note", {{"kind", kind}, {"when", SayTime(draft.kept_ms())}});
  return form;
}

// Reads edits against the replica as the server last showed it.
class Teller {
 public:
  Teller(const ReadView& replica, Names& names) : replica_(replica), names_(names) {}

  StatusOr<WorkPage::Edit> Tell(const v1::Mutation& mutation) {
    WorkPage::Edit told;
    told.number = mutation.seq();
    told.head = Who(mutation.author(), mutation.at_ms());
    told.why = mutation.reason();
    size_t more = 0;
    for (const v1::RecordEdit& edit : mutation.edit()) {
      if (told.record.empty()) told.record = names_.LinkTo(edit.record());
      DAFTAR_ASSIGN_OR_RETURN(FieldWordsChanges changes, ChangesOfEdit(edit));
      more += changes.more;
      for (FieldWordsChange& change : changes.changes) {
        if (told.fields.size() == kMostFields) {
          ++more;
        } else {
          told.fields.push_back({change.label, change.before, change.after, change.before_known});
        }
      }
    }
    if (told.record.empty()) told.record.text = Say("sync_page.decision");
    if (more > 0) told.more_words = Say("work.more_fields", {{"count", more}});
    return told;
  }

 private:
  StatusOr<FieldWordsChanges> ChangesOfEdit(const v1::RecordEdit& edit) {
    const std::optional<Uuid> id = Uuid::FromBytes(edit.record());
    if (!id || !v1::RecordKind::Code_IsValid(edit.kind()) || edit.kind() == v1::RecordKind::UNSET)
      return DataLoss("an edit in the outbox names no record");
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> stored, replica_.Get(*id));
    std::string body;
    if (stored) {
      DAFTAR_ASSIGN_OR_RETURN(body, CanonicalBody(stored->message()));
    }
    DAFTAR_ASSIGN_OR_RETURN(const std::vector<Part> parts, SplitParts(body));
    std::vector<v1::PartEdit> before, after(edit.part().begin(), edit.part().end());
    for (const v1::PartEdit& part : edit.part()) {
      v1::PartEdit was = part;
      was.set_value(std::string(FindPart(parts, {part.field(), part.key()})));
      before.push_back(std::move(was));
    }
    const Record* seen = names_.Find(*id);
    const Record record = seen != nullptr ? *seen : Record(*id, edit.kind(), NewMessage(edit.kind()));
    return ChangesOfParts(record, before, after, true, kMostFields, names_);
  }

  const ReadView& replica_;
  Names& names_;
};

v1::PartEdit PartOf(const v1::Conflict& conflict, const std::string& value) {
  v1::PartEdit part;
  part.set_field(conflict.field());
  part.set_key(conflict.key());
  part.set_value(value);
  return part;
}

std::string CauseWords(v1::Conflict::Cause::Code cause) {
  switch (cause) {
    case v1::Conflict::Cause::RETIRED:
      return Say("work.cause_retired");
    case v1::Conflict::Cause::NEWER:
      return Say("work.cause_newer");
    default:
      return Say("work.cause_changed");
  }
}

WorkPage::Conflict ConflictOf(uint64_t number, const v1::ConflictEntry& entry, Names& names) {
  const v1::Conflict& parked = entry.conflict();
  WorkPage::Conflict told;
  told.number = number;
  told.record = names.LinkTo(parked.record());
  told.cause = CauseWords(parked.cause());
  const std::optional<Uuid> id = Uuid::FromBytes(parked.record());
  const bool known = id && v1::RecordKind::Code_IsValid(parked.kind()) && parked.kind() != v1::RecordKind::UNSET;
  if (!known) return told;
  const Record* seen = names.Find(*id);
  const Record record = seen != nullptr ? *seen : Record(*id, parked.kind(), NewMessage(parked.kind()));
  const std::string& any = !parked.mine().empty()     ? parked.mine()
                           : !parked.theirs().empty() ? parked.theirs()
                                                      : parked.base();
  ParkedChange& change = told.change;
  change.label = PartLabel(record, PartOf(parked, any), names);
  change.base = PartWords(record, PartOf(parked, parked.base()), names);
  change.mine = PartWords(record, PartOf(parked, parked.mine()), names);
  change.theirs = PartWords(record, PartOf(parked, parked.theirs()), names);
  change.mine_who = Who(parked.mine_author(), parked.mine_at_ms());
  change.theirs_who = Who(parked.theirs_author(), parked.theirs_at_ms());
  change.settling = entry.settling_seq() != 0;
  return told;
}

// It was sent and refused, and says what records say, not what is said about them.
bool MayPropose(const v1::Draft& draft) {
  bool says = false;
  for (const v1::RecordEdit& edit : draft.mutation().edit()) {
    for (const v1::PartEdit& part : edit.part()) {
      if (part.field() == kCommentField || part.field() == kProposalField) return false;
      says = says || part.field() != kReviewField;
    }
  }
  return says && draft.error_size() > 0;
}

template <typename Items>
auto First(const Items& items, size_t& more) {
  const size_t shown = std::min(items.size(), kMostListed);
  more += items.size() - shown;
  return std::span(items).first(shown);
}

}  // namespace

StatusOr<WorkPage> ReadWorkPage(Workstation& station, const ReadView& view) {
  WorkPage page;
  size_t more = 0;
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::FormDraft> forms, station.forms().All());
  for (const v1::FormDraft& draft : forms) {
    (!draft.template_name().empty() ? page.templates
     : draft.open()                 ? page.recovered
                                    : page.forms)
        .push_back(FormOf(draft));
  }
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::ConflictEntry> conflicts, station.Conflicts());
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::Draft> refused, station.Drafts());
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::OutboxEntry> outbox, station.Outbox());
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> replica, station.view().Snapshot());
  Names names(view);
  uint64_t number = 0;
  for (const v1::ConflictEntry& entry : First(conflicts, more))
    page.conflicts.push_back(ConflictOf(number++, entry, names));
  Teller teller(*replica, names);
  for (const v1::Draft& draft : First(refused, more)) {
    DAFTAR_ASSIGN_OR_RETURN(WorkPage::Edit told, teller.Tell(draft.mutation()));
    for (const v1::FieldError& error : draft.error()) {
      told.problems.push_back(error.path().empty()
                                  ? error.message()
                                  : Say("form.at", {{"path", error.path()}, {"problem", error.message()}}));
    }
    told.may_propose = MayPropose(draft);
    page.refused.push_back(std::move(told));
  }
  DAFTAR_ASSIGN_OR_RETURN(const std::set<uint64_t> held, station.user().holds().All());
  bool behind = false;
  for (const v1::OutboxEntry& entry : First(outbox, more)) {
    DAFTAR_ASSIGN_OR_RETURN(WorkPage::Edit told, teller.Tell(entry.mutation()));
    told.waits = !entry.has_result();
    told.held = told.waits && held.contains(entry.mutation().seq());
    told.state = Say(!told.waits ? "sync_page.answered"
                     : told.held ? "work.held"
                     : behind    ? "work.behind"
                                 : "history.waiting");
    behind = behind || told.held;
    page.outbox.push_back(std::move(told));
  }
  DAFTAR_RETURN_IF_ERROR(names.status());
  DAFTAR_ASSIGN_OR_RETURN(const SyncFacts facts, ReadSyncFacts(station));
  page.sync_words = MakeSyncPill(facts).detail;
  if (more > 0) page.more_words = Say("work.more", {{"count", more}});
  return page;
}

std::string WorkAddress() { return "daftar:work"; }

Status DecideConflict(Workstation& station, uint64_t number, Side side, const std::string& reason) {
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::ConflictEntry> conflicts, station.Conflicts());
  const bool open = number < conflicts.size() && conflicts[number].settling_seq() == 0;
  if (!open) return NotFound(Say("work.conflict_gone"));
  const v1::Conflict& conflict = conflicts[number].conflict();
  std::optional<std::string> value;  // none: theirs
  if (side == Side::kMine) value = conflict.mine();
  if (side == Side::kBase) value = conflict.base();
  DAFTAR_ASSIGN_OR_RETURN(CheckedEdit checked, station.CheckDecision(conflict, value, reason));
  if (!checked.problems.empty()) return InvalidArgument(checked.problems.front().message);
  return station.Queue(std::move(checked.mutation)).status();
}

}  // namespace daftar
