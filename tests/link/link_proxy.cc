#include "tests/link/link_proxy.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <map>
#include <optional>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include "storage/base/clock.h"
#include "storage/base/files.h"
#include "storage/base/mutex.h"
#include "tests/link/connection.h"

namespace daftar {
namespace {

constexpr int kSocket = SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC;
// What epoll calls the listener and the bell; a connection has its number, times two, plus one for the target's end.
constexpr uint64_t kListener = 0, kBell = 1;
constexpr uint32_t kEdges = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;

struct Address {
  sockaddr_storage bytes{};
  socklen_t size = 0;
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&bytes); }
};

StatusOr<Address> ParseAddress(const std::string& text) {
  const size_t colon = text.rfind(':');
  if (colon == std::string::npos) return InvalidArgument("the target " + text + " is not HOST:PORT");
  std::string host = text.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  addrinfo hints{}, *found = nullptr;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICSERV;
  if (const int error = ::getaddrinfo(host.c_str(), text.substr(colon + 1).c_str(), &hints, &found); error != 0) {
    return InvalidArgument("the target " + text + " is no address: " + ::gai_strerror(error));
  }
  Address address;
  address.size = found->ai_addrlen;
  std::copy_n(reinterpret_cast<const char*>(found->ai_addr), found->ai_addrlen,
              reinterpret_cast<char*>(&address.bytes));
  ::freeaddrinfo(found);
  return address;
}

class Proxy final : public LinkProxy {
 public:
  Proxy(Address target, const LinkFaults& faults) : target_(target), wanted_(faults) { state_.faults = faults; }
  ~Proxy() override;

  Status Listen(int port);
  void SetFaults(const LinkFaults& faults) override;
  void Cut() override;
  LinkCounters counters() const override;
  int port() const override { return port_; }

 private:
  // A connection, and when it is to be pumped though no event comes.
  struct Open {
    std::unique_ptr<Connection> connection;
    std::optional<int64_t> wake_ms;
  };

  Status StartListening();
  void Run();
  // Does what the other threads want. False: the end is wanted.
  bool TakeOrders();
  void Accept();
  void Pump(uint64_t id);
  int Dial(uint64_t id);
  void Watch(int fd, uint64_t name, uint32_t events);
  void Ring();

  const Address target_;
  const SystemClock clock_{};
  int port_ = 0;
  int epoll_ = -1, bell_ = -1;
  // Bound and never listening: keeps the port while nobody listens.
  int reserved_ = -1;

  // Of the thread:
  int listener_ = -1;
  mutable LinkState state_;
  std::map<uint64_t, Open> connections_;
  std::set<std::pair<int64_t, uint64_t>> wakes_;  // when, whom
  uint64_t next_id_ = 1;

  Mutex mutex_;
  CondVar done_;
  LinkFaults wanted_ DAFTAR_GUARDED_BY(mutex_);
  uint64_t ordered_ DAFTAR_GUARDED_BY(mutex_) = 0;  // orders given, and carried out
  uint64_t obeyed_ DAFTAR_GUARDED_BY(mutex_) = 0;
  bool cut_ DAFTAR_GUARDED_BY(mutex_) = false;
  bool stop_ DAFTAR_GUARDED_BY(mutex_) = false;

  std::thread thread_;
};

Proxy::~Proxy() {
  if (thread_.joinable()) {
    {
      MutexLock lock(mutex_);
      stop_ = true;
    }
    Ring();
    thread_.join();
  }
  connections_.clear();
  for (int fd : {listener_, reserved_, bell_, epoll_}) {
    if (fd >= 0) ::close(fd);
  }
}

Status Proxy::Listen(int port) {
  epoll_ = ::epoll_create1(EPOLL_CLOEXEC);
  bell_ = ::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  reserved_ = ::socket(AF_INET, kSocket, 0);
  if (epoll_ < 0 || bell_ < 0 || reserved_ < 0) return ErrnoStatus(errno, "opening a socket");
  const int on = 1;
  ::setsockopt(reserved_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in here{};
  here.sin_family = AF_INET;
  here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  here.sin_port = htons(static_cast<uint16_t>(port));
  if (::bind(reserved_, reinterpret_cast<sockaddr*>(&here), sizeof here) != 0) {
    return Unavailable("cannot listen on port " + std::to_string(port) + ": another program has it");
  }
  socklen_t size = sizeof here;
  ::getsockname(reserved_, reinterpret_cast<sockaddr*>(&here), &size);
  port_ = ntohs(here.sin_port);
  Watch(bell_, kBell, EPOLLIN);
  if (!state_.faults.refuse) DAFTAR_RETURN_IF_ERROR(StartListening());
  thread_ = std::thread([this] { Run(); });
  return OkStatus();
}

Status Proxy::StartListening() {
  const int listener = ::socket(AF_INET, kSocket, 0);
  if (listener < 0) return ErrnoStatus(errno, "opening a socket");
  const int on = 1;
  ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  TuneNarrow(listener, state_.faults.up);
  sockaddr_in here{};
  here.sin_family = AF_INET;
  here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  here.sin_port = htons(static_cast<uint16_t>(port_));
  if (::bind(listener, reinterpret_cast<sockaddr*>(&here), sizeof here) != 0 || ::listen(listener, SOMAXCONN) != 0) {
    const Status status = ErrnoStatus(errno, "listening");
    ::close(listener);
    return status;
  }
  listener_ = listener;
  Watch(listener_, kListener, EPOLLIN);
  return OkStatus();
}

void Proxy::Watch(int fd, uint64_t name, uint32_t events) {
  epoll_event event{};
  event.events = events;
  event.data.u64 = name;
  ::epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event);
}

void Proxy::Ring() {
  const uint64_t one = 1;
  DAFTAR_CHECK(::write(bell_, &one, sizeof one) == sizeof one);
}

void Proxy::SetFaults(const LinkFaults& faults) {
  MutexLock lock(mutex_);
  wanted_ = faults;
  const uint64_t order = ++ordered_;
  Ring();
  while (obeyed_ < order) done_.Wait(mutex_);
}

void Proxy::Cut() {
  MutexLock lock(mutex_);
  cut_ = true;
  const uint64_t order = ++ordered_;
  Ring();
  while (obeyed_ < order) done_.Wait(mutex_);
}

LinkCounters Proxy::counters() const {
  MutexLock lock(state_.mutex);
  return state_.counters;
}

bool Proxy::TakeOrders() {
  uint64_t rings = 0;
  if (::read(bell_, &rings, sizeof rings) <= 0) return true;
  MutexLock lock(mutex_);
  if (stop_) return false;
  if (listener_ >= 0) Accept();  // who has come before the order
  // Another listener, since this one's sockets would have the wrong sizes.
  const bool other_width = (wanted_.up.rate_bits_per_s > 0) != (state_.faults.up.rate_bits_per_s > 0);
  state_.faults = wanted_;
  ++state_.generation;
  if ((state_.faults.refuse || other_width) && listener_ >= 0) ::close(std::exchange(listener_, -1));
  if (!state_.faults.refuse && listener_ < 0) DAFTAR_CHECK(StartListening().ok());  // the port is ours
  if (std::exchange(cut_, false)) {
    {
      MutexLock counting(state_.mutex);
      state_.counters.cuts += connections_.size();
    }
    connections_.clear();
    wakes_.clear();
  }
  for (auto next = connections_.begin(); next != connections_.end();) Pump((next++)->first);
  obeyed_ = ordered_;
  done_.NotifyAll();
  return true;
}

void Proxy::Run() {
  std::array<epoll_event, 64> events;
  while (TakeOrders()) {
    int timeout = -1;
    if (!wakes_.empty()) {
      timeout = static_cast<int>(std::clamp<int64_t>(wakes_.begin()->first - clock_.MonotonicMs(), 0, 60'000));
    }
    const int count = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), timeout);
    for (int i = 0; i < count; ++i) {
      const uint64_t name = events[static_cast<size_t>(i)].data.u64;
      if (name == kListener) {
        Accept();
      } else if (const auto found = connections_.find(name / 2); found != connections_.end()) {
        found->second.connection->OnEvents(name % 2 == 1, events[static_cast<size_t>(i)].events);
        Pump(name / 2);
      }
    }
    std::vector<uint64_t> due;  // who wants more turns at once gets them after the next look at events
    const int64_t now_ms = clock_.MonotonicMs();
    for (const auto& [when, id] : wakes_) {
      if (when > now_ms) break;
      due.push_back(id);
    }
    for (uint64_t id : due) Pump(id);
  }
}

void Proxy::Accept() {
  while (true) {
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (client < 0) return;
    const uint64_t id = next_id_++;
    Open open;
    open.connection = std::make_unique<Connection>(
        state_, client, [this, id] { return Dial(id); }, clock_.MonotonicMs());
    connections_.emplace(id, std::move(open));
    Watch(client, id * 2, kEdges);
    Pump(id);
  }
}

int Proxy::Dial(uint64_t id) {
  const int server = ::socket(target_.bytes.ss_family, kSocket, 0);
  if (server < 0) return -1;
  TuneNarrow(server, state_.faults.down);
  if (::connect(server, target_.get(), target_.size) != 0 && errno != EINPROGRESS) {
    ::close(server);
    return -1;
  }
  Watch(server, id * 2 + 1, kEdges);
  return server;
}

void Proxy::Pump(uint64_t id) {
  const auto found = connections_.find(id);
  if (found == connections_.end()) return;
  Open& open = found->second;
  if (open.wake_ms) wakes_.erase({*open.wake_ms, id});
  if (!open.connection->Pump(clock_.MonotonicMs())) {
    connections_.erase(found);
    return;
  }
  open.wake_ms = open.connection->wake_ms();
  if (open.wake_ms) wakes_.insert({*open.wake_ms, id});
}

}  // namespace

StatusOr<std::unique_ptr<LinkProxy>> LinkProxy::Start(const std::string& target, const LinkFaults& faults, int port) {
  DAFTAR_ASSIGN_OR_RETURN(const Address address, ParseAddress(target));
  auto proxy = std::make_unique<Proxy>(address, faults);
  DAFTAR_RETURN_IF_ERROR(proxy->Listen(port));
  return std::unique_ptr<LinkProxy>(std::move(proxy));
}

}  // namespace daftar
