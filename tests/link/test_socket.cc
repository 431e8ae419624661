#include "tests/link/test_socket.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "storage/base/status.h"

namespace daftar {
namespace {

sockaddr_in Loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

}  // namespace

TestSocket::TestSocket(int fd) : fd_(fd) {
  const timeval limit{.tv_sec = 20, .tv_usec = 0};
  const int on = 1;
  ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

TestSocket& TestSocket::operator=(TestSocket&& other) noexcept {
  std::swap(fd_, other.fd_);
  std::swap(error_, other.error_);
  return *this;
}

TestSocket TestSocket::Listen() {
  TestSocket socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address = Loopback(0);
  DAFTAR_CHECK(::bind(socket.fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  DAFTAR_CHECK(::listen(socket.fd_, 16) == 0);
  return socket;
}

TestSocket TestSocket::Connect(int port) {
  TestSocket socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address = Loopback(port);
  if (::connect(socket.fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    socket.error_ = errno;
    socket.Close();
  }
  return socket;
}

TestSocket TestSocket::Accept() { return TestSocket(::accept4(fd_, nullptr, nullptr, SOCK_CLOEXEC)); }

int TestSocket::port() const {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  ::getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

bool TestSocket::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(n));
  }
  return true;
}

std::string TestSocket::Receive(size_t most) {
  std::string bytes(most, '\0');
  const ssize_t n = ::recv(fd_, bytes.data(), bytes.size(), 0);
  error_ = n < 0 ? errno : 0;
  bytes.resize(static_cast<size_t>(std::max<ssize_t>(n, 0)));
  return bytes;
}

std::string TestSocket::ReceiveAll(size_t size) {
  std::string all;
  while (all.size() < size) {
    const std::string bytes = Receive(std::min<size_t>(size - all.size(), 64 << 10));
    if (bytes.empty()) break;
    all += bytes;
  }
  return all;
}

bool TestSocket::Waiting() const {
  pollfd waiting{fd_, POLLIN, 0};
  return ::poll(&waiting, 1, 0) > 0;
}

void TestSocket::EndSending() { ::shutdown(fd_, SHUT_WR); }

void TestSocket::Close() {
  if (fd_ >= 0) ::close(std::exchange(fd_, -1));
}

void TestSocket::CloseWithReset() {
  const linger at_once{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  Close();
}

size_t TestSocket::Fill() {
  const std::string bytes(64 << 10, 'x');
  size_t taken = 0;
  pollfd room{fd_, POLLOUT, 0};
  while (::poll(&room, 1, 300) > 0 && (room.revents & POLLOUT) != 0) {
    const ssize_t n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n <= 0) break;
    taken += static_cast<size_t>(n);
  }
  return taken;
}

}  // namespace daftar
