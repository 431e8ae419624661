#include "client/app/program.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <string_view>
#include <utility>

#include "client/app/bench/bench_ui.h"
#include "client/app/documents.h"
#include "client/model/address.h"
#include "client/sync/bundles.h"
#include "client/transport/grpc_connector.h"
#include "client/transport/linux_network_watch.h"
#include "storage/base/new_file.h"

namespace daftar::app {
namespace {

// What keeps nobody from reading is told, and goes on.
void Tell(const Status& status) {
  if (!status.ok()) std::cerr << "daftar: " << Message(status) << "\n";
}

// The loop's options, with what the reader preferred last time. A picture is as the window is at first.
LoopOptions WithPreferences(LoopOptions options, const std::string& file) {
  const StatusOr<Preferences> preferences = LoadPreferences(file);
  Tell(preferences.status());
  options.preferences = preferences.value_or(Preferences());
  return options;
}

std::string PreferencesFile() { return XdgFolder("XDG_STATE_HOME", "/.local/state") + "/window.json"; }

// A picture and a measurement are of the window as it is at first, and change nothing.
bool IsOwn(const Arguments& arguments) {
  return arguments.loop.screenshot.empty() && !arguments.bench.wanted && arguments.bench.part.empty();
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

std::unique_ptr<WorkstationLibrary> LibraryFor(const Arguments& arguments, Workstation& station, ReadLog& reads) {
  if (IsOwn(arguments)) return std::make_unique<WorkstationLibrary>(station);
  return std::make_unique<WatchedLibrary>(station, reads);
}

}  // namespace

// The folder that a variable of the XDG base directories names, else one below the home folder.
std::string XdgFolder(const char* variable, const std::string& otherwise) {
  const char* named = std::getenv(variable);
  if (named != nullptr && *named != '\0') return std::string(named) + "/daftar";
  const char* home = std::getenv("HOME");
  return std::string(home != nullptr ? home : ".") + otherwise + "/daftar";
}

StatusOr<std::unique_ptr<Program>> Program::Open(const Arguments& arguments, Workstation& station, const Clock& clock) {
  DAFTAR_ASSIGN_OR_RETURN(auto window, ui::Window::Open(arguments.window));
  LoopOptions options = arguments.loop;
  if (IsOwn(arguments)) options = WithPreferences(std::move(options), PreferencesFile());
  return std::unique_ptr<Program>(new Program(arguments, station, clock, std::move(options), std::move(window)));
}

Program::Program(const Arguments& arguments, Workstation& station, const Clock& clock, LoopOptions options,
                 std::unique_ptr<ui::Window> window)
    : arguments_(arguments),
      station_(station),
      clock_(clock),
      window_(std::move(window)),
      keeper_([file = PreferencesFile()](const Preferences& changed) { return SavePreferences(file, changed); }, Tell),
      loop_(*window_, clock, power_,
            [&] {
              if (IsOwn(arguments)) options.keep = [this](const Preferences& changed) { keeper_.Keep(changed); };
              if (arguments.bench.wanted) options.watch = &meter_;
              return options;
            }()),
      library_(LibraryFor(arguments, station, reads_)),
      desk_(
          *library_, [] { ui::Window::Wake(); }, MakeHooks(), TabsFor(arguments.address, options.preferences.tabs)) {
  desk_.screen().side.width = options.preferences.side_width;
}

// The sync thread wakes the index thread.
Program::~Program() { sync_.reset(); }

DeskHooks Program::MakeHooks() {
  DeskHooks hooks;
  hooks.sync_now = [this] {
    if (sync_) sync_->Nudge();
  };
  hooks.end_session = [this] {
    if (sync_) sync_->EndSession();
  };
  hooks.scale = [this](int step) { loop_.Scale(step); };
  hooks.toggle_theme = [this] { loop_.ToggleTheme(); };
  hooks.save_file = [](const std::string& name, const std::string& suffix, const std::string& bytes) {
    return SaveBesideOthers(DocumentsFolder(), name, suffix, bytes);
  };
  hooks.set = [this](const std::string& setting, const std::string& code) { loop_.Set(setting, code); };
  hooks.reset = [this](const std::string& section) { loop_.Reset(section); };
  hooks.keep_side_width = [this](float width) { loop_.KeepSideWidth(width); };
  hooks.settings = [this] { return loop_.settings(); };
  return hooks;
}

StatusOr<std::unique_ptr<SyncThread>> Program::SyncWith(const std::string& server) {
  DAFTAR_ASSIGN_OR_RETURN(KeyPair own, WorkstationKey(station_.folder(), station_.random()));
  std::unique_ptr<Connector> connector = MakeGrpcConnector(server, std::move(own));
  return std::make_unique<SyncThread>(station_, std::move(connector), MakeNetworkWatch(), [this] {
    index_->Poke();
    ui::Window::Wake();
  });
}

Status Program::BeginSyncing() {
  std::string server = arguments_.server;
  if (server.empty()) {
    DAFTAR_ASSIGN_OR_RETURN(const v1::SyncStatus state, station_.SyncState());
    server = state.server();
  }
  if (server.empty()) return OkStatus();
  DAFTAR_ASSIGN_OR_RETURN(sync_, SyncWith(server));
  return OkStatus();
}

Status Program::Run() {
  // A picture shows the replica as it is.
  if (arguments_.loop.screenshot.empty()) {
    index_ = std::make_unique<IndexThread>(station_.view(), clock_, [] { ui::Window::Wake(); });
    DAFTAR_RETURN_IF_ERROR(BeginSyncing());
  }
  return loop_.Run(desk_, {sync_.get(), index_.get()});
}

Status Program::ShowFirstPage() {
  index_ = std::make_unique<IndexThread>(station_.view(), clock_, [] { ui::Window::Wake(); });
  return app::ShowFirstPage(loop_, desk_, {nullptr, index_.get()}, arguments_.bench.begun_ns);
}

Status Program::Measure(const StartsOutcome& starts, Report& report) {
  index_ = std::make_unique<IndexThread>(station_.view(), clock_, [] { ui::Window::Wake(); });
  report.Say("drawn with", window_->drawn_with());
  ScriptedReader reader(*window_, loop_, desk_, {nullptr, index_.get()}, meter_, reads_);
  const std::string& server = arguments_.bench.sync_from;
  BeginSync begin_sync;
  if (!server.empty()) begin_sync = [this, &server] { return SyncWith(server); };
  return MeasureWindow(reader, arguments_.bench, starts, begin_sync, report);
}

}  // namespace daftar::app
