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
  // Looks at the time. True at the turn of a minute, or of five, which owes one frame.
  bool OnTime(int64_t now_ms);

  // To save the battery: the ages on the screen are renewed each five minutes.
  void SetSaving(bool saving) { tick_ms_ = saving ? kSavingTickMs : kTickMs; }
  // A caret blinks on the screen, which owes a frame each time.
  void SetBlinking(bool blinking) { blinking_ = blinking; }

  // Whether a frame is to be drawn now.
  bool wants_frame() const { return visible_ && owed_ > 0; }
  // A frame has been drawn.
  void OnFrame();
  // How long nothing will happen by itself, in seconds: as long may the loop wait for events.
  double SecondsToWait(int64_t now_ms) const;

  static constexpr int kFramesAfterInput = 3;
  static constexpr int kFramesAfterPost = 2;
  static constexpr int64_t kTickMs = 60'000, kSavingTickMs = 5 * kTickMs;
  static constexpr int64_t kBlinkMs = 400;  // ImGui shows the caret for two of them, and hides it for one

 private:
  void Owe(int frames) { owed_ = owed_ < frames ? frames : owed_; }

  int64_t next_tick_ms_;
  int64_t tick_ms_ = kTickMs;
  int64_t next_blink_ms_ = 0;
  bool blinking_ = false;
  int owed_ = kFramesAfterInput;
  bool visible_ = true;
};

}  // namespace daftar::ui
