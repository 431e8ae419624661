#include "tools/relay/relay.h"

#include <utility>

#include "client/sync/user_store.h"
#include "storage/base/bytes.h"
#include "tools/relay/delivery.h"

namespace daftar {
namespace {

// Enough of a store's id to tell neighbours apart.
std::string NameOf(std::string_view client) { return "neighbour " + ToHex(client.substr(client.size() - 4)); }

std::string Edits(uint64_t count) { return std::to_string(count) + (count == 1 ? " edit" : " edits"); }

// What it gets is to be passed on.
RunOptions SigningOptions() {
  RunOptions options;
  options.engine.sign = true;
  return options;
}

}  // namespace

Relay::Relay(Workstation& station, std::unique_ptr<Connector> to_follow, std::unique_ptr<Connector> to_deliver,
             std::unique_ptr<NetworkWatch> network, std::function<void(const std::string&)> tell)
    : station_(station),
      to_follow_(std::move(to_follow)),
      to_deliver_(std::move(to_deliver)),
      network_(std::move(network)),
      delivering_(*to_deliver_),
      tell_(std::move(tell)),
      host_(station, {.neighbour = [this](std::string_view client) { OnNeighbour(client); },
                      .carried = [this](std::string_view client) { OnCarried(client); }}),
      watcher_(station, *to_follow_, *network_, SigningOptions(), /*despite_pause=*/false,
               {.on_begin = [this](bool) { Deliver(); },
                .on_progress = [this](const SyncReport& report) { return OnProgress(report); },
                .on_end = [this](const StatusOr<SyncReport>& report) { return OnEnd(report); }}),
      thread_([this] {
        if (const Status status = watcher_.Run(); !status.ok()) TellReach(status);
      }) {}

Relay::~Relay() {
  stopping_ = true;
  // What was received is staged, and what is carried waits on.
  watcher_.Cut();
  delivering_.Close();
  thread_.join();
}

RelayCounts Relay::counts() const {
  MutexLock lock(mutex_);
  return counts_;
}

void Relay::Tell(const std::string& line) {
  MutexLock lock(telling_);
  tell_(line);
}

void Relay::OnNeighbour(std::string_view client) {
  {
    MutexLock lock(mutex_);
    ++counts_.neighbours;
  }
  Tell(NameOf(client) + " came");
}

void Relay::OnCarried(std::string_view client) {
  {
    MutexLock lock(mutex_);
    ++counts_.carried;
  }
  Tell("an edit of " + NameOf(client) + " is carried");
  has_work_ = true;
  watcher_.Nudge();
}

void Relay::Deliver() {
  has_work_ = false;
  const StatusOr<Delivered> delivered = DeliverCarried(station_.user().carried(), delivering_);
  if (!delivered.ok()) {
    // That there is no server is told once, of the session that follows; it is tried again with the next sign of life.
    has_work_ = delivered.status().code() == StatusCode::kUnavailable;
    if (!has_work_ && !stopping_) Tell("what is carried waits on: " + Message(delivered.status()));
    return;
  }
  if (delivered->answered > 0) Tell(Edits(delivered->answered) + " delivered to the server");
  if (delivered->handed_on > 0) Tell(Edits(delivered->handed_on) + " handed on to another relay");
  if (delivered->dropped > 0)
    Tell(Edits(delivered->dropped) + " given up: the server lacks what comes before; their maker sends them again");
  MutexLock lock(mutex_);
  counts_.delivered += delivered->answered;
}

bool Relay::OnProgress(const SyncReport& report) {
  if (has_work_) Deliver();
  if (report.checkpoints != std::exchange(checkpoints_, report.checkpoints)) {
    host_.HeadMoved();
    TellReach(OkStatus());
  }
  return !stopping_;
}

bool Relay::OnEnd(const StatusOr<SyncReport>& report) {
  checkpoints_ = 0;
  if (!stopping_ && !report.ok()) TellReach(report.status());
  return !stopping_;
}

void Relay::TellReach(const Status& status) {
  const std::string words = status.ok() ? "following the server" : "serving what is here: " + Message(status);
  if (std::exchange(reach_, words) != words) Tell(words);
}

}  // namespace daftar
