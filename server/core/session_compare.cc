// A session that finds what differs: after a restored backup, or where a replica does not add up.
#include "server/core/session_state.h"
#include "storage/view/commit_trail.h"
#include "storage/view/reconcile.h"

namespace daftar {

Scope Session::WantedScope() const {
  MutexLock lock(state_->mutex);
  return state_->slice.wanted;
}

StatusOr<v1::CommitTrail> Session::Trail(Revision head) const {
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> view, host_.view().Snapshot());
  return TrailOf(*view, head);
}

Status Session::OnLeaves(const v1::LeafSums& leaves) {
  DAFTAR_ASSIGN_OR_RETURN(const Sums sums, host_.view().TakeSums(WantedScope()));
  DAFTAR_ASSIGN_OR_RETURN(const Revision at, sums.At());
  MutexLock lock(state_->mutex);
  if (!state_->comparing) return InvalidArgument("sums come in a session that compares");
  if (state_->next_leaf == 0 && leaves.first() == 0) {
    // What changes from here on is sent behind what differs now.
    state_->since = at;
    state_->client_knows_since = false;
    state_->slice.held = state_->slice.wanted;
    state_->position.set_revision(at);
    state_->position.set_rid(UINT32_MAX);
  }
  DAFTAR_ASSIGN_OR_RETURN(std::vector<v1::GroupSums> groups, sums.Answer(leaves, &state_->next_leaf));
  for (v1::GroupSums& frame : groups) state_->groups.push_back(std::move(frame));
  return OkStatus();
}

Status Session::OnRecords(const v1::RecordSums& records) {
  DAFTAR_ASSIGN_OR_RETURN(const Sums sums, host_.view().TakeSums(WantedScope()));
  DAFTAR_ASSIGN_OR_RETURN(const Sums::Difference difference, sums.Compare(records));
  MutexLock lock(state_->mutex);
  if (!state_->comparing) return InvalidArgument("sums come in a session that compares");
  state_->repair.insert(state_->repair.end(), difference.here.begin(), difference.here.end());
  state_->gone.insert(state_->gone.end(), difference.gone.begin(), difference.gone.end());
  if (records.last()) state_->comparing = false;
  return OkStatus();
}

}  // namespace daftar
