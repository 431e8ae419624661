// A workstation's replica as the host of its neighbours' sessions: it passes on what the server has signed, and keeps
// pushes until they are delivered.
//
// A relay is trusted for nothing but delivery. It cannot tell whether a neighbour's cursor belongs to the server's
// history, so it takes any that is not ahead of it for known; the signed digest at the end proves it or not, and where
// it does not, the neighbour compares its replica with the relay's.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "client/sync/workstation.h"
#include "server/core/session_host.h"

namespace daftar {

// What a relay tells its keeper. Called from the threads of sessions.
struct RelayEvents {
  // A neighbour said hello; the 16-byte id of its store.
  std::function<void(std::string_view client)> neighbour = [](std::string_view) {};
  // A neighbour's push was taken to be carried.
  std::function<void(std::string_view client)> carried = [](std::string_view) {};
};

class RelayHost final : public SessionHost {
 public:
  RelayHost(Workstation& station, RelayEvents events) : station_(station), events_(std::move(events)) {}

  // The replica has moved; to be called by whoever syncs it.
  void HeadMoved() { Announce(); }
  // OK if the replica shows a state that the server has signed; otherwise why nothing is served, in words.
  Status CanServe() const;

  const View& view() const override { return station_.view(); }
  StatusOr<v1::Checkpoint> Head() const override;
  const SnapshotStore* snapshots() const override { return nullptr; }
  const Clock& clock() const override { return station_.clock(); }
  StatusOr<v1::Welcome::Action::Code> Judge(const v1::Cursor& cursor, Revision received,
                                            const Scope& wanted) const override;
  Status Introduce(std::string_view client, bool known, v1::Welcome& welcome) const override;
  // The server's signature, and the age that the state had when it came from there.
  Status Prove(const v1::Checkpoint& head, const Scope& scope, bool wanted, v1::Checkpoint& to) const override;
  StatusOr<uint64_t> LastSeq(std::string_view) const override { return 0; }
  // Keeps it, or gives the server's answer if it is here already.
  // Of who may only suggest: PermissionDenied where the server would deny it, which sees the relay alone.
  Status Push(const v1::Mutation& mutation, const Pusher& by, Answered answered) override;

 private:
  Workstation& station_;
  const RelayEvents events_;
};

}  // namespace daftar
