#include "server/core/live_frames.h"

#include <algorithm>
#include <utility>

namespace daftar {
namespace {

constexpr size_t kLargestKept = 64 << 10;
constexpr size_t kMostKept = 4;  // dictionaries in use at a time

}  // namespace

std::shared_ptr<const LiveFrame> LiveFrames::Find(const LiveAudience& audience) const {
  const MutexLock lock(mutex_);
  const auto at = std::find_if(frames_.begin(), frames_.end(),
                               [&audience](const auto& frame) { return frame->audience == audience; });
  return at == frames_.end() ? nullptr : *at;
}

void LiveFrames::Keep(LiveFrame frame) {
  if (frame.frame.ByteSizeLong() > kLargestKept) return;
  const auto kept = std::make_shared<const LiveFrame>(std::move(frame));
  const MutexLock lock(mutex_);
  if (!frames_.empty() && frames_.front()->to > kept->to) return;
  if (!frames_.empty() && frames_.front()->to < kept->to) frames_.clear();
  if (frames_.size() < kMostKept) frames_.push_back(kept);
}

}  // namespace daftar
