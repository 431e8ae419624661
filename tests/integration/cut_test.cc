// A link that breaks at any byte: a proxy on loopback lets so many bytes of the server's answer through and then cuts.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "storage/access/devices.h"
#include "storage/base/key_file.h"
#include "storage/base/random.h"
#include "tests/integration/session_fixture.h"

namespace daftar {
namespace {

// Carries one connection after the other to the server. Cuts each when its allowance of bytes from the server is spent.
class CuttingProxy {
 public:
  explicit CuttingProxy(const std::string& server) : server_port_(std::stoi(server.substr(server.rfind(':') + 1))) {
    listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = Loopback(0);
    EXPECT_EQ(::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(::listen(listener_, 8), 0);
    socklen_t size = sizeof address;
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { Run(); });
  }
  ~CuttingProxy() {
    stopping_ = true;
    thread_.join();
    ::close(listener_);
  }
  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
  // Bytes that each later connection may bring from the server; negative: no end.
  void Allow(int64_t bytes) { allowance_ = bytes; }
  uint64_t cuts() const { return cuts_; }

 private:
  static sockaddr_in Loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
  }
  void Run() {
    while (!stopping_) {
      pollfd waiting{listener_, POLLIN, 0};
      if (::poll(&waiting, 1, 20) <= 0) continue;
      int client = ::accept(listener_, nullptr, nullptr);
      int server = ::socket(AF_INET, SOCK_STREAM, 0);
      sockaddr_in address = Loopback(server_port_);
      if (::connect(server, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) Carry(client, server);
      ::close(client);
      ::close(server);
    }
  }
  // Until one side ends or the allowance is spent.
  void Carry(int client, int server) {
    int64_t left = allowance_;
    while (!stopping_) {
      pollfd both[2] = {{client, POLLIN, 0}, {server, POLLIN, 0}};
      if (::poll(both, 2, 20) <= 0) continue;
      char buffer[4096];
      if (both[0].revents != 0) {
        ssize_t n = ::read(client, buffer, sizeof buffer);
        if (n <= 0 || ::write(server, buffer, static_cast<size_t>(n)) != n) return;
      }
      if (both[1].revents != 0) {
        ssize_t n = ::read(server, buffer, sizeof buffer);
        if (n <= 0) return;
        ssize_t passed = left < 0 ? n : std::min<int64_t>(n, left);
        if (::write(client, buffer, static_cast<size_t>(passed)) != passed) return;
        if (left >= 0 && (left -= passed) == 0) {
          ++cuts_;
          return;
        }
      }
    }
  }

  const int server_port_;
  int listener_ = -1, port_ = 0;
  std::atomic<int64_t> allowance_ = -1;
  std::atomic<uint64_t> cuts_ = 0;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

class CutTest : public SessionTest {
 protected:
  // One session through the proxy, in small frames.
  StatusOr<SyncReport> SyncThrough(CuttingProxy& proxy, Workstation& station) {
    RunOptions options;
    options.engine.frame_bytes = 4096;
    options.connect_timeout_ms = 2000;
    return RunSync(station, *Through(proxy, station), options);
  }
  virtual std::unique_ptr<Connector> Through(CuttingProxy& proxy, Workstation&) {
    return MakeGrpcConnector(proxy.address());
  }
  // Cuts sessions of a new station after some bytes each, until it has everything.
  void FetchOverALinkThatIsCutAnywhere();
};

// The same by TLS.
class SecureCutTest : public CutTest {
 protected:
  RpcServer::Options ServerOptions() override {
    const KeyPair own = *LoadOrCreateKeyFile(key_, random_);
    EXPECT_TRUE(AllowDevice(devices_, {own.public_key(), Right::kEdit, ""}).ok());
    return {.listen = {.address = address()}, .key = &dataset().key(), .devices_file = devices_};
  }
  std::unique_ptr<Connector> Through(CuttingProxy& proxy, Workstation&) override {
    return MakeGrpcConnector(proxy.address() + "/" + dataset().key().public_key().ToString(), *LoadKeyFile(key_));
  }

  const std::string key_ = home_.File("own.key");
  const std::string devices_ = home_.File("devices.txt");
};

TEST_F(CutTest, ALinkCutAtAnyByteGoesOnFromTheLastDurableFrameAndArrives) { FetchOverALinkThatIsCutAnywhere(); }

TEST_F(SecureCutTest, ALinkByTlsCutAtAnyByteGoesOnFromTheLastDurableFrameAndArrives) {
  FetchOverALinkThatIsCutAnywhere();
}

void CutTest::FetchOverALinkThatIsCutAnywhere() {
  CuttingProxy proxy(address());
  auto station = NewStation("a");
  SeededRandom random(5);
  int sessions = 0;
  Revision staged = 0;
  uint32_t staged_rid = 0;
  bool settled = false;
  while (!settled && sessions < 200) {
    ++sessions;
    proxy.Allow(static_cast<int64_t>(200 + random.Below(9000)));
    settled = SyncThrough(proxy, *station).ok();
    auto position = station->view().Staged();
    ASSERT_TRUE(position.ok());
    if (settled || !*position) continue;
    EXPECT_GE((*position)->rid(), staged_rid) << "what was durable was received again";
    staged = (*position)->revision();
    staged_rid = (*position)->rid();
    EXPECT_EQ((*(*station->Read())->CountByKind()).at(v1::RecordKind::INCIDENT), 0u) << "visible before the checkpoint";
  }
  EXPECT_TRUE(settled);
  EXPECT_GT(proxy.cuts(), 3u);
  EXPECT_EQ(staged, 1u);
  EXPECT_EQ((*station->Read())->Head()->digest(), dataset().log().Head()->digest());
}

TEST_F(CutTest, PushesThroughALinkThatBreaksEverywhereArriveOnce) {
  CuttingProxy proxy(address());
  auto station = NewStation("a");
  ASSERT_TRUE(Sync(*station).ok());
  uint64_t before = dataset().log().Head()->cursor().revision();
  SeededRandom random(6);
  for (int i = 0; i < 12; ++i) {
    WriteNotes(*station, "note " + std::to_string(i));
    proxy.Allow(static_cast<int64_t>(60 + random.Below(600)));
    auto ignored = SyncThrough(proxy, *station);  // most of these fail; what counts is what is true in the end
    EXPECT_TRUE(ignored.ok() || ignored.status().code() == StatusCode::kUnavailable) << ignored.status();
  }
  proxy.Allow(-1);
  ASSERT_TRUE(SyncThrough(proxy, *station).ok());
  EXPECT_EQ(dataset().log().Head()->cursor().revision(), before + 12);
  EXPECT_EQ(ReadNotes(*station), "note 11");
  EXPECT_TRUE(station->Outbox()->empty());
}

}  // namespace
}  // namespace daftar
