// sync, push: sessions with the server.
#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "client/sync/backoff.h"
#include "client/sync/engine.h"
#include "client/sync/estimate.h"
#include "client/sync/waking_connector.h"
#include "client/sync/watcher.h"
#include "storage/base/bytes.h"
#include "tools/ctl/commands.h"
#include "tools/ctl/estimate_words.h"
#include "tools/ctl/index_work.h"
#include "tools/ctl/interrupt.h"
#include "tools/ctl/sync_words.h"
#include "tools/ctl/traffic_words.h"

namespace daftar::ctl {
namespace {

// How a session is run and told.
struct SyncWish {
  std::string verb;  // "sync", "push"
  bool follow = false, now = false, estimate = false;
  std::string budget;  // empty: the stored one
  std::string relay;   // its address; empty: the server itself
};

// The exit code of a session that went well: of a push, what became of it.
ExitCode CodeOf(const SyncWish& wish, const SyncReport& report, bool interrupted) {
  if (interrupted) return ExitCode::kInterrupted;
  if (wish.verb == "push" && report.conflicts > 0) return ExitCode::kConflict;
  if (wish.verb == "push" && report.denied > 0) return ExitCode::kNotPermitted;
  return ExitCode::kOk;
}

Reply Unreachable(const std::string& server, const std::string& why) {
  return Reply::Error(ExitCode::kUnreachable,
                      why + "\nNo sync with " + server +
                          ". Everything here can be read and edited; what waits goes out with the "
                          "next sync. Look at the network, or name another server with --server.");
}

RunOptions OptionsOf(const SyncWish& wish) {
  RunOptions options;
  options.engine.by_relay = !wish.relay.empty();
  if (!wish.budget.empty()) options.session_budget = ParseBytes(wish.budget);
  return options;
}

// What became of the last session, and what is done once it is over.
Reply Tell(Context& context, Workstation& station, const SyncWish& wish, const StatusOr<SyncReport>& report,
           const InterruptWatch& interrupt) {
  if (!report.ok() && interrupt.interrupted()) {
    return Reply::Error(ExitCode::kInterrupted,
                        "interrupted; what was received is kept, the next sync goes on from it");
  }
  if (!report.ok()) return Reply(report.status());
  if (!context.server.empty() && !report->relay) DAFTAR_RETURN_IF_ERROR(station.SetServer(context.server));
  // Received texts are not indexed while a session waits for them, so that is done now.
  const auto go_on = [&interrupt] { return !interrupt.interrupted(); };
  const Status indexed = CatchUpIndex(context, station, go_on);
  if (!indexed.ok() && indexed.code() != StatusCode::kCancelled) return indexed;
  const std::string compacted = CompactIfWorth(context, station, go_on);
  DAFTAR_ASSIGN_OR_RETURN(const ToCome to_come, ToComeAfter(station, *report));

  Reply reply = Reply::Answer(wish.verb);
  reply.one_line = wish.follow;
  reply.code = CodeOf(wish, *report, interrupt.interrupted());
  FillReportJson(*report, reply.json);
  FillBudgetJson(*report, to_come, reply.json);
  reply.text = ReportText(*report, to_come);
  for (const std::string& notice : report->notices)
    reply.talk.push_back((report->relay ? "relay: " : "server: ") + notice);
  if (!compacted.empty()) reply.talk.push_back(compacted);
  return reply;
}

Reply SyncOnce(Context& context, Workstation& station, Connector& connector, const SyncWish& wish) {
  WakingConnector waking(connector);
  InterruptWatch interrupt([&waking] { waking.Wake(); });
  Narrator narrator(context, /*follow=*/false);
  RunOptions options = OptionsOf(wish);
  options.on_progress = [&](const SyncReport& report) {
    narrator.On(report);
    return !interrupt.interrupted();
  };
  return Tell(context, station, wish, RunSync(station, waking, options), interrupt);
}

// Until Ctrl-C, a budget or an error that trying again does not mend. What is told is the last session.
Reply Follow(Context& context, Workstation& station, Connector& connector, const SyncWish& wish) {
  const std::unique_ptr<NetworkWatch> network = context.make_network_watch();
  Narrator narrator(context, /*follow=*/true);
  StatusOr<SyncReport> last = SyncReport();
  Watcher::Hooks hooks;
  hooks.on_begin = [](bool) {};
  hooks.on_progress = [&narrator](const SyncReport& report) {
    narrator.On(report);
    return true;
  };
  hooks.on_end = [&](const StatusOr<SyncReport>& report) {
    last = report;
    if (report.ok()) return report->stopped_at == TrafficLimit::kNone;
    if (report.status().code() != StatusCode::kUnavailable) return false;
    const StatusOr<v1::SyncStatus> status = station.SyncState();
    const int64_t pause_ms = status.ok() ? BackoffLeftMs(*status, station.clock().NowMs()) : 0;
    narrator.Say(Message(report.status()) + "; trying again in " + std::to_string((pause_ms + 999) / 1000) + " s");
    return true;
  };
  Watcher watcher(station, connector, *network, OptionsOf(wish), wish.now, std::move(hooks));
  InterruptWatch interrupt([&watcher] { watcher.Stop(); });
  DAFTAR_RETURN_IF_ERROR(watcher.Run());
  return Tell(context, station, wish, last, interrupt);
}

Reply ShowEstimate(Workstation& station, Connector& connector) {
  DAFTAR_ASSIGN_OR_RETURN(const v1::Estimate estimate, AskEstimate(station, connector, {}));
  Reply reply = Reply::Answer("estimate");
  FillEstimateJson(estimate, reply.json);
  reply.text = EstimateWords(estimate) + "\n";
  return reply;
}

Reply RunSession(Context& context, Workstation& station, const SyncWish& wish) {
  DAFTAR_ASSIGN_OR_RETURN(std::string server, context.ServerOf(station));
  if (!wish.relay.empty()) server = wish.relay;
  if (server.empty()) {
    return Reply::Error(ExitCode::kUsage, "no server is known. Name it with --server HOST:PORT/KEY; it is remembered");
  }
  DAFTAR_ASSIGN_OR_RETURN(const v1::SyncStatus status, station.SyncState());
  if (status.paused() && !wish.now) return SyncIsPaused();
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<Connector> connector, context.ConnectorTo(server, station));
  if (wish.estimate) return ShowEstimate(station, *connector);
  Reply reply = wish.follow ? Follow(context, station, *connector, wish) : SyncOnce(context, station, *connector, wish);
  return reply.code == ExitCode::kUnreachable ? Unreachable(server, reply.message) : reply;
}

}  // namespace

void AddSyncCommands(CLI::App& app, Context& context) {
  auto wish = std::make_shared<SyncWish>();
  CLI::App& sync = AddVerb(app, "sync", "Send what waits and fetch what is new",
                           "  daftarctl sync\n"
                           "  daftarctl sync --estimate      # what it would take, without taking it\n"
                           "  daftarctl sync --budget 200k   # no more than that; the next one goes on\n"
                           "  daftarctl sync --follow        # stays, until Ctrl-C");
  sync.add_flag("--follow", wish->follow, "Stay, and receive changes as they happen, until Ctrl-C");
  sync.add_flag("--estimate", wish->estimate, "Only ask how much it would be")->excludes("--follow");
  CLI::App& push = AddVerb(app, "push", "Send what waits, and say what became of it (exit 5: conflict, 7: refused)",
                           "  daftarctl push\n"
                           "  daftarctl push --json");
  for (CLI::App* verb : {&sync, &push}) {
    verb->add_option("--budget", wish->budget, "Bytes that this session may take: 300, 10k, 2M; none: no limit")
        ->check(CLI::Validator(CheckBytes, "BYTES"));
    verb->add_flag("--now", wish->now, "Though syncing is paused");
    verb->add_option("--relay", wish->relay, "By way of a relay, which is trusted for nothing but delivery")
        ->type_name("HOST:PORT/KEY");
    verb->callback([&context, wish, verb] {
      if (!verb->get_subcommands().empty()) return;  // which has set the action
      wish->verb = verb->get_name();
      context.action = [&context, wish] {
        return WithWorkstation(context, [&](Workstation& station) { return RunSession(context, station, *wish); });
      };
    });
  }
  AddSyncSettings(sync, context);
}

}  // namespace daftar::ctl
