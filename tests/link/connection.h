// One connection through the proxy: two pipes, and the rules by which bytes wait in them.
//
// Each pipe reads a chunk, stamps it with the time at which its last byte has crossed the link, and writes it when that
// time has come. Ends and errors of the sender travel in the same queue, so that they arrive behind the bytes before
// them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>

#include "storage/base/mutex.h"
#include "tests/link/link_faults.h"
#include "tests/link/link_proxy.h"

namespace daftar {

// Of a narrow link, packets as large as real ones and little taken ahead: else the system's buffers would be the wide
// link, and loopback's packets of 64 KB would come in jumps. For a socket from which bytes with such faults will come,
// before it listens or connects.
void TuneNarrow(int fd, const DirectionFaults& faults);

// What all connections of one direction share.
struct Lane {
  int64_t busy_until_us = 0;  // when the last byte that was taken has left the sender's end
};

// What the proxy lends its connections.
struct LinkState {
  Mutex mutex;
  LinkCounters counters DAFTAR_GUARDED_BY(mutex);
  // Of the proxy's thread alone:
  LinkFaults faults;
  uint64_t generation = 0;  // of the faults
  Lane up, down;
};

// The proxy's thread alone.
class Connection {
 public:
  // Takes over the accepted socket. `dial` opens a connection to the target: a descriptor that is connecting, or -1.
  Connection(LinkState& state, int client, std::function<int()> dial, int64_t now_ms);
  ~Connection();  // resets what is still open
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // What epoll, edge-triggered, said of one of the two descriptors.
  void OnEvents(bool from_server, uint32_t events);
  // Moves what may move now. False: it is over and may be destroyed.
  bool Pump(int64_t now_ms);
  // When to pump again, in ms, though no event comes.
  std::optional<int64_t> wake_ms() const { return wake_ms_; }

 private:
  struct Endpoint {
    int fd = -1;
    bool connected = false;
    bool readable = false, writable = false;  // as far as known: an attempt tells
    bool broken = false;                      // takes nothing any more; what it sent is still read
    bool failed = false;                      // nor is anything read
  };
  struct Chunk {
    enum Kind { kBytes, kEnd, kReset } kind = kBytes;
    int64_t release_ms = 0;
    std::string bytes;
  };
  // One direction.
  struct Pipe {
    std::deque<Chunk> queue;
    size_t offset = 0;  // into the first chunk
    size_t queued = 0;  // bytes
    uint64_t delivered = 0;
    int64_t read_from_ms = 0, write_from_ms = 0;
    bool ended = false;     // no more is read
    bool finished = false;  // its end was passed on
    bool dropping = false;  // takes bytes, delivers none
    bool cut = false;
    std::optional<int64_t> stalled_until_ms;  // of generation `stall_of`
    uint64_t stall_of = 0;
  };
  // A pipe with all that it works on.
  struct Way {
    Pipe& pipe;
    Endpoint& source;
    Endpoint& sink;
    const DirectionFaults& faults;
    Lane& lane;
    DirectionCounters LinkCounters::*counters;
  };

  Way Up() { return {up_, client_, server_, state_.faults.up, state_.up, &LinkCounters::up}; }
  Way Down() { return {down_, server_, client_, state_.faults.down, state_.down, &LinkCounters::down}; }
  void Open(int64_t now_ms);
  // Each moves a chunk at most, and says whether it did something.
  bool Fill(const Way& way, int64_t now_ms);
  bool Drain(const Way& way, int64_t now_ms);
  bool Write(const Way& way, int64_t now_ms);
  // Whether the pipe is cut or stalls now, so that nothing may be written.
  bool Held(const Way& way, int64_t now_ms);
  void Enqueue(const Way& way, Chunk::Kind kind, std::string bytes, int64_t now_ms);
  // It is gone: what it sent goes on, behind it the reset.
  void Fail(Endpoint& endpoint, int64_t now_ms);
  void Reset();
  // Counts it as over, before either end can see that.
  void End();
  void WakeAt(int64_t ms) { wake_ms_ = wake_ms_ ? std::min(*wake_ms_, ms) : ms; }

  LinkState& state_;
  const std::function<int()> dial_;
  Endpoint client_, server_;
  int64_t dial_at_ms_ = 0;
  Pipe up_, down_;
  std::optional<int64_t> wake_ms_;
  bool over_ = false;
};

}  // namespace daftar
