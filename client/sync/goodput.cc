#include "client/sync/goodput.h"

#include <algorithm>

namespace daftar {
namespace {

constexpr int64_t kSampleMs = 500;
constexpr uint64_t kOldShare = 3, kShares = 4;  // of the new figure, so much is the old one

// Whether the server has more to send behind the frame.
bool IsFollowed(const v1::ServerFrame& frame) {
  if (frame.has_piece()) return !frame.piece().gone();
  return frame.has_delta() && !frame.delta().has_checkpoint();
}

bool IsData(const v1::ServerFrame& frame) { return frame.has_piece() || frame.has_delta(); }

}  // namespace

void GoodputMeter::Restart() { busy_ = false; }

void GoodputMeter::Received(const v1::ServerFrame& frame) {
  if (!IsData(frame)) return;
  const int64_t now = clock_.MonotonicMs();
  if (!busy_) {
    since_ms_ = now;
    bytes_ = 0;
  } else {
    bytes_ += frame.ByteSizeLong();
  }
  busy_ = IsFollowed(frame);
  const int64_t elapsed = now - since_ms_;
  if (elapsed < kSampleMs) return;
  const uint64_t sample = std::max<uint64_t>(1, bytes_ * 1000 / static_cast<uint64_t>(elapsed));
  goodput_ = goodput_ == 0 ? sample : (goodput_ * kOldShare + sample) / kShares;
  since_ms_ = now;
  bytes_ = 0;
}

uint32_t FrameBytesFor(uint64_t goodput) {
  if (goodput == 0) return 0;
  return static_cast<uint32_t>(std::clamp(goodput / 2, kSmallestFrame, kLargestFrame));
}

}  // namespace daftar
