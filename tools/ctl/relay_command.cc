// relay: this workstation's replica for its neighbours.
#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>

#include "client/model/scope_words.h"
#include "client/sync/bundles.h"
#include "client/sync/user_store.h"
#include "storage/view/tidier.h"
#include "tools/ctl/commands.h"
#include "tools/ctl/interrupt.h"
#include "tools/ctl/neighbours.h"
#include "tools/ctl/times.h"
#include "tools/relay/relay.h"

namespace daftar::ctl {
namespace {

// Waits for Ctrl-C. Made before any thread, so that none of them takes the signal.
class UntilInterrupted {
 public:
  UntilInterrupted() : watch_([this] { OnInterrupt(); }) {}
  void Wait() {
    MutexLock lock(mutex_);
    while (!over_) changed_.Wait(mutex_);
  }

 private:
  void OnInterrupt() {
    MutexLock lock(mutex_);
    over_ = true;
    changed_.NotifyAll();
  }

  Mutex mutex_;
  CondVar changed_;
  bool over_ DAFTAR_GUARDED_BY(mutex_) = false;
  InterruptWatch watch_;  // last: it uses all of the above
};

struct RelayWish {
  std::string listen = "127.0.0.1:7701";
  bool insecure_loopback = false;
};

// What neighbours find, before the first of them comes.
StatusOr<Reply> TellServing(Workstation& station, const RelayHost& host, const std::string& address,
                            const std::optional<PublicKey>& key) {
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> replica, station.view().Snapshot());
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, replica->Head());
  DAFTAR_ASSIGN_OR_RETURN(const Scope held, station.view().HeldScope());
  DAFTAR_ASSIGN_OR_RETURN(const std::string scope, ScopeWords(held, *replica));
  DAFTAR_ASSIGN_OR_RETURN(const uint64_t waiting, station.user().carried().WaitingCount());
  const Status serves = host.CanServe();
  Reply reply = Reply::Answer("relay");
  reply.one_line = true;
  reply.json["listening"] = address;
  reply.json["serves"] = serves.ok();
  reply.json["revision"] = head.cursor().revision();
  reply.json["as_of"] = TimeJson(head.server_ms());
  reply.json["scope"] = scope;
  reply.json["waiting"] = waiting;
  reply.text = "listening on " + address + "\n";
  if (key) {
    reply.json["key"] = key->ToString();
    reply.text += "for neighbours: daftarctl sync --relay " + address + "/" + key->ToString() + "\n";
  }
  reply.text += serves.ok() ? "serving revision " + std::to_string(head.cursor().revision()) + " as of " +
                                  Rfc3339(head.server_ms()) + ": " + scope + "\n"
                            : Message(serves) + "\n";
  if (waiting > 0) reply.text += Counted(waiting, "edit") + " of neighbours to be delivered\n";
  return reply;
}

StatusOr<Reply> TellDone(Workstation& station, const RelayCounts& counts) {
  DAFTAR_ASSIGN_OR_RETURN(const uint64_t waiting, station.user().carried().WaitingCount());
  Reply reply = Reply::Answer("relay");
  reply.code = ExitCode::kInterrupted;
  reply.one_line = true;
  reply.json["neighbours"] = counts.neighbours;
  reply.json["carried"] = counts.carried;
  reply.json["delivered"] = counts.delivered;
  reply.json["waiting"] = waiting;
  reply.text = Counted(counts.neighbours, "session") + " of neighbours, " + Counted(counts.carried, "edit") +
               " taken, " + std::to_string(counts.delivered) + " delivered; " + std::to_string(waiting) +
               (waiting == 1 ? " waits" : " wait") + " for the server\n";
  return reply;
}

Reply RunRelay(Context& context, Workstation& station, const RelayWish& wish) {
  DAFTAR_ASSIGN_OR_RETURN(const std::string server, context.ServerOf(station));
  if (server.empty()) {
    return Reply::Error(ExitCode::kUsage, "no server is known. Name it with --server HOST:PORT/KEY; it is remembered");
  }
  if (!context.server.empty()) DAFTAR_RETURN_IF_ERROR(station.SetServer(context.server));
  DAFTAR_ASSIGN_OR_RETURN(const KeyPair own, WorkstationKey(station.folder(), context.random));
  const AcceptorPlace place{wish.listen, wish.insecure_loopback, &own, NeighboursFile(station.folder())};
  const std::optional<PublicKey> shown = wish.insecure_loopback ? std::nullopt : std::optional(own.public_key());
  UntilInterrupted interrupted;
  const auto tell = [&context](const std::string& line) { context.talk << line << std::endl; };
  Tidier tidier(station.view(), context.clock, [](const Status&) {});
  RelayCounts counts;
  {
    DAFTAR_ASSIGN_OR_RETURN(std::unique_ptr<Connector> to_follow, context.ConnectorTo(server, station));
    DAFTAR_ASSIGN_OR_RETURN(std::unique_ptr<Connector> to_deliver, context.ConnectorTo(server, station));
    Relay relay(station, std::move(to_follow), std::move(to_deliver), context.make_network_watch(), tell);
    const SessionHost::Subscription on_head(relay.host(), [&tidier] { tidier.Poke(); });
    DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<Acceptor> acceptor, context.make_acceptor(relay.host(), place));
    DAFTAR_ASSIGN_OR_RETURN(const Reply serving, TellServing(station, relay.host(), acceptor->address(), shown));
    Print(serving, context.json, context.out, context.talk);
    context.out << std::flush;
    interrupted.Wait();
    counts = relay.counts();
  }
  DAFTAR_ASSIGN_OR_RETURN(Reply done, TellDone(station, counts));
  return done;
}

}  // namespace

void AddRelayCommands(CLI::App& app, Context& context) {
  auto wish = std::make_shared<RelayWish>();
  CLI::App& relay = AddVerb(app, "relay", "Serve this replica to neighbours, and carry their edits, until Ctrl-C",
                            "  daftarctl neighbour allow KEY              # who may come\n"
                            "  daftarctl relay --listen 0.0.0.0:7701      # says the address for neighbours\n"
                            "  daftarctl sync --relay HOST:7701/KEY       # at a neighbour");
  relay.add_option("--listen", wish->listen, "Address to listen on; port 0 takes any free one")
      ->capture_default_str()
      ->type_name("HOST:PORT");
  relay.add_flag("--insecure-loopback", wish->insecure_loopback,
                 "Serve without encryption, to programs of this machine only");
  relay.callback([&context, wish] {
    context.action = [&context, wish] {
      return WithWorkstation(context, [&](Workstation& station) { return RunRelay(context, station, *wish); });
    };
  });
}

}  // namespace daftar::ctl
