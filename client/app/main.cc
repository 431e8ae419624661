// `daftar`: the window. Exit codes: 0 closed, 1 failure, 2 usage, 3 no replica, 8 replica in use, 9 replica damaged.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <memory>

#include "client/app/desk.h"
#include "client/app/documents.h"
#include "client/app/index_thread.h"
#include "client/app/power_source.h"
#include "client/app/preferences_keeper.h"
#include "client/app/sync_thread.h"
#include "client/app/window_loop.h"
#include "client/app/workstation_library.h"
#include "client/model/address.h"
#include "client/sync/workstation.h"
#include "client/transport/grpc_connector.h"
#include "client/transport/linux_network_watch.h"
#include "storage/base/clock.h"
#include "storage/base/exit_code.h"
#include "storage/base/new_file.h"
#include "storage/base/random.h"

namespace {

using namespace daftar;

struct Arguments {
  std::string address;
  std::string replica;
  std::string server;
  double exit_after_s = 0;
  app::LoopOptions loop;
  ui::WindowOptions window;
};

// The folder that a variable of the XDG base directories names, else one below the home folder.
std::string XdgFolder(const char* variable, const std::string& otherwise) {
  const char* named = std::getenv(variable);
  if (named != nullptr && *named != '\0') return std::string(named) + "/daftar";
  const char* home = std::getenv("HOME");
  return std::string(home != nullptr ? home : ".") + otherwise + "/daftar";
}

// Where daftarctl puts it too.
std::string DefaultReplica() { return XdgFolder("XDG_DATA_HOME", "/.local/share"); }

// What keeps nobody from reading is told, and goes on.
void Tell(const Status& status) {
  if (!status.ok()) std::cerr << "daftar: " << Message(status) << "\n";
}

// The loop's options, with what the reader preferred last time. A picture is as the window is at first.
app::LoopOptions WithPreferences(app::LoopOptions options, const std::string& file) {
  if (!options.screenshot.empty()) return options;
  const StatusOr<app::Preferences> preferences = app::LoadPreferences(file);
  Tell(preferences.status());
  options.preferences = preferences.value_or(app::Preferences());
  return options;
}

bool ReadSize(const std::string& text, ui::WindowOptions& options) {
  constexpr int kLeast = 200, kMost = 16384;
  char rest = 0;
  const bool read = std::sscanf(text.c_str(), "%5dx%5d%c", &options.width, &options.height, &rest) == 2;
  const auto fits = [](int length) { return length >= kLeast && length <= kMost; };
  return read && fits(options.width) && fits(options.height);
}

int Fail(const Status& status, const std::string& advice = "") {
  std::cerr << "daftar: " << Message(status) << "\n" << advice;
  // Another program has the workstation open.
  ExitCode code = status.code() == StatusCode::kFailedPrecondition ? ExitCode::kBusy : ExitCodeOf(status);
  return static_cast<int>(code);
}

// The tabs of last time, and one more for what is asked for now, unless it is among them.
ui::OpenTabs TabsFor(const std::string& given, ui::OpenTabs tabs) {
  if (given.empty() && tabs.addresses.empty()) return {{HomeAddress()}};
  if (given.empty()) return tabs;
  // Any ID is good enough for a person at a prompt: `daftar sample:I01`.
  const std::string address = ParseAddress(given) ? given : RecordAddress("record", given);
  const auto there = std::find(tabs.addresses.begin(), tabs.addresses.end(), address);
  tabs.current = static_cast<size_t>(there - tabs.addresses.begin());
  if (there != tabs.addresses.end()) return tabs;
  if (tabs.addresses.size() >= ui::Tabs::kMost) tabs.addresses.pop_back();
  tabs.addresses.push_back(address);
  tabs.current = tabs.addresses.size() - 1;
  return tabs;
}

Status ShowWindow(const Arguments& arguments, Workstation& station, const Clock& clock) {
  ui::WindowOptions window_options = arguments.window;
  const char* gl = std::getenv("DAFTAR_GL");
  window_options.old_opengl = gl != nullptr && std::string_view(gl) == "2";
  DAFTAR_ASSIGN_OR_RETURN(auto window, ui::Window::Open(window_options));

  const std::string file = XdgFolder("XDG_STATE_HOME", "/.local/state") + "/window.json";
  app::LoopOptions options = WithPreferences(arguments.loop, file);
  app::PreferencesKeeper keeper([file](const app::Preferences& changed) { return app::SavePreferences(file, changed); },
                                Tell);
  if (options.screenshot.empty()) options.keep = [&keeper](const app::Preferences& changed) { keeper.Keep(changed); };
  const app::LinuxPowerSource power;
  app::WindowLoop loop(*window, clock, power, options);
  app::WorkstationLibrary library(station);
  std::unique_ptr<app::SyncThread> sync;
  app::DeskHooks hooks;
  hooks.sync_now = [&sync] {
    if (sync) sync->Nudge();
  };
  hooks.end_session = [&sync] {
    if (sync) sync->EndSession();
  };
  hooks.scale = [&loop](int step) { loop.Scale(step); };
  hooks.toggle_theme = [&loop] { loop.ToggleTheme(); };
  hooks.save_file = [](const std::string& name, const std::string& suffix, const std::string& bytes) {
    return SaveBesideOthers(app::DocumentsFolder(), name, suffix, bytes);
  };
  hooks.set = [&loop](const std::string& setting, const std::string& code) { loop.Set(setting, code); };
  hooks.reset = [&loop](const std::string& section) { loop.Reset(section); };
  hooks.keep_side_width = [&loop](float width) { loop.KeepSideWidth(width); };
  hooks.settings = [&loop] { return loop.settings(); };
  app::Desk desk(
      library, [] { ui::Window::Wake(); }, hooks, TabsFor(arguments.address, options.preferences.tabs));

  desk.screen().side.width = options.preferences.side_width;

  std::string server = arguments.server;
  if (server.empty()) {
    DAFTAR_ASSIGN_OR_RETURN(v1::SyncStatus state, station.SyncState());
    server = state.server();
  }
  // A picture shows the replica as it is.
  std::unique_ptr<app::IndexThread> index;
  if (arguments.loop.screenshot.empty()) {
    index = std::make_unique<app::IndexThread>(station.view(), clock, [] { ui::Window::Wake(); });
  }
  if (!server.empty() && arguments.loop.screenshot.empty()) {
    sync = std::make_unique<app::SyncThread>(station, MakeGrpcConnector(server), MakeNetworkWatch(), [&index] {
      index->Poke();
      ui::Window::Wake();
    });
  }
  Status status = loop.Run(desk, sync.get(), index.get());
  sync.reset();
  return status;
}

int Run(const Arguments& arguments) {
  SystemClock clock;
  SystemRandom random;
  const std::string folder = arguments.replica.empty() ? DefaultReplica() : arguments.replica;
  auto station = Workstation::Open(folder, clock, random, kProgramSafety);
  if (!station.ok()) {
    bool none = station.status().code() == StatusCode::kNotFound;
    return Fail(station.status(), none ? "Make one with: daftarctl init --replica " + folder +
                                             " --server HOST:PORT\nthen fetch the data: daftarctl sync --replica " +
                                             folder + "\n"
                                       : "");
  }
  Status status = ShowWindow(arguments, **station, clock);
  return status.ok() ? 0 : Fail(status);
}

}  // namespace

int main(int argc, char** argv) {
  Arguments arguments;
  CLI::App cli("Daftar: incidents and the actors behind them, readable without a network.", "daftar");
  cli.footer("Examples:\n  daftar\n  daftar daftar:incident/sample:I01");
  cli.set_version_flag("--version", "daftar 0.1.0");
  cli.add_option("ADDRESS", arguments.address, "page to open: daftar:incident/ID, daftar:search?q=WORDS, or an ID");
  cli.add_option("--replica", arguments.replica, "folder of the replica")->type_name("DIR");
  cli.add_option("--server", arguments.server, "server to sync with, instead of the stored one")
      ->type_name("HOST:PORT");
  std::string language;
  cli.add_option("--lang", language, "language of the window for this run: en, ru, tg or fa")->type_name("CODE");
  std::string size;
  cli.add_option("--size", size, "size of the window, such as 1366x768")->type_name("WIDTHxHEIGHT");
  cli.add_option("--screenshot", arguments.loop.screenshot, "write a picture of the page (PNG) and exit")
      ->type_name("FILE");
  cli.add_option("--frames-log", arguments.loop.frames_log, "append a line for each frame drawn")->type_name("FILE");
  cli.add_option("--exit-after", arguments.exit_after_s, "close the window after so many seconds")
      ->type_name("SECONDS");
  try {
    cli.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return cli.exit(error) == 0 ? 0 : 2;
  }
  if (!size.empty() && !ReadSize(size, arguments.window)) {
    std::cerr << "daftar: \"" << size << "\" is no size of a window, such as 1366x768\n";
    return 2;
  }
  if (!language.empty()) {
    arguments.loop.language = LanguageOf(language);
    if (!arguments.loop.language) {
      std::cerr << "daftar: there is no language \"" << language << "\": en, ru, tg or fa\n";
      return 2;
    }
  }
  if (arguments.exit_after_s > 0) arguments.loop.exit_after_ms = static_cast<int64_t>(arguments.exit_after_s * 1000);
  return Run(arguments);
}
