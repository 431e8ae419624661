// A folder is open once, and tells whether it was closed.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>

#include "storage/base/files.h"
#include "tests/unit/storage/lmdb/environment_fixture.h"
#include "tests/unit/storage/lmdb/file_damage.h"

namespace daftar::lmdb {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class OpenMarkTest : public EnvironmentTest {
 protected:
  // Opens the folder in a child and does `work` there; the exit code of the child, or -1 if it was killed.
  template <typename Work>
  int InAChild(Work work) {
    const pid_t child = ::fork();
    if (child == 0) {
      auto env = Open(folder_.path());
      ::_exit(work(env));
    }
    int how = 0;
    ::waitpid(child, &how, 0);
    return WIFEXITED(how) ? WEXITSTATUS(how) : -1;
  }
  // A program that opens the folder, writes and does not close it.
  void CrashInAChild() {
    Close();
    EXPECT_EQ(InAChild([&](StatusOr<std::unique_ptr<Environment>>& env) {
                WriteTxn txn = *(*env)->BeginWrite();
                return txn.Put((*env)->table(0), "key", "value").ok() && txn.Commit().ok() ? ::kill(::getpid(), SIGKILL)
                                                                                           : 1;
              }),
              -1);
  }
};

TEST_F(OpenMarkTest, AClosedFolderHasNoMark) {
  EXPECT_TRUE(Exists(folder_.File("open")));
  Close();
  EXPECT_FALSE(Exists(folder_.File("open")));
  Reopen();
  EXPECT_FALSE(env_->was_left_open());
}

TEST_F(OpenMarkTest, AKilledProgramLeavesTheMark) {
  CrashInAChild();
  EXPECT_TRUE(Exists(folder_.File("open")));
  Reopen();
  EXPECT_TRUE(env_->was_left_open());
  EXPECT_EQ(Stored("key"), "value");
}

TEST_F(OpenMarkTest, ACleanCloseAfterACrashRemovesTheMark) {
  CrashInAChild();
  Reopen();
  Reopen();
  EXPECT_FALSE(env_->was_left_open());
}

TEST_F(OpenMarkTest, AFailedOpenAfterACrashKeepsTheMark) {
  CrashInAChild();
  const std::string good = BytesOf(DataFile());
  Overwrite(DataFile(), "garbage");
  EXPECT_FALSE(OpeningFails().ok());
  Overwrite(DataFile(), good);
  Reopen();
  EXPECT_TRUE(env_->was_left_open());
}

TEST_F(OpenMarkTest, AToolThatLooksAtAFolderLeavesTheMark) {
  CrashInAChild();
  EXPECT_TRUE(Environment::OpenAsItIs(folder_.path(), options_).ok());
  Reopen();
  EXPECT_TRUE(env_->was_left_open());
}

TEST_F(OpenMarkTest, AnotherProcessIsRefusedInWords) {
  EXPECT_EQ(InAChild([](StatusOr<std::unique_ptr<Environment>>& env) { return env.ok() ? 1 : 0; }), 0);
  // The registry of the process is copied with a fork, so the refusal between processes is looked at without one.
  Close();
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    auto env = Open(folder_.path());
    const char ready = env.ok() ? '1' : '0';
    if (::write(ends[1], &ready, 1) != 1) ::_exit(1);
    ::pause();
  }
  char ready = '0';
  ASSERT_EQ(::read(ends[0], &ready, 1), 1);
  EXPECT_EQ(ready, '1');
  const Status refused = OpeningFails();
  EXPECT_THAT(refused, HasCode(StatusCode::kFailedPrecondition));
  EXPECT_THAT(Message(refused), HasSubstr("is open in process " + std::to_string(child)));
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  ::close(ends[0]);
  ::close(ends[1]);
  Reopen();
  EXPECT_TRUE(env_->was_left_open());
}

TEST_F(OpenMarkTest, TheProbeAfterACrashLetsASoundFilePass) {
  CrashInAChild();
  options_.probe_after_crash = true;
  Reopen();
  EXPECT_THAT(env_->probe_words(), IsEmpty());
  EXPECT_EQ(Stored("key"), "value");
}

TEST_F(OpenMarkTest, TheProbeAfterACrashRefusesAFileThatWouldEndTheProgram) {
  CrashInAChild();
  std::string bytes = BytesOf(DataFile());
  for (size_t page = 2 * kPage; page + kPage <= bytes.size(); page += kPage) {
    if (bytes.substr(page, kPage).find("keyvalue") != std::string::npos) bytes.replace(page, kPage, kPage, '\0');
  }
  Overwrite(DataFile(), bytes);
  options_.probe_after_crash = true;
  const Status refused = OpeningFails();
  EXPECT_THAT(refused, HasCode(StatusCode::kDataLoss));
  EXPECT_THAT(Message(refused), HasSubstr("Restore it from a backup or rebuild it"));
}

TEST_F(OpenMarkTest, DeadReadersOfAKilledProgramAreClearedAtOpen) {
  Close();
  EXPECT_EQ(InAChild([](StatusOr<std::unique_ptr<Environment>>& env) {
              auto reader = (*env)->BeginRead();
              return reader.ok() ? ::kill(::getpid(), SIGKILL) : 1;
            }),
            -1);
  Reopen();
  EXPECT_EQ(*env_->ClearDeadReaders(), 0);
}

TEST_F(OpenMarkTest, AWriterKilledInTheMiddleLeavesTheLockFreeAndNothingWritten) {
  Close();
  EXPECT_EQ(InAChild([](StatusOr<std::unique_ptr<Environment>>& env) {
              auto writer = (*env)->BeginWrite();
              return writer->Put((*env)->table(0), "half", "done").ok() ? ::kill(::getpid(), SIGKILL) : 1;
            }),
            -1);
  Reopen();
  EXPECT_TRUE(Store({{"key", "value"}}).ok());
  EXPECT_EQ(Stored("half"), std::nullopt);
}

TEST_F(OpenMarkTest, AnEnvironmentOpenedBeforeAForkIsNotUsedInTheChild) {
  const pid_t child = ::fork();
  if (child == 0) {
    const bool refused = env_->BeginRead().status().code() == StatusCode::kFailedPrecondition &&
                         env_->BeginWrite().status().code() == StatusCode::kFailedPrecondition;
    env_.reset();
    ::_exit(refused ? 0 : 1);
  }
  int how = 0;
  ::waitpid(child, &how, 0);
  EXPECT_TRUE(WIFEXITED(how) && WEXITSTATUS(how) == 0);
  EXPECT_TRUE(Exists(folder_.File("open"))) << "the mark belongs to the parent";
  EXPECT_TRUE(Store({{"key", "value"}}).ok());
}

}  // namespace
}  // namespace daftar::lmdb
