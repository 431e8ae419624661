// Joins the desk with a window: waits for events, draws when there is a reason, and nothing otherwise. The main thread.
#pragma once

#include <fstream>
#include <functional>
#include <optional>
#include <string>

#include "client/app/desk.h"
#include "client/app/index_thread.h"
#include "client/app/memory.h"
#include "client/app/power_source.h"
#include "client/app/preferences.h"
#include "client/app/sync_thread.h"
#include "client/ui/frame_pacer.h"
#include "client/ui/shell.h"
#include "client/ui/window.h"
#include "storage/base/clock.h"

namespace daftar::app {

// Watches frames being made: each is begun, built in memory, and shown by OpenGL.
class FrameWatch {
 public:
  virtual ~FrameWatch() = default;
  virtual void Begun() = 0;
  virtual void Built() = 0;
  virtual void Shown() = 0;
};

struct LoopOptions {
  Preferences preferences;                       // as the window opens
  std::optional<Language> language;              // for this run, whatever is preferred, until another is chosen
  std::optional<float> scale;                    // likewise
  std::optional<ui::ThemeKind> theme;            // likewise
  std::function<void(const Preferences&)> keep;  // they have changed; empty: nobody keeps them
  std::string screenshot;  // file for a picture of the first page, once it is read; then the loop ends
  std::string frames_log;  // file that gets a line for each frame drawn; empty: none
  std::optional<int64_t> exit_after_ms;
  FrameWatch* watch = nullptr;  // outlives the loop; nullptr: nobody watches
};

// What the loop brings news from, besides the desk.
struct Background {
  SyncThread* sync = nullptr;    // nullptr: without a server
  IndexThread* index = nullptr;  // nullptr: the replica stays as it is
};

class WindowLoop {
 public:
  // `power` outlives it.
  WindowLoop(ui::Window& window, const Clock& clock, const PowerSource& power, LoopOptions options);

  // For the desk's hooks. They take effect with the next frame.
  void Scale(int step);
  void ToggleTheme();
  void Set(const std::string& setting, const std::string& code);
  void Reset(const std::string& section);
  void KeepSideWidth(float width);
  Settings settings() const;

  // Until the window is closed. An error is one of fonts or files.
  Status Run(Desk& desk, const Background& background);
  // Once round: waits for something to happen, `most_seconds` at most, and draws a frame if there is a reason.
  Status Turn(Desk& desk, const Background& background, double most_seconds);

  // Frames drawn so far, and what the last one showed.
  uint64_t frames() const { return drawn_; }
  const ui::Registry& registry() const { return registry_; }

 private:
  void Prefer(const Preferences& preferences);
  // What is open, if that is not what was kept last. A kill loses a minute of it.
  void KeepTabs(const Desk& desk);
  // The battery may have been plugged in, or its saver been chosen.
  void LookAtPower();
  Status PrepareLook();
  Status DrawFrame(Desk& desk, ui::Picture* picture);
  // In memory.
  void BuildFrame(Desk& desk);
  // Brings in what other threads have ready. True if there was anything.
  bool TakeNews(Desk& desk, const Background& background);
  Status TakeScreenshot(Desk& desk);
  bool Ended(int64_t now_ms) const;
  float WantedScale() const { return run_scale_.value_or(preferences_.scale); }
  ui::ThemeKind WantedTheme() const { return run_theme_.value_or(preferences_.theme); }

  ui::Window& window_;
  const Clock& clock_;
  const PowerSource& power_;
  const LoopOptions options_;
  const int64_t begun_ms_;
  ui::Registry registry_;
  std::unique_ptr<ui::Fonts> fonts_;  // null before the first frame
  ui::Ui ui_;
  ui::Shell shell_;
  ui::FramePacer pacer_;
  Preferences preferences_;
  bool look_is_new_ = true;
  bool saving_ = false;  // the battery
  // Instead of the preferred ones, until others are chosen.
  std::optional<float> run_scale_;
  std::optional<ui::ThemeKind> run_theme_;
  uint64_t drawn_ = 0;
  SyncProgress seen_;
  IndexProgress seen_index_;
  std::ofstream frames_;
  MemoryKeeper memory_;
};

}  // namespace daftar::app
