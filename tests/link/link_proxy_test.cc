// What a link does is exactly what it was told: to the byte, in time to a few milliseconds.
#include "tests/link/link_proxy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <filesystem>
#include <thread>
#include <vector>

#include "storage/base/clock.h"
#include "storage/base/random.h"
#include "tests/link/test_socket.h"

namespace daftar {
namespace {

std::string RandomBytes(size_t size, uint64_t seed) {
  SeededRandom random(seed);
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random.Below(256));
  return bytes;
}

size_t OpenDescriptors() {
  size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) count += entry.exists() ? 1 : 0;
  return count;
}

// A link to a listener of this process, and the two ends of one connection through it.
class LinkProxyTest : public ::testing::Test {
 protected:
  void Start(const LinkFaults& faults = {}) {
    auto link = LinkProxy::Start("127.0.0.1:" + std::to_string(listener_.port()), faults);
    ASSERT_TRUE(link.ok()) << link.status();
    link_ = *std::move(link);
  }
  void Connect() {
    client_ = TestSocket::Connect(link_->port());
    ASSERT_TRUE(client_.open());
    server_ = listener_.Accept();
    ASSERT_TRUE(server_.open());
  }
  int64_t NowMs() const { return clock_.MonotonicMs(); }
  // In pieces of random sizes, then the end.
  static void SendInPieces(TestSocket& socket, const std::string& bytes, uint64_t seed) {
    SeededRandom random(seed);
    for (size_t at = 0; at < bytes.size();) {
      const size_t size = std::min<size_t>(bytes.size() - at, 1 + random.Below(random.Below(2) == 0 ? 20 : 20'000));
      if (!socket.Send(std::string_view(bytes).substr(at, size))) return;
      at += size;
    }
    socket.EndSending();
  }
  // Both ends send to their end and receive to the other's.
  void ExchangeEverything(size_t up_size, size_t down_size) {
    const std::string up = RandomBytes(up_size, 1), down = RandomBytes(down_size, 2);
    std::string up_came, down_came;
    std::thread threads[] = {std::thread([&] { SendInPieces(client_, up, 3); }),
                             std::thread([&] { SendInPieces(server_, down, 4); }),
                             std::thread([&] { up_came = server_.ReceiveAll(up_size + 1); }),
                             std::thread([&] { down_came = client_.ReceiveAll(down_size + 1); })};
    for (std::thread& thread : threads) thread.join();
    EXPECT_TRUE(up_came == up) << up_came.size() << " of " << up.size() << " bytes";
    EXPECT_TRUE(down_came == down) << down_came.size() << " of " << down.size() << " bytes";
    const LinkCounters counters = link_->counters();
    EXPECT_EQ(counters.up.taken, up_size);
    EXPECT_EQ(counters.up.delivered, up_size);
    EXPECT_EQ(counters.down.taken, down_size);
    EXPECT_EQ(counters.down.delivered, down_size);
  }

  const SystemClock clock_{};
  TestSocket listener_ = TestSocket::Listen();
  std::unique_ptr<LinkProxy> link_;
  TestSocket client_, server_;
};

TEST_F(LinkProxyTest, CarriesBothDirectionsUnchangedAndCountsEveryByte) {
  Start();
  Connect();
  ExchangeEverything(3'000'000, 2'000'000);
  EXPECT_EQ(link_->counters().connections, 1u);
}

TEST_F(LinkProxyTest, CarriesUnchangedWithDelay) {
  LinkFaults faults;
  faults.up.delay_ms = 30;
  faults.down.delay_ms = 7;
  Start(faults);
  Connect();
  ExchangeEverything(1'000'000, 2'000'000);
}

TEST_F(LinkProxyTest, CarriesUnchangedThroughANarrowLink) {
  LinkFaults faults = LinkFaults::Field();
  faults.up.rate_bits_per_s = faults.down.rate_bits_per_s = 2'000'000;
  Start(faults);
  Connect();
  ExchangeEverything(40'000, 100'000);
}

TEST_F(LinkProxyTest, CarriesUnchangedInWritesOfOneByte) {
  LinkFaults faults;
  faults.up.write_bytes = faults.down.write_bytes = 1;
  Start(faults);
  Connect();
  ExchangeEverything(20'000, 30'000);
  EXPECT_EQ(link_->counters().up.writes, 20'000u);
  EXPECT_EQ(link_->counters().down.writes, 30'000u);
}

TEST_F(LinkProxyTest, CarriesUnchangedInDrips) {
  LinkFaults faults;
  faults.down.write_bytes = 700;
  faults.down.pause_ms = 2;
  Start(faults);
  Connect();
  const int64_t begin = NowMs();
  ExchangeEverything(50'000, 70'000);
  EXPECT_GE(NowMs() - begin, 190);
}

TEST_F(LinkProxyTest, CarriesUnchangedAcrossAStall) {
  LinkFaults faults;
  faults.up.stall_after = 12'345;
  faults.up.stall_ms = 80;
  Start(faults);
  Connect();
  const int64_t begin = NowMs();
  ExchangeEverything(1'000'000, 1'000'000);
  EXPECT_GE(NowMs() - begin, 80);
}

TEST_F(LinkProxyTest, CarriesUnchangedWhileFaultsChange) {
  Start();
  Connect();
  std::atomic<bool> over = false;
  std::thread changing([&] {
    SeededRandom random(9);
    while (!over) {
      LinkFaults faults;
      faults.up.delay_ms = static_cast<int64_t>(random.Below(3));
      faults.down.rate_bits_per_s = random.Below(2) == 0 ? 0 : 400'000'000;
      faults.down.write_bytes = random.Below(5000);
      faults.refuse = random.Below(2) == 0;
      link_->SetFaults(faults);
    }
  });
  ExchangeEverything(2'000'000, 2'000'000);
  over = true;
  changing.join();
}

TEST_F(LinkProxyTest, ResetsBehindExactlySoManyBytesOfEitherDirection) {
  for (const bool up : {true, false}) {
    for (const int64_t size : {0, 1, 1000, 65'537, 1'000'000}) {
      LinkFaults faults;
      (up ? faults.up : faults.down).cut_after = size;
      Start(faults);
      Connect();
      TestSocket& sender = up ? client_ : server_;
      TestSocket& receiver = up ? server_ : client_;
      const std::string bytes = RandomBytes(1'200'000, 5);
      std::thread sending([&] { sender.Send(bytes); });
      const std::string came = receiver.ReceiveAll(bytes.size());
      EXPECT_EQ(receiver.error(), ECONNRESET);
      EXPECT_TRUE(came == bytes.substr(0, static_cast<size_t>(size))) << came.size() << " instead of " << size;
      sending.join();
      EXPECT_EQ(link_->counters().cuts, 1u);
      EXPECT_EQ((up ? link_->counters().up : link_->counters().down).delivered, static_cast<uint64_t>(size));
    }
  }
}

TEST_F(LinkProxyTest, AHalfCloseEndsOneDirectionAtItsByteAndTheOtherGoesOn) {
  LinkFaults faults;
  faults.down.cut_after = 1000;
  faults.down.cut = CutKind::kHalfClose;
  Start(faults);
  Connect();
  ASSERT_TRUE(server_.Send(RandomBytes(5000, 6)));
  EXPECT_EQ(client_.ReceiveAll(5000).size(), 1000u);
  EXPECT_EQ(client_.error(), 0);
  ASSERT_TRUE(client_.Send("still here"));
  EXPECT_EQ(server_.ReceiveAll(10), "still here");
  client_.EndSending();
  EXPECT_EQ(server_.Receive(), "");
  EXPECT_EQ(server_.error(), 0);
}

TEST_F(LinkProxyTest, ACutThatIsOverdueHappensAtOnce) {
  Start();
  Connect();
  ASSERT_TRUE(client_.Send("hello"));
  EXPECT_EQ(server_.ReceiveAll(5), "hello");
  LinkFaults faults;
  faults.up.cut_after = 3;
  link_->SetFaults(faults);
  EXPECT_EQ(server_.Receive(), "");
  EXPECT_EQ(server_.error(), ECONNRESET);
  EXPECT_EQ(link_->counters().open, 0u);
}

TEST_F(LinkProxyTest, CutResetsWhatIsOpenAndLaterConnectionsAreCarried) {
  Start();
  Connect();
  link_->Cut();
  EXPECT_EQ(client_.Receive(), "");
  EXPECT_EQ(client_.error(), ECONNRESET);
  EXPECT_EQ(link_->counters().cuts, 1u);
  Connect();
  ExchangeEverything(1000, 1000);
}

TEST_F(LinkProxyTest, AStallWithoutEndLetsExactlySoMuchThroughUntilItIsTakenAway) {
  LinkFaults faults;
  faults.down.stall_after = 2000;
  Start(faults);
  Connect();
  const std::string bytes = RandomBytes(9000, 7);
  ASSERT_TRUE(server_.Send(bytes));
  EXPECT_EQ(client_.ReceiveAll(2000), bytes.substr(0, 2000));
  // The way up is open: an answer to a question asked later proves that nothing more came meanwhile.
  ASSERT_TRUE(client_.Send("?"));
  EXPECT_EQ(server_.ReceiveAll(1), "?");
  EXPECT_FALSE(client_.Waiting());
  EXPECT_EQ(link_->counters().down.delivered, 2000u);
  link_->SetFaults({});
  EXPECT_EQ(client_.ReceiveAll(7000), bytes.substr(2000));
}

TEST_F(LinkProxyTest, HoldsARateWithinFifteenPerCentInBothDirectionsAtOnce) {
  LinkFaults faults;
  faults.up.rate_bits_per_s = 800'000;
  faults.down.rate_bits_per_s = 4'000'000;
  Start(faults);
  Connect();
  const int64_t begin = NowMs();
  int64_t up_ms = 0, down_ms = 0;
  std::thread threads[] = {std::thread([&] { client_.Send(RandomBytes(100'000, 1)); }),
                           std::thread([&] { server_.Send(RandomBytes(500'000, 2)); }),
                           std::thread([&] { server_.ReceiveAll(100'000), up_ms = NowMs() - begin; }),
                           std::thread([&] { client_.ReceiveAll(500'000), down_ms = NowMs() - begin; })};
  for (std::thread& thread : threads) thread.join();
  EXPECT_NEAR(static_cast<double>(up_ms), 1000, 150);
  EXPECT_NEAR(static_cast<double>(down_ms), 1000, 150);
}

TEST_F(LinkProxyTest, ConnectionsShareTheRate) {
  LinkFaults faults;
  faults.down.rate_bits_per_s = 2'000'000;
  Start(faults);
  Connect();
  TestSocket first_client = std::move(client_), first_server = std::move(server_);
  Connect();
  const int64_t begin = NowMs();
  std::thread threads[] = {std::thread([&] { first_server.Send(RandomBytes(125'000, 1)); }),
                           std::thread([&] { server_.Send(RandomBytes(125'000, 2)); }),
                           std::thread([&] { first_client.ReceiveAll(125'000); }),
                           std::thread([&] { client_.ReceiveAll(125'000); })};
  for (std::thread& thread : threads) thread.join();
  EXPECT_NEAR(static_cast<double>(NowMs() - begin), 1000, 150);
}

TEST_F(LinkProxyTest, AQuestionAndItsAnswerTakeTheDelayOfBothWays) {
  LinkFaults faults;
  faults.up.delay_ms = 60;
  faults.down.delay_ms = 90;
  Start(faults);
  Connect();
  const int64_t begin = NowMs();
  ASSERT_TRUE(client_.Send("?"));
  ASSERT_EQ(server_.ReceiveAll(1), "?");
  EXPECT_NEAR(static_cast<double>(NowMs() - begin), 75, 25);
  ASSERT_TRUE(server_.Send("!"));
  ASSERT_EQ(client_.ReceiveAll(1), "!");
  EXPECT_NEAR(static_cast<double>(NowMs() - begin), 175, 35);
}

TEST_F(LinkProxyTest, TheFirstByteOfAConnectionWaitsForItsRoundTrips) {
  LinkFaults faults;
  faults.up.delay_ms = faults.down.delay_ms = 50;
  faults.round_trips = 1;
  Start(faults);
  const int64_t begin = NowMs();
  client_ = TestSocket::Connect(link_->port());
  ASSERT_TRUE(client_.Send("?"));
  server_ = listener_.Accept();
  ASSERT_EQ(server_.ReceiveAll(1), "?");
  EXPECT_NEAR(static_cast<double>(NowMs() - begin), 165, 30);
}

TEST_F(LinkProxyTest, RefusesAndThenListensOnTheSamePort) {
  LinkFaults refusing;
  refusing.refuse = true;
  Start(refusing);
  TestSocket refused = TestSocket::Connect(link_->port());
  EXPECT_FALSE(refused.open());
  EXPECT_EQ(refused.error(), ECONNREFUSED);
  link_->SetFaults({});
  Connect();
  link_->SetFaults(refusing);
  EXPECT_FALSE(TestSocket::Connect(link_->port()).open());
  ExchangeEverything(1000, 1000);
}

TEST_F(LinkProxyTest, AReceiverThatDoesNotReadHoldsTheSenderBack) {
  Start();
  Connect();
  client_.Fill();
  const LinkCounters counters = link_->counters();
  EXPECT_LE(counters.up.taken - counters.up.delivered, 400u << 10);
  EXPECT_GT(counters.up.taken, 0u);
}

TEST_F(LinkProxyTest, AResetOfOneEndReachesTheOtherBehindItsBytes) {
  LinkFaults faults;
  faults.up.delay_ms = 20;
  Start(faults);
  Connect();
  ASSERT_TRUE(client_.Send("last words"));
  client_.CloseWithReset();
  EXPECT_EQ(server_.ReceiveAll(10), "last words");
  EXPECT_EQ(server_.Receive(), "");
  EXPECT_EQ(server_.error(), ECONNRESET);
}

TEST_F(LinkProxyTest, WhoConnectsWhileTheTargetIsDownIsReset) {
  Start();
  listener_.Close();
  client_ = TestSocket::Connect(link_->port());
  EXPECT_EQ(client_.Receive(), "");
  EXPECT_EQ(client_.error(), ECONNRESET);
}

TEST_F(LinkProxyTest, NoDescriptorIsLeft) {
  const size_t before = OpenDescriptors();
  Start();
  for (int i = 0; i < 50; ++i) {
    Connect();
    ASSERT_TRUE(client_.Send("x"));
    server_.ReceiveAll(1);
    if (i % 3 == 0) client_.CloseWithReset();
    if (i % 3 == 1) link_->Cut();
    client_.Close();
    server_.ReceiveAll(1);
    server_.Close();
  }
  while (link_->counters().open > 0) std::this_thread::yield();
  link_->SetFaults({});  // behind the last close, which comes after the count
  EXPECT_EQ(OpenDescriptors(), before + 4) << "more than listener, reserve, epoll and bell";
  link_.reset();
  EXPECT_EQ(OpenDescriptors(), before);
}

TEST(LinkProxyStart, SaysWhatIsWrongWithATarget) {
  EXPECT_EQ(LinkProxy::Start("nowhere").status().code(), StatusCode::kInvalidArgument);
  EXPECT_EQ(LinkProxy::Start("127.0.0.1:many").status().code(), StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace daftar
