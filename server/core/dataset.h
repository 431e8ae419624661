// The server's dataset: one log, one view, one queue of pushes in front of the one writer.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "daftar/v1/commit.pb.h"
#include "server/core/session_host.h"
#include "server/core/snapshot_store.h"
#include "storage/base/clock.h"
#include "storage/base/files.h"
#include "storage/base/mutex.h"
#include "storage/base/random.h"
#include "storage/base/signature.h"
#include "storage/base/status.h"
#include "storage/log/log_store.h"
#include "storage/view/view.h"

namespace daftar {

// Thread-safe. The writer is whoever calls CommitPending: a thread in daftard, a step in a simulation.
class Dataset final : public SessionHost {
 public:
  using Done = std::function<void(StatusOr<v1::PushResult>)>;

  // Makes a new, empty dataset in the folder. AlreadyExists if there is one.
  static StatusOr<std::unique_ptr<Dataset>> Create(const std::string& folder, const Clock& clock, Random& random);
  // NotFound, with what to do, if there is none; FailedPrecondition if another process serves it.
  // `safety`: kProgramSafety in programs.
  static StatusOr<std::unique_ptr<Dataset>> Open(const std::string& folder, const Clock& clock,
                                                 const Safety& safety = {});

  // Puts something between the dataset and its log, such as a fault that a test plants. Before anything else is asked
  // of it.
  void WrapLog(const std::function<std::unique_ptr<LogStore>(std::unique_ptr<LogStore>)>& wrap);

  LogStore& log() { return *log_; }
  // The server's identity: signs what it hands out. The file server.key in the folder.
  const KeyPair& key() const { return *key_; }
  // The chunks, for who cuts them.
  SnapshotStore& snapshots() { return *snapshots_; }

  // From now on records that are marked so, or more strictly, need two people (push_policy.h); nullopt: none do. Before
  // anything is pushed.
  void RequireTwoPersons(std::optional<v1::Tlp::Code> from) { two_persons_ = from; }

  // Queues a push. `done` is called by the writer once the outcome is durable. ResourceExhausted when the queue is
  // full.
  Status Submit(v1::Mutation mutation, Done done, Pusher by = {}) DAFTAR_EXCLUDES(mutex_);
  // Commits everything queued in one durable transaction (group commit). How many there were.
  StatusOr<size_t> CommitPending() DAFTAR_EXCLUDES(mutex_, writing_);
  // Ends what has been retired for longer than the horizon, and forgets what ended longer ago than that
  // (LogStore::Expire). How many records ended. May be called beside CommitPending.
  StatusOr<size_t> ExpireOld(int64_t horizon_ms) DAFTAR_EXCLUDES(mutex_, writing_);
  // Waits until there is something to commit, or for that long. False if not.
  bool WaitForWork(int timeout_ms) DAFTAR_EXCLUDES(mutex_);

  // As the host of sessions, which hear of each commit from the writer.
  const View& view() const override { return *view_; }
  StatusOr<v1::Checkpoint> Head() const override { return log_->Head(); }
  const SnapshotStore* snapshots() const override { return snapshots_.get(); }
  const Clock& clock() const override { return clock_; }
  StatusOr<v1::Welcome::Action::Code> Judge(const v1::Cursor& cursor, Revision received,
                                            const Scope& wanted) const override;
  Status Introduce(std::string_view client, bool known, v1::Welcome& welcome) const override;
  Status Prove(const v1::Checkpoint& head, const Scope& scope, bool wanted, v1::Checkpoint& to) const override;
  StatusOr<uint64_t> LastSeq(std::string_view client) const override { return log_->LastSeq(client); }
  Status Push(const v1::Mutation& mutation, const Pusher& by, Answered answered) override;
  Status Deny(const v1::Mutation& mutation, const std::string& reason, Answered answered) override;

 private:
  struct Pending {
    v1::Mutation mutation;
    Done done;
    Pusher by;  // who may not push is denied
  };
  // It is answered in a transaction of its own: to be denied, or to be asked for more than whether it is valid.
  bool IsAlone(const Pending& pending) const;
  Status Enqueue(Pending pending) DAFTAR_EXCLUDES(mutex_);
  // The mutations at the front of the queue that one transaction takes: a group of them, or one to be denied.
  std::vector<Pending> TakeGroup() DAFTAR_EXCLUDES(mutex_);
  StatusOr<size_t> AnswerOne(const Pending& pending) DAFTAR_EXCLUDES(mutex_, writing_);
  // Why it is to be denied, by the state as the push before it has left it; empty: it is not.
  StatusOr<std::vector<v1::FieldError>> Refusals(const Pending& pending) const;
  // Remembers by which device the client pushes.
  Status NoteDevice(const Pending& pending) DAFTAR_REQUIRES(writing_);
  explicit Dataset(const Clock& clock) : clock_(clock) {}
  Status OpenRest(const std::string& folder, Random& random);

  const Clock& clock_;
  std::unique_ptr<FolderLock> lock_;
  std::optional<KeyPair> key_;
  std::unique_ptr<LogStore> log_;
  std::unique_ptr<SnapshotStore> snapshots_;
  const View* view_ = nullptr;  // owned by the log
  std::optional<v1::Tlp::Code> two_persons_;

  Mutex writing_;                                                         // held while the log is written
  std::map<std::string, std::string> noted_ DAFTAR_GUARDED_BY(writing_);  // client → the device that was noted last
  Mutex mutex_;
  CondVar work_;
  std::deque<Pending> queue_ DAFTAR_GUARDED_BY(mutex_);
};

}  // namespace daftar
