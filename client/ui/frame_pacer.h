// Decides when the window draws. A field laptop runs on its battery: no frame is drawn without a reason, and none at
// all while nobody can see it.
//
// Reasons: input (a few frames more, because the widgets need them to settle), something that a worker has posted, and
// the turn of a minute, which changes the ages on the screen. Time is an argument; one thread.
#pragma once

#include <cstdint>

namespace daftar::ui {

class FramePacer {
 public:
  explicit FramePacer(int64_t now_ms) : next_tick_ms_(now_ms + kTickMs) {}

  // A key, the mouse, a new size: the answer may take some frames to settle.
  void OnInput() { Owe(kFramesAfterInput); }
  // A worker has brought something new.
  void OnPosted() { Owe(kFramesAfterPost); }
  // The window is hidden, iconified or seen again.
  void SetVisible(bool visible);
  // Looks at the time. True at the turn of a minute, which owes one frame.
  bool OnTime(int64_t now_ms);

  // Whether a frame is to be drawn now.
  bool wants_frame() const { return visible_ && owed_ > 0; }
  // A frame has been drawn.
  void OnFrame();
  // How long nothing will happen by itself, in seconds: as long may the loop wait for events.
  double SecondsToWait(int64_t now_ms) const;

  static constexpr int kFramesAfterInput = 3;
  static constexpr int kFramesAfterPost = 2;
  static constexpr int64_t kTickMs = 60'000;

 private:
  void Owe(int frames) { owed_ = owed_ < frames ? frames : owed_; }

  int64_t next_tick_ms_;
  int owed_ = kFramesAfterInput;
  bool visible_ = true;
};

}  // namespace daftar::ui
