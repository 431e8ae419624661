// When the thread behind a view tidies, and when it compacts.
#include "storage/view/tidier.h"

#include <gtest/gtest.h>

#include <atomic>
#include <deque>
#include <utility>
#include <vector>

namespace daftar {
namespace {

constexpr int64_t kAnHourMs = 3'600'000;

// A view that has nothing but background work, and notes who asks for it.
class FakeView final : public View {
 public:
  // What Compact answers, one after the other; then that it was not worth it.
  void WillAnswer(std::deque<StatusOr<Compacted>> answers) {
    MutexLock lock(mutex_);
    answers_ = std::move(answers);
  }
  void WillCompactUntilStopped() { compacts_until_stopped_ = true; }
  void WaitForCompactions(int count) {
    MutexLock lock(mutex_);
    while (compactions_ < count) changed_.Wait(mutex_);
  }
  void WaitForTidying(int count) {
    MutexLock lock(mutex_);
    while (tidied_ < count) changed_.Wait(mutex_);
  }
  int compactions() const {
    MutexLock lock(mutex_);
    return compactions_;
  }

  StatusOr<bool> Tidy(const Clock&, const std::function<bool()>&) override {
    MutexLock lock(mutex_);
    ++tidied_;
    changed_.NotifyAll();
    return false;
  }
  StatusOr<Compacted> Compact(CompactWhen, const Progress& progress) const override {
    {
      MutexLock lock(mutex_);
      ++compactions_;
      changed_.NotifyAll();
    }
    while (compacts_until_stopped_) {
      if (!progress(0, 1)) return Cancelled("stopped");
    }
    MutexLock lock(mutex_);
    if (answers_.empty()) return Compacted();
    StatusOr<Compacted> answer = answers_.front();
    answers_.pop_front();
    return answer;
  }

  StatusOr<std::unique_ptr<ReadView>> Snapshot() const override { return None(); }
  StatusOr<ChangeBatch> ChangesAfter(const v1::Position&, Revision, size_t, const Slice&) const override {
    return None();
  }
  StatusOr<WholeBatch> WholeRecords(std::span<const Rid>, size_t, const Scope&) const override { return None(); }
  StatusOr<std::vector<Rid>> LyingIn(std::span<const Rid>) const override { return None(); }
  Status Stage(const v1::DeltaFrame&) override { return None(); }
  StatusOr<std::optional<v1::Position>> Staged() const override { return None(); }
  Status DropStaged() override { return None(); }
  StatusOr<Applied> ApplyStaged(const v1::Checkpoint&, const v1::DeltaFrame*, History, const Scope&) override {
    return None();
  }
  StatusOr<Scope> HeldScope() const override { return None(); }
  Status Clear() override { return None(); }
  StatusOr<Sums> TakeSums(const Scope&) const override { return None(); }
  ViewFill& fill() override { std::abort(); }
  StatusOr<std::string> FrameDictionary() const override { return None(); }
  Status KeepFrameDictionary(std::string_view) override { return None(); }
  StatusOr<Cell> CutCell(uint32_t, int) const override { return None(); }
  StatusOr<std::map<uint32_t, Digest>> CellSums(v1::Checkpoint*) const override { return None(); }
  StatusOr<std::vector<std::vector<Rid>>> Front() const override { return None(); }
  StatusOr<VerifyReport> Verify(const Progress&) override { return None(); }
  StatusOr<VerifyReport> Mend(const Progress&) override { return None(); }
  StatusOr<std::vector<Rid>> Damaged() const override { return None(); }
  StatusOr<TextIndexState> TextIndex() const override { return None(); }
  StatusOr<TextIndexCheck> CheckTextIndex(const Clock&, const Progress&) const override { return None(); }
  StatusOr<FileUse> File() const override { return None(); }
  Status RebuildIndexes(const Progress&) override { return None(); }

 private:
  static Status None() { return Internal("this view holds nothing"); }

  std::atomic<bool> compacts_until_stopped_ = false;
  mutable Mutex mutex_;
  mutable CondVar changed_;
  mutable std::deque<StatusOr<Compacted>> answers_ DAFTAR_GUARDED_BY(mutex_);
  mutable int compactions_ DAFTAR_GUARDED_BY(mutex_) = 0;
  int tidied_ DAFTAR_GUARDED_BY(mutex_) = 0;
};

class TidierTest : public testing::Test {
 protected:
  // Works until it is stopped, with a clock that stands still.
  void Start(CompactionTimes times) {
    tidier_.emplace(
        view_, clock_, [this](const Status& status) { reported_.push_back(status); }, nullptr, times);
  }
  // Pokes, and waits until that was heard.
  void PokeAndWait() {
    static constexpr int kFirst = 1;
    view_.WaitForTidying(kFirst + poked_);
    tidier_->Poke();
    view_.WaitForTidying(kFirst + ++poked_);
  }
  // What the thread has reported is known afterwards.
  void Stop() { tidier_.reset(); }

  const FakeClock clock_{1'000};
  FakeView view_;
  std::vector<Status> reported_;
  int poked_ = 0;
  std::optional<Tidier> tidier_;
};

TEST_F(TidierTest, CompactsWhenNothingIsLeftToTidy) {
  Start({.quiet_ms = 0, .retry_ms = kAnHourMs});
  view_.WaitForCompactions(1);
  Stop();
  EXPECT_EQ(view_.compactions(), 1);
  EXPECT_TRUE(reported_.empty());
}

TEST_F(TidierTest, DoesNotCompactBeforeItHasBeenQuietForAWhile) {
  Start({.quiet_ms = kAnHourMs, .retry_ms = 0});
  PokeAndWait();
  PokeAndWait();
  Stop();
  EXPECT_EQ(view_.compactions(), 0);
}

TEST_F(TidierTest, CompactsOnceOnly) {
  view_.WillAnswer({Compacted{true, 2, 1}});
  Start({.quiet_ms = 0, .retry_ms = 0});
  view_.WaitForCompactions(1);
  PokeAndWait();
  PokeAndWait();
  Stop();
  EXPECT_EQ(view_.compactions(), 1);
}

TEST_F(TidierTest, LooksAgainAtAFileThatWasNotWorthItOnceSomethingHasChanged) {
  Start({.quiet_ms = 0, .retry_ms = 0});
  view_.WaitForCompactions(1);
  tidier_->Poke();
  view_.WaitForCompactions(2);
  Stop();
  EXPECT_EQ(view_.compactions(), 2);
}

TEST_F(TidierTest, RestsAfterACommitEndedACompaction) {
  view_.WillAnswer({Aborted("somebody wrote")});
  Start({.quiet_ms = 0, .retry_ms = kAnHourMs});
  view_.WaitForCompactions(1);
  PokeAndWait();
  PokeAndWait();
  Stop();
  EXPECT_EQ(view_.compactions(), 1);
  EXPECT_TRUE(reported_.empty()) << "somebody who writes is no failure";
}

TEST_F(TidierTest, TriesAgainAfterItsRest) {
  view_.WillAnswer({Aborted("somebody wrote")});
  Start({.quiet_ms = 0, .retry_ms = 0});
  view_.WaitForCompactions(2);
  Stop();
  EXPECT_EQ(view_.compactions(), 2);
  EXPECT_TRUE(reported_.empty()) << "somebody who writes is no failure";
}

TEST_F(TidierTest, ReportsDamageAndLeavesTheFileAlone) {
  view_.WillAnswer({DataLoss("damaged")});
  Start({.quiet_ms = 0, .retry_ms = 0});
  view_.WaitForCompactions(1);
  PokeAndWait();
  PokeAndWait();
  Stop();
  EXPECT_EQ(view_.compactions(), 1);
  ASSERT_EQ(reported_.size(), 1u);
  EXPECT_EQ(reported_[0].code(), StatusCode::kDataLoss);
}

TEST_F(TidierTest, StopsInTheMiddleOfACompaction) {
  view_.WillCompactUntilStopped();
  Start({.quiet_ms = 0, .retry_ms = 0});
  view_.WaitForCompactions(1);
  Stop();
  EXPECT_EQ(view_.compactions(), 1);
}

}  // namespace
}  // namespace daftar
