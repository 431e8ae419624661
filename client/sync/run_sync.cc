// RunSync: the loop between an engine and a link.
#include <algorithm>

#include "client/sync/backoff.h"
#include "client/sync/engine.h"
#include "client/sync/goodput.h"
#include "client/sync/user_store.h"

namespace daftar {
namespace {

constexpr int kMostSessions = 4;
// With a budget, no frame is to take more than this part of what is left, so that the last one does not go far beyond.
constexpr uint64_t kFramesInBudget = 8;

// The sessions that bring a workstation and a server together.
class Run {
 public:
  Run(Workstation& station, Connector& connector, const RunOptions& options, const v1::SyncStatus& before)
      : station_(station),
        connector_(connector),
        options_(options),
        meter_(station.clock(), before, options.session_budget),
        goodput_(station.clock(), before.goodput()),
        engine_(station, EngineOptionsOf(options, meter_, before.goodput())) {}

  StatusOr<SyncReport> Go();

 private:
  static EngineOptions EngineOptionsOf(const RunOptions& options, const TrafficMeter& meter, uint64_t goodput);
  // One session; ok when it ended as wanted.
  Status Session();
  // What the link brought, or that it brought nothing for a while. The frames to send in answer.
  StatusOr<std::vector<v1::ClientFrame>> On(const Link::Event& event);
  Status SendAll(Link& link, const std::vector<v1::ClientFrame>& frames);
  bool GoesOn() const { return !options_.on_progress || options_.on_progress(engine_.report()); }
  // Nothing more may be spent, and nobody waits for the answer to a push.
  bool StopsAtBudget();
  // Notes what the run has cost and mended, and how it ended.
  Status KeepOutcome(const Status& why);

  Workstation& station_;
  Connector& connector_;
  const RunOptions& options_;
  TrafficMeter meter_;
  GoodputMeter goodput_;
  Engine engine_;
  TrafficLimit stopped_at_ = TrafficLimit::kNone;
  bool data_came_ = false;
  bool silent_ = false;
  uint64_t pings_ = 0;
};

EngineOptions Run::EngineOptionsOf(const RunOptions& options, const TrafficMeter& meter, uint64_t goodput) {
  EngineOptions engine = options.engine;
  engine.only_push = engine.only_push || meter.used_up() != TrafficLimit::kNone;
  if (engine.frame_bytes == 0) engine.frame_bytes = FrameBytesFor(goodput);
  const uint64_t share = std::max(meter.left() / kFramesInBudget, kSmallestFrame);
  if (share < (engine.frame_bytes == 0 ? kLargestFrame : engine.frame_bytes))
    engine.frame_bytes = static_cast<uint32_t>(share);
  return engine;
}

StatusOr<SyncReport> Run::Go() {
  Status status;
  // What is damaged has been noted: a second session fetches it, or finds by comparing what differs.
  for (int tries = 0; tries < kMostSessions; ++tries) {
    status = Session();
    const bool another = engine_.over() || status.code() == StatusCode::kDataLoss;
    if (!another) break;
  }
  DAFTAR_RETURN_IF_ERROR(engine_.Finish(status));
  DAFTAR_RETURN_IF_ERROR(KeepOutcome(status));
  if (!status.ok()) return status;
  SyncReport report = engine_.report();
  report.stopped_at = stopped_at_;
  return report;
}

Status Run::Session() {
  DAFTAR_ASSIGN_OR_RETURN(std::vector<v1::ClientFrame> first, engine_.Start());
  if (StopsAtBudget()) return OkStatus();
  DAFTAR_ASSIGN_OR_RETURN(std::unique_ptr<Link> link, connector_.Connect(options_.connect_timeout_ms));
  silent_ = false;
  goodput_.Restart();
  DAFTAR_RETURN_IF_ERROR(SendAll(*link, first));
  while (!engine_.over() && (options_.engine.watch || !engine_.settled())) {
    if (StopsAtBudget() || !GoesOn()) return OkStatus();
    DAFTAR_ASSIGN_OR_RETURN(const Link::Event event, link->Receive(options_.silence_ms / 2));
    DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::ClientFrame> answers, On(event));
    DAFTAR_RETURN_IF_ERROR(SendAll(*link, answers));
    if (meter_.due()) DAFTAR_RETURN_IF_ERROR(station_.user().Update([this](auto& status) { meter_.Write(status); }));
  }
  GoesOn();
  return OkStatus();
}

StatusOr<std::vector<v1::ClientFrame>> Run::On(const Link::Event& event) {
  if (event.kind == Link::Event::kWoken) return engine_.OnOutboxChanged();
  if (event.kind == Link::Event::kFrame) {
    silent_ = false;
    meter_.Received(event.frame);
    goodput_.Received(event.frame);
    data_came_ = data_came_ || event.frame.has_delta() || event.frame.has_piece() || event.frame.has_checkpoint();
    return engine_.OnFrame(event.frame);
  }
  if (silent_) {
    return Unavailable("the server has been silent for " + std::to_string(options_.silence_ms / 1000) +
                       " seconds; what was received is kept, and reading goes on");
  }
  silent_ = true;
  std::vector<v1::ClientFrame> ping(1);
  ping[0].set_ping(++pings_);
  return ping;
}

Status Run::SendAll(Link& link, const std::vector<v1::ClientFrame>& frames) {
  for (const v1::ClientFrame& frame : frames) {
    DAFTAR_RETURN_IF_ERROR(link.Send(frame));
    meter_.Sent(frame);
  }
  return OkStatus();
}

bool Run::StopsAtBudget() {
  stopped_at_ = engine_.unanswered() == 0 ? meter_.used_up() : TrafficLimit::kNone;
  return stopped_at_ != TrafficLimit::kNone;
}

Status Run::KeepOutcome(const Status& why) {
  const bool broken = why.code() == StatusCode::kUnavailable && data_came_;
  const Attempt attempt = why.ok() ? Attempt::kWell : broken ? Attempt::kBroken : Attempt::kInVain;
  return station_.user().Update([&](v1::SyncStatus& status) {
    meter_.Write(status);
    status.set_goodput(goodput_.bytes_per_second());
    status.set_repaired(status.repaired() + engine_.report().repaired);
    if (why.code() == StatusCode::kCancelled) return;
    NoteAttempt(status, attempt, station_.clock().NowMs(), station_.random());
  });
}

}  // namespace

StatusOr<SyncReport> RunSync(Workstation& workstation, Connector& connector, const RunOptions& options) {
  DAFTAR_ASSIGN_OR_RETURN(const v1::SyncStatus before, workstation.SyncState());
  return Run(workstation, connector, options, before).Go();
}

}  // namespace daftar
