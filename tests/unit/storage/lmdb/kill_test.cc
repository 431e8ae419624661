// kill -9 at random moments: what was acknowledged is there, and nothing is there by halves.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <ctime>
#include <string>

#include "storage/base/bytes.h"
#include "storage/base/random.h"
#include "tests/unit/storage/lmdb/environment_fixture.h"

namespace daftar::lmdb {
namespace {

// Each commit stores one number under all of these keys, in values of different sizes.
constexpr size_t kValueBytes[] = {4, 100, 3000, 20'000};

std::string KeyOf(size_t part, uint32_t number) {
  std::string key(1, static_cast<char>('a' + part));
  PutU32(key, number);
  return key;
}

// Commits numbers without end, reporting each through the pipe once Commit has returned.
[[noreturn]] void CommitUntilKilled(const std::string& folder, const Options& options, uint32_t number, int pipe) {
  auto env = Environment::Open(folder, options, kTables);
  if (!env.ok()) ::_exit(1);
  for (;; ++number) {
    auto txn = (*env)->BeginWrite();
    if (!txn.ok()) ::_exit(2);
    for (size_t part = 0; part < std::size(kValueBytes); ++part) {
      const std::string value(kValueBytes[part], static_cast<char>(number));
      if (!txn->Put((*env)->table(0), KeyOf(part, number), value).ok()) ::_exit(3);
      // Old numbers go, so that pages are reused.
      if (number > 20 && !txn->Delete((*env)->table(0), KeyOf(part, number - 20)).ok()) ::_exit(4);
    }
    if (!txn->Commit().ok()) ::_exit(5);
    if (::write(pipe, &number, sizeof number) != sizeof number) ::_exit(6);
  }
}

class KillTest : public EnvironmentTest {
 protected:
  // Runs a child from `number` on and kills it after some acknowledgements and a moment more. The last acknowledged.
  uint32_t LastAcknowledgedBeforeTheKill(uint32_t number) {
    int ends[2];
    DAFTAR_CHECK(::pipe(ends) == 0);
    const pid_t child = ::fork();
    if (child == 0) CommitUntilKilled(folder_.path(), options_, number, ends[1]);
    ::close(ends[1]);
    uint32_t last = 0;
    for (uint64_t left = 1 + random_.Below(15); left > 0 && ::read(ends[0], &last, sizeof last) > 0; --left) {
    }
    const timespec moment = {0, static_cast<long>(random_.Below(1'500'000))};
    ::nanosleep(&moment, nullptr);
    ::kill(child, SIGKILL);
    int result = 0;
    ::waitpid(child, &result, 0);
    EXPECT_TRUE(WIFSIGNALED(result)) << "the child ended by itself with " << WEXITSTATUS(result);
    while (::read(ends[0], &last, sizeof last) > 0) {
    }
    ::close(ends[0]);
    return last;
  }

  bool IsWhole(uint32_t number) {
    for (size_t part = 0; part < std::size(kValueBytes); ++part) {
      if (Stored(KeyOf(part, number)) != std::string(kValueBytes[part], static_cast<char>(number))) return false;
    }
    return true;
  }
  bool IsAbsent(uint32_t number) {
    for (size_t part = 0; part < std::size(kValueBytes); ++part) {
      if (Stored(KeyOf(part, number))) return false;
    }
    return true;
  }

  SeededRandom random_{9};
};

TEST_F(KillTest, KeepsEveryAcknowledgedCommitAndNoneByHalves) {
  uint32_t next = 1;
  for (int round = 0; round < 50 && !HasFailure(); ++round) {
    Close();
    const uint32_t last = LastAcknowledgedBeforeTheKill(next);
    ASSERT_GE(last, next);
    Reopen();
    for (uint32_t number = last > 20 ? last - 18 : 1; number <= last; ++number) {
      EXPECT_TRUE(IsWhole(number)) << "number " << number << " of " << last << " in round " << round;
    }
    // The commit in flight is there or not; the one behind it cannot be.
    EXPECT_TRUE(IsWhole(last + 1) || IsAbsent(last + 1)) << "round " << round;
    EXPECT_TRUE(IsAbsent(last + 2)) << "round " << round;
    next = IsWhole(last + 1) ? last + 2 : last + 1;
  }
}

}  // namespace
}  // namespace daftar::lmdb
