// Readers on several threads beside one writer. Worth most under the thread sanitizer.
#include <atomic>
#include <thread>
#include <vector>

#include "tests/unit/storage/lmdb/environment_fixture.h"

namespace daftar::lmdb {
namespace {

class ThreadsTest : public EnvironmentTest {};

TEST_F(ThreadsTest, ReadersSeeWholeCommitsAndNeverGoBack) {
  constexpr int kCommits = 200, kReaders = 3;
  ASSERT_TRUE(Store({{"left", "0"}, {"right", "0"}}).ok());
  std::atomic<bool> writing{true};
  std::atomic<int> torn{0}, went_back{0};
  std::vector<std::thread> readers;
  for (int i = 0; i < kReaders; ++i) {
    readers.emplace_back([&] {
      for (int last = 0; writing;) {
        ReadTxn txn = BeginRead();
        const std::string left(**txn.Get(records(), "left")), right(**txn.Get(records(), "right"));
        torn += left != right;
        went_back += std::stoi(left) < last;
        last = std::stoi(left);
      }
    });
  }
  for (int i = 1; i <= kCommits; ++i) {
    EXPECT_TRUE(Store({{"left", std::to_string(i)}, {"right", std::to_string(i)}}).ok());
  }
  writing = false;
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(torn, 0);
  EXPECT_EQ(went_back, 0);
  EXPECT_EQ(env_->open_readers(), 0);
}

TEST_F(ThreadsTest, WritersTakeTurns) {
  constexpr int kWriters = 4, kEach = 25;
  ASSERT_TRUE(Store({{"count", "0"}}).ok());
  std::vector<std::thread> writers;
  for (int i = 0; i < kWriters; ++i) {
    writers.emplace_back([&] {
      for (int n = 0; n < kEach; ++n) {
        WriteTxn txn = BeginWrite();
        const int count = std::stoi(std::string(**txn.Get(records(), "count")));
        EXPECT_TRUE(txn.Put(records(), "count", std::to_string(count + 1)).ok());
        EXPECT_TRUE(txn.Commit().ok());
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(Stored("count"), std::to_string(kWriters * kEach));
}

TEST_F(ThreadsTest, OnlyOneOfManyOpensOfAFolderSucceeds) {
  Close();
  std::atomic<int> opened{0}, refused{0};
  std::atomic<int> done{0};
  std::vector<std::thread> openers;
  for (int i = 0; i < 4; ++i) {
    openers.emplace_back([&] {
      auto env = Open(folder_.path());
      (env.ok() ? opened : refused)++;
      // Held until all have tried.
      for (++done; done < 4;) std::this_thread::yield();
    });
  }
  for (std::thread& opener : openers) opener.join();
  EXPECT_EQ(opened, 1);
  EXPECT_EQ(refused, 3);
}

}  // namespace
}  // namespace daftar::lmdb
