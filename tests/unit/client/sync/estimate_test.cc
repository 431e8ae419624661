#include "client/sync/estimate.h"

#include <gmock/gmock.h>

#include "client/sync/traffic.h"
#include "tests/unit/client/sync/session_link.h"
#include "tests/unit/client/sync/sync_fixture.h"

namespace daftar {
namespace {

// Says what the test has put there, and nothing more.
class ScriptedConnector final : public Connector {
 public:
  class ScriptedLink final : public Link {
   public:
    explicit ScriptedLink(ScriptedConnector& owner) : owner_(owner) {}
    Status Send(const v1::ClientFrame& frame) override {
      owner_.sent.push_back(frame);
      return OkStatus();
    }
    StatusOr<Event> Receive(int) override {
      if (owner_.answers.empty()) return Event{Event::kTimeout, {}};
      Event event{Event::kFrame, owner_.answers.front()};
      owner_.answers.erase(owner_.answers.begin());
      return event;
    }
    void Wake() override {}
    void Close() override {}

   private:
    ScriptedConnector& owner_;
  };

  StatusOr<std::unique_ptr<Link>> Connect(int) override { return std::make_unique<ScriptedLink>(*this); }
  v1::ServerFrame& Answer() { return answers.emplace_back(); }

  std::vector<v1::ServerFrame> answers;
  std::vector<v1::ClientFrame> sent;
};

class EstimateTest : public SyncFixture {
 protected:
  StatusOr<v1::Estimate> Ask(Connector& of) { return AskEstimate(*station, of, {}); }

  ScriptedConnector scripted;
  SessionConnector connector{*dataset, clock};
};

TEST_F(EstimateTest, AsksAsASessionWouldAndForTheEstimateAlone) {
  Sync(*station);
  scripted.Answer().mutable_welcome();
  scripted.Answer().mutable_estimate()->set_records(1240);
  const StatusOr<v1::Estimate> estimate = Ask(scripted);
  ASSERT_TRUE(estimate.ok()) << estimate.status();
  EXPECT_EQ(estimate->records(), 1240u);
  ASSERT_EQ(scripted.sent.size(), 1u);
  v1::Hello asked = scripted.sent[0].hello();
  EXPECT_TRUE(asked.only_estimate());
  asked.clear_only_estimate();
  Engine engine(*station, {});
  EXPECT_EQ(asked.SerializeAsString(), (*engine.Start()).at(0).hello().SerializeAsString());
}

TEST_F(EstimateTest, AServerThatSendsChangesInsteadIsTooOld) {
  scripted.Answer().mutable_welcome();
  scripted.Answer().mutable_delta()->set_body("changes");
  EXPECT_EQ(Ask(scripted).status().code(), StatusCode::kUnimplemented);
}

TEST_F(EstimateTest, AServerThatKnowsNothingOfTheReplicaCannotTell) {
  scripted.Answer().mutable_welcome()->set_action(v1::Welcome::Action::HISTORY_DIFFERS);
  EXPECT_EQ(Ask(scripted).status().code(), StatusCode::kFailedPrecondition);
}

TEST_F(EstimateTest, NoAnswerIsNoEstimate) {
  scripted.Answer().mutable_welcome();
  EXPECT_EQ(Ask(scripted).status().code(), StatusCode::kUnavailable);
}

TEST_F(EstimateTest, TheQuestionCountsAsTraffic) {
  scripted.Answer().mutable_welcome();
  scripted.Answer().mutable_estimate()->set_records(1);
  ASSERT_TRUE(Ask(scripted).ok());
  EXPECT_GT(BytesOfDay(station->SyncState()->traffic(), clock.NowMs()), 0u);
}

TEST_F(EstimateTest, ASyncThenTakesWhatWasEstimatedAndTheQuestionHasChangedNothing) {
  const StatusOr<v1::Estimate> estimate = Ask(connector);
  ASSERT_TRUE(estimate.ok()) << estimate.status();
  EXPECT_TRUE((*station->Read())->Head()->cursor().chain().empty());
  connector.knobs.received.clear();
  const StatusOr<SyncReport> report = RunSync(*station, connector, {});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(estimate->records(), report->records);
  EXPECT_NEAR(static_cast<double>(estimate->bytes()),
              static_cast<double>(connector.knobs.received.at(1).ByteSizeLong()), 100);
}

}  // namespace
}  // namespace daftar
