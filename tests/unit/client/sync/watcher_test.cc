#include "client/sync/watcher.h"

#include <gmock/gmock.h>

#include "client/sync/backoff.h"
#include "client/sync/user_store.h"
#include "tests/unit/client/sync/fake_network.h"
#include "tests/unit/client/sync/session_link.h"
#include "tests/unit/client/sync/sync_fixture.h"

namespace daftar {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Le;

class WatcherTest : public SyncFixture {
 protected:
  // Watches until so many attempts have ended. A session that has caught up breaks.
  void Watch(int attempts) {
    connector.knobs.break_when_idle = true;
    Watcher::Hooks hooks;
    hooks.on_begin = [this](bool asked) { begun.push_back(asked); };
    hooks.on_progress = [](const SyncReport&) { return true; };
    hooks.on_end = [this, attempts](const StatusOr<SyncReport>& report) {
      ended.push_back(report.status());
      return static_cast<int>(ended.size()) < attempts;
    };
    RunOptions options;
    options.session_budget = budget;
    Watcher watcher(*station, connector, network, options, false, hooks);
    network.on_wait = [this, &watcher] {
      if (nudge_at_wait == static_cast<int>(network.waits.size())) watcher.Nudge();
      if (stop_at_wait == static_cast<int>(network.waits.size())) watcher.Stop();
    };
    ASSERT_TRUE(watcher.Run().ok());
  }
  void SetPaused(bool paused) {
    ASSERT_TRUE(station->user().Update([paused](v1::SyncStatus& status) { status.set_paused(paused); }).ok());
  }

  SessionConnector connector{*dataset, clock};
  FakeNetwork network{clock};
  std::optional<uint64_t> budget;
  int nudge_at_wait = 0, stop_at_wait = 0;
  std::vector<bool> begun;
  std::vector<Status> ended;
};

TEST_F(WatcherTest, TriesAgainAfterPausesThatGrow) {
  connector.knobs.refuse = true;
  Watch(30);
  EXPECT_EQ(connector.knobs.connects, 30);
  EXPECT_THAT(network.waits, Each(Le(kLongestBackoffMs)));
  EXPECT_GT(*std::max_element(network.waits.begin(), network.waits.end()), 60'000);
  EXPECT_EQ(station->SyncState()->failures(), 30u);
}

TEST_F(WatcherTest, AServerThatIsBackIsWatchedAndTheFailuresAreForgotten) {
  connector.knobs.refuse = true;
  Watch(8);
  connector.knobs.refuse = false;
  ended.clear();
  Watch(1);  // it catches up, and breaks when nothing comes
  EXPECT_EQ(station->SyncState()->failures(), 1u);
  EXPECT_EQ(Incident(*station).id(), kIncident);
}

TEST_F(WatcherTest, ANetworkThatComesUpEndsThePauseAtOnce) {
  connector.knobs.refuse = true;
  Watch(9);
  network.waits.clear();
  network.events = {NetworkWatch::Reason::kNetworkUp};
  const int64_t before = clock.NowMs();
  ended.clear();
  Watch(1);
  ASSERT_EQ(network.waits.size(), 1u);
  EXPECT_GT(network.waits[0], 0);
  EXPECT_EQ(clock.NowMs(), before);
}

TEST_F(WatcherTest, APauseOutlastsTheProgram) {
  connector.knobs.refuse = true;
  Watch(9);
  const int64_t left = BackoffLeftMs(*station->SyncState(), clock.NowMs());
  ASSERT_GT(left, 0);
  network.waits.clear();
  ended.clear();
  Watch(1);
  EXPECT_THAT(network.waits, ElementsAre(left));
}

TEST_F(WatcherTest, WhatSomebodyAsksForIsTriedAtOnce) {
  connector.knobs.refuse = true;
  Watch(9);
  begun.clear();
  ended.clear();
  nudge_at_wait = static_cast<int>(network.waits.size()) + 1;
  const int64_t before = clock.NowMs();
  Watch(1);
  EXPECT_EQ(clock.NowMs(), before);
  EXPECT_THAT(begun, ElementsAre(true));
}

TEST_F(WatcherTest, WhilePausedNobodyIsCalledUntilItIsTakenBack) {
  SetPaused(true);
  network.events = {NetworkWatch::Reason::kNetworkUp, NetworkWatch::Reason::kNetworkUp};
  stop_at_wait = 3;
  Watch(1);
  EXPECT_THAT(network.waits, ElementsAre(-1, -1, -1));
  EXPECT_EQ(connector.knobs.connects, 0);
  SetPaused(false);
  stop_at_wait = 0;
  Watch(1);
  EXPECT_EQ(connector.knobs.connects, 1);
}

TEST_F(WatcherTest, WhoAsksWhilePausedLearnsWhy) {
  SetPaused(true);
  nudge_at_wait = 1;
  Watch(1);
  EXPECT_EQ(connector.knobs.connects, 0);
  ASSERT_EQ(ended.size(), 1u);
  EXPECT_THAT(std::string(ended[0].message()), ::testing::HasSubstr("daftarctl sync resume"));
}

TEST_F(WatcherTest, AfterABudgetNothingIsTriedBeforeTheNextDay) {
  budget = 1;
  network.events = {NetworkWatch::Reason::kNetworkUp};
  Watch(2);
  constexpr int64_t kDayMs = 86'400'000;
  EXPECT_EQ(clock.NowMs() % kDayMs, 0);
  EXPECT_EQ(connector.knobs.connects, 2) << "the network that came up was no reason";
}

}  // namespace
}  // namespace daftar
