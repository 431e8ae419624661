#include "client/transport/dial.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <system_error>
#include <utility>

#include "storage/base/clock.h"

namespace daftar {
namespace {

using Addresses = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

Status Refused(int error) { return Unavailable(std::generic_category().message(error)); }

// What became of connecting, once the descriptor can be written or the time is over.
Status Outcome(int fd, int64_t timeout_ms) {
  const SystemClock clock;
  const int64_t deadline = clock.MonotonicMs() + timeout_ms;
  pollfd wait{fd, POLLOUT, 0};
  int ready = 0;
  do {
    ready = poll(&wait, 1, static_cast<int>(std::max<int64_t>(deadline - clock.MonotonicMs(), 0)));
  } while (ready < 0 && errno == EINTR);
  if (ready == 0) return Refused(ETIMEDOUT);
  int error = 0;
  socklen_t size = sizeof error;
  if (ready < 0 || getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0) return Refused(errno);
  return error == 0 ? OkStatus() : Refused(error);
}

StatusOr<int> DialOne(const addrinfo& address, int64_t timeout_ms) {
  const int fd = socket(address.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) return Refused(errno);
  const int yes = 1;
  Status outcome;
  if (setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes) != 0) {
    outcome = Refused(errno);
  } else if (connect(fd, address.ai_addr, address.ai_addrlen) != 0) {
    outcome = errno == EINPROGRESS ? Outcome(fd, timeout_ms) : Refused(errno);
  }
  if (outcome.ok()) return fd;
  close(fd);
  return outcome;
}

}  // namespace

StatusOr<int> Dial(const std::string& host, int port, int timeout_ms) {
  const SystemClock clock;
  addrinfo wanted{};
  wanted.ai_family = AF_UNSPEC;
  wanted.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (const int error = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &found); error != 0)
    return Unavailable(error == EAI_SYSTEM ? std::generic_category().message(errno) : gai_strerror(error));
  const Addresses addresses(found, &freeaddrinfo);
  const int64_t deadline = clock.MonotonicMs() + timeout_ms;
  Status last = Refused(EADDRNOTAVAIL);
  for (const addrinfo* at = addresses.get(); at != nullptr; at = at->ai_next) {
    StatusOr<int> dialled = DialOne(*at, std::max<int64_t>(deadline - clock.MonotonicMs(), 0));
    if (dialled.ok()) return dialled;
    last = dialled.status();
  }
  return last;
}

}  // namespace daftar
