#include "server/core/push_policy.h"

#include <algorithm>
#include <utility>

#include "server/core/policy_change.h"
#include "storage/model/bounded_parse.h"
#include "storage/model/fields.h"
#include "storage/model/kind.h"
#include "storage/model/parts.h"

namespace daftar {
namespace {

using ProtoMessage = google::protobuf::Message;

constexpr char kInstead[] =
    "put it forward with: daftarctl suggest ID --set …; the server's keeper lets it edit with: "
    "device allow KEY --edit";

// Letters as they are, without spaces at the ends and capitals of the Latin alphabet.
std::string Plain(std::string_view name) {
  const size_t first = name.find_first_not_of(' ');
  if (first == std::string_view::npos) return "";
  std::string plain(name.substr(first, name.find_last_not_of(' ') - first + 1));
  for (char& c : plain) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return plain;
}

// Judges one edit of one who suggests.
class Suggestion {
 public:
  Suggestion(const PolicyChange& change, const RecordBefore& before, const std::string& device)
      : change_(change), before_(before), device_(device) {}

  std::vector<FieldProblem> Problems() {
    if (!before_.record) {
      JudgeNew();
    } else {
      for (const v1::PartEdit& part : change_.parts) JudgePart(part);
    }
    return std::move(problems_);
  }

 private:
  void Add(std::string path, const std::string& message) { problems_.push_back({std::move(path), message}); }

  // Of nobody else, as far as the server knows.
  bool IsOwn(const Person& by) const { return !device_.empty() && by.devices.size() == 1 && by.devices[0] == device_; }
  // Whether this device set the part last.
  bool OwnsPart(PartId part) const {
    for (const PastStep& past : before_.steps) {
      const auto& after = past.step.after;
      const bool set = std::any_of(after.begin(), after.end(), [part](const v1::PartEdit& edit) {
        return PartId{edit.field(), edit.key()} == part;
      });
      if (set) return IsOwn(past.by);
    }
    return false;
  }
  // A record that this device made, and that nobody has taken up.
  bool IsOwnDraft() const {
    const auto state = ReviewOf(*change_.before);
    if (state != v1::ReviewState::PROPOSED && state != v1::ReviewState::RETURNED) return false;
    return std::any_of(before_.steps.begin(), before_.steps.end(),
                       [this](const PastStep& past) { return past.step.created && IsOwn(past.by); });
  }

  void JudgeNew() {
    if (ReviewOf(*change_.after) != v1::ReviewState::PROPOSED)
      Add("review",
          "this workstation may suggest and not edit: a record that it makes is PROPOSED, for an editor to accept");
    for (const v1::PartEdit& part : change_.parts) {
      if (part.field() == kProposalField) JudgeProposal(part);
    }
  }

  void JudgePart(const v1::PartEdit& part) {
    const PartId id{part.field(), part.key()};
    const std::string path = PathOf(*change_.after, id);
    if (part.field() == kCommentField || part.field() == kProposalField) {
      const bool is_new = part.field() == kCommentField ? FindComment(*change_.before, part.key()) == nullptr
                                                        : FindProposal(*change_.before, part.key()) == nullptr;
      if (!is_new && !OwnsPart(id)) {
        Add(path,
            "this workstation may suggest and not edit: what others have said or put forward is theirs; answer "
            "with: daftarctl comment add ID TEXT --reply KEY");
      } else if (part.field() == kProposalField) {
        JudgeProposal(part);
      }
    } else if (!IsOwnDraft()) {
      Add(path, std::string("this workstation may suggest and not edit; ") + kInstead);
    } else if (part.field() == kReviewField && ReviewOf(*change_.after) != v1::ReviewState::PROPOSED) {
      Add(path, "this workstation may suggest and not edit: an editor takes up, accepts or returns a record");
    }
  }

  // As it becomes: open, and decided by nobody.
  void JudgeProposal(const v1::PartEdit& part) {
    const v1::Proposal* const proposal = FindProposal(*change_.after, part.key());
    if (proposal == nullptr) return;  // withdrawn
    const std::string path = PathOf(*change_.after, {part.field(), part.key()});
    if (StateOf(*proposal) != v1::ReviewState::PROPOSED)
      Add(JoinPath(path, "state"), "this workstation may suggest and not edit: an editor decides on a proposal");
    if (!proposal->reviewer().empty() || !proposal->answer().empty())
      Add(JoinPath(path, "reviewer"), "a proposal that nobody has decided on has neither reviewer nor answer");
  }

  const PolicyChange& change_;
  const RecordBefore& before_;
  const std::string& device_;
  std::vector<FieldProblem> problems_;
};

StatusOr<RecordBefore> ReadBefore(const ReadView& view, const std::string& id_bytes,
                                  const DevicesOfRevision& devices_of) {
  RecordBefore before;
  const std::optional<Uuid> id = Uuid::FromBytes(id_bytes);
  if (!id) return before;  // the judge refuses it
  DAFTAR_ASSIGN_OR_RETURN(before.record, view.Get(*id));
  if (!before.record) return before;
  DAFTAR_ASSIGN_OR_RETURN(std::vector<HistoryStep> steps, view.History(*id));
  for (HistoryStep& step : steps) {
    PastStep& past = before.steps.emplace_back();
    past.by.name = step.commit.author();
    DAFTAR_ASSIGN_OR_RETURN(past.by.devices, devices_of(step.commit.revision()));
    past.step = std::move(step);
  }
  return before;
}

// Who may only suggest decides nothing but that its own pushes give way.
bool SettlesOthers(const v1::Mutation& mutation) {
  return std::any_of(mutation.settles().begin(), mutation.settles().end(),
                     [&](const v1::ConflictId& id) { return id.client() != mutation.client(); });
}

}  // namespace

bool SamePerson(const Person& a, const Person& b) {
  for (const std::string& device : a.devices) {
    if (std::find(b.devices.begin(), b.devices.end(), device) != b.devices.end()) return true;
  }
  const std::string one = Plain(a.name), other = Plain(b.name);
  if (one != other) return false;
  return !one.empty() || a.devices.empty() || b.devices.empty();
}

StatusOr<PolicyChange> ChangeOf(const v1::RecordEdit& edit, const RecordBefore& before) {
  if (!v1::RecordKind::Code_IsValid(edit.kind()) || edit.kind() == v1::RecordKind::UNSET)
    return InvalidArgument("the edit names no record of a known kind");
  if (before.record && before.record->kind() != edit.kind()) return InvalidArgument("the record is of another kind");
  PolicyChange change;
  std::string body;
  change.before = NewMessage(edit.kind());
  if (before.record) {
    change.before->CopyFrom(before.record->message());
    DAFTAR_ASSIGN_OR_RETURN(body, CanonicalBody(before.record->message()));
  }
  DAFTAR_ASSIGN_OR_RETURN(const std::string patched,
                          PatchBody(body, std::vector<v1::PartEdit>(edit.part().begin(), edit.part().end())));
  DAFTAR_ASSIGN_OR_RETURN(change.parts, DiffParts(body, patched));
  change.after = NewMessage(edit.kind());
  DAFTAR_RETURN_IF_ERROR(ParseBounded(patched, *change.after));
  return change;
}

std::string PathOf(const ProtoMessage& after, PartId part) {
  const auto* field = after.GetDescriptor()->FindFieldByNumber(static_cast<int>(part.first));
  if (field == nullptr) return "field " + std::to_string(part.first);
  const std::string name = JsonName(*field);
  if (part.second == 0 || !field->is_repeated() || field->message_type() == nullptr) return name;
  const auto* key = field->message_type()->FindFieldByName("key");
  for (int i = 0; key != nullptr && i < after.GetReflection()->FieldSize(after, field); ++i) {
    const ProtoMessage& item = after.GetReflection()->GetRepeatedMessage(after, field, i);
    if (item.GetReflection()->GetUInt64(item, key) == part.second) return IndexPath(name, i);
  }
  return name;
}

std::optional<v1::Proposal> ProposalIn(Kind kind, const std::string& value) {
  const std::unique_ptr<ProtoMessage> part = NewMessage(kind);
  if (value.empty() || !ParseBounded(value, *part).ok() || ProposalsOf(*part).empty()) return std::nullopt;
  return ProposalsOf(*part)[0];
}

std::vector<FieldProblem> SuggestionProblems(const v1::RecordEdit& edit, const RecordBefore& before,
                                             const std::string& device) {
  const StatusOr<PolicyChange> change = ChangeOf(edit, before);
  if (!change.ok()) return {{"", daftar::Message(change.status())}};
  return Suggestion(*change, before, device).Problems();
}

StatusOr<std::vector<v1::FieldError>> PushRefusals(const v1::Mutation& mutation, const Pusher& by,
                                                   std::optional<v1::Tlp::Code> two_persons, const ReadView& view,
                                                   const DevicesOfRevision& devices_of) {
  std::vector<v1::FieldError> refusals;
  const auto refuse = [&refusals](const std::string& record, const FieldProblem& problem) {
    v1::FieldError& error = refusals.emplace_back();
    error.set_record(record);
    error.set_path(problem.path);
    error.set_message(problem.message);
  };
  if (by.suggests && SettlesOthers(mutation))
    refuse("", {"", "this workstation may suggest and not edit: an editor decides about conflicts of others"});
  Person now{{}, mutation.author()};
  if (!by.device.empty()) now.devices.push_back(by.device);
  for (const v1::RecordEdit& edit : mutation.edit()) {
    DAFTAR_ASSIGN_OR_RETURN(const RecordBefore before, ReadBefore(view, edit.record(), devices_of));
    if (by.suggests) {
      for (const FieldProblem& problem : SuggestionProblems(edit, before, by.device)) refuse(edit.record(), problem);
    }
    if (!two_persons) continue;
    for (const FieldProblem& problem : TwoPersonProblems(edit, before, now, mutation.base_revision(), *two_persons))
      refuse(edit.record(), problem);
  }
  return refusals;
}

}  // namespace daftar
