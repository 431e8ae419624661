// A workstation's own folder: the replica that it reads, and what is the user's own.
//
// FOLDER/replica is the View, which can be fetched again; FOLDER/user is the outbox, drafts, conflicts, settings,
// sync status and what is private, which nothing but the user may lose. One process owns the folder at a time.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "daftar/v1/commit.pb.h"
#include "daftar/v1/store.pb.h"
#include "storage/base/clock.h"
#include "storage/base/files.h"
#include "storage/base/mutex.h"
#include "storage/base/random.h"
#include "storage/base/signature.h"
#include "storage/base/status.h"
#include "storage/model/validate.h"
#include "storage/view/safety.h"
#include "storage/view/view.h"

namespace daftar {

class LaidEdits;
class FormDrafts;
class PrivateStore;
class UserStore;

// A record as its editor wants it.
struct Edit {
  Uuid id;
  Kind kind = v1::RecordKind::UNSET;
  std::shared_ptr<const google::protobuf::Message> message;  // the whole record, edited
  // The state that it was edited on; absent: what is readable now. Only what differs from it is changed, and what
  // others have changed since meets it on the server, as if it had been sent at once.
  struct Base {
    std::shared_ptr<const google::protobuf::Message> message;  // nullptr: there was no such record
    Revision revision = 0;
    std::string epoch;  // that the revision belongs to
  };
  std::optional<Base> base = {};
};

// An edit on its way into the outbox.
struct CheckedEdit {
  std::vector<FieldProblem> problems;  // not empty: it may not be queued
  std::vector<FieldProblem> warnings;  // what a codebook would question
  v1::Mutation mutation;               // what would be pushed; without edits if nothing changes
};

// Thread-safe, except that edits are made by one thread; a program that syncs in another one gives it a random that is.
class Workstation {
 public:
  // `safety`: kProgramSafety in programs. Its ballast is kept beside what is the user's own.
  // Makes the folder. AlreadyExists if there is a workstation in it.
  static StatusOr<std::unique_ptr<Workstation>> Create(const std::string& folder, const std::string& server,
                                                       const std::string& author, const Clock& clock, Random& random);
  // NotFound if there is none; FailedPrecondition if another process has it open; DataLoss if it is damaged beyond
  // repair: the words say whether it is the replica, which can be fetched anew, or what is the user's own.
  static StatusOr<std::unique_ptr<Workstation>> Open(const std::string& folder, const Clock& clock, Random& random,
                                                     const Safety& safety = {});
  ~Workstation();

  // What the user sees: the replica's state with the outbox laid over it.
  StatusOr<std::unique_ptr<ReadView>> Read() const;
  // The replica itself.
  View& view() { return *view_; }
  // Puts something between the workstation and its replica, such as a fault that a test plants. Before anything reads.
  void WrapReplica(const std::function<std::unique_ptr<View>(std::unique_ptr<View>)>& wrap) {
    view_ = wrap(std::move(view_));
  }
  const std::string& folder() const { return folder_; }
  const Clock& clock() const { return clock_; }
  Random& random() { return random_; }

  // A fresh id for a new record.
  Uuid NewId();
  // Compares the edits with what is readable here and validates the result. Each record once.
  StatusOr<CheckedEdit> Check(std::span<const Edit> edits, const std::string& reason) const;
  // The mutation that settles a parked conflict, validated: the part gets `value` (empty: it is removed), and a record
  // that was retired meanwhile comes back with it; without a value all stays as the server has it. Merged as seen at
  // the conflict's `theirs_revision`, so that what was changed again since is parked anew and not overwritten.
  StatusOr<CheckedEdit> CheckDecision(const v1::Conflict& conflict, const std::optional<std::string>& value,
                                      const std::string& reason) const;
  // Puts a checked mutation into the outbox: durable when this returns its number. InvalidArgument if it neither edits
  // nor settles anything; FailedPrecondition if what it settles is being settled already.
  StatusOr<uint64_t> Queue(v1::Mutation mutation);
  // The same, in the place of the draft with that number, which goes. NotFound if there is none.
  StatusOr<uint64_t> QueueDraft(uint64_t draft_seq, v1::Mutation mutation);
  // The same in the place of a form that was filled in. NotFound if there is none.
  StatusOr<uint64_t> QueueForm(uint64_t number, v1::Mutation mutation);
  // Throws the draft with that number away. NotFound if there is none.
  Status DropDraft(uint64_t draft_seq);

  // In order of their numbers.
  StatusOr<std::vector<v1::OutboxEntry>> Outbox() const;
  // The numbers of those that a relay keeps and will carry.
  StatusOr<std::set<uint64_t>> CarriedByRelay() const;
  StatusOr<std::vector<v1::Draft>> Drafts() const;
  StatusOr<std::vector<v1::ConflictEntry>> Conflicts() const;

  // Server, author, last success and attempt.
  StatusOr<v1::SyncStatus> SyncState() const;
  Status SetServer(const std::string& server);
  Status SetAuthor(const std::string& author);
  // The server's public key, from somebody who knows it. FailedPrecondition if another one is known already.
  Status TrustServer(const PublicKey& key);
  // What the replica is to hold from the next session on; empty: everything. Not while one goes on. InvalidArgument if
  // it is no scope.
  Status SetScope(const v1::Scope& scope);

  // Bookmarks, tags, notes, saved searches: never sent. Thread-safe.
  PrivateStore& mine();
  const PrivateStore& mine() const;

  // Forms that are being filled in: never sent as such. Thread-safe.
  FormDrafts& forms();

  // For the engine: see engine.h.
  UserStore& user() { return *user_; }

 private:
  Workstation(std::string folder, const Clock& clock, Random& random);
  // Puts what the edit changes into the mutation.
  Status AddEdit(const ReadView& view, const Edit& edit, const KindLookup& kind_of, CheckedEdit& checked) const;
  // Whether what the replica shows has been proved. What it was filled with may be newer than the base that it names.
  StatusOr<bool> HadCheckpoint() const;

  const std::string folder_;
  const Clock& clock_;
  Random& random_;
  std::unique_ptr<FolderLock> lock_;
  std::unique_ptr<View> view_;
  std::unique_ptr<UserStore> user_;

  // What Read laid last: as long as neither store changes, it is not laid anew.
  struct LastLaid {
    uint64_t user = 0, replica = 0;  // the states that they were laid of
    std::shared_ptr<const LaidEdits> edits;
  };
  mutable Mutex laid_mutex_;
  mutable LastLaid last_laid_ DAFTAR_GUARDED_BY(laid_mutex_);
};

}  // namespace daftar
