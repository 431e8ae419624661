// A session with a replica that has nothing: it is filled from chunks.
#include <utility>

#include "server/core/session_state.h"

namespace daftar {

Status Session::OnFilled(const v1::Cursor& cursor) {
  DAFTAR_ASSIGN_OR_RETURN(const auto action, host_.Judge(cursor, 0, Scope()));
  const bool known = action == v1::Welcome::Action::NONE && !cursor.chain().empty();
  MutexLock lock(state_->mutex);
  if (!state_->filling) return InvalidArgument("the replica was not being filled");
  state_->filling = state_->front_due = false;
  state_->front.clear();
  state_->wants.clear();
  if (!known) {
    // Filled in part before the server was restored from a backup.
    state_->comparing = true;
    state_->takes_pushes = false;
    v1::Welcome& differs = state_->welcome.emplace();
    differs.set_action(v1::Welcome::Action::HISTORY_DIFFERS);
    DAFTAR_RETURN_IF_ERROR(host_.Introduce(state_->client, /*known=*/false, differs));
    DAFTAR_ASSIGN_OR_RETURN(*differs.mutable_trail(), Trail(differs.head()));
    return OkStatus();
  }
  state_->client_knows_since = true;
  state_->since = cursor.revision();
  state_->position.set_revision(state_->since);
  state_->position.set_rid(UINT32_MAX);
  return OkStatus();
}

StatusOr<std::optional<v1::ServerFrame>> Session::NextInFront() {
  bool choose = false;
  {
    MutexLock lock(state_->mutex);
    choose = std::exchange(state_->front_due, false);
  }
  std::vector<std::vector<Rid>> chosen;
  if (choose) {
    DAFTAR_ASSIGN_OR_RETURN(chosen, host_.view().Front());
  }
  std::vector<Rid> batch;
  {
    MutexLock lock(state_->mutex);
    state_->front.insert(state_->front.end(), chosen.begin(), chosen.end());
    if (state_->front.empty()) return std::optional<v1::ServerFrame>();
    batch = std::move(state_->front.front());
    state_->front.pop_front();
  }
  DAFTAR_ASSIGN_OR_RETURN(const WholeBatch records, host_.view().WholeRecords(batch, kFrontBytes));
  v1::ServerFrame frame;
  DAFTAR_ASSIGN_OR_RETURN(*frame.mutable_delta(), EncodeFrame(records.set));
  frame.mutable_delta()->set_repair(true);
  return std::optional(std::move(frame));
}

StatusOr<std::optional<v1::ServerFrame>> Session::NextPiece() {
  DAFTAR_ASSIGN_OR_RETURN(std::optional<v1::ServerFrame> front, NextInFront());
  if (front) return front;
  v1::ChunkWant want;
  size_t most = 0;
  {
    MutexLock lock(state_->mutex);
    if (state_->wants.empty()) return std::optional<v1::ServerFrame>();
    want = state_->wants.front();
    most = state_->piece_bytes;
  }
  v1::ServerFrame frame;
  v1::ChunkPiece& piece = *frame.mutable_piece();
  piece.set_hash(want.hash());
  piece.set_offset(want.offset());
  StatusOr<std::string> data = host_.snapshots()->Read(want.hash(), want.offset(), most);
  if (data.status().code() == StatusCode::kNotFound) {
    piece.set_gone(true);
  } else {
    DAFTAR_RETURN_IF_ERROR(data.status());
    piece.set_data(*std::move(data));
  }
  const bool ended = piece.gone() || piece.data().size() < most;
  MutexLock lock(state_->mutex);
  if (piece.gone()) state_->manifest = host_.snapshots()->manifest();
  if (ended) {
    state_->wants.pop_front();
  } else {
    state_->wants.front().set_offset(want.offset() + static_cast<uint32_t>(piece.data().size()));
  }
  return std::optional(std::move(frame));
}

}  // namespace daftar
