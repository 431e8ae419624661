#include "client/ui/frame_pacer.h"

#include <algorithm>

namespace daftar::ui {

void FramePacer::SetVisible(bool visible) {
  if (visible && !visible_) Owe(kFramesAfterInput);
  visible_ = visible;
}

bool FramePacer::OnTime(int64_t now_ms) {
  if (now_ms < next_tick_ms_) return false;
  next_tick_ms_ = now_ms + kTickMs;
  Owe(1);
  return true;
}

void FramePacer::OnFrame() { owed_ = std::max(0, owed_ - 1); }

double FramePacer::SecondsToWait(int64_t now_ms) const {
  if (wants_frame()) return 0;
  return static_cast<double>(std::clamp<int64_t>(next_tick_ms_ - now_ms, 1, kTickMs)) / 1000.0;
}

}  // namespace daftar::ui
