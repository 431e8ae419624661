// What a session would take: its frames are made as they would be, and counted instead of sent.
#include "server/core/session_state.h"

namespace daftar {
namespace {

constexpr int64_t kMostMs = 4000;  // then the rest is drawn out

}  // namespace

StatusOr<std::optional<v1::ServerFrame>> Session::NextEstimate() {
  v1::Position position;
  Revision since;
  Slice slice;
  bool filling;
  {
    MutexLock lock(state_->mutex);
    if (std::exchange(state_->checkpointed, true)) return std::optional<v1::ServerFrame>();
    position = state_->position;
    since = state_->since;
    slice = state_->slice;
    filling = state_->filling;
  }
  v1::ServerFrame frame;
  v1::Estimate& estimate = *frame.mutable_estimate();
  v1::Manifest manifest;
  const std::shared_ptr<const v1::SignedManifest> chunks = filling ? host_.snapshots()->manifest() : nullptr;
  if (chunks != nullptr && manifest.ParseFromString(chunks->manifest())) {
    for (const v1::SnapshotChunk& chunk : manifest.chunk()) {
      estimate.set_records(estimate.records() + chunk.records());
      estimate.set_bytes(estimate.bytes() + chunk.packed_size());
    }
    return std::optional(std::move(frame));
  }
  const int64_t begin = host_.clock().MonotonicMs();
  uint64_t looked_at = 0, bytes = 0, records = 0, gone = 0;
  for (;;) {
    DAFTAR_ASSIGN_OR_RETURN(const ChangeBatch batch, host_.view().ChangesAfter(position, since, kLargestFrame, slice));
    DAFTAR_ASSIGN_OR_RETURN(const v1::DeltaFrame delta, EncodeBatch(batch));
    bytes += delta.ByteSizeLong();
    records += batch.set.changes.size();
    gone += batch.gone.size();
    looked_at += batch.looked_at;
    position = batch.position;
    if (batch.reached_head) break;
    if (batch.looked_at == 0) return Internal("the list of changes made no progress");
    if (host_.clock().MonotonicMs() - begin < kMostMs) continue;
    estimate.set_rough(true);
    const double all = static_cast<double>(std::max(batch.head.records(), looked_at)) / static_cast<double>(looked_at);
    for (uint64_t* figure : {&bytes, &records, &gone})
      *figure = static_cast<uint64_t>(static_cast<double>(*figure) * all);
    break;
  }
  estimate.set_bytes(bytes);
  estimate.set_records(records);
  estimate.set_gone(gone);
  return std::optional(std::move(frame));
}

}  // namespace daftar
