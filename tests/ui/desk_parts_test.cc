// The history and the worker behind the desk.
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <vector>

#include "client/app/query_worker.h"
#include "client/ui/history.h"

namespace daftar {
namespace {

using app::QueryWorker;
using ui::History;

TEST(HistoryTest, GoesBackToWhereOneWas) {
  History history("a");
  history.Go("b");
  EXPECT_TRUE(history.Back());
  EXPECT_EQ(history.current().address, "a");
}

TEST(HistoryTest, KeepsHowFarAPageWasScrolled) {
  History history("a");
  history.KeepScroll(120);
  history.Go("b");
  history.Back();
  EXPECT_EQ(history.current().scroll, 120);
}

TEST(HistoryTest, ForgetsWhatWasAheadWhenOneGoesElsewhere) {
  History history("a");
  history.Go("b");
  history.Back();
  history.Go("c");
  EXPECT_FALSE(history.can_go_forward());
}

TEST(HistoryTest, GoingWhereOneIsAddsNothing) {
  History history("a");
  history.Go("a");
  EXPECT_FALSE(history.can_go_back());
}

TEST(HistoryTest, IsNeverEmptyHoweverLongOneReads) {
  History history("first");
  for (size_t i = 0; i < History::kMostStops + 10; ++i) history.Go(std::to_string(i));
  size_t stops = 1;
  while (history.Back()) ++stops;
  EXPECT_EQ(stops, History::kMostStops);
}

// Lets a question wait until the test opens the gate.
class Gate {
 public:
  void Open() {
    MutexLock lock(mutex_);
    open_ = true;
    changed_.NotifyAll();
  }
  void Pass() {
    MutexLock lock(mutex_);
    while (!open_) changed_.Wait(mutex_);
  }

 private:
  Mutex mutex_;
  CondVar changed_;
  bool open_ DAFTAR_GUARDED_BY(mutex_) = false;
};

TEST(QueryWorkerTest, BringsAnAnswerToWhoDrains) {
  QueryWorker worker([] {});
  std::string got;
  worker.Ask(QueryWorker::Slot::kPage, [&](const std::atomic<bool>&) { return [&] { got = "answer"; }; });
  worker.WaitUntilIdle();
  EXPECT_EQ(got, "");
  EXPECT_EQ(worker.Drain(), 1u);
  EXPECT_EQ(got, "answer");
}

TEST(QueryWorkerTest, ANewerQuestionStopsTheOneThatRunsAndDropsItsAnswer) {
  Gate begun, go_on;
  std::atomic<bool> was_stopped = false;
  std::vector<std::string> got;
  QueryWorker worker([] {});
  worker.Ask(QueryWorker::Slot::kSearch, [&](const std::atomic<bool>& stop) {
    begun.Open();
    go_on.Pass();
    was_stopped = stop.load();
    return [&] { got.push_back("old"); };
  });
  begun.Pass();
  worker.Ask(QueryWorker::Slot::kSearch, [&](const std::atomic<bool>&) { return [&] { got.push_back("new"); }; });
  go_on.Open();
  worker.WaitUntilIdle();
  worker.Drain();
  EXPECT_TRUE(was_stopped);
  EXPECT_EQ(got, std::vector<std::string>{"new"});
}

TEST(QueryWorkerTest, AnAnswerIsAwaitedNoLongerThanItTakes) {
  constexpr int64_t kVeryLong = 600'000;
  QueryWorker worker([] {});
  bool got = false;
  worker.Ask(QueryWorker::Slot::kPage, [&](const std::atomic<bool>&) { return [&] { got = true; }; });
  EXPECT_TRUE(worker.AwaitAnswer(QueryWorker::Slot::kPage, kVeryLong));
  worker.Drain();
  EXPECT_TRUE(got);
}

TEST(QueryWorkerTest, AnAnswerIsAwaitedNoLongerThanOneLikes) {
  Gate gate;
  QueryWorker worker([] {});
  worker.Ask(QueryWorker::Slot::kPage, [&](const std::atomic<bool>&) {
    gate.Pass();
    return [] {};
  });
  EXPECT_FALSE(worker.AwaitAnswer(QueryWorker::Slot::kPage, 2));
  gate.Open();
}

TEST(QueryWorkerTest, AnAnswerToAnOlderQuestionIsNotAwaited) {
  Gate gate;
  QueryWorker worker([] {});
  worker.Ask(QueryWorker::Slot::kPage, [](const std::atomic<bool>&) { return [] {}; });
  ASSERT_TRUE(worker.AwaitAnswer(QueryWorker::Slot::kPage, 600'000));
  worker.Ask(QueryWorker::Slot::kPage, [&](const std::atomic<bool>&) {
    gate.Pass();
    return [] {};
  });
  EXPECT_FALSE(worker.AwaitAnswer(QueryWorker::Slot::kPage, 2));
  gate.Open();
}

TEST(QueryWorkerTest, QuestionsOfOtherSlotsAreLeftAlone) {
  std::vector<std::string> got;
  QueryWorker worker([] {});
  worker.Ask(QueryWorker::Slot::kPage, [&](const std::atomic<bool>&) { return [&] { got.push_back("page"); }; });
  worker.Ask(QueryWorker::Slot::kState, [&](const std::atomic<bool>&) { return [&] { got.push_back("state"); }; });
  worker.WaitUntilIdle();
  EXPECT_EQ(worker.Drain(), 2u);
}

TEST(QueryWorkerTest, WakesTheWindowForAnAnswer) {
  std::atomic<int> woken = 0;
  {
    QueryWorker worker([&] { ++woken; });
    worker.Ask(QueryWorker::Slot::kPage, [](const std::atomic<bool>&) { return [] {}; });
    worker.WaitUntilIdle();
  }
  EXPECT_EQ(woken, 1);
}

}  // namespace
}  // namespace daftar
