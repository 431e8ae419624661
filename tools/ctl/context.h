// What every command needs: the global flags, the machine's means, and the way to the workstation.
#pragma once

#include <functional>
#include <memory>
#include <ostream>
#include <string>

#include "client/sync/link.h"
#include "client/sync/network_watch.h"
#include "client/sync/workstation.h"
#include "storage/base/clock.h"
#include "storage/base/random.h"
#include "tools/ctl/reply.h"
#include "tools/relay/acceptor.h"

namespace daftar::ctl {

// Makes a way to the server at an address, for a workstation that shows that key.
using ConnectorFactory = std::function<std::unique_ptr<Connector>(std::string address, KeyPair own)>;
// Listens to the machine's network from then on.
using NetworkWatchFactory = std::function<std::unique_ptr<NetworkWatch>()>;

// One run of the program. One thread.
struct Context {
  const Clock& clock;
  Random& random;
  ConnectorFactory make_connector;
  NetworkWatchFactory make_network_watch;
  AcceptorFactory make_acceptor;
  bool progress = false;  // stderr is a terminal, so long work may show there how far it is
  size_t width = 80;      // columns of the terminal
  std::ostream& out;      // stdout, for what is told while a command runs
  std::ostream& talk;     // stderr

  // Global flags.
  std::string replica = {};   // --replica; empty: DefaultReplica()
  std::string server = {};    // --server; empty: the stored one
  std::string language = {};  // --lang: a code; empty: English
  bool json = false;          // --json

  // What the chosen verb does; set while the command line is read.
  std::function<Reply()> action = {};

  // The folder of the workstation.
  std::string folder() const;
  // The server to talk to: the flag, else the stored one; empty if there is none.
  StatusOr<std::string> ServerOf(const Workstation& station) const;
  // A way to a server or relay, with the workstation's key, which is made if there is none yet.
  StatusOr<std::unique_ptr<Connector>> ConnectorTo(const std::string& address, const Workstation& station) const;
};

// $XDG_DATA_HOME/daftar, else ~/.local/share/daftar.
std::string DefaultReplica();

// Opens the workstation and runs the command in it. A missing one, one in use and a damaged one are told apart by their
// exit codes.
Reply WithWorkstation(const Context& context, const std::function<Reply(Workstation&)>& command);

// The record that a person means: a UUID or the beginning of one, sample:I01, or I01.
struct Found {
  Uuid id;
  Record record;
};
// NotFound with what to do; InvalidArgument if several are meant.
StatusOr<Found> FindRecord(const ReadView& read, const std::string& id);

// For storage/authoring. The view must outlive them.
std::function<StatusOr<Uuid>(std::string_view)> ResolverOf(const ReadView& read);
std::function<std::string(const Uuid&)> NamerOf(const ReadView& read);

}  // namespace daftar::ctl
