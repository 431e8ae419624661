// sync, push: sessions with the server.
#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>

#include "client/sync/engine.h"
#include "client/sync/waking_connector.h"
#include "storage/base/bytes.h"
#include "tools/ctl/commands.h"
#include "tools/ctl/index_work.h"
#include "tools/ctl/interrupt.h"

namespace daftar::ctl {
namespace {

// How a session is run and told.
struct SyncWish {
  std::string verb;  // "sync", "push"
  bool follow = false;
};

std::string PushWords(const SyncReport& report) {
  std::string words;
  const auto add = [&words](uint64_t count, const std::string& what) {
    if (count > 0) words += (words.empty() ? "" : ", ") + std::to_string(count) + " " + what;
  };
  add(report.applied, "applied");
  add(report.merged, "merged with others' changes");
  add(report.unchanged, "already so");
  add(report.conflicts, "in conflict: see daftarctl conflict list");
  add(report.denied, "refused: see daftarctl draft list");
  return words;
}

std::string ReceivedWords(const SyncReport& report) {
  if (report.records == 0) return "nothing new";
  return Counted(report.records, "record") + ", " + Counted(report.parts, "part") + ", " + HumanBytes(report.bytes);
}

std::string ReportText(const SyncReport& report) {
  std::string text = "revision " + std::to_string(report.from) + " → " + std::to_string(report.to) + ": received " +
                     ReceivedWords(report) + "\n";
  if (const std::string pushed = PushWords(report); !pushed.empty()) text += "pushed: " + pushed + "\n";
  if (report.repaired > 0)
    text += "repaired " + Counted(report.repaired, "record") + " that differed from the server's\n";
  if (report.removed > 0) text += "removed " + Counted(report.removed, "record") + " that the server does not have\n";
  if (report.salvaged > 0) {
    text += "the server was restored from a backup and had lost " + Counted(report.salvaged, "commit") +
            " that stood here: see daftarctl draft list\n";
  }
  if (report.digest_equal) text += "equal to the server\n";
  return text;
}

void FillJson(const SyncReport& report, nlohmann::ordered_json& json) {
  json["from"] = report.from;
  json["to"] = report.to;
  json["received"] = {{"records", report.records}, {"parts", report.parts}, {"bytes", report.bytes}};
  json["pushed"] = {{"applied", report.applied},
                    {"merged", report.merged},
                    {"unchanged", report.unchanged},
                    {"conflicts", report.conflicts},
                    {"denied", report.denied}};
  json["repaired"] = report.repaired;
  json["removed"] = report.removed;
  json["salvaged"] = report.salvaged;
  json["digest_equal"] = report.digest_equal;
  json["notices"] = report.notices;
}

std::string CheckpointLine(const SyncReport& report) {
  return "at revision " + std::to_string(report.to) + ", " + Counted(report.records, "record") + " received";
}

std::string CheckpointJson(const SyncReport& report) {
  Reply reply = Reply::Answer("sync");
  FillJson(report, reply.json);
  return reply.json.dump();
}

// Shows on a terminal how far the session is, and tells each checkpoint of --follow: a line, or an object in a line.
class Narrator {
 public:
  Narrator(Context& context, bool follow) : context_(context), follow_(follow) {}
  ~Narrator() { EndLine(); }

  void On(const SyncReport& report) {
    if (follow_ && report.checkpoints != checkpoints_) {
      EndLine();
      context_.out << (context_.json ? CheckpointJson(report) : CheckpointLine(report)) << std::endl;
    } else if (context_.progress && report.bytes != bytes_) {
      context_.talk << "\r" << report.records << " records, " << HumanBytes(report.bytes) << "   " << std::flush;
      open_line_ = true;
    }
    checkpoints_ = report.checkpoints;
    bytes_ = report.bytes;
  }

 private:
  void EndLine() {
    if (open_line_) context_.talk << "\r\033[K" << std::flush;
    open_line_ = false;
  }

  Context& context_;
  const bool follow_;
  uint64_t checkpoints_ = 0, bytes_ = 0;
  bool open_line_ = false;
};

// The exit code of a session that went well: of a push, what became of it.
ExitCode CodeOf(const SyncWish& wish, const SyncReport& report, bool interrupted) {
  if (interrupted) return ExitCode::kInterrupted;
  if (wish.verb == "push" && report.conflicts > 0) return ExitCode::kConflict;
  if (wish.verb == "push" && report.denied > 0) return ExitCode::kNotPermitted;
  return ExitCode::kOk;
}

Reply Unreachable(const std::string& server, const Status& status) {
  return Reply::Error(ExitCode::kUnreachable,
                      Message(status) + "\nNo sync with " + server +
                          ". Everything here can be read and edited; what waits goes out with the "
                          "next sync. Look at the network, or name another server with --server.");
}

Reply RunSession(Context& context, Workstation& station, const SyncWish& wish) {
  DAFTAR_ASSIGN_OR_RETURN(const std::string server, context.ServerOf(station));
  if (server.empty()) {
    return Reply::Error(ExitCode::kUsage, "no server is known. Name it with --server HOST:PORT; it is remembered");
  }
  const std::unique_ptr<Connector> connector = context.make_connector(server);
  WakingConnector waking(*connector);
  InterruptWatch interrupt([&waking] { waking.Wake(); });
  Narrator narrator(context, wish.follow);

  RunOptions options;
  options.engine.watch = wish.follow;
  options.on_progress = [&](const SyncReport& report) {
    narrator.On(report);
    return !interrupt.interrupted();
  };
  const StatusOr<SyncReport> report = RunSync(station, waking, options);
  if (!report.ok() && interrupt.interrupted()) {
    return Reply::Error(ExitCode::kInterrupted,
                        "interrupted; what was received is kept, the next sync goes on from it");
  }
  if (!report.ok() && ExitCodeOf(report.status()) == ExitCode::kUnreachable)
    return Unreachable(server, report.status());
  if (!report.ok()) return report.status();
  if (!context.server.empty()) DAFTAR_RETURN_IF_ERROR(station.SetServer(context.server));

  // Received texts are not indexed while a session waits for them, so that is done now.
  const Status indexed = CatchUpIndex(context, station, [&interrupt] { return !interrupt.interrupted(); });
  if (!indexed.ok() && indexed.code() != StatusCode::kCancelled) return indexed;
  const std::string compacted = CompactIfWorth(context, station, [&interrupt] { return !interrupt.interrupted(); });

  Reply reply = Reply::Answer(wish.verb);
  reply.one_line = wish.follow;
  reply.code = CodeOf(wish, *report, interrupt.interrupted());
  FillJson(*report, reply.json);
  reply.text = ReportText(*report);
  for (const std::string& notice : report->notices) reply.talk.push_back("server: " + notice);
  if (!compacted.empty()) reply.talk.push_back(compacted);
  return reply;
}

}  // namespace

void AddSyncCommands(CLI::App& app, Context& context) {
  auto wish = std::make_shared<SyncWish>();
  CLI::App& sync = AddVerb(app, "sync", "Send what waits and fetch what is new",
                           "  daftarctl sync\n"
                           "  daftarctl sync --follow        # stays, until Ctrl-C");
  sync.add_flag("--follow", wish->follow, "Stay, and receive changes as they happen, until Ctrl-C");
  CLI::App& push = AddVerb(app, "push", "Send what waits, and say what became of it (exit 5: conflict, 7: refused)",
                           "  daftarctl push\n"
                           "  daftarctl push --json");
  for (CLI::App* verb : {&sync, &push}) {
    verb->callback([&context, wish, verb] {
      wish->verb = verb->get_name();
      context.action = [&context, wish] {
        return WithWorkstation(context, [&](Workstation& station) { return RunSession(context, station, *wish); });
      };
    });
  }
}

}  // namespace daftar::ctl
