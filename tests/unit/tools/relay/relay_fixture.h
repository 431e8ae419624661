// A server, a workstation that relays, and a neighbour, without a network between them.
#pragma once

#include <gmock/gmock.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "client/sync/user_store.h"
#include "tests/unit/client/sync/sync_fixture.h"
#include "tools/relay/delivery.h"
#include "tools/relay/relay_host.h"

namespace daftar {

// Links whose other end is a session with a host of this process.
class HostConnector final : public Connector {
 public:
  // `dataset`: whose pushes are committed while a link waits; null where there is none.
  HostConnector(SessionHost& host, Dataset* dataset) : host_(host), dataset_(dataset) {}

  StatusOr<std::unique_ptr<Link>> Connect(int) override {
    if (is_down) return Unavailable("nobody answers");
    return std::make_unique<HostLink>(*this);
  }
  bool is_down = false;
  // Changes what comes from the host on its way.
  std::function<void(v1::ServerFrame&)> alter = [](v1::ServerFrame&) {};

 private:
  class HostLink final : public Link {
   public:
    explicit HostLink(HostConnector& owner) : owner_(owner), session_(owner.host_, [] {}) {}
    Status Send(const v1::ClientFrame& frame) override { return session_.OnFrame(frame); }
    StatusOr<Event> Receive(int) override {
      if (owner_.dataset_ != nullptr) DAFTAR_RETURN_IF_ERROR(owner_.dataset_->CommitPending().status());
      DAFTAR_ASSIGN_OR_RETURN(std::optional<v1::ServerFrame> next, session_.Next());
      if (!next) return Event{Event::kTimeout, {}};
      owner_.alter(*next);
      return Event{Event::kFrame, *std::move(next)};
    }
    void Wake() override {}
    void Close() override {}

   private:
    HostConnector& owner_;
    Session session_;
  };

  SessionHost& host_;
  Dataset* const dataset_;
};

class RelayFixture : public SyncFixture {
 protected:
  RelayFixture() : to_server(*dataset, dataset.get()) {
    relay_station = NewStation("relay");
    neighbour = NewStation("neighbour");
    host.emplace(*relay_station, RelayEvents{});
    to_relay.emplace(*host, nullptr);
  }

  // The relay meets the server.
  void FollowServer() {
    RunOptions options;
    options.engine.sign = true;
    const auto report = RunSync(*relay_station, to_server, options);
    ASSERT_TRUE(report.ok()) << report.status();
  }
  void Deliver() {
    const auto delivered = DeliverCarried(relay_station->user().carried(), to_server);
    ASSERT_TRUE(delivered.ok()) << delivered.status();
  }
  // The relay is closed, and opened again.
  void RestartRelay() {
    to_relay.reset();
    host.reset();
    relay_station.reset();
    relay_station = *Workstation::Open(folder.File("relay"), clock, random);
    host.emplace(*relay_station, RelayEvents{});
    to_relay.emplace(*host, nullptr);
  }
  // A session of the neighbour.
  StatusOr<SyncReport> ByWayOfRelay(RunOptions options = {}) { return RunSync(*neighbour, *to_relay, options); }
  StatusOr<SyncReport> WithServer(Workstation& of) { return RunSync(of, to_server, {}); }

  // An edit by somebody else, who meets the server.
  void OthersWrite(const std::string& notes) {
    if (other == nullptr) other = NewStation("other");
    ASSERT_TRUE(WithServer(*other).ok());
    Queue(*other, WithNotes(*other, notes));
    ASSERT_TRUE(WithServer(*other).ok());
  }

  v1::Checkpoint Shown(Workstation& of) { return of.view().Snapshot().value()->Head().value(); }
  std::string NotesOf(Workstation& of) { return Incident(of).incident().notes(); }
  size_t Waiting(Workstation& of) { return of.Outbox()->size(); }
  Revision ServerHead() const { return dataset->log().Head()->cursor().revision(); }

  HostConnector to_server;
  std::unique_ptr<Workstation> relay_station, neighbour, other;
  std::optional<RelayHost> host;
  std::optional<HostConnector> to_relay;
};

}  // namespace daftar
