// RunSync: the loop between an engine and a link.
#include "client/sync/engine.h"

namespace daftar {
namespace {

Status SendAll(Link& link, const std::vector<v1::ClientFrame>& frames) {
  for (const v1::ClientFrame& frame : frames) DAFTAR_RETURN_IF_ERROR(link.Send(frame));
  return OkStatus();
}

constexpr int kMostSessions = 4;

bool GoesOn(const Engine& engine, const RunOptions& options) {
  return !options.on_progress || options.on_progress(engine.report());
}

// One session; ok when it ended as wanted.
Status RunSession(Engine& engine, Connector& connector, const RunOptions& options) {
  DAFTAR_ASSIGN_OR_RETURN(std::vector<v1::ClientFrame> first, engine.Start());
  DAFTAR_ASSIGN_OR_RETURN(std::unique_ptr<Link> link, connector.Connect(options.connect_timeout_ms));
  DAFTAR_RETURN_IF_ERROR(SendAll(*link, first));
  bool silent = false;
  uint64_t pings = 0;
  while (!engine.over() && (options.engine.watch || !engine.settled())) {
    if (!GoesOn(engine, options)) return OkStatus();
    DAFTAR_ASSIGN_OR_RETURN(Link::Event event, link->Receive(options.silence_ms / 2));
    std::vector<v1::ClientFrame> answers;
    if (event.kind == Link::Event::kFrame) {
      silent = false;
      DAFTAR_ASSIGN_OR_RETURN(answers, engine.OnFrame(event.frame));
    } else if (event.kind == Link::Event::kWoken) {
      DAFTAR_ASSIGN_OR_RETURN(answers, engine.OnOutboxChanged());
    } else if (silent) {
      return Unavailable("the server has been silent for " + std::to_string(options.silence_ms / 1000) +
                         " seconds; what was received is kept, and reading goes on");
    } else {
      silent = true;
      answers.emplace_back().set_ping(++pings);
    }
    DAFTAR_RETURN_IF_ERROR(SendAll(*link, answers));
  }
  GoesOn(engine, options);
  return OkStatus();
}

}  // namespace

StatusOr<SyncReport> RunSync(Workstation& workstation, Connector& connector, const RunOptions& options) {
  Engine engine(workstation, options.engine);
  Status status;
  // What is damaged has been noted: a second session fetches it, or finds by comparing what differs.
  for (int tries = 0; tries < kMostSessions; ++tries) {
    status = RunSession(engine, connector, options);
    const bool another = engine.over() || status.code() == StatusCode::kDataLoss;
    if (!another) break;
  }
  DAFTAR_RETURN_IF_ERROR(engine.Finish(status));
  if (!status.ok()) return status;
  return engine.report();
}

}  // namespace daftar
