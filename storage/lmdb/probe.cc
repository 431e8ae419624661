#include "storage/lmdb/probe.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>
#include <optional>
#include <string_view>

#include "storage/base/files.h"
#include "storage/lmdb/open_mark.h"
#include "storage/lmdb/probe_child.h"
#include "storage/lmdb/scan.h"

namespace daftar::lmdb {
namespace {

constexpr size_t kMostReportBytes = 1 << 20;

// Closes itself.
class Fd {
 public:
  explicit Fd(int fd) : fd_(fd) {}
  ~Fd() { Close(); }
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  void Close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

#if defined(__SANITIZE_THREAD__)
constexpr size_t kThreadsOfTheRuntime = 1;
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
constexpr size_t kThreadsOfTheRuntime = 1;
#else
constexpr size_t kThreadsOfTheRuntime = 0;
#endif
#else
constexpr size_t kThreadsOfTheRuntime = 0;
#endif

// Of this process; 1 if that cannot be told.
size_t Threads() {
  DIR* const tasks = ::opendir("/proc/self/task");
  if (tasks == nullptr) return 1;
  size_t threads = 0;
  for (const dirent* entry = ::readdir(tasks); entry != nullptr; entry = ::readdir(tasks)) {
    threads += entry->d_name[0] != '.';
  }
  ::closedir(tasks);
  return threads;
}

// The child: dies with its parent, leaves no core, and is not caught by handlers of the parent when a page is missing.
[[noreturn]] void RunChild(const std::string& folder, const std::vector<std::string>& tables, bool deep, int pipe) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  for (int signal : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGPIPE, SIGTERM, SIGINT}) ::signal(signal, SIG_DFL);
  const struct rlimit none = {0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  // What LMDB says when it aborts is said better by the parent.
  if (const int null = ::open("/dev/null", O_WRONLY | O_CLOEXEC); null >= 0) ::dup2(null, STDERR_FILENO);
  ScanFile(folder, tables, deep, pipe);
  ::_exit(0);
}

// What the child said until it ended, and how it ended.
struct Heard {
  std::string lines;
  int signal = 0;  // that ended it
  bool in_time = true;
};

StatusOr<Heard> Listen(pid_t child, int pipe, int64_t deadline_ms) {
  const Fd timer(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC));
  const int64_t ms = deadline_ms > 0 ? deadline_ms : 1;
  const itimerspec when = {.it_interval = {}, .it_value = {ms / 1000, ms % 1000 * 1'000'000}};
  Heard heard;
  int error = timer.get() < 0 || ::timerfd_settime(timer.get(), 0, &when, nullptr) != 0 ? errno : 0;
  while (error == 0) {
    pollfd waiting[] = {{pipe, POLLIN, 0}, {timer.get(), POLLIN, 0}};
    if (::poll(waiting, 2, -1) < 0) {
      error = errno == EINTR ? 0 : errno;
      continue;
    }
    if (waiting[0].revents != 0) {
      char buffer[4096];
      const ssize_t size = ::read(pipe, buffer, sizeof buffer);
      if (size == 0) break;
      if (size < 0) error = errno == EINTR ? 0 : errno;
      if (size > 0 && heard.lines.size() < kMostReportBytes) heard.lines.append(buffer, static_cast<size_t>(size));
    } else if (waiting[1].revents != 0) {
      heard.in_time = false;
      break;
    }
  }
  // Harmless if it has ended: it is not reaped yet, so its id is still its own.
  if (!heard.in_time || error != 0) ::kill(child, SIGKILL);
  int how = 0;
  while (::waitpid(child, &how, 0) < 0 && errno == EINTR) {
  }
  if (error != 0) return ErrnoStatus(error, "waiting for the check of a database");
  if (heard.in_time && WIFSIGNALED(how)) heard.signal = WTERMSIG(how);
  return heard;
}

std::string_view TakeField(std::string_view& rest, char end) {
  const size_t at = rest.find(end);
  const std::string_view field = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view() : rest.substr(at + 1);
  return field;
}

uint64_t NumberOf(std::string_view digits) {
  uint64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

std::string Counted(uint64_t count, const char* what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

// Reads the lines of scan.h into a report.
class Reading {
 public:
  Reading(const std::string& folder, const Heard& heard, int64_t deadline_ms) : folder_(folder) {
    for (std::string_view rest = heard.lines; !rest.empty();) {
      // A line without its end was cut off when the child died.
      if (rest.find('\n') == std::string_view::npos) break;
      Take(TakeField(rest, '\n'));
    }
    if (heard.signal != 0) {
      const char* name = ::sigdescr_np(heard.signal);
      Worsen(Verdict::kKilledReader, "reading " + Where() + " ends the program that does (" +
                                         (name == nullptr ? std::to_string(heard.signal) : name) +
                                         "): the file is damaged inside");
    } else if (!heard.in_time && !decided_) {
      Worsen(Verdict::kNotFinished, "the check of " + folder_ + " was not over after " + std::to_string(deadline_ms) +
                                        " ms, in " + Where() + "; nothing wrong was seen until then");
    } else if (!finished_ && !decided_) {
      Worsen(Verdict::kCannotOpen, "the check of " + folder_ + " ended without an answer");
    }
  }

  ProbeReport Report() && {
    if (report_.verdict == Verdict::kSound) {
      uint64_t rows = 0;
      for (const auto& table : report_.tables) rows += table.rows;
      report_.words = "the database in " + folder_ + " is sound: " + Counted(rows, "row") + " in " +
                      Counted(report_.tables.size(), "table");
      if (!report_.counted) report_.words += ", as far as can be told without row counts";
    } else if (report_.verdict == Verdict::kDamagedRows) {
      report_.words += ". Everything else can be read; verify and fetch or restore what is damaged";
    } else if (report_.verdict == Verdict::kDamagedInside || report_.verdict == Verdict::kKilledReader) {
      report_.words += ". It was not changed; do not open it. Restore it from a backup or rebuild it";
    }
    return std::move(report_);
  }

 private:
  void Take(std::string_view line) {
    const std::string_view verb = TakeField(line, '\t');
    if (verb == "end") {
      finished_ = true;
    } else if (verb == "uncounted") {
      report_.counted = false;
    } else if (verb == "table") {
      reading_ = line;
    } else if (verb == "cannot") {
      Worsen(Verdict::kCannotOpen, line);
    } else if (verb == "missing") {
      Worsen(Verdict::kMissing, line);
    } else if (verb == "truncated") {
      Worsen(Verdict::kTruncated, line);
    } else if (line.find('\t') == std::string_view::npos) {
      Worsen(Verdict::kDamagedInside, line);
    } else {
      TakeTable(verb, line);
    }
  }

  void TakeTable(std::string_view how, std::string_view line) {
    ProbeReport::TableReport table;
    table.name = TakeField(line, '\t');
    table.rows = NumberOf(TakeField(line, '\t'));
    table.bytes = NumberOf(TakeField(line, '\t'));
    table.words = line;
    table.healthy = how == "sound";
    if (!table.healthy) Worsen(how == "rows" ? Verdict::kDamagedRows : Verdict::kDamagedInside, table.words);
    report_.tables.push_back(std::move(table));
    reading_.clear();
  }

  // The worst verdict counts; all words are kept.
  void Worsen(Verdict verdict, std::string_view words) {
    decided_ = true;
    if (verdict > report_.verdict) report_.verdict = verdict;
    report_.words += (report_.words.empty() ? "" : "; ") + std::string(words);
  }
  std::string Where() const { return reading_.empty() ? "the file in " + folder_ : "table " + reading_; }

  const std::string& folder_;
  ProbeReport report_;
  std::string reading_;
  bool finished_ = false;
  bool decided_ = false;
};

}  // namespace

StatusOr<ProbeReport> ProbeInChild(const std::string& folder, const std::vector<std::string>& tables,
                                   const ProbeOptions& options) {
  if (Threads() > 1 + kThreadsOfTheRuntime) {
    return FailedPrecondition("the database in " + folder +
                              " cannot be checked in a child process any more, since this program runs threads");
  }
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return ErrnoStatus(errno, "checking " + folder);
  const Fd reading(ends[0]);
  Fd writing(ends[1]);
  const pid_t child = ::fork();
  if (child < 0) return ErrnoStatus(errno, "starting the check of " + folder);
  if (child == 0) RunChild(folder, tables, options.deep, writing.get());
  writing.Close();
  DAFTAR_ASSIGN_OR_RETURN(const Heard heard, Listen(child, reading.get(), options.deadline_ms));
  return Reading(folder, heard, options.deadline_ms).Report();
}

StatusOr<ProbeReport> Probe(const std::string& folder, const std::vector<std::string>& tables,
                            const ProbeOptions& options) {
  if (const std::optional<std::string> holder = ProcessThatHasOpen(folder)) {
    ProbeReport report;
    report.verdict = Verdict::kInUse;
    report.words = "the database in " + folder + " is open in " + *holder + ", so it was not read; close that program";
    return report;
  }
  const bool closed_cleanly = !WasNotClosed(folder);
  DAFTAR_ASSIGN_OR_RETURN(ProbeReport report, ProbeInChild(folder, tables, options));
  report.closed_cleanly = closed_cleanly;
  return report;
}

}  // namespace daftar::lmdb
