#include "client/sync/by_relay.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>

#include "client/sync/bundles.h"
#include "client/sync/user_store.h"
#include "storage/model/checkpoint.h"
#include "storage/model/parts.h"

namespace daftar {
namespace {

bool IsRefused(const v1::PushResult& result) {
  using Outcome = v1::PushResult::Outcome;
  return result.outcome() == Outcome::INVALID || result.outcome() == Outcome::DENIED;
}

// Whether the answer parks what the edit wanted of that part, so that it is not lost.
bool IsParked(const v1::PushResult& result, const v1::RecordEdit& edit, const v1::PartEdit& part) {
  return std::any_of(result.conflict().begin(), result.conflict().end(), [&](const v1::Conflict& conflict) {
    return conflict.record() == edit.record() && conflict.field() == part.field() && conflict.key() == part.key() &&
           conflict.mine() == part.value();
  });
}

// Whether everything that the push wanted stands in the replica, or is parked by the answer.
StatusOr<bool> IsShown(const v1::Mutation& push, const v1::PushResult& result, const ReadView& replica) {
  // What it decided cannot be seen.
  if (!push.settles().empty()) return false;
  for (const v1::RecordEdit& edit : push.edit()) {
    const std::optional<Uuid> id = Uuid::FromBytes(edit.record());
    if (!id) return DataLoss("an entry of the outbox names no record");
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> record, replica.Get(*id));
    if (!record || record->stub()) return false;
    DAFTAR_ASSIGN_OR_RETURN(const std::string body, CanonicalBody(record->message()));
    DAFTAR_ASSIGN_OR_RETURN(const std::vector<Part> parts, SplitParts(body));
    for (const v1::PartEdit& part : edit.part()) {
      const bool stands = FindPart(parts, {part.field(), part.key()}) == part.value();
      if (!stands && !IsParked(result, edit, part)) return false;
    }
  }
  return true;
}

}  // namespace

StatusOr<ByRelay> ByRelay::From(Workstation& station, const v1::Welcome& welcome) {
  using Action = v1::Welcome::Action;
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<PublicKey> server, KnownServerKey(station));
  if (!server) {
    return FailedPrecondition(
        "what answers is a relay, and this workstation does not know the server's key that would prove what it brings. "
        "Sync with the server first, take a bundle that it signed, or name its key: daftarctl key trust KEY");
  }
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> replica, station.view().Snapshot());
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, replica->Head());
  const bool same_history = head.cursor().epoch().empty() || head.cursor().epoch() == welcome.epoch();
  if (welcome.epoch().empty() || !same_history) {
    return FailedPrecondition(
        "the relay serves another history than that of this replica; nothing was taken from it. Sync with the server "
        "itself");
  }
  if (welcome.action() == Action::FILL || welcome.action() == Action::HISTORY_DIFFERS)
    return InvalidArgument("the relay asks for what only a server may ask for; nothing was taken from it");
  ByRelay relay(station, *server);
  relay.has_nothing_ = welcome.action() == Action::BEHIND || welcome.action() == Action::OTHER_SCOPE;
  relay.shown_ = head.cursor().revision();
  return relay;
}

Status ByRelay::Check(const v1::Checkpoint& checkpoint, const Scope& scope) const {
  DAFTAR_RETURN_IF_ERROR(VerifyCheckpoint(server_, checkpoint, scope.bytes()));
  if (checkpoint.cursor().revision() >= shown_) return OkStatus();
  return PermissionDenied("the relay offers an older state than this replica shows; nothing of it is shown");
}

Status ByRelay::OnCarried(uint64_t seq) {
  carried_.insert(seq);
  return station_->user().NoteCarried(seq);
}

void ByRelay::OnAnswer(const v1::PushResult& result) {
  brought_[result.seq()] = result;
  carried_.insert(result.seq());
}

StatusOr<std::vector<v1::PushResult>> ByRelay::Believed() {
  std::vector<v1::PushResult> believed;
  if (brought_.empty()) return believed;
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> replica, station_->view().Snapshot());
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, replica->Head());
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::OutboxEntry> outbox, station_->Outbox());
  for (const v1::OutboxEntry& entry : outbox) {
    const auto at = brought_.find(entry.mutation().seq());
    if (at == brought_.end()) continue;
    bool shown = IsRefused(at->second);
    if (!shown && at->second.head() <= head.cursor().revision()) {
      DAFTAR_ASSIGN_OR_RETURN(shown, IsShown(entry.mutation(), at->second, *replica));
    }
    if (!shown) continue;
    believed.push_back(std::move(at->second));
    carried_.erase(at->first);
    brought_.erase(at);
  }
  return believed;
}

}  // namespace daftar
