#include "tests/link/connection.h"

#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace daftar {
namespace {

constexpr int64_t kBacklogUs = 200'000;  // what a router on the way keeps of a direction that is full
constexpr size_t kPacket = 1400;
constexpr size_t kLargestChunk = 64 << 10;
constexpr int kTurn = 512;  // chunks and writes before others have their turn

// Bytes that one read takes: of a narrow link no more than a packet or a millisecond of it.
size_t ChunkBytes(const DirectionFaults& faults) {
  if (faults.rate_bits_per_s == 0) return kLargestChunk;
  return std::clamp<size_t>(static_cast<size_t>(faults.rate_bits_per_s / 8000), kPacket, kLargestChunk);
}

// Bytes that may be on the way in one connection: enough to keep the link full, and little more.
size_t BufferBytes(const DirectionFaults& faults) {
  if (faults.rate_bits_per_s == 0) return faults.delay_ms == 0 ? 256 << 10 : 8 << 20;
  return std::max<size_t>(16 << 10, static_cast<size_t>(faults.rate_bits_per_s / 8000 * (faults.delay_ms + 250)));
}

void CloseWithReset(int& fd) {
  if (fd < 0) return;
  const linger at_once{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  ::close(fd);
  fd = -1;
}

void SendAtOnce(int fd) {
  const int on = 1;
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

// Bytes that were written and not yet acknowledged by the receiver's side.
bool StillSending(int fd) {
  int waiting = 0;
  return ::ioctl(fd, SIOCOUTQ, &waiting) == 0 && waiting > 0;
}

}  // namespace

void TuneNarrow(int fd, const DirectionFaults& faults) {
  if (faults.rate_bits_per_s == 0) return;
  const int packet = kPacket, ahead = 16 << 10;
  ::setsockopt(fd, IPPROTO_TCP, TCP_MAXSEG, &packet, sizeof packet);
  ::setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &ahead, sizeof ahead);
}

Connection::Connection(LinkState& state, int client, std::function<int()> dial, int64_t now_ms)
    : state_(state), dial_(std::move(dial)) {
  client_.fd = client;
  client_.connected = true;
  SendAtOnce(client);
  const LinkFaults& faults = state_.faults;
  const int64_t handshake_ms = faults.round_trips * (faults.up.delay_ms + faults.down.delay_ms);
  up_.read_from_ms = now_ms + handshake_ms;
  // The target learns of the connection by the last packet of the handshake.
  dial_at_ms_ = now_ms + handshake_ms + (faults.round_trips > 0 ? faults.up.delay_ms : 0);
  MutexLock lock(state_.mutex);
  ++state_.counters.connections;
  ++state_.counters.open;
}

Connection::~Connection() { Reset(); }

void Connection::OnEvents(bool from_server, uint32_t events) {
  Endpoint& endpoint = from_server ? server_ : client_;
  // An error counts as both: the attempt says what it is, behind whatever came before it.
  if (events & (EPOLLIN | EPOLLRDHUP | EPOLLERR | EPOLLHUP)) endpoint.readable = true;
  if (events & (EPOLLOUT | EPOLLERR | EPOLLHUP)) endpoint.connected = endpoint.writable = true;
}

void Connection::Open(int64_t now_ms) {
  if (server_.fd >= 0 || over_) return;
  if (now_ms < dial_at_ms_) return WakeAt(dial_at_ms_);
  server_.fd = dial_();
  if (server_.fd < 0) return Reset();
  SendAtOnce(server_.fd);
}

bool Connection::Pump(int64_t now_ms) {
  wake_ms_.reset();
  Open(now_ms);
  int turns = 0;
  for (bool moved = true; moved && !over_; ++turns) {
    if (turns == kTurn) {
      WakeAt(now_ms);
      return true;
    }
    moved = false;
    for (const Way& way : {Up(), Down()}) {
      if (!over_ && Fill(way, now_ms)) moved = true;
      if (!over_ && Drain(way, now_ms)) moved = true;
    }
  }
  if (!over_ && up_.finished && down_.finished) {
    End();
    ::close(std::exchange(client_.fd, -1));
    ::close(std::exchange(server_.fd, -1));
  }
  return !over_;
}

bool Connection::Fill(const Way& way, int64_t now_ms) {
  Pipe& pipe = way.pipe;
  if (!way.source.readable || pipe.ended || way.source.fd < 0) return false;
  if (now_ms < pipe.read_from_ms) {
    WakeAt(pipe.read_from_ms);
    return false;
  }
  if (pipe.queued >= BufferBytes(way.faults)) return false;  // Drain makes room
  if (way.faults.rate_bits_per_s > 0 && way.lane.busy_until_us > now_ms * 1000 + kBacklogUs) {
    WakeAt((way.lane.busy_until_us - kBacklogUs) / 1000 + 1);
    return false;
  }
  std::string bytes(ChunkBytes(way.faults), '\0');
  const ssize_t n = ::recv(way.source.fd, bytes.data(), bytes.size(), 0);
  if (n > 0) {
    bytes.resize(static_cast<size_t>(n));
    {
      MutexLock lock(state_.mutex);
      (state_.counters.*way.counters).taken += static_cast<uint64_t>(n);
    }
    Enqueue(way, Chunk::kBytes, std::move(bytes), now_ms);
  } else if (n == 0 && way.source.broken) {
    Fail(way.source, now_ms);
  } else if (n == 0) {
    Enqueue(way, Chunk::kEnd, "", now_ms);
  } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
    way.source.readable = false;
    return false;
  } else if (errno != EINTR) {
    Fail(way.source, now_ms);
  }
  return true;
}

void Connection::Enqueue(const Way& way, Chunk::Kind kind, std::string bytes, int64_t now_ms) {
  int64_t crossed_us = now_ms * 1000;
  if (way.faults.rate_bits_per_s > 0) {
    const int64_t took_us = static_cast<int64_t>(bytes.size()) * 8'000'000 / way.faults.rate_bits_per_s;
    crossed_us = way.lane.busy_until_us = std::max(way.lane.busy_until_us, crossed_us) + took_us;
  }
  way.pipe.queued += bytes.size();
  way.pipe.queue.push_back({kind, (crossed_us + 999) / 1000 + way.faults.delay_ms, std::move(bytes)});
  if (kind != Chunk::kBytes) way.pipe.ended = true;
}

bool Connection::Held(const Way& way, int64_t now_ms) {
  Pipe& pipe = way.pipe;
  const auto delivered = static_cast<int64_t>(pipe.delivered);
  if (!pipe.cut && way.faults.cut_after >= 0 && delivered >= way.faults.cut_after) {
    // A reset throws away what the receiver's side has not yet acknowledged: exactly so many bytes shall arrive.
    if (way.faults.cut == CutKind::kReset && StillSending(way.sink.fd)) {
      WakeAt(now_ms + 1);
      return true;
    }
    {
      MutexLock lock(state_.mutex);
      ++state_.counters.cuts;
    }
    pipe.cut = true;
    if (way.faults.cut == CutKind::kReset) {
      Reset();
      return true;
    }
    ::shutdown(way.sink.fd, SHUT_WR);
    pipe.dropping = true;
  }
  if (way.faults.stall_after < 0 || delivered < way.faults.stall_after) return false;
  if (pipe.stall_of != state_.generation || !pipe.stalled_until_ms) {
    pipe.stall_of = state_.generation;
    pipe.stalled_until_ms = way.faults.stall_ms < 0 ? INT64_MAX : now_ms + way.faults.stall_ms;
  }
  if (now_ms >= *pipe.stalled_until_ms) return false;
  if (*pipe.stalled_until_ms != INT64_MAX) WakeAt(*pipe.stalled_until_ms);
  return true;
}

bool Connection::Drain(const Way& way, int64_t now_ms) {
  Pipe& pipe = way.pipe;
  if (!way.sink.connected || Held(way, now_ms) || pipe.queue.empty()) return false;
  const Chunk& first = pipe.queue.front();
  if (first.release_ms > now_ms) {
    WakeAt(first.release_ms);
    return false;
  }
  if (first.kind == Chunk::kReset) {
    Reset();
    return true;
  }
  if (first.kind == Chunk::kBytes && !pipe.dropping) return Write(way, now_ms);
  if (first.kind == Chunk::kEnd) {
    if (!pipe.dropping) ::shutdown(way.sink.fd, SHUT_WR);
    pipe.finished = true;
  }
  pipe.queued -= first.bytes.size() - pipe.offset;
  pipe.offset = 0;
  pipe.queue.pop_front();
  return true;
}

bool Connection::Write(const Way& way, int64_t now_ms) {
  Pipe& pipe = way.pipe;
  const DirectionFaults& faults = way.faults;
  if (!way.sink.writable) return false;
  if (now_ms < pipe.write_from_ms) {
    WakeAt(pipe.write_from_ms);
    return false;
  }
  const std::string& bytes = pipe.queue.front().bytes;
  size_t size = bytes.size() - pipe.offset;
  if (faults.write_bytes > 0) size = std::min(size, faults.write_bytes);
  for (int64_t limit : {faults.cut_after, faults.stall_after}) {
    const int64_t left = limit - static_cast<int64_t>(pipe.delivered);
    if (left > 0) size = std::min(size, static_cast<size_t>(left));
  }
  ssize_t n = 0;
  {
    // Counted before anybody can ask, though the receiver may have it already.
    MutexLock lock(state_.mutex);
    n = ::send(way.sink.fd, bytes.data() + pipe.offset, size, MSG_NOSIGNAL);
    if (n > 0) {
      (state_.counters.*way.counters).delivered += static_cast<uint64_t>(n);
      ++(state_.counters.*way.counters).writes;
    }
  }
  if (n < 0) {
    if (errno == EAGAIN || errno == EWOULDBLOCK) {
      way.sink.writable = false;
      return false;
    }
    if (errno == EINTR) return true;
    way.sink.broken = way.sink.readable = pipe.dropping = true;
    const bool all_read = &way.sink == &client_ ? up_.ended : down_.ended;
    if (all_read) Fail(way.sink, now_ms);
    return true;
  }
  pipe.delivered += static_cast<uint64_t>(n);
  pipe.queued -= static_cast<size_t>(n);
  pipe.offset += static_cast<size_t>(n);
  if (faults.pause_ms > 0) pipe.write_from_ms = now_ms + faults.pause_ms;
  if (pipe.offset == bytes.size()) {
    pipe.offset = 0;
    pipe.queue.pop_front();
  }
  return true;
}

void Connection::Fail(Endpoint& endpoint, int64_t now_ms) {
  if (endpoint.failed) return;
  endpoint.failed = true;
  endpoint.readable = false;
  const Way from = &endpoint == &client_ ? Up() : Down();
  const Way into = &endpoint == &client_ ? Down() : Up();
  into.pipe.dropping = true;
  from.pipe.finished = false;
  Enqueue(from, Chunk::kReset, "", now_ms);
}

void Connection::Reset() {
  End();
  CloseWithReset(client_.fd);
  CloseWithReset(server_.fd);
}

void Connection::End() {
  if (std::exchange(over_, true)) return;
  MutexLock lock(state_.mutex);
  --state_.counters.open;
}

}  // namespace daftar
