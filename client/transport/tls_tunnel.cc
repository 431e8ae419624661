#include "client/transport/tls_tunnel.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <utility>

#include "client/transport/without_sigpipe.h"
#include "storage/base/clock.h"
#include "storage/base/files.h"

namespace daftar {
namespace {

constexpr size_t kBufferBytes = 64 << 10;
constexpr int64_t kFarewellMs = 500;

using Connection = std::unique_ptr<SSL, void (*)(SSL*)>;

// Bytes on their way in one direction. Filled only when it is empty, so that what is in it keeps its place until TLS
// has taken it.
struct Buffer {
  bool empty() const { return begin == end; }
  char* data() { return bytes.data() + begin; }
  size_t size() const { return end - begin; }
  void Filled(size_t count) { begin = 0, end = count; }
  void Took(size_t count) { begin += count; }

  std::array<char, kBufferBytes> bytes;
  size_t begin = 0, end = 0;
};

bool WouldBlock() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

// The work of a tunnel's thread. Neither descriptor blocks.
class Pump {
 public:
  Pump(Connection connection, int net, int plain, int wake)
      : connection_(std::move(connection)), net_(net), plain_(plain), wake_(wake) {}
  ~Pump() {
    connection_.reset();
    close(net_);
    close(plain_);
  }

  // Until one side has ended and all that came from it is delivered, or the time for that is over.
  void Run() {
    const WithoutSigpipe quiet;
    while (!IsOver()) {
      // All four each time: what one brings, another may take.
      bool moved = ReadNet();
      moved |= WritePlain();
      moved |= ReadPlain();
      moved |= WriteNet();
      if (!moved && !Wait()) return;
    }
    if (plain_ended_ && !net_ended_) {
      ERR_clear_error();
      SSL_shutdown(connection_.get());  // one attempt: the other end sees the connection close, if not the word
    }
  }

 private:
  bool IsOver() const { return (net_ended_ && to_plain_.empty()) || (plain_ended_ && to_net_.empty()); }

  // Each attempt: whether anything has happened.
  bool ReadNet() {
    net_wants_write_to_read_ = false;
    if (!to_plain_.empty() || net_ended_ || plain_is_deaf_) return false;
    ERR_clear_error();
    size_t count = 0;
    const int done = SSL_read_ex(connection_.get(), to_plain_.bytes.data(), to_plain_.bytes.size(), &count);
    if (done == 1) {
      to_plain_.Filled(count);
      return true;
    }
    switch (SSL_get_error(connection_.get(), done)) {
      case SSL_ERROR_WANT_READ:
        return false;
      case SSL_ERROR_WANT_WRITE:
        net_wants_write_to_read_ = true;
        return false;
      default:
        net_ended_ = true;
        return true;
    }
  }

  bool WriteNet() {
    net_wants_write_ = false;
    if (to_net_.empty() || net_ended_) return false;
    ERR_clear_error();
    size_t count = 0;
    const int done = SSL_write_ex(connection_.get(), to_net_.data(), to_net_.size(), &count);
    if (done == 1) {
      to_net_.Took(count);
      return true;
    }
    switch (SSL_get_error(connection_.get(), done)) {
      case SSL_ERROR_WANT_WRITE:
        net_wants_write_ = true;
        return false;
      case SSL_ERROR_WANT_READ:
        return false;
      default:
        net_ended_ = true;
        return true;
    }
  }

  bool ReadPlain() {
    if (!to_net_.empty() || plain_ended_) return false;
    const ssize_t count = recv(plain_, to_net_.bytes.data(), to_net_.bytes.size(), 0);
    if (count > 0) {
      to_net_.Filled(static_cast<size_t>(count));
      return true;
    }
    if (count < 0 && WouldBlock()) return false;
    plain_ended_ = true;
    return true;
  }

  bool WritePlain() {
    if (to_plain_.empty()) return false;
    const ssize_t count = send(plain_, to_plain_.data(), to_plain_.size(), MSG_NOSIGNAL);
    if (count < 0 && WouldBlock()) return false;
    // Nobody reads there any more; what was written there before still goes out.
    plain_is_deaf_ = count < 0;
    to_plain_.Took(count < 0 ? to_plain_.size() : static_cast<size_t>(count));
    return true;
  }

  // Until something can be moved; false when the tunnel has to end.
  bool Wait() {
    std::array<pollfd, 3> on{pollfd{wake_, POLLIN, 0}, pollfd{net_, 0, 0}, pollfd{plain_, 0, 0}};
    on[0].fd = farewell_until_ ? -1 : wake_;
    if (to_plain_.empty() && !net_ended_ && !plain_is_deaf_) on[1].events |= POLLIN;
    if (net_wants_write_ || net_wants_write_to_read_) on[1].events |= POLLOUT;
    if (to_net_.empty() && !plain_ended_) on[2].events |= POLLIN;
    if (!to_plain_.empty()) on[2].events |= POLLOUT;
    // What is not waited for must not wake: an ended side would, for ever.
    for (size_t i : {1, 2}) {
      if (on[i].events == 0) on[i].fd = -1;
    }
    const int64_t left = farewell_until_ ? *farewell_until_ - clock_.MonotonicMs() : -1;
    if (farewell_until_ && left <= 0) return false;
    const int ready = poll(on.data(), on.size(), static_cast<int>(left));
    if (ready < 0) return errno == EINTR;
    if (on[0].revents != 0) farewell_until_ = clock_.MonotonicMs() + kFarewellMs;
    return true;
  }

  const SystemClock clock_;
  Connection connection_;
  const int net_, plain_, wake_;
  Buffer to_net_, to_plain_;
  bool net_ended_ = false, plain_ended_ = false, plain_is_deaf_ = false;
  bool net_wants_write_ = false, net_wants_write_to_read_ = false;
  std::optional<int64_t> farewell_until_;  // what is not delivered by then is not
};

}  // namespace

StatusOr<std::unique_ptr<TlsTunnel>> TlsTunnel::Open(Connection connection, int fd) {
  std::array<int, 2> ends{-1, -1};
  std::unique_ptr<TlsTunnel> tunnel(new TlsTunnel);
  tunnel->wake_ = eventfd(0, EFD_CLOEXEC);
  if (tunnel->wake_ < 0 || socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    const Status failure = ErrnoStatus(errno, "open a tunnel");
    connection.reset();
    close(fd);
    return failure;
  }
  tunnel->plain_ = ends[0];
  auto pump = std::make_unique<Pump>(std::move(connection), fd, ends[1], tunnel->wake_);
  tunnel->thread_ = std::thread([pump = std::move(pump)]() mutable {
    pump->Run();
    pump.reset();
    ERR_clear_error();
  });
  return tunnel;
}

TlsTunnel::~TlsTunnel() {
  if (plain_ >= 0) close(plain_);
  if (thread_.joinable()) {
    eventfd_write(wake_, 1);
    thread_.join();
  }
  if (wake_ >= 0) close(wake_);
}

int TlsTunnel::TakePlainEnd() { return std::exchange(plain_, -1); }

}  // namespace daftar
