// What a session is held with: the server's dataset, or a replica that a relay passes on.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "daftar/v1/commit.pb.h"
#include "daftar/v1/frames.pb.h"
#include "server/core/live_frames.h"
#include "server/core/push_policy.h"
#include "server/core/snapshot_store.h"
#include "storage/base/clock.h"
#include "storage/base/mutex.h"
#include "storage/base/status.h"
#include "storage/view/view.h"

namespace daftar {

// Thread-safe. Outlives its sessions and subscriptions.
class SessionHost {
 public:
  // Gets the frame that says what became of a push: its answer; from a relay also that the push is carried.
  using Answered = std::function<void(StatusOr<v1::ServerFrame>)>;

  virtual ~SessionHost() = default;

  // What is served. It moves from head to head meanwhile.
  virtual const View& view() const = 0;
  virtual StatusOr<v1::Checkpoint> Head() const = 0;
  // Chunks for replicas that have nothing; null: none, and they get all records as changes.
  virtual const SnapshotStore* snapshots() const = 0;
  virtual const Clock& clock() const = 0;

  // Whether a client can go on from its cursor, `received` behind it, with that scope: NONE, HISTORY_DIFFERS, BEHIND or
  // OTHER_SCOPE. An error: nothing is served now, and why.
  virtual StatusOr<v1::Welcome::Action::Code> Judge(const v1::Cursor& cursor, Revision received,
                                                    const Scope& wanted) const = 0;
  // Puts into the welcome what the client has to be told of who serves it. `known`: it goes on from its cursor.
  virtual Status Introduce(std::string_view client, bool known, v1::Welcome& welcome) const = 0;
  // Puts into a checkpoint of that head how old it is, and the server's signature where it is `wanted` or the host is
  // nothing without it.
  virtual Status Prove(const v1::Checkpoint& head, const Scope& scope, bool wanted, v1::Checkpoint& to) const = 0;

  // The last push of that client that has an answer; 0: none, or nobody here knows.
  virtual StatusOr<uint64_t> LastSeq(std::string_view client) const = 0;
  // Takes a push, of somebody who may push. `answered` is called once, from any thread, when what it is told is
  // durable. ResourceExhausted when there is no room; it is not called then.
  virtual Status Push(const v1::Mutation& mutation, const Pusher& by, Answered answered) = 0;
  // Answers a push that its sender may not make, in its place behind those before it; otherwise as Push. A host that
  // has no say about pushes refuses the session instead: PermissionDenied.
  virtual Status Deny(const v1::Mutation& mutation, const std::string& reason, Answered answered);

  // How often the head has moved: a session that found nothing to send need not look again before it has changed.
  uint64_t moves() const { return moves_; }
  LiveFrames& live_frames() { return live_frames_; }

  // Calls `on_head` whenever the head has moved, from whoever moved it, until the subscription is destroyed. It must be
  // quick.
  class Subscription {
   public:
    Subscription(SessionHost& host, std::function<void()> on_head);
    ~Subscription();
    Subscription(const Subscription&) = delete;
    Subscription& operator=(const Subscription&) = delete;

   private:
    friend class SessionHost;
    SessionHost& host_;
    const std::function<void()> on_head_;
  };

 protected:
  // The head has moved, and can be read.
  void Announce() DAFTAR_EXCLUDES(subscribers_mutex_);

 private:
  std::atomic<uint64_t> moves_{0};
  LiveFrames live_frames_;
  Mutex subscribers_mutex_;
  std::vector<Subscription*> subscribers_ DAFTAR_GUARDED_BY(subscribers_mutex_);
};

}  // namespace daftar
