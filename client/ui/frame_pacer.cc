#include "client/ui/frame_pacer.h"

#include <algorithm>

namespace daftar::ui {

void FramePacer::SetVisible(bool visible) {
  if (visible && !visible_) Owe(kFramesAfterInput);
  visible_ = visible;
}

bool FramePacer::OnTime(int64_t now_ms) {
  if (blinking_ && now_ms >= next_blink_ms_) {
    next_blink_ms_ = now_ms + kBlinkMs;
    Owe(1);
  }
  // The tick may have become shorter meanwhile.
  next_tick_ms_ = std::min(next_tick_ms_, now_ms + tick_ms_);
  if (now_ms < next_tick_ms_) return false;
  next_tick_ms_ = now_ms + tick_ms_;
  Owe(1);
  return true;
}

void FramePacer::OnFrame() { owed_ = std::max(0, owed_ - 1); }

double FramePacer::SecondsToWait(int64_t now_ms) const {
  if (wants_frame()) return 0;
  const int64_t next = blinking_ ? std::min(next_tick_ms_, next_blink_ms_) : next_tick_ms_;
  return static_cast<double>(std::clamp<int64_t>(next - now_ms, 1, tick_ms_)) / 1000.0;
}

}  // namespace daftar::ui
