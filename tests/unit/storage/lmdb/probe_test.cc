// What a child process says about a file that nobody should open yet.
#include "storage/lmdb/probe.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>

#include "storage/lmdb/raw.h"
#include "tests/unit/storage/lmdb/environment_fixture.h"
#include "tests/unit/storage/lmdb/file_damage.h"

namespace daftar::lmdb {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;

class ProbeTest : public EnvironmentTest {
 protected:
  void SetUp() override {
    EnvironmentTest::SetUp();
    std::map<std::string, std::string> entries;
    for (int i = 0; i < 2000; ++i) entries["key " + std::to_string(10'000 + i)] = std::string(200, 'v');
    ASSERT_TRUE(Store(entries).ok());
  }
  ProbeReport ProbeNow(const ProbeOptions& options = {}) {
    StatusOr<ProbeReport> report = Probe(folder_.path(), {"records", "index"}, options);
    EXPECT_TRUE(report.ok()) << report.status();
    return report.ok() ? *std::move(report) : ProbeReport{.verdict = Verdict::kCannotOpen};
  }
  ProbeReport ClosedProbe(const ProbeOptions& options = {}) {
    Close();
    return ProbeNow(options);
  }
};

TEST_F(ProbeTest, ASoundFileIsCalledSound) {
  const ProbeReport report = ClosedProbe({.deep = true});
  EXPECT_EQ(report.verdict, Verdict::kSound);
  EXPECT_THAT(report.words, HasSubstr("is sound: 2000 rows in 2 tables"));
  EXPECT_TRUE(report.closed_cleanly);
}

TEST_F(ProbeTest, NamesEachTableWithItsRowsAndBytes) {
  const ProbeReport report = ClosedProbe();
  ASSERT_EQ(report.tables.size(), 2u);
  EXPECT_EQ(report.tables[0].name, "records");
  EXPECT_EQ(report.tables[0].rows, 2000u);
  EXPECT_GT(report.tables[0].bytes, 400'000u);
}

TEST_F(ProbeTest, FindsTheTablesByItself) {
  Close();
  const StatusOr<ProbeReport> report = Probe(folder_.path(), {});
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->tables.size(), 2u);
}

TEST_F(ProbeTest, ChangesNothing) {
  Close();
  const std::string before = BytesOf(DataFile());
  EXPECT_TRUE(ProbeNow({.deep = true}).may_be_opened());
  EXPECT_TRUE(BytesOf(DataFile()) == before);
}

TEST_F(ProbeTest, AFolderWithoutADatabaseIsMissing) {
  const StatusOr<ProbeReport> report = Probe(folder_.File("nothing"), {});
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->verdict, Verdict::kMissing);
  EXPECT_FALSE(Exists(folder_.File("nothing")));
}

TEST_F(ProbeTest, AnEmptyFileIsTruncatedAndStaysEmpty) {
  Close();
  std::filesystem::resize_file(DataFile(), 0);
  EXPECT_EQ(ProbeNow().verdict, Verdict::kTruncated);
  EXPECT_EQ(std::filesystem::file_size(DataFile()), 0u);
}

TEST_F(ProbeTest, ATruncatedFileIsSaidToBeCutShort) {
  Close();
  std::filesystem::resize_file(DataFile(), std::filesystem::file_size(DataFile()) - kPage);
  const ProbeReport report = ProbeNow();
  EXPECT_EQ(report.verdict, Verdict::kTruncated);
  EXPECT_THAT(report.words, HasSubstr("was cut short"));
}

TEST_F(ProbeTest, GarbageIsNoDatabase) {
  Close();
  Overwrite(DataFile(), std::string(100'000, 'g'));
  EXPECT_EQ(ProbeNow().verdict, Verdict::kDamagedInside);
}

TEST_F(ProbeTest, ADamagedValueIsFoundByTheDeepProbe) {
  ASSERT_TRUE(DamageValueForDrill(*env_, records(), "key 10100", 3).ok());
  EXPECT_EQ(ClosedProbe().verdict, Verdict::kSound);
  const ProbeReport report = ProbeNow({.deep = true});
  EXPECT_EQ(report.verdict, Verdict::kDamagedRows);
  EXPECT_THAT(report.words, HasSubstr("table records: 1 value is damaged"));
  EXPECT_TRUE(report.may_be_opened());
}

TEST_F(ProbeTest, VanishedRowsAreFoundByTheQuickProbe) {
  Close();
  ASSERT_GT(HideLastRowOfLeavesWith(DataFile(), "key 113"), 0);
  const ProbeReport report = ProbeNow();
  EXPECT_EQ(report.verdict, Verdict::kDamagedRows);
  EXPECT_THAT(report.words, HasSubstr("of 2000 rows have vanished"));
}

TEST_F(ProbeTest, AFileWithoutCountsIsSaidToHaveNone) {
  Close();
  ASSERT_GT(ReplaceEverywhere(DataFile(), "rows", "rowz"), 0);
  const ProbeReport report = ProbeNow();
  EXPECT_EQ(report.verdict, Verdict::kSound);
  EXPECT_FALSE(report.counted);
  EXPECT_THAT(report.words, HasSubstr("without row counts"));
}

TEST_F(ProbeTest, PagesThatKillTheirReaderKillTheChildAlone) {
  Close();
  ASSERT_GT(ZeroLeavesWith(DataFile(), "key 105"), 0);
  const ProbeReport report = ProbeNow();
  EXPECT_THAT(report.verdict, AnyOf(Verdict::kKilledReader, Verdict::kDamagedInside));
  EXPECT_THAT(report.words, HasSubstr("records"));
  EXPECT_THAT(report.words, HasSubstr("do not open it"));
  EXPECT_FALSE(report.may_be_opened());
}

TEST_F(ProbeTest, APageThatIsFreeAndInUseIsFound) {
  // Frees pages, so that there is a list: how many numbers, then the numbers, the highest first.
  ASSERT_TRUE(Store({{"big", std::string(100'000, 'b')}}).ok());
  WriteTxn txn = BeginWrite();
  ASSERT_TRUE(txn.Delete(records(), "big").ok());
  ASSERT_TRUE(txn.Commit().ok());
  EXPECT_EQ(ClosedProbe().verdict, Verdict::kSound);
  ASSERT_TRUE(RepeatFirstPageOfFreeLists(DataFile()));
  const ProbeReport report = ProbeNow();
  EXPECT_EQ(report.verdict, Verdict::kDamagedInside);
  EXPECT_THAT(report.words, HasSubstr("list of free pages"));
}

TEST_F(ProbeTest, OutOfTimeIsSaidAndIsNoDamage) {
  Close();
  // LMDB waits for this lock, so the child would never end by itself.
  const int fd = ::open(folder_.File("lock.mdb").c_str(), O_RDWR | O_CLOEXEC);
  struct flock whole = {};
  whole.l_type = F_WRLCK;
  whole.l_whence = SEEK_SET;
  ASSERT_EQ(::fcntl(fd, F_SETLK, &whole), 0);
  const ProbeReport report = ProbeNow({.deadline_ms = 20});
  ::close(fd);
  EXPECT_EQ(report.verdict, Verdict::kNotFinished);
  EXPECT_THAT(report.words, HasSubstr("nothing wrong was seen"));
  EXPECT_TRUE(report.may_be_opened());
}

TEST_F(ProbeTest, LeavesNoChildBehind) {
  ClosedProbe();
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
  EXPECT_EQ(errno, ECHILD);
}

TEST_F(ProbeTest, AFolderInUseIsNotRead) {
  EXPECT_EQ(ProbeNow().verdict, Verdict::kInUse);
  EXPECT_THAT(ProbeNow().words, HasSubstr("process " + std::to_string(::getpid())));
}

TEST_F(ProbeTest, RefusesAProcessThatRunsThreads) {
  Close();
  std::mutex held;
  held.lock();
  std::thread waiting([&held] { std::lock_guard<std::mutex> until_released(held); });
  EXPECT_THAT(Probe(folder_.path(), {}).status(), HasCode(StatusCode::kFailedPrecondition));
  held.unlock();
  waiting.join();
}

}  // namespace
}  // namespace daftar::lmdb
