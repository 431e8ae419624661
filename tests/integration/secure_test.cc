// Connections by TLS: both ends show a key, and who is not in the list stays outside.
#include <fstream>

#include "client/sync/bundles.h"
#include "storage/access/devices.h"
#include "tests/integration/session_fixture.h"

namespace daftar {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class SecureTest : public SessionTest {
 protected:
  RpcServer::Options ServerOptions() override {
    return {.listen = {.address = address()}, .key = &dataset().key(), .devices_file = devices_};
  }
  std::unique_ptr<Connector> ConnectorOf(Workstation& station) override {
    return ConnectorTo(dataset().key().public_key(), station);
  }
  std::unique_ptr<Connector> ConnectorTo(const PublicKey& key, Workstation& station) {
    return MakeGrpcConnector(address() + "/" + key.ToString(), *WorkstationKey(station.folder(), random_));
  }
  void Allow(Workstation& station, Right right) {
    const PublicKey key = WorkstationKey(station.folder(), random_)->public_key();
    ASSERT_TRUE(AllowDevice(devices_, {key, right, ""}).ok());
  }
  // Until it holds: the server reads its list anew every two seconds.
  template <typename Condition>
  void WaitUntil(Condition condition) {
    const int64_t deadline = clock_.MonotonicMs() + 20'000;
    while (!condition()) {
      ASSERT_LT(clock_.MonotonicMs(), deadline) << "it did not come to that";
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  }
  std::unique_ptr<Workstation> Allowed(const std::string& name, Right right) {
    auto station = NewStation(name);
    Allow(*station, right);
    WaitUntil([&] { return Sync(*station).ok(); });
    return station;
  }

  const std::string devices_ = home_.File("devices.txt");
};

TEST_F(SecureTest, AStationOfTheListGetsEverythingAndPushes) {
  auto a = Allowed("a", Right::kEdit), b = Allowed("b", Right::kRead);
  WriteNotes(*a, "by TLS");
  ASSERT_TRUE(Sync(*a).ok());
  ASSERT_TRUE(Sync(*b).ok());
  EXPECT_EQ(ReadNotes(*b), "by TLS");
}

TEST_F(SecureTest, AStationThatIsNotOfTheListGetsNothingAndIsToldItsKey) {
  auto station = NewStation("a");
  const Status refused = Sync(*station).status();
  EXPECT_THAT(refused, HasCode(StatusCode::kPermissionDenied));
  EXPECT_THAT(std::string(refused.message()),
              HasSubstr(WorkstationKey(station->folder(), random_)->public_key().ToString()));
  EXPECT_EQ((*station->Read())->Head()->records(), 0u);
}

TEST_F(SecureTest, AServerWithAnotherKeyIsNotTalkedTo) {
  auto station = NewStation("a");
  Allow(*station, Right::kEdit);
  const PublicKey other = KeyPair::Generate(random_).public_key();
  const Status refused = ConnectorTo(other, *station)->Connect(5000).status();
  EXPECT_THAT(refused, HasCode(StatusCode::kPermissionDenied));
  EXPECT_THAT(std::string(refused.message()), HasSubstr(dataset().key().public_key().Fingerprint()));
}

TEST_F(SecureTest, PlaintextFindsNoServer) {
  auto station = NewStation("a");
  const Status refused = RunSync(*station, *MakeGrpcConnector(address()), {}).status();
  EXPECT_THAT(refused, HasCode(StatusCode::kUnavailable));
}

TEST_F(SecureTest, AnEditOfWhoMayOnlyReadComesBackAsADraftWithTheReason) {
  auto station = Allowed("a", Right::kRead);
  WriteNotes(*station, "not permitted");
  ASSERT_TRUE(Sync(*station).ok());
  EXPECT_THAT(*station->Outbox(), IsEmpty());
  const auto drafts = station->Drafts();
  ASSERT_EQ(drafts->size(), 1u);
  EXPECT_THAT((*drafts)[0].ShortDebugString(), HasSubstr("may read here and not edit"));
  EXPECT_EQ(dataset().log().Head()->cursor().revision(), 1u);
}

TEST_F(SecureTest, AnEditOfWhoMayOnlySuggestComesBackAsADraftThatSaysHow) {
  auto station = Allowed("a", Right::kSuggest);
  WriteNotes(*station, "not permitted");
  ASSERT_TRUE(Sync(*station).ok());
  const auto drafts = station->Drafts();
  ASSERT_EQ(drafts->size(), 1u);
  EXPECT_EQ((*drafts)[0].error(0).path(), "notes");
  EXPECT_THAT((*drafts)[0].error(0).message(), HasSubstr("daftarctl suggest"));
  EXPECT_EQ(dataset().log().Head()->cursor().revision(), 1u);
}

TEST_F(SecureTest, OnceItMayEditItsNextEditCounts) {
  auto station = Allowed("a", Right::kRead);
  WriteNotes(*station, "not permitted");
  ASSERT_TRUE(Sync(*station).ok());
  Allow(*station, Right::kEdit);
  const auto counted = [&] { return dataset().log().Head()->cursor().revision() > 1; };
  WaitUntil([&] {
    if (station->Outbox()->empty() && !counted()) WriteNotes(*station, "permitted");
    // The session in which the new right is noticed is turned out and keeps its edit for the next.
    const Status synced = Sync(*station).status();
    EXPECT_TRUE(synced.ok() || absl::IsUnavailable(synced)) << synced;
    return synced.ok() && counted();
  });
  EXPECT_EQ(ReadNotes(*station), "permitted");
  EXPECT_EQ(dataset().log().Head()->digest(), (*station->Read())->Head()->digest());
}

TEST_F(SecureTest, WhoIsRevokedIsTurnedOutOfTheSessionThatItHolds) {
  auto station = Allowed("a", Right::kRead);
  Follower follower(*station, ConnectorOf(*station), 99);
  follower.WaitUntilCaughtUp();
  ASSERT_TRUE(RevokeDevice(devices_, WorkstationKey(station->folder(), random_)->public_key()).ok());
  EXPECT_THAT(follower.Outcome().status(), HasCode(StatusCode::kPermissionDenied));
}

TEST_F(SecureTest, AServerWhoseListCannotBeReadDoesNotStart) {
  StopServer();
  std::ofstream(devices_) << "hello\n";
  auto opened = Dataset::Open(home_.File("server"), clock_);
  ASSERT_TRUE(opened.ok());
  const auto started = RpcServer::Start(
      **opened, {.listen = {.address = "127.0.0.1:0"}, .key = &(*opened)->key(), .devices_file = devices_});
  EXPECT_THAT(started.status(), HasCode(StatusCode::kInvalidArgument));
}

TEST_F(SecureTest, AConnectorConnectsAgainAndAgain) {
  auto station = Allowed("a", Right::kRead);
  const std::unique_ptr<Connector> connector = ConnectorOf(*station);
  for (int i = 0; i < 3; ++i) {
    const StatusOr<SyncReport> report = RunSync(*station, *connector, {});
    EXPECT_TRUE(report.ok()) << report.status();
  }
}

// A plaintext server where a secure one is expected.
TEST_F(SessionTest, APlaintextServerIsNotTakenForASecureOne) {
  auto station = NewStation("a");
  const std::string secure = address() + "/" + dataset().key().public_key().ToString();
  const Status refused = MakeGrpcConnector(secure, *WorkstationKey(station->folder(), random_))->Connect(5000).status();
  EXPECT_FALSE(refused.ok());
  EXPECT_THAT(std::string(refused.message()), HasSubstr("no secure connection to"));
}

}  // namespace
}  // namespace daftar
