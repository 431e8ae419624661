// The engine's way to a server: one session's frames in both directions, whatever carries them.
#pragma once

#include <memory>

#include "daftar/v1/frames.pb.h"
#include "storage/base/status.h"

namespace daftar {

// One open session. Send and Receive from one thread; Wake and Close from any.
class Link {
 public:
  // What ended a wait.
  struct Event {
    enum Kind { kFrame, kWoken, kTimeout } kind = kTimeout;
    v1::ServerFrame frame;  // with kFrame
  };
  virtual ~Link() = default;

  // May block while the other side is slow. Unavailable when the link is down.
  virtual Status Send(const v1::ClientFrame& frame) = 0;
  // The next frame; kWoken after Wake, kTimeout after that many milliseconds. Unavailable when the link is down, or the
  // server's own reason for ending the session.
  virtual StatusOr<Event> Receive(int timeout_ms) = 0;
  // Ends the current or next Receive with kWoken.
  virtual void Wake() = 0;
  // Ends the session; Receive and Send then fail with Cancelled.
  virtual void Close() = 0;
};

// Opens links to one server.
class Connector {
 public:
  virtual ~Connector() = default;
  // Unavailable, with the address and what to do, if there is no answer within the time.
  virtual StatusOr<std::unique_ptr<Link>> Connect(int timeout_ms) = 0;
};

}  // namespace daftar
