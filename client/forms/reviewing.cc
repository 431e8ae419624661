#include "client/forms/reviewing.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "client/language/say.h"
#include "daftar/v1/records.pb.h"
#include "storage/model/bounded_parse.h"
#include "storage/model/parts.h"
#include "storage/view/read_view.h"

namespace daftar::forms {
namespace {

using google::protobuf::Message;

StatusOr<std::shared_ptr<Message>> Patched(const Record& record, const v1::RecordEdit& edit) {
  DAFTAR_ASSIGN_OR_RETURN(std::string body, CanonicalBody(record.message()));
  const std::vector<v1::PartEdit> parts(edit.part().begin(), edit.part().end());
  DAFTAR_ASSIGN_OR_RETURN(body, PatchBody(body, parts));
  const std::shared_ptr<Message> message = NewMessage(record.kind());
  DAFTAR_RETURN_IF_ERROR(ParseBounded(body, *message));
  return message;
}

// A refused change of a record: as it was wanted, and put forward.
struct Forwarded {
  Edit wanted, proposed;
};
// `base`: the revision that the refused edit was made on.
StatusOr<Forwarded> Forward(const ReadView& view, const v1::RecordEdit& edit, const std::string& reason,
                            const Voice& voice, Revision base) {
  const std::optional<Uuid> id = Uuid::FromBytes(edit.record());
  const bool known = v1::RecordKind::Code_IsValid(edit.kind()) && edit.kind() != v1::RecordKind::UNSET;
  if (!id || !known) return DataLoss("a refused edit names no record");
  if (edit.create()) {
    const Record nothing(*id, edit.kind(), std::shared_ptr<const Message>(NewMessage(edit.kind())));
    DAFTAR_ASSIGN_OR_RETURN(const std::shared_ptr<Message> made, Patched(nothing, edit));
    DAFTAR_ASSIGN_OR_RETURN(const Reviewed proposed,
                            SetReview(Record(*id, edit.kind(), made), v1::ReviewState::PROPOSED, "", voice));
    return Forwarded{{*id, edit.kind(), made}, {*id, edit.kind(), proposed}};
  }
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> record, view.Get(*id));
  if (!record) return FailedPrecondition(Say("form.gone", {{"id", id->ToString()}}));
  DAFTAR_ASSIGN_OR_RETURN(const std::shared_ptr<Message> wanted, Patched(*record, edit));
  DAFTAR_ASSIGN_OR_RETURN(const Proposed proposed, Propose(*record, *wanted, reason, voice, base));
  return Forwarded{{*id, edit.kind(), wanted}, {*id, edit.kind(), proposed.record}};
}

StatusOr<CheckedEdit> Checked(const Workstation& station, const std::vector<Edit>& edits, const std::string& reason) {
  DAFTAR_ASSIGN_OR_RETURN(CheckedEdit checked, station.Check(edits, reason));
  if (!checked.problems.empty()) return InvalidArgument(checked.problems.front().message);
  return checked;
}

}  // namespace

StatusOr<Voice> VoiceOf(const Workstation& station) {
  DAFTAR_ASSIGN_OR_RETURN(const v1::SyncStatus status, station.SyncState());
  return Voice{status.author(), station.clock().NowMs()};
}

StatusOr<Decided> Decide(const Record& record, const Decision& decision, const Voice& voice) {
  Decided decided;
  if (decision.proposal == 0) {
    DAFTAR_ASSIGN_OR_RETURN(decided.record, SetReview(record, decision.state, decision.words, voice));
    return decided;
  }
  const Answer answer{voice.name, decision.words};
  if (decision.state != v1::ReviewState::ACCEPTED) {
    DAFTAR_ASSIGN_OR_RETURN(decided.record, DecideProposal(record, decision.proposal, decision.state, answer));
    return decided;
  }
  DAFTAR_ASSIGN_OR_RETURN(Acceptance acceptance,
                          AcceptProposal(record, decision.proposal, answer, decision.over_newer));
  return Decided{std::move(acceptance.record), std::move(acceptance.overlaps)};
}

std::string ReasonOf(const Decision& decision) {
  if (!decision.words.empty()) return decision.words;
  switch (decision.state) {
    case v1::ReviewState::ACCEPTED:
      return "accepted";
    case v1::ReviewState::IN_REVIEW:
      return "taken up for review";
    case v1::ReviewState::RETURNED:
      return "returned";
    case v1::ReviewState::ON_HOLD:
      return "put on hold";
    default:
      return "put forward";
  }
}

StatusOr<uint64_t> ProposeInstead(Workstation& station, uint64_t draft) {
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::Draft> drafts, station.Drafts());
  const auto refused = std::find_if(drafts.begin(), drafts.end(),
                                    [draft](const v1::Draft& each) { return each.mutation().seq() == draft; });
  if (refused == drafts.end()) return NotFound(Say("work.refused_gone"));
  DAFTAR_ASSIGN_OR_RETURN(const Voice voice, VoiceOf(station));
  const v1::Mutation& mutation = refused->mutation();
  std::vector<Edit> wanted, proposed;
  {
    DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> view, station.Read());
    for (const v1::RecordEdit& edit : mutation.edit()) {
      DAFTAR_ASSIGN_OR_RETURN(Forwarded one, Forward(*view, edit, mutation.reason(), voice, mutation.base_revision()));
      wanted.push_back(std::move(one.wanted));
      proposed.push_back(std::move(one.proposed));
    }
  }
  // What could not be accepted is not put forward.
  DAFTAR_RETURN_IF_ERROR(Checked(station, wanted, mutation.reason()).status());
  DAFTAR_ASSIGN_OR_RETURN(CheckedEdit checked, Checked(station, proposed, mutation.reason()));
  return station.QueueDraft(draft, std::move(checked.mutation));
}

}  // namespace daftar::forms
