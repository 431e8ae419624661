#include "client/transport/linux_network_watch.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "storage/base/clock.h"

namespace daftar {
namespace {

constexpr size_t kMostInterfaces = 4096;

// What follows the header of a message, if all of it is there.
template <typename Body>
bool ReadBody(std::string_view payload, Body& body) {
  if (payload.size() < sizeof body) return false;
  std::memcpy(&body, payload.data(), sizeof body);
  return true;
}

bool LinkCameUp(const ifinfomsg& link, KnownInterfaces& known) {
  if ((link.ifi_flags & IFF_LOOPBACK) != 0) return false;
  const bool runs = (link.ifi_flags & IFF_UP) != 0 && (link.ifi_flags & IFF_RUNNING) != 0;
  if (known.size() >= kMostInterfaces) known.clear();
  // The kernel tells of an interface for many reasons; only the step counts. One that is not known counts once.
  const auto [at, is_new] = known.try_emplace(link.ifi_index, false);
  const bool came_up = runs && !at->second;
  at->second = runs;
  return came_up;
}

class LinuxNetworkWatch final : public NetworkWatch {
 public:
  LinuxNetworkWatch() : wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)), kernel_(Listen()) {}
  ~LinuxNetworkWatch() override {
    if (kernel_ >= 0) close(kernel_);
    if (wake_ >= 0) close(wake_);
  }

  Reason Wait(int64_t ms) override {
    const int64_t deadline = clock_.MonotonicMs() + ms;
    for (;;) {
      constexpr int64_t kMostMs = 3'600'000;
      const int64_t left = ms < 0 ? kMostMs : std::clamp<int64_t>(deadline - clock_.MonotonicMs(), 0, kMostMs);
      std::array<pollfd, 2> waits = {{{wake_, POLLIN, 0}, {kernel_, POLLIN, 0}}};
      poll(waits.data(), waits.size(), static_cast<int>(left));
      if (TakeWake()) return Reason::kWoken;
      if (TakeNews()) return Reason::kNetworkUp;
      if (ms >= 0 && clock_.MonotonicMs() >= deadline) return Reason::kTime;
    }
  }

  void Wake() override {
    const uint64_t one = 1;
    // It cannot fail but by being woken already.
    [[maybe_unused]] const ssize_t written = write(wake_, &one, sizeof one);
  }

 private:
  // -1 if the system refuses.
  static int Listen() {
    const int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);
    if (fd < 0) return -1;
    sockaddr_nl address{};
    address.nl_family = AF_NETLINK;
    address.nl_groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR;
    if (bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return fd;
    close(fd);
    return -1;
  }

  bool TakeWake() {
    uint64_t count = 0;
    return read(wake_, &count, sizeof count) == sizeof count;
  }

  // Reads all that the kernel has said.
  bool TakeNews() {
    bool up = false;
    alignas(nlmsghdr) std::array<char, 16 << 10> buffer;
    while (kernel_ >= 0) {
      sockaddr_nl sender{};
      socklen_t sender_size = sizeof sender;
      const ssize_t size =
          recvfrom(kernel_, buffer.data(), buffer.size(), 0, reinterpret_cast<sockaddr*>(&sender), &sender_size);
      if (size < 0 && errno == ENOBUFS) up = true;  // much happened at once, and some of it was lost
      if (size < 0 && (errno == ENOBUFS || errno == EINTR)) continue;
      if (size <= 0) break;
      // Other programs may send to the socket, too.
      if (sender.nl_pid == 0 && SaysNetworkUp({buffer.data(), static_cast<size_t>(size)}, known_)) up = true;
    }
    return up;
  }

  const SystemClock clock_;
  const int wake_, kernel_;
  KnownInterfaces known_;
};

}  // namespace

bool SaysNetworkUp(std::string_view messages, KnownInterfaces& known) {
  bool up = false;
  nlmsghdr header;
  while (ReadBody(messages, header) && header.nlmsg_len >= sizeof header && header.nlmsg_len <= messages.size()) {
    const std::string_view payload = messages.substr(sizeof header, header.nlmsg_len - sizeof header);
    ifinfomsg link;
    ifaddrmsg address;
    if (header.nlmsg_type == RTM_NEWLINK && ReadBody(payload, link) && LinkCameUp(link, known)) up = true;
    if (header.nlmsg_type == RTM_DELLINK && ReadBody(payload, link)) known.erase(link.ifi_index);
    if (header.nlmsg_type == RTM_NEWADDR && ReadBody(payload, address) && address.ifa_scope != RT_SCOPE_HOST) up = true;
    messages.remove_prefix(std::min<size_t>(messages.size(), NLMSG_ALIGN(header.nlmsg_len)));
  }
  return up;
}

std::unique_ptr<NetworkWatch> MakeNetworkWatch() { return std::make_unique<LinuxNetworkWatch>(); }

}  // namespace daftar
