// Power losses: whatever the disk made of the writes that were not flushed, a store opens, shows a state that was
// committed, not older than the last one that was acknowledged, and everything in it is whole; and what the user queued
// is there. DAFTAR_POWER_STATES=100000 for a longer run, DAFTAR_POWER_SEED for another history.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "client/sync/user_store.h"
#include "storage/base/files.h"
#include "storage/view/tidier.h"
#include "tests/power/authority.h"
#include "tests/power/power_loss.h"
#include "tests/power/recorder.h"
#include "tests/temporary_folder.h"

namespace daftar::power {
namespace {

constexpr uint64_t kStates = 2000, kStatesOfOneHistory = 1000;
constexpr int kBatches = 24;

enum File : int { kReplica, kUser, kFiles };
enum Promise : int { kMade, kRevision, kQueued };

uint64_t Wanted(const char* name, uint64_t otherwise) {
  const char* wanted = std::getenv(name);
  return wanted == nullptr ? otherwise : std::strtoull(wanted, nullptr, 10);
}

// What happened, and what was true at each revision.
struct History {
  std::vector<Event> events;
  std::vector<Batch> batches;
  std::map<Revision, std::string> digests;
};

class PowerTest : public ::testing::Test {
 protected:
  static StatusOr<std::unique_ptr<LmdbView>> OpenView(const std::string& folder) {
    return LmdbView::Open(folder, {.map_bytes = 1 << 28, .create = true});
  }

  // A workstation's life: following a server, merging, rebuilding, queueing edits.
  static void Live(uint64_t seed, History& history) {
    TemporaryFolder folder;
    SeededRandom random(seed);
    Authority authority(seed);
    for (int i = 0; i < kBatches; ++i) history.batches.push_back(authority.Write(1 + i % 4));
    history.digests[0] = "";
    Recorder recorder({folder.File("replica/data.mdb"), folder.File("user/data.mdb")});
    auto view = OpenView(folder.File("replica"));
    ASSERT_TRUE(view.ok()) << view.status();
    auto user = UserStore::Open(folder.File("user"), /*create=*/true);
    ASSERT_TRUE(user.ok()) << user.status();
    recorder.Mark(kMade, 1);
    for (const Batch& batch : history.batches) {
      const Revision revision = batch.checkpoint.cursor().revision();
      history.digests[revision] = batch.checkpoint.digest();
      ASSERT_TRUE(Follow(**view, batch).ok());
      recorder.Mark(kRevision, revision);
      for (uint64_t pieces = random.Below(4); pieces > 0; --pieces) {
        ASSERT_TRUE((*view)->Tidy(authority.clock(), nullptr).ok());
      }
      if (random.Below(6) == 0) {
        ASSERT_TRUE((*view)->RebuildIndexes(nullptr).ok());
      }
      if (random.Below(3) == 0) {
        v1::Mutation mutation;
        mutation.set_reason(std::string(random.Below(3000), 'r'));
        const auto seq = (*user)->Queue(mutation);
        ASSERT_TRUE(seq.ok());
        recorder.Mark(kQueued, *seq);
      }
    }
    view->reset();
    user->reset();
    history.events = recorder.events();
  }

  void PutRuins(const Ruins& ruins) {
    for (const auto& [file, name] : {std::pair(kReplica, "replica"), std::pair(kUser, "user")}) {
      std::filesystem::remove_all(ruins_.File(name));
      std::filesystem::create_directory(ruins_.File(name));
      const std::string& bytes = ruins.files[file];
      if (!bytes.empty()) std::ofstream(ruins_.File(name) + std::string("/data.mdb"), std::ios::binary) << bytes;
    }
  }

  // Ok, or what does not hold.
  Status Judge(const History& history, const Ruins& ruins) {
    const auto promised = [&ruins](Promise promise) {
      const auto at = ruins.promised.find(promise);
      return at == ruins.promised.end() ? 0 : at->second;
    };
    auto opened = OpenView(ruins_.File("replica"));
    // What was never finished need not open: it must only be said in words.
    if (!opened.ok() && promised(kMade) == 0) return OkStatus();
    DAFTAR_RETURN_IF_ERROR(opened.status());
    LmdbView& view = **opened;
    DAFTAR_ASSIGN_OR_RETURN(std::unique_ptr<ReadView> read, view.Snapshot());
    DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, read->Head());
    read.reset();
    const Revision revision = head.cursor().revision();
    if (revision < promised(kRevision)) return DataLoss("an acknowledged commit is lost");
    const auto at = history.digests.find(revision);
    if (at == history.digests.end() || at->second != head.digest()) return DataLoss("a state that never was");
    DAFTAR_RETURN_IF_ERROR(CheckStore(view));
    DAFTAR_RETURN_IF_ERROR(GoOn(view, history, revision));
    auto user = UserStore::Open(ruins_.File("user"), /*create=*/true);
    if (!user.ok() && promised(kMade) == 0) return OkStatus();
    DAFTAR_RETURN_IF_ERROR(user.status());
    DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::OutboxEntry> outbox, (*user)->Outbox());
    if (outbox.size() < promised(kQueued)) return DataLoss("an edit in the outbox is lost");
    for (size_t i = 0; i < outbox.size(); ++i) {
      if (outbox[i].mutation().seq() != i + 1) return DataLoss("the outbox has a gap");
    }
    return OkStatus();
  }

  // Life goes on: now and then the next batch is applied on top, and all is looked at again.
  static Status GoOn(LmdbView& view, const History& history, Revision revision) {
    if (revision % 8 != 0) return OkStatus();
    DAFTAR_RETURN_IF_ERROR(view.DropStaged());
    for (const Batch& batch : history.batches) {
      if (batch.checkpoint.cursor().revision() <= revision) continue;
      DAFTAR_RETURN_IF_ERROR(Follow(view, batch));
      break;
    }
    DAFTAR_RETURN_IF_ERROR(TidyAll(view, SystemClock(), nullptr));
    return CheckStore(view);
  }

  // In a child: a disk that lies may well kill its reader.
  bool IsFoundOut(const History& history, const Ruins& ruins) {
    const pid_t child = ::fork();
    if (child == 0) {
      std::freopen("/dev/null", "w", stderr);
      ::_exit(Judge(history, ruins).ok() ? 0 : 1);
    }
    int how = 0;
    ::waitpid(child, &how, 0);
    return !WIFEXITED(how) || WEXITSTATUS(how) != 0;
  }

  int FoundOut(const Lies& lies, int states) {
    History history;
    Live(7, history);
    PowerLoss loss(history.events, kFiles, lies);
    SeededRandom random(7);
    int found = 0;
    for (int i = 0; i < states; ++i) {
      const size_t behind_the_beginning = history.events.size() / 4;
      const size_t at = behind_the_beginning + (history.events.size() - behind_the_beginning) * i / states;
      const Ruins ruins = loss.At(at, random);
      PutRuins(ruins);
      found += IsFoundOut(history, ruins);
    }
    return found;
  }

  TemporaryFolder ruins_;
};

TEST_F(PowerTest, NoStateOfTheDiskIsInconsistentOrLacksWhatWasAcknowledged) {
  const uint64_t wanted = Wanted("DAFTAR_POWER_STATES", kStates);
  const uint64_t seed = Wanted("DAFTAR_POWER_SEED", 20231104);
  uint64_t bad = 0, done = 0, pending = 0, lost = 0, torn = 0;
  for (uint64_t part = 0; done < wanted && bad == 0; ++part) {
    History history;
    Live(seed + part, history);
    ASSERT_FALSE(HasFailure());
    SeededRandom random(seed + part);
    std::vector<size_t> moments;
    for (uint64_t i = 0; i < std::min(kStatesOfOneHistory, wanted - done); ++i) {
      moments.push_back(random.Below(history.events.size()));
    }
    std::sort(moments.begin(), moments.end());
    PowerLoss loss(history.events, kFiles);
    for (const size_t moment : moments) {
      const Ruins ruins = loss.At(moment, random);
      PutRuins(ruins);
      const Status judged = Judge(history, ruins);
      if (!judged.ok()) {
        ++bad;
        ADD_FAILURE() << "seed " << seed + part << ", event " << moment << " of " << history.events.size() << ": "
                      << judged;
      }
      ++done;
      pending += ruins.pending;
      lost += ruins.lost;
      torn += ruins.torn;
    }
    if (part % 10 == 0) {
      std::cout << done << " states: " << bad << " bad; of " << pending << " unflushed writes " << lost << " lost, "
                << torn << " torn" << std::endl;
    }
  }
  EXPECT_GT(torn, 0u);
}

TEST_F(PowerTest, ADiskThatOnlyPretendsToFlushIsFoundOut) { EXPECT_GT(FoundOut({.flushes_do_nothing = true}, 40), 10); }

TEST_F(PowerTest, APromiseBeforeTheCommitIsFoundOut) { EXPECT_GT(FoundOut({.promises_come_early = 40}, 60), 0); }

}  // namespace
}  // namespace daftar::power
