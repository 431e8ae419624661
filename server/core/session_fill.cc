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
  state_->wants.clear();
  if (!known) {
    // Filled in part before the server was restored from a backup.
    state_->comparing = true;
    state_->takes_pushes = false;
    v1::Welcome& differs = state_->welcome.emplace();
    differs.set_action(v1::Welcome::Action::HISTORY_DIFFERS);
    DAFTAR_RETURN_IF_ERROR(host_.Introduce(state_->client, /*known=*/false, differs));
    return OkStatus();
  }
  state_->client_knows_since = true;
  state_->since = cursor.revision();
  state_->position.set_revision(state_->since);
  state_->position.set_rid(UINT32_MAX);
  return OkStatus();
}

StatusOr<std::optional<v1::ServerFrame>> Session::NextPiece() {
  v1::ServerFrame frame;
  bool front = false;
  v1::ChunkWant want;
  size_t most = 0;
  {
    MutexLock lock(state_->mutex);
    front = std::exchange(state_->front_due, false);
    if (!front && state_->wants.empty()) return std::optional<v1::ServerFrame>();
    if (!front) want = state_->wants.front();
    most = state_->piece_bytes;
  }
  if (front) {
    DAFTAR_ASSIGN_OR_RETURN(const ChangeSet set, host_.view().Front(kFrontBytes));
    DAFTAR_ASSIGN_OR_RETURN(*frame.mutable_delta(), EncodeFrame(set));
    frame.mutable_delta()->set_repair(true);
    return std::optional(std::move(frame));
  }
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
