// Finds what differs between the replica and the server without knowing why (reconcile.proto): after the server was
// restored from a backup, or where the replica does not add up. What comes back is staged as any change is; a
// checkpoint then proves the whole.
#pragma once

#include <set>
#include <utility>
#include <vector>

#include "client/sync/workstation.h"
#include "daftar/v1/frames.pb.h"
#include "storage/base/status.h"

namespace daftar {

// One for each session, on its thread.
class Comparer {
 public:
  // `history`: kNew where the server does not know this replica's.
  Comparer(Workstation& station, View::History history) : station_(station), history_(history) {}

  // Notes what the server with that head says of its history.
  Status NoteTrail(Revision head, const v1::CommitTrail& trail);
  // The frames to send first.
  StatusOr<std::vector<v1::ClientFrame>> Begin();
  StatusOr<std::vector<v1::ClientFrame>> OnGroups(const v1::GroupSums& groups);
  // Notes what the server has lost, before what it sent is applied.
  Status OnDelta(const v1::DeltaFrame& delta);
  // The last step before the server's state at that revision is applied: what it has lost is kept as drafts, and what
  // waits for it gets new numbers under a new name, since it may have forgotten the old ones. Up to `known_seq` it has
  // not, and has answered again. Unavailable: not all of these answers are here yet, and nothing was changed.
  Status BeforeApply(Revision revision, uint64_t known_seq);

  View::History history() const { return history_; }
  uint64_t salvaged() const { return lost_.size(); }

 private:
  // Notes which parts of own records are not what the server has.
  void NoteChanged(const ChangeSet& mine, const ChangeSet& theirs);
  StatusOr<ChangeSet> OwnRecords(const v1::DeltaFrame& delta, const ChangeSet& theirs) const;
  // Notes up to where the server's history is the replica's, too, as far as its commits show it.
  Status NoteShared(const ChangeSet& theirs);

  Workstation& station_;
  const View::History history_;
  std::set<std::pair<Uuid, PartId>> changed_;
  std::vector<v1::Draft> lost_;
  std::vector<std::pair<Revision, v1::Draft>> overtaken_;
  Revision shared_to_ = 0;
};

}  // namespace daftar
