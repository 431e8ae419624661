// Joins the desk with a window: waits for events, draws when there is a reason, and nothing otherwise. The main thread.
#pragma once

#include <fstream>
#include <functional>
#include <optional>
#include <string>

#include "client/app/desk.h"
#include "client/app/index_thread.h"
#include "client/app/power_source.h"
#include "client/app/preferences.h"
#include "client/app/sync_thread.h"
#include "client/ui/frame_pacer.h"
#include "client/ui/shell.h"
#include "client/ui/window.h"
#include "storage/base/clock.h"

namespace daftar::app {

struct LoopOptions {
  Preferences preferences;                       // as the window opens
  std::optional<Language> language;              // for this run, whatever is preferred, until another is chosen
  std::function<void(const Preferences&)> keep;  // they have changed; empty: nobody keeps them
  std::string screenshot;  // file for a picture of the first page, once it is read; then the loop ends
  std::string frames_log;  // file that gets a line for each frame drawn; empty: none
  std::optional<int64_t> exit_after_ms;
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
  Settings settings() const { return SettingsOf(preferences_, saving_); }

  // Until the window is closed. `sync`: nullptr without a server; `index`: nullptr if the replica stays as it is. An
  // error is one of fonts or files.
  Status Run(Desk& desk, SyncThread* sync, IndexThread* index);

 private:
  void Prefer(const Preferences& preferences);
  // What is open, if that is not what was kept last. A kill loses a minute of it.
  void KeepTabs(const Desk& desk);
  // The battery may have been plugged in, or its saver been chosen.
  void LookAtPower();
  Status PrepareLook();
  Status DrawFrame(Desk& desk, ui::Picture* picture);
  // Brings in what other threads have ready. True if there was anything.
  bool TakeNews(Desk& desk, SyncThread* sync, IndexThread* index);
  Status TakeScreenshot(Desk& desk);
  bool Ended(int64_t now_ms) const;

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
  SyncProgress seen_;
  IndexProgress seen_index_;
  std::ofstream frames_;
};

}  // namespace daftar::app
