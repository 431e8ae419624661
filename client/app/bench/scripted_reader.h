// A reader who follows a script: opens pages, scrolls, drags and types, in the program's own loop. The UI thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "client/app/bench/frame_meter.h"
#include "client/app/bench/read_log.h"
#include "client/app/window_loop.h"
#include "client/ui/window.h"
#include "storage/base/status.h"

namespace daftar::app {

class ScriptedReader {
 public:
  // All outlive it. `meter` watches the loop, `reads` the desk's library.
  ScriptedReader(ui::Window& window, WindowLoop& loop, Desk& desk, Background background, FrameMeter& meter,
                 ReadLog& reads)
      : window_(window), loop_(loop), desk_(desk), background_(background), meter_(meter), reads_(reads) {}

  // Until what was opened is on the screen, and nothing is on its way. Unavailable if that is trouble, or takes longer
  // than a person would wait.
  Status Open(const std::string& address);
  // Once round the loop, `until_ns` at the latest.
  Status Turn(int64_t until_ns);
  // The same until it holds, kMostWaitNs at most; whether it does.
  StatusOr<bool> TurnUntil(const std::function<bool()>& holds);
  // One frame with the mouse like that.
  Status Move(const ui::MouseState& mouse);
  // In the middle of the page.
  ui::MouseState Middle() const;
  // A key goes down and, in another frame, up. See keys.h.
  void Press(int key, bool control);
  // One character, as UTF-8.
  void Type(std::string_view character);
  // With that, news of syncing comes, too.
  void set_sync(SyncThread* sync) { background_.sync = sync; }

  WindowLoop& loop() { return loop_; }
  Desk& desk() { return desk_; }
  ui::Screen& screen() { return desk_.screen(); }
  // Costs of the frames since the last call.
  std::vector<FrameCost> Costs() { return meter_.Take(); }
  // What was read since the last call.
  std::vector<ReadTimes> Reads() { return reads_.Take(); }

  static constexpr int64_t kMostWaitNs = 30'000'000'000;

 private:
  ui::Window& window_;
  WindowLoop& loop_;
  Desk& desk_;
  Background background_;
  FrameMeter& meter_;
  ReadLog& reads_;
};

}  // namespace daftar::app
