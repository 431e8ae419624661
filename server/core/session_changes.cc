// A session that sends what changed: from its place in the list of latest changes on, and behind that what happens.
#include <algorithm>

#include "server/core/session_state.h"

namespace daftar {
StatusOr<std::optional<v1::ServerFrame>> Session::NextChange() {
  for (;;) {
    const uint64_t moves = host_.moves();
    v1::Position position;
    Revision since, not_before;
    uint32_t frame_bytes;
    Slice slice;
    {
      MutexLock lock(state_->mutex);
      if (!state_->repair.empty() || !state_->gone.empty() || !state_->resend.empty()) break;
      if (state_->checkpointed && state_->moves_seen == moves) return std::optional<v1::ServerFrame>();
      if (std::optional<v1::ServerFrame> live = state_->TakeLive(host_.live_frames())) return live;
      position = state_->position;
      since = state_->since;
      not_before = state_->not_before;
      frame_bytes = state_->frame_bytes;
      slice = state_->slice;
    }
    DAFTAR_ASSIGN_OR_RETURN(ChangeBatch batch, host_.view().ChangesAfter(position, since, frame_bytes, slice));
    if (batch.head.cursor().revision() < not_before) return std::optional<v1::ServerFrame>();
    DAFTAR_RETURN_IF_ERROR(NotePlaces(batch));
    const bool says_nothing = batch.set.changes.empty() && batch.gone.empty() && !batch.reached_head;
    if (!says_nothing) return FrameOf(batch, moves);
    if (batch.looked_at == 0 && batch.moved_places.empty()) return Internal("the list of changes made no progress");
    MutexLock lock(state_->mutex);
    state_->position = batch.position;
  }
  return NextWhole();
}

Status Session::NotePlaces(ChangeBatch& batch) {
  std::vector<Rid> lying;
  if (!batch.moved_places.empty()) {
    DAFTAR_ASSIGN_OR_RETURN(lying, host_.view().LyingIn(batch.moved_places));
    batch.reached_head = false;  // not before these have been sent
  }
  MutexLock lock(state_->mutex);
  Slice& slice = state_->slice;
  slice.places_seen = batch.places_seen;
  slice.places_moved = slice.places_moved || !batch.moved_places.empty();
  state_->resend.insert(state_->resend.end(), lying.begin(), lying.end());
  return OkStatus();
}

std::optional<v1::ServerFrame> Session::State::TakeLive(const LiveFrames& frames) {
  const std::optional<LiveAudience> audience = Audience();
  const std::shared_ptr<const LiveFrame> live = audience ? frames.Find(*audience) : nullptr;
  if (live == nullptr) return std::nullopt;
  GoOnFrom(live->to);
  moves_seen = live->moves;
  return live->frame;
}

StatusOr<std::optional<v1::ServerFrame>> Session::FrameOf(const ChangeBatch& batch, uint64_t moves) {
  v1::ServerFrame frame;
  MutexLock lock(state_->mutex);
  const bool empty = batch.set.changes.empty() && batch.gone.empty() && !batch.live;
  const bool moved = batch.head.cursor().revision() != state_->since;
  if (empty && state_->checkpointed && !moved) {
    state_->moves_seen = moves;
    return std::optional<v1::ServerFrame>();
  }
  const std::optional<LiveAudience> audience = state_->Audience();
  v1::Checkpoint* checkpoint = nullptr;
  if (!empty) {
    v1::DeltaFrame& delta = *frame.mutable_delta();
    DAFTAR_ASSIGN_OR_RETURN(delta, EncodeBatch(batch));
    if (state_->dictionary != nullptr) DAFTAR_RETURN_IF_ERROR(state_->dictionary->Pack(delta));
    state_->position = batch.position;
    if (batch.reached_head) checkpoint = delta.mutable_checkpoint();
  } else {
    checkpoint = frame.mutable_checkpoint();
  }
  if (checkpoint == nullptr) return std::optional(std::move(frame));
  DAFTAR_RETURN_IF_ERROR(state_->Conclude(batch, host_, *checkpoint));
  state_->moves_seen = moves;
  const bool one_commit = audience && !empty && state_->since == audience->shows + 1;
  if (one_commit && checkpoint->signature().empty()) host_.live_frames().Keep({*audience, state_->since, moves, frame});
  return std::optional(std::move(frame));
}

std::optional<LiveAudience> Session::State::Audience() const {
  const bool at_rest =
      checkpointed && client_knows_since && position.revision() == since && position.rid() == UINT32_MAX;
  if (!at_rest || signs || !slice.everything() || not_before > since) return std::nullopt;
  return LiveAudience{since, dictionary == nullptr ? 0 : dictionary->id()};
}

void Session::State::GoOnFrom(Revision head) {
  checkpointed = client_knows_since = true;
  since = head;
  slice.held = slice.wanted;
  slice.places_moved = false;
  slice.new_places_since = head;
  position.set_revision(head);
  position.set_rid(UINT32_MAX);
}

Status Session::State::Conclude(const ChangeBatch& batch, const SessionHost& host, v1::Checkpoint& checkpoint) {
  const v1::Cursor& head = batch.head.cursor();
  checkpoint.set_digest(batch.head.digest());
  DAFTAR_RETURN_IF_ERROR(host.Prove(batch.head, slice.wanted, signs, checkpoint));
  const bool live = checkpointed && head.revision() == since + 1;
  if (live) checkpoint.clear_server_ms();
  // The chain follows from the commit and the digest of everything.
  const bool one_commit = head.revision() == since + 1 && !batch.set.changes.empty() && !batch.set.commits.empty() &&
                          batch.set.changes.back().revision == head.revision() && slice.everything();
  const bool follows = client_knows_since && (head.revision() == since || one_commit);
  // What is signed is said in full: it is checked before anything is worked out from it.
  if (!follows || !checkpoint.signature().empty()) {
    checkpoint.mutable_cursor()->set_revision(head.revision());
    checkpoint.mutable_cursor()->set_chain(head.chain());
  }
  GoOnFrom(head.revision());
  return OkStatus();
}

StatusOr<std::optional<v1::ServerFrame>> Session::NextWhole() {
  std::vector<Rid> rids;
  v1::ServerFrame frame;
  v1::DeltaFrame& delta = *frame.mutable_delta();
  bool repairs = false;
  uint32_t frame_bytes;
  Scope scope;
  {
    MutexLock lock(state_->mutex);
    repairs = !state_->repair.empty() || !state_->gone.empty();
    rids = repairs ? state_->repair : state_->resend;
    delta.mutable_gone()->Add(state_->gone.begin(), state_->gone.end());
    state_->gone.clear();
    frame_bytes = state_->frame_bytes;
    scope = state_->slice.wanted;
    if (!repairs) *delta.mutable_position() = state_->position;
  }
  DAFTAR_ASSIGN_OR_RETURN(const WholeBatch batch, host_.view().WholeRecords(rids, frame_bytes, scope));
  DAFTAR_ASSIGN_OR_RETURN(const v1::DeltaFrame encoded, EncodeFrame(batch.set));
  delta.set_body(encoded.body());
  delta.set_raw_size(encoded.raw_size());
  delta.mutable_gone()->Add(batch.gone.begin(), batch.gone.end());
  delta.set_repair(repairs);
  MutexLock lock(state_->mutex);
  std::vector<Rid>& list = repairs ? state_->repair : state_->resend;
  list.erase(list.begin(), list.begin() + static_cast<long>(batch.covered));
  return std::optional(std::move(frame));
}

}  // namespace daftar
