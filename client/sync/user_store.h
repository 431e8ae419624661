// What is the user's own: outbox, drafts, conflicts, settings, sync status and what is private, in an environment apart
// from the replica, so that the replica can be fetched again without touching it. Every change is durable when its call
// returns.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "client/sync/carried.h"
#include "client/sync/form_drafts.h"
#include "client/sync/outbox_holds.h"
#include "client/sync/private_store.h"
#include "daftar/v1/store.pb.h"
#include "storage/base/status.h"
#include "storage/base/uuid.h"
#include "storage/lmdb/lmdb.h"
#include "storage/model/record.h"
#include "storage/view/safety.h"

namespace daftar {

// The pushes that a new history of the server has, too: up to that number of this client, and its state at that
// revision shows them.
struct KnownPushes {
  uint64_t seq = 0;
  Revision shown_at = 0;
};

// Thread-safe.
class UserStore {
 public:
  // DataLoss if a crash took rows along: nothing is changed then, so that what is left can be saved.
  static StatusOr<std::unique_ptr<UserStore>> Open(const std::string& folder, bool create, const Safety& safety = {});

  StatusOr<v1::SyncStatus> Status() const;
  // Reads, changes and writes the status in one transaction.
  absl::Status Update(const std::function<void(v1::SyncStatus&)>& change);

  // Gives the mutation the next number of this client and puts it into the outbox; the number. The conflicts that it
  // settles are marked with it. FailedPrecondition if one of them is being settled already.
  StatusOr<uint64_t> Queue(v1::Mutation mutation);
  // The same, and takes the draft with that number away. NotFound if there is none.
  StatusOr<uint64_t> QueueDraft(uint64_t draft_seq, v1::Mutation mutation);
  // The same of a form that was filled in: it goes.
  StatusOr<uint64_t> QueueForm(uint64_t number, v1::Mutation mutation);
  // Another number after each change of the store, by whichever process.
  uint64_t state() const { return env_->last_commit(); }
  // In order of their numbers.
  StatusOr<std::vector<v1::OutboxEntry>> Outbox() const;
  // Files the server's answer: with the entry until it is visible; refused pushes go to the drafts, parked parts to the
  // conflicts. Conflicts that the push settles leave, or are open again if it was refused. Fine if the entry is gone.
  absl::Status Answer(const v1::PushResult& result, int64_t now_ms);
  // Drops the answered entries whose outcome a replica at that revision shows. How many entries are left.
  StatusOr<uint64_t> DropVisible(Revision revision);
  // What waits was made on a state that is not here any longer, so that nothing tells whether the server still has it:
  // each part that the server has otherwise meets it as a conflict.
  absl::Status DoubtBases();
  // A relay keeps the push with that number, and will carry it.
  absl::Status NoteCarried(uint64_t seq);
  // The numbers of those that a relay keeps, as far as they are in the outbox.
  StatusOr<std::set<uint64_t>> CarriedByRelay() const;

  // A new history of the server: this store becomes another client, what waits gets new numbers and is sent again, and
  // the drafts are put to the others, but for those that are there already. In one transaction. What was answered of
  // the pushes that are known there waits only to be seen. `base_of`: the new base of a mutation.
  absl::Status BeginAnew(const Uuid& client, const KnownPushes& known, const std::vector<v1::Draft>& drafts,
                         const std::function<Revision(const v1::Mutation&)>& base_of, int64_t now_ms);

  StatusOr<std::vector<v1::Draft>> Drafts() const;
  // Throws the draft with that number away. NotFound if there is none.
  absl::Status DropDraft(uint64_t draft_seq);
  StatusOr<std::vector<v1::ConflictEntry>> Conflicts() const;

  // What is kept for neighbours, where this workstation is a relay.
  CarriedPushes& carried() { return carried_; }
  // What belongs to the reader alone.
  PrivateStore& mine() { return mine_; }
  // Edits of the outbox that are held back.
  OutboxHolds& holds() { return holds_; }
  // Forms that are being filled in.
  FormDrafts& forms() { return forms_; }

 private:
  explicit UserStore(std::unique_ptr<lmdb::Environment> env);
  const std::unique_ptr<lmdb::Environment> env_;
  CarriedPushes carried_;
  PrivateStore mine_;
  FormDrafts forms_;
  OutboxHolds holds_;
};

}  // namespace daftar
