// A TCP link that misbehaves on request, for tests and benchmarks: it listens on loopback, carries each connection to
// its target, and delays, narrows, stalls, drips or cuts it on the way.
//
//   DAFTAR_ASSIGN_OR_RETURN(auto link, LinkProxy::Start("127.0.0.1:7700"));
//   link->SetFaults(LinkFaults::Field());
//   … connect to link->address() …   link->counters().down.delivered
//
// One thread of its own. Memory is bounded: where a receiver does not read, or the link is narrow, the sender is not
// read from either. Bytes are never changed, doubled or put out of order.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "storage/base/status.h"
#include "tests/link/link_faults.h"

namespace daftar {

// Payload of TCP, since the start; headers and segments sent again do not count.
struct DirectionCounters {
  uint64_t taken = 0;      // read from the sender
  uint64_t delivered = 0;  // written to the receiver
  uint64_t writes = 0;     // in so many writes
};
struct LinkCounters {
  uint64_t connections = 0;  // accepted
  uint64_t open = 0;         // of these, now
  uint64_t cuts = 0;         // by faults and by Cut
  DirectionCounters up, down;
};

// Thread-safe.
class LinkProxy {
 public:
  // Listens on 127.0.0.1; port 0: a free one. `target` is "host:port" and need not be up; while it is not, who connects
  // is reset. InvalidArgument if the target is no address, Unavailable if the port is taken.
  static StatusOr<std::unique_ptr<LinkProxy>> Start(const std::string& target, const LinkFaults& faults = {},
                                                    int port = 0);
  virtual ~LinkProxy() = default;  // resets what is open, and waits for the thread

  // Holds, once this returns, for all connections, open ones too: pace and delay for bytes taken from now on, a cut
  // that is overdue happens at once, a stall is armed anew.
  virtual void SetFaults(const LinkFaults& faults) = 0;
  // Resets all open connections; they are gone when this returns.
  virtual void Cut() = 0;
  // A byte that has reached its receiver is counted.
  virtual LinkCounters counters() const = 0;
  virtual int port() const = 0;
  std::string address() const { return "127.0.0.1:" + std::to_string(port()); }
};

}  // namespace daftar
