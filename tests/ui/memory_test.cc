// What was freed goes back to the system when the program comes to rest.
#include "client/app/memory.h"

#include <gtest/gtest.h>

#include <memory>
#include <thread>
#include <vector>

#include "client/app/bench/stopwatch.h"

namespace daftar::app {
namespace {

// Counts how often memory was given back, and lets a test wait for it.
class Counter {
 public:
  std::function<void()> Counting() {
    return [this] {
      MutexLock lock(mutex_);
      ++count_;
      changed_.NotifyAll();
    };
  }
  // False: half a minute has gone by without it.
  bool WaitFor(int count) {
    MutexLock lock(mutex_);
    while (count_ < count) {
      if (!changed_.WaitMs(mutex_, 30'000)) return false;
    }
    return true;
  }
  int count() {
    MutexLock lock(mutex_);
    return count_;
  }

 private:
  Mutex mutex_;
  CondVar changed_;
  int count_ DAFTAR_GUARDED_BY(mutex_) = 0;
};

TEST(MemoryKeeperTest, GivesBackOnceTheProgramIsAtRest) {
  Counter counter;
  MemoryKeeper keeper(counter.Counting(), 1);
  keeper.Poke();
  EXPECT_TRUE(counter.WaitFor(1));
  keeper.Poke();
  EXPECT_TRUE(counter.WaitFor(2));
}

TEST(MemoryKeeperTest, WithoutRestNothingIsGivenBack) {
  Counter counter;
  {
    MemoryKeeper keeper(counter.Counting(), 1'000'000);
    for (int i = 0; i < 100; ++i) keeper.Poke();
  }
  EXPECT_EQ(counter.count(), 0);
}

TEST(MemoryKeeperTest, ManyPokesInARowAreOne) {
  Counter counter;
  MemoryKeeper keeper(counter.Counting(), 50);
  for (int i = 0; i < 1000; ++i) keeper.Poke();
  ASSERT_TRUE(counter.WaitFor(1));
  EXPECT_LT(counter.count(), 100);
}

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST(MemoryTest, SmallPiecesBelowOneInUseAreGivenBack) {
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
  GTEST_SKIP() << "this build has an allocator of its own";
#endif
#endif
  constexpr size_t kPieces = 64 << 10, kPiece = 1 << 10;
  std::unique_ptr<char[]> last;
  // A thread has a heap of its own, as the worker that reads has.
  std::thread([&] {
    std::vector<std::unique_ptr<char[]>> pieces;
    for (size_t i = 0; i < kPieces; ++i) pieces.push_back(std::make_unique<char[]>(kPiece));
    last = std::make_unique<char[]>(kPiece);
  }).join();
  const double before = AnonymousMb().value();
  GiveFreedPiecesBack();
  EXPECT_LT(AnonymousMb().value(), before - 32);
}
#endif

}  // namespace
}  // namespace daftar::app
