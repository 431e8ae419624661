// Everything that the window consists of, joined over an open workstation. The main thread; one in a process.
#pragma once

#include <memory>
#include <string>

#include "client/app/arguments.h"
#include "client/app/bench/frame_meter.h"
#include "client/app/bench/read_log.h"
#include "client/app/desk.h"
#include "client/app/index_thread.h"
#include "client/app/power_source.h"
#include "client/app/preferences_keeper.h"
#include "client/app/sync_thread.h"
#include "client/app/window_loop.h"
#include "client/app/workstation_library.h"
#include "client/sync/workstation.h"
#include "client/ui/window.h"
#include "storage/base/clock.h"

namespace daftar::app {

// The folder that a variable of the XDG base directories names, else one below the home folder.
std::string XdgFolder(const char* variable, const std::string& otherwise);

class Program {
 public:
  // Opens the window. Station and clock outlive it. Unavailable where no window can be opened.
  static StatusOr<std::unique_ptr<Program>> Open(const Arguments& arguments, Workstation& station, const Clock& clock);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  // Until the window is closed.
  Status Run();
  // Until the first page can be read: a start that is being measured. Nothing is synced.
  Status ShowFirstPage();
  // Measures itself, without a server other than that of --sync-from.
  Status Measure(const StartsOutcome& starts, Report& report);

 private:
  Program(const Arguments& arguments, Workstation& station, const Clock& clock, LoopOptions options,
          std::unique_ptr<ui::Window> window);
  DeskHooks MakeHooks();
  // With the server that was named, else with the stored one; none if there is neither.
  Status BeginSyncing();
  StatusOr<std::unique_ptr<SyncThread>> SyncWith(const std::string& server);

  const Arguments& arguments_;
  Workstation& station_;
  const Clock& clock_;
  const std::unique_ptr<ui::Window> window_;
  const LinuxPowerSource power_;
  PreferencesKeeper keeper_;
  FrameMeter meter_;
  ReadLog reads_;
  WindowLoop loop_;
  const std::unique_ptr<WorkstationLibrary> library_;
  std::unique_ptr<IndexThread> index_;  // null: the replica stays as it is
  std::unique_ptr<SyncThread> sync_;    // null: nothing is synced
  Desk desk_;
};

}  // namespace daftar::app
