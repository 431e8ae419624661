// One client's session, as a position in the list of latest changes: never a queue. No thread and no network of its
// own.
//
// The carrier feeds OnFrame and, whenever it can write, asks Next; after `on_ready` there may be something to write
// again. A slow client costs nothing: it is sent what is latest when it comes to read it.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "daftar/v1/frames.pb.h"
#include "server/core/session_host.h"
#include "storage/base/mutex.h"
#include "storage/base/status.h"

namespace daftar {

// Thread-safe. OnFrame and Next are called from one thread at a time each.
class Session {
 public:
  // `on_ready` is called from any thread, holding no lock of the session, when Next may have something. `pusher`: whose
  // pushes they are.
  Session(SessionHost& host, std::function<void()> on_ready, Pusher pusher = {});
  ~Session();

  // A frame from the client. An error ends the session with that status.
  Status OnFrame(const v1::ClientFrame& frame);
  // The next frame to write; nullopt: nothing now. An error ends the session with that status.
  StatusOr<std::optional<v1::ServerFrame>> Next();
  // Everything asked for has been sent, and the client did not ask to stay: the session may end well, once the client
  // has no more to push (it closes its side).
  bool idle() const;
  // False while too many pushes wait for the writer: read no more frames.
  bool wants_frames() const;

  struct State;

 private:
  StatusOr<std::optional<v1::ServerFrame>> NextChange();
  StatusOr<std::optional<v1::ServerFrame>> NextWhole();
  StatusOr<std::optional<v1::ServerFrame>> NextEstimate();
  // What lies in places that moved is to be sent behind the batch.
  Status NotePlaces(ChangeBatch& batch);
  // The frame of a batch; nullopt: nothing is to be said.
  StatusOr<std::optional<v1::ServerFrame>> FrameOf(const ChangeBatch& batch, uint64_t moves);
  // While the replica is filled: what comes ahead of the chunks, and pieces of these; nullopt: nothing is wanted.
  StatusOr<std::optional<v1::ServerFrame>> NextInFront();
  StatusOr<std::optional<v1::ServerFrame>> NextPiece();
  Status OnHello(const v1::Hello& hello);
  Scope WantedScope() const;
  // Which commits the server has, for a client whose history differs.
  StatusOr<v1::CommitTrail> Trail(Revision head) const;
  Status OnFilled(const v1::Cursor& cursor);
  Status OnLeaves(const v1::LeafSums& leaves);
  Status OnRecords(const v1::RecordSums& records);

  SessionHost& host_;
  const Pusher pusher_;
  std::shared_ptr<State> state_;  // shared with answers on their way from the writer
  std::unique_ptr<SessionHost::Subscription> subscription_;
};

}  // namespace daftar
