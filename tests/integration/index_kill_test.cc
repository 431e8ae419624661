// kill -9 at random moments of applying, merging and rebuilding: the store that is found afterwards is whole, shows a
// state that the server had, no older than the last one that was acknowledged, and its texts are indexed as the records
// stand. DAFTAR_INDEX_KILLS=500 for a longer run.
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <iostream>
#include <map>
#include <new>

#include "storage/view/tidier.h"
#include "tests/power/authority.h"
#include "tests/temporary_folder.h"

namespace daftar {
namespace {

constexpr int kKills = 60;
constexpr int kBatches = 30;
constexpr uint64_t kLongestLifeUs = 60'000;

enum Doing : int { kOpening, kApplying, kTidying, kRebuilding, kKinds };

// What the child tells, in memory that outlives it.
struct Told {
  std::atomic<uint64_t> acknowledged{0};  // revision
  std::atomic<int> doing{kOpening};
  std::atomic<bool> failed{false};
};

int KillsWanted() {
  const char* wanted = std::getenv("DAFTAR_INDEX_KILLS");
  return wanted == nullptr ? kKills : std::atoi(wanted);
}

StatusOr<std::unique_ptr<LmdbView>> OpenView(const std::string& folder) {
  return LmdbView::Open(folder, {.map_bytes = 1 << 28, .create = true});
}

class IndexKillTest : public ::testing::Test {
 protected:
  IndexKillTest() {
    void* shared = ::mmap(nullptr, sizeof(Told), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    DAFTAR_CHECK(shared != MAP_FAILED);
    told_ = new (shared) Told;
  }
  ~IndexKillTest() override { ::munmap(told_, sizeof(Told)); }

  void WriteHistory(uint64_t seed) {
    batches_.clear();
    power::Authority authority(seed);
    for (int i = 0; i < kBatches; ++i) batches_.push_back(authority.Write(1 + i % 5));
    digests_.clear();
    digests_[0] = "";
    for (const power::Batch& batch : batches_) {
      digests_[batch.checkpoint.cursor().revision()] = batch.checkpoint.digest();
    }
    told_->acknowledged = 0;
  }

  // The child: works on the store until it is killed, or all is done.
  Status Live(const std::string& folder, uint64_t seed) {
    SeededRandom random(seed);
    const SystemClock clock;
    told_->doing = kOpening;
    DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<LmdbView> view, OpenView(folder));
    DAFTAR_RETURN_IF_ERROR(view->DropStaged());
    DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> read, view->Snapshot());
    DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, read->Head());
    for (const power::Batch& batch : batches_) {
      if (batch.checkpoint.cursor().revision() <= head.cursor().revision()) continue;
      told_->doing = kApplying;
      DAFTAR_RETURN_IF_ERROR(power::Follow(*view, batch));
      told_->acknowledged = batch.checkpoint.cursor().revision();
      if (random.Below(8) == 0) {
        told_->doing = kRebuilding;
        DAFTAR_RETURN_IF_ERROR(view->RebuildIndexes(nullptr));
      }
      told_->doing = kTidying;
      for (uint64_t pieces = random.Below(6); pieces > 0; --pieces) {
        DAFTAR_RETURN_IF_ERROR(view->Tidy(clock, nullptr).status());
      }
    }
    return OkStatus();
  }

  // Where the child was when it was killed; nullopt if it had ended.
  std::optional<Doing> LetLiveAndKill(const std::string& folder, uint64_t seed, uint64_t microseconds) {
    const pid_t child = ::fork();
    if (child == 0) {
      const Status status = Live(folder, seed);
      if (!status.ok()) {
        std::cerr << "the child: " << Message(status) << "\n";
        told_->failed = true;
      }
      ::_exit(0);
    }
    const timespec life{static_cast<time_t>(microseconds / 1'000'000),
                        static_cast<long>(microseconds % 1'000'000 * 1000)};
    ::ppoll(nullptr, 0, &life, nullptr);
    ::kill(child, SIGKILL);
    int how = 0;
    ::waitpid(child, &how, 0);
    return WIFSIGNALED(how) ? std::optional<Doing>(static_cast<Doing>(told_->doing.load())) : std::nullopt;
  }

  // True if the history is at its end.
  bool CheckAfterDeath(const std::string& folder) {
    const auto view = OpenView(folder);
    EXPECT_TRUE(view.ok()) << view.status();
    if (!view.ok()) return true;
    EXPECT_TRUE(power::CheckStore(**view).ok()) << power::CheckStore(**view);
    const v1::Checkpoint head = *(*(*view)->Snapshot())->Head();
    const Revision revision = head.cursor().revision();
    EXPECT_GE(revision, told_->acknowledged.load());
    EXPECT_TRUE(digests_.contains(revision)) << revision;
    EXPECT_EQ(head.digest(), digests_[revision]);
    return revision == batches_.back().checkpoint.cursor().revision();
  }

  Told* told_;
  std::vector<power::Batch> batches_;
  std::map<Revision, std::string> digests_;
};

TEST_F(IndexKillTest, NoDeathLeavesTextsAndRecordsApart) {
  SeededRandom random(20240419);
  std::map<int, int> deaths;
  int killed = 0;
  uint64_t seed = 1;
  TemporaryFolder folder;
  WriteHistory(seed);
  while (killed < KillsWanted() && !HasFailure()) {
    const std::string store = folder.File(std::to_string(seed));
    const uint64_t life = 500 + random.Below(kLongestLifeUs);
    const auto doing = LetLiveAndKill(store, random.Next(), life);
    ASSERT_FALSE(told_->failed);
    if (doing) {
      ++deaths[*doing];
      ++killed;
    }
    if (CheckAfterDeath(store)) {
      const auto view = OpenView(store);
      ASSERT_TRUE(view.ok());
      EXPECT_TRUE(TidyAll(**view, SystemClock(), nullptr).ok());
      EXPECT_TRUE(power::CheckStore(**view).ok()) << power::CheckStore(**view);
      WriteHistory(++seed);
    }
    if (HasFailure()) std::cerr << "in history " << seed << " after " << killed << " deaths\n";
  }
  std::cout << "killed while opening " << deaths[kOpening] << ", applying " << deaths[kApplying] << ", tidying "
            << deaths[kTidying] << ", rebuilding " << deaths[kRebuilding] << "; " << seed << " histories\n";
  EXPECT_GT(deaths[kApplying], 0);
  EXPECT_GT(deaths[kTidying], 0);
}

}  // namespace
}  // namespace daftar
