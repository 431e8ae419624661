#include "client/sync/estimate.h"

#include <algorithm>
#include <memory>
#include <optional>

#include "client/sync/hello.h"
#include "client/sync/traffic.h"
#include "client/sync/user_store.h"

namespace daftar {
namespace {

Status CheckWelcome(const v1::Welcome& welcome) {
  switch (welcome.action()) {
    case v1::Welcome::Action::UPGRADE:
      return FailedPrecondition("the server speaks a newer protocol; install a newer Daftar. Nothing was changed");
    case v1::Welcome::Action::HISTORY_DIFFERS:
      return FailedPrecondition(
          "the server does not know the history of this replica: it was restored, or is another one. What a sync would "
          "take shows only when both are compared; nothing was changed");
    case v1::Welcome::Action::OTHER_SCOPE:
      return FailedPrecondition("the relay holds another slice than this replica, so a sync would take nothing");
    default:
      return OkStatus();
  }
}

// The estimate, or nullopt if the frame is one that may come before it.
StatusOr<std::optional<v1::Estimate>> EstimateIn(const v1::ServerFrame& frame) {
  switch (frame.frame_case()) {
    case v1::ServerFrame::kEstimate:
      return std::optional(frame.estimate());
    case v1::ServerFrame::kWelcome: {
      DAFTAR_RETURN_IF_ERROR(CheckWelcome(frame.welcome()));
      return std::optional<v1::Estimate>();
    }
    case v1::ServerFrame::kNotice:
      return std::optional<v1::Estimate>();
    default:
      return MakeStatus(StatusCode::kUnimplemented,
                        "the server is too old to say what a sync would take; nothing was changed");
  }
}

// Takes off what a replica that is half filled has of the chunks already: the server does not know that.
Status TakeOffWhatIsThere(Workstation& station, v1::Estimate& estimate) {
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<v1::StoredFill> fill, station.view().fill().State());
  if (!fill) return OkStatus();
  DAFTAR_ASSIGN_OR_RETURN(const auto snapshot, station.view().Snapshot());
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, snapshot->Head());
  estimate.set_bytes(estimate.bytes() - std::min(estimate.bytes(), fill->fetched()));
  estimate.set_records(estimate.records() - std::min(estimate.records(), head.records()));
  estimate.set_rough(true);
  return OkStatus();
}

StatusOr<v1::Estimate> Ask(Link& link, const v1::ClientFrame& question, TrafficMeter& meter, int silence_ms) {
  DAFTAR_RETURN_IF_ERROR(link.Send(question));
  meter.Sent(question);
  for (;;) {
    DAFTAR_ASSIGN_OR_RETURN(const Link::Event event, link.Receive(silence_ms));
    if (event.kind == Link::Event::kWoken) continue;
    if (event.kind == Link::Event::kTimeout) return Unavailable("the server did not say what a sync would take");
    meter.Received(event.frame);
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<v1::Estimate> estimate, EstimateIn(event.frame));
    if (estimate) return *estimate;
  }
}

}  // namespace

StatusOr<v1::Estimate> AskEstimate(Workstation& station, Connector& connector, const EstimateOptions& options) {
  DAFTAR_ASSIGN_OR_RETURN(const v1::SyncStatus status, station.SyncState());
  DAFTAR_ASSIGN_OR_RETURN(const Scope stored, Scope::From(status.scope()));
  const Scope wanted = options.scope.value_or(stored);
  DAFTAR_ASSIGN_OR_RETURN(const std::shared_ptr<const WireDictionary> dictionary, LoadDictionary(station));
  v1::ClientFrame question;
  DAFTAR_ASSIGN_OR_RETURN(*question.mutable_hello(), MakeHello(station, status, wanted, dictionary.get()));
  question.mutable_hello()->set_only_estimate(true);
  // What is on its way here is of the scope that is wanted now.
  if (wanted != stored) question.mutable_hello()->clear_received();
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<Link> link, connector.Connect(options.connect_timeout_ms));
  TrafficMeter meter(station.clock(), status, {});
  StatusOr<v1::Estimate> estimate = Ask(*link, question, meter, options.silence_ms);
  DAFTAR_RETURN_IF_ERROR(station.user().Update([&meter](v1::SyncStatus& update) { meter.Write(update); }));
  if (estimate.ok() && wanted == stored) DAFTAR_RETURN_IF_ERROR(TakeOffWhatIsThere(station, *estimate));
  return estimate;
}

}  // namespace daftar
