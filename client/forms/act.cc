#include "client/forms/act.h"

#include <memory>
#include <optional>
#include <utility>

#include "client/forms/bulk_edit.h"
#include "client/forms/judgement.h"
#include "client/forms/restoring.h"
#include "client/forms/reviewing.h"
#include "client/language/say.h"
#include "client/model/version.h"
#include "storage/view/read_view.h"

namespace daftar::forms {
namespace {

using What = RecordAction::What;

// What the action makes of its records, and why, as the history is to have it.
struct Wanted {
  std::vector<Edit> edits;
  std::string reason;
};

StatusOr<Record> Find(const ReadView& view, const std::string& id) {
  DAFTAR_ASSIGN_OR_RETURN(const Uuid uuid, view.Resolve(id));
  DAFTAR_ASSIGN_OR_RETURN(std::optional<Record> record, view.Get(uuid));
  if (!record) return NotFound(Say("form.gone", {{"id", id}}));
  if (record->stub()) return FailedPrecondition(Say("form.stub", {{"id", id}}));
  return *std::move(record);
}

Wanted One(const Record& record, Reviewed message, std::string reason) {
  return {{{record.id(), record.kind(), std::move(message)}}, std::move(reason)};
}

StatusOr<Wanted> DecisionOf(const Record& record, const RecordAction& action, const Voice& voice) {
  Decision decision{action.key, v1::ReviewState::UNSET, action.words, action.over_newer};
  if (!v1::ReviewState::Code_Parse(action.code, &decision.state) || decision.state == v1::ReviewState::UNSET)
    return InvalidArgument("there is no state " + action.code);
  DAFTAR_ASSIGN_OR_RETURN(Decided decided, Decide(record, decision, voice));
  if (decided.record == nullptr) return FailedPrecondition(Say("review.overlaps"));
  return One(record, std::move(decided.record), ReasonOf(decision));
}

StatusOr<Wanted> Judged(const ReadView& view, const Record& actor, const RecordAction& action) {
  DAFTAR_ASSIGN_OR_RETURN(const Record other, Find(view, action.other));
  const bool actors = actor.kind() == v1::RecordKind::ACTOR && other.kind() == v1::RecordKind::ACTOR;
  if (!actors || actor.id() == other.id()) return InvalidArgument("two actors are judged, and nothing else");
  std::optional<v1::Judgement::Code> verdict;
  if (action.what == What::kJudge) {
    v1::Judgement::Code code = v1::Judgement::NONE;
    if (!v1::Judgement::Code_Parse(action.code, &code) || code == v1::Judgement::NONE)
      return InvalidArgument("there is no judgement " + action.code);
    verdict = code;
  }
  DAFTAR_ASSIGN_OR_RETURN(std::vector<Edit> edits, EditsOfJudgement(actor, other, verdict, action.words));
  return Wanted{std::move(edits), action.words};
}

StatusOr<Wanted> Restored(Workstation& station, const Record& record, const RecordAction& action) {
  // Without what waits: that has no revision yet.
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> replica, station.view().Snapshot());
  DAFTAR_ASSIGN_OR_RETURN(const std::string then, BodyAtRevision(*replica, record.id(), action.revision));
  std::optional<PartId> wanted;
  if (action.part.first != 0) wanted = action.part;
  DAFTAR_ASSIGN_OR_RETURN(Reviewed back, AsItWas(record, then, wanted));
  return One(record, std::move(back), action.words);
}

StatusOr<Wanted> WantedBy(Workstation& station, const ReadView& view, const RecordAction& action) {
  DAFTAR_ASSIGN_OR_RETURN(const Record record, Find(view, action.record));
  DAFTAR_ASSIGN_OR_RETURN(const Voice voice, VoiceOf(station));
  switch (action.what) {
    case What::kDecide:
      return DecisionOf(record, action, voice);
    case What::kClear: {
      DAFTAR_ASSIGN_OR_RETURN(Reviewed cleared, ClearProposal(record, action.key));
      return One(record, std::move(cleared), kProposalGone);
    }
    case What::kComment: {
      DAFTAR_ASSIGN_OR_RETURN(const Commented said, AddComment(record, action.part, action.words, voice, action.key));
      return One(record, said.record, kCommented);
    }
    case What::kCommentDone:
    case What::kCommentOpen: {
      const bool done = action.what == What::kCommentDone;
      DAFTAR_ASSIGN_OR_RETURN(Reviewed set, SetCommentDone(record, action.key, done));
      return One(record, std::move(set), done ? kCommentDone : kCommentOpen);
    }
    case What::kCommentRemove: {
      DAFTAR_ASSIGN_OR_RETURN(Reviewed removed, RemoveComment(record, action.key));
      return One(record, std::move(removed), kCommentGone);
    }
    case What::kJudge:
    case What::kUnjudge:
      return Judged(view, record, action);
    case What::kRestore:
      return Restored(station, record, action);
    case What::kProposeInstead:
    case What::kUndoBulk:
      break;
  }
  return InvalidArgument("nothing is done to the record so");
}

StatusOr<ActionDone> Queue(Workstation& station, const ReadView& view, const Wanted& wanted) {
  DAFTAR_ASSIGN_OR_RETURN(CheckedEdit checked, station.Check(wanted.edits, wanted.reason));
  if (!checked.problems.empty()) {
    const FieldProblem& first = checked.problems.front();
    return InvalidArgument(first.path.empty() ? first.message
                                              : Say("form.at", {{"path", first.path}, {"problem", first.message}}));
  }
  if (checked.mutation.edit().empty()) return FailedPrecondition(Say("review.so_already"));
  ActionDone done{.queued = 0, .reason = wanted.reason, .changed = {}};
  DAFTAR_ASSIGN_OR_RETURN(done.changed, ChangedBy(view, checked.mutation));
  DAFTAR_ASSIGN_OR_RETURN(done.queued, station.Queue(std::move(checked.mutation)));
  return done;
}

StatusOr<ActionDone> UndoLastBulk(Workstation& station) {
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<BulkMemory> memory, RecallBulk(station.folder()));
  if (!memory) return FailedPrecondition(Say("bulk.nothing_to_undo"));
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> view, station.Read());
  DAFTAR_ASSIGN_OR_RETURN(const BulkUndo undo, UndoBulk(*view, memory->parts));
  if (undo.changes.empty()) return FailedPrecondition(Say("review.cannot_take_back"));
  const std::string reason = kTakenBack + memory->reason;
  DAFTAR_ASSIGN_OR_RETURN(const BulkPushes pushes, CheckBulk(station, undo.changes, reason));
  if (!pushes.problems.empty()) {
    const FieldProblem& first = pushes.problems.front();
    return InvalidArgument(Say("form.at", {{"path", first.path}, {"problem", first.message}}));
  }
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<uint64_t> numbers, QueueBulk(station, pushes));
  DAFTAR_RETURN_IF_ERROR(ForgetBulk(station.folder()));
  if (numbers.empty()) return FailedPrecondition(Say("review.so_already"));
  return ActionDone{.queued = numbers.front(), .reason = reason, .changed = {}};
}

}  // namespace

bool NeedsWords(const RecordAction& action) {
  switch (action.what) {
    case What::kComment:
    case What::kJudge:
    case What::kUnjudge:
    case What::kRestore:
      return true;
    case What::kDecide:
      return action.code == "RETURNED";
    default:
      return false;
  }
}

StatusOr<ActionDone> Act(Workstation& station, const RecordAction& action) {
  if (NeedsWords(action) && action.words.empty()) return InvalidArgument(Say("window.reason_missing"));
  if (action.what == What::kProposeInstead) {
    DAFTAR_ASSIGN_OR_RETURN(const uint64_t queued, ProposeInstead(station, action.key));
    return ActionDone{.queued = queued, .reason = "", .changed = {}};
  }
  if (action.what == What::kUndoBulk) return UndoLastBulk(station);
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> view, station.Read());
  DAFTAR_ASSIGN_OR_RETURN(const Wanted wanted, WantedBy(station, *view, action));
  return Queue(station, *view, wanted);
}

StatusOr<ActionDone> TakeBackAction(Workstation& station, const ActionDone& done) {
  if (done.bulk) return UndoLastBulk(station);
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> view, station.Read());
  DAFTAR_ASSIGN_OR_RETURN(TakingBack back, TakeBack(*view, done.changed));
  if (back.edits.empty()) return FailedPrecondition(Say("review.cannot_take_back"));
  return Queue(station, *view, {std::move(back.edits), kTakenBack + done.reason});
}

}  // namespace daftar::forms
