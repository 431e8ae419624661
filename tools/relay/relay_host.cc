#include "tools/relay/relay_host.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "client/sync/user_store.h"

namespace daftar {
namespace {

Status NothingSigned() {
  return Unavailable(
      "this relay has no state yet that the server has signed, so it has nothing to pass on; it gets one when it meets "
      "the server");
}

}  // namespace

StatusOr<v1::Checkpoint> RelayHost::Head() const {
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> replica, station_.view().Snapshot());
  return replica->Head();
}

Status RelayHost::CanServe() const {
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, Head());
  return head.signature().empty() ? NothingSigned() : OkStatus();
}

StatusOr<v1::Welcome::Action::Code> RelayHost::Judge(const v1::Cursor& cursor, Revision received,
                                                     const Scope& wanted) const {
  DAFTAR_RETURN_IF_ERROR(CanServe());
  DAFTAR_ASSIGN_OR_RETURN(const Scope held, station_.view().HeldScope());
  if (wanted != held) return v1::Welcome::Action::OTHER_SCOPE;
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, Head());
  const bool ahead = std::max(cursor.revision(), received) > head.cursor().revision();
  return ahead ? v1::Welcome::Action::BEHIND : v1::Welcome::Action::NONE;
}

Status RelayHost::Introduce(std::string_view client, bool, v1::Welcome& welcome) const {
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, Head());
  welcome.set_relay(true);
  welcome.set_epoch(head.cursor().epoch());
  welcome.set_head(head.cursor().revision());
  events_.neighbour(client);
  return OkStatus();
}

Status RelayHost::Prove(const v1::Checkpoint& head, const Scope&, bool, v1::Checkpoint& to) const {
  if (head.signature().empty()) return NothingSigned();
  to.set_signature(head.signature());
  to.set_server_ms(head.server_ms());
  return OkStatus();
}

Status RelayHost::Push(const v1::Mutation& mutation, const Pusher& by, Answered answered) {
  if (by.suggests) {
    DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> replica, station_.view().Snapshot());
    // Nobody here knows who made what: only what is added may pass.
    const auto nobody = [](Revision) -> StatusOr<std::vector<std::string>> { return std::vector<std::string>(); };
    DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::FieldError> refusals,
                            PushRefusals(mutation, by, std::nullopt, *replica, nobody));
    if (!refusals.empty()) {
      return PermissionDenied("the relay carries no edit of this workstation but suggestions: " +
                              (refusals[0].path().empty() ? "" : refusals[0].path() + ": ") + refusals[0].message() +
                              ". What waits is kept: daftarctl outbox");
    }
  }
  DAFTAR_ASSIGN_OR_RETURN(std::optional<v1::PushResult> answer, station_.user().carried().Take(mutation));
  v1::ServerFrame frame;
  if (answer) {
    *frame.mutable_push_result() = *std::move(answer);
  } else {
    frame.set_carried(mutation.seq());
  }
  answered(std::move(frame));
  if (!answer) events_.carried(mutation.client());
  return OkStatus();
}

}  // namespace daftar
