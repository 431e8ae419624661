// A compacted copy takes the place of the file at the next open, or not at all, whatever ends the program in between.
#include "storage/lmdb/compact.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "storage/lmdb/check.h"
#include "tests/unit/storage/lmdb/environment_fixture.h"
#include "tests/unit/storage/lmdb/file_damage.h"

namespace daftar::lmdb {
namespace {

using ::testing::HasSubstr;

class CompactTest : public EnvironmentTest {
 protected:
  void SetUp() override {
    EnvironmentTest::SetUp();
    // Many rows, of which most go again: the file keeps their pages.
    std::map<std::string, std::string> entries;
    for (int i = 0; i < 3000; ++i) entries[KeyOf(i)] = std::string(300, 'v');
    ASSERT_TRUE(Store(entries).ok());
    WriteTxn txn = BeginWrite();
    for (int i = 0; i < 2900; ++i) ASSERT_TRUE(txn.Delete(records(), KeyOf(i)).ok());
    ASSERT_TRUE(txn.Put(index(), "in the other table", "too").ok());
    ASSERT_TRUE(txn.Commit().ok());
    before_ = Everything();
  }
  static std::string KeyOf(int number) { return "key " + std::to_string(10'000 + number); }
  bool HasRemains() {
    return Exists(folder_.File("compact")) || Exists(folder_.File("compacted")) || Exists(folder_.File("data.mdb.new"));
  }
  // Reopened, it holds what it held, by count and digest as well, and nothing lies about.
  void ExpectWholeAfterReopening() {
    Reopen();
    EXPECT_EQ(Everything(), before_);
    EXPECT_TRUE(env_->recounted().empty());
    for (const Table& table : env_->tables()) {
      const StatusOr<TableCheck> check = CheckTable(*env_, table);
      ASSERT_TRUE(check.ok());
      EXPECT_TRUE(check->healthy()) << check->InWords();
    }
    EXPECT_FALSE(HasRemains());
  }
  bool IsSmall() { return *env_->FileBytes() < 200'000; }
  Status Compact(const CompactOptions& options = {.rows_per_step = 30}) {
    return CompactForNextOpen(*env_, options).status();
  }

  std::vector<std::pair<std::string, std::string>> before_;
};

TEST_F(CompactTest, TheCopyTakesThePlaceAtTheNextOpen) {
  ASSERT_FALSE(IsSmall());
  const StatusOr<CompactReport> report = CompactForNextOpen(*env_);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_LT(report->bytes_after, report->bytes_before / 5);
  EXPECT_FALSE(IsSmall()) << "the file that is open stays as it is";
  ExpectWholeAfterReopening();
  EXPECT_TRUE(IsSmall());
}

TEST_F(CompactTest, ItIsWrittenToAsEverAfterwards) {
  ASSERT_TRUE(Compact().ok());
  Reopen();
  ASSERT_TRUE(Store({{"new", "value"}}).ok());
  Reopen();
  EXPECT_EQ(Stored("new"), "value");
  EXPECT_TRUE(env_->recounted().empty());
}

TEST_F(CompactTest, NothingOfWhatWasDeletedIsInTheFileAnyMore) {
  WriteTxn txn = BeginWrite();
  ASSERT_TRUE(txn.Put(records(), "a", "the secret words").ok());
  ASSERT_TRUE(txn.Commit().ok());
  WriteTxn deleting = BeginWrite();
  ASSERT_TRUE(deleting.Delete(records(), "a").ok());
  ASSERT_TRUE(deleting.Commit().ok());
  ASSERT_TRUE(Compact().ok());
  Reopen();
  EXPECT_EQ(BytesOf(DataFile()).find("the secret words"), std::string::npos);
}

TEST_F(CompactTest, ACommitAfterTheCopyMakesItUseless) {
  ASSERT_TRUE(Compact().ok());
  ASSERT_TRUE(Store({{"later", "value"}}).ok());
  before_ = Everything();
  ExpectWholeAfterReopening();
  EXPECT_FALSE(IsSmall());
}

TEST_F(CompactTest, ACommitWhileCopyingAbortsIt) {
  bool wrote = false;
  const Status aborted = Compact({.progress =
                                      [&](CompactStep, uint64_t done, uint64_t) {
                                        if (done > 0 && !std::exchange(wrote, true)) {
                                          EXPECT_TRUE(Store({{"meanwhile", "value"}}).ok());
                                        }
                                        return true;
                                      },
                                  .rows_per_step = 30});
  EXPECT_THAT(aborted, HasCode(StatusCode::kAborted));
  before_ = Everything();
  EXPECT_FALSE(HasRemains());
  ExpectWholeAfterReopening();
}

TEST_F(CompactTest, ACommitBetweenCopyingAndVerifyingIsNotTakenForDamage) {
  // Each time one step later, so that the last commit comes after all rows are copied.
  for (int write_at = 0, steps = 1; write_at < steps; ++write_at) {
    int calls = 0;
    bool verifying = false;
    const Status status =
        Compact({.progress =
                     [&](CompactStep step, uint64_t, uint64_t) {
                       verifying = verifying || step == CompactStep::kVerifying;
                       if (calls++ == write_at && !verifying) {
                         EXPECT_TRUE(Store({{"meanwhile " + std::to_string(write_at), "value"}}).ok());
                       }
                       return true;
                     },
                 .rows_per_step = 30});
    steps = std::max(steps, calls);
    EXPECT_TRUE(status.ok() || status.code() == StatusCode::kAborted) << status;
  }
}

TEST_F(CompactTest, CanBeStoppedAtEveryStep) {
  for (int stop_at = 0;; ++stop_at) {
    int calls = 0;
    const Status status =
        Compact({.progress = [&](CompactStep, uint64_t, uint64_t) { return calls++ != stop_at; }, .rows_per_step = 30});
    if (status.ok()) break;
    EXPECT_THAT(status, HasCode(StatusCode::kCancelled));
    EXPECT_FALSE(HasRemains()) << "stopped at call " << stop_at;
  }
  ExpectWholeAfterReopening();
}

TEST_F(CompactTest, AKillAtAnyStepLosesNothing) {
  for (int kill_at = 0, killed = true; killed; ++kill_at) {
    Close();
    const pid_t child = ::fork();
    if (child == 0) {
      Reopen();
      int calls = 0;
      const Status status = Compact({.progress =
                                         [&](CompactStep, uint64_t, uint64_t) {
                                           if (calls++ == kill_at) ::kill(::getpid(), SIGKILL);
                                           return true;
                                         },
                                     .rows_per_step = 30});
      ::_exit(status.ok() ? 0 : 1);
    }
    int how = 0;
    ::waitpid(child, &how, 0);
    killed = WIFSIGNALED(how);
    EXPECT_TRUE(killed || WEXITSTATUS(how) == 0);
    ExpectWholeAfterReopening();
  }
  EXPECT_TRUE(IsSmall());
}

TEST_F(CompactTest, AKillWhileTheCopyIsTakenLosesNothing) {
  ASSERT_TRUE(Compact().ok());
  Close();
  const std::string note = BytesOf(folder_.File("compacted"));
  Reopen();
  Close();
  // The copy was renamed, and the note about it not yet removed.
  Overwrite(folder_.File("compacted"), note);
  ExpectWholeAfterReopening();
  EXPECT_TRUE(IsSmall());
}

TEST_F(CompactTest, ACopyWithoutItsNoteIsNotTaken) {
  ASSERT_TRUE(Compact().ok());
  Close();
  std::filesystem::remove(folder_.File("compacted"));
  ExpectWholeAfterReopening();
  EXPECT_FALSE(IsSmall());
}

TEST_F(CompactTest, ADamagedValueIsNotCopied) {
  ASSERT_TRUE(DamageValueForDrill(*env_, records(), KeyOf(2950), 0).ok());
  EXPECT_THAT(Compact(), HasCode(StatusCode::kDataLoss));
  EXPECT_FALSE(HasRemains());
}

TEST_F(CompactTest, RowsThatVanishedAreNotCoveredUp) {
  Close();
  ASSERT_GT(HideLastRowOfLeavesWith(DataFile(), KeyOf(2950)), 0);
  Reopen();
  const Status refused = Compact();
  EXPECT_THAT(refused, HasCode(StatusCode::kDataLoss));
  EXPECT_THAT(Message(refused), HasSubstr("table records"));
}

TEST_F(CompactTest, ATableThatThisProgramDoesNotKnowIsNotLost) {
  Close();
  const char* const fewer[] = {"records"};
  auto env = Environment::Open(folder_.path(), options_, fewer);
  ASSERT_TRUE(env.ok());
  const Status refused = CompactForNextOpen(**env).status();
  EXPECT_THAT(refused, HasCode(StatusCode::kFailedPrecondition));
  EXPECT_THAT(Message(refused), HasSubstr("does not know, index"));
}

}  // namespace
}  // namespace daftar::lmdb
