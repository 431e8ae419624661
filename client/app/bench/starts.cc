#include "client/app/bench/starts.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <variant>

#include "client/app/bench/stopwatch.h"
#include "imgui.h"

namespace daftar::app {
namespace {

constexpr double kMostAgainstEmpty = 2.0, kMostAgainstSmall = 1.2;

struct Start {
  double ms = 0, mb = 0;
};

// All that the program writes to its standard output, if it ends well.
StatusOr<std::string> OutputOf(std::vector<std::string> command) {
  std::vector<char*> words;
  for (std::string& word : command) words.push_back(word.data());
  words.push_back(nullptr);
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return Unavailable("no pipe can be made for a start that is to be measured");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  pid_t child = 0;
  const int failed = posix_spawn(&child, words[0], &actions, nullptr, words.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  std::string output;
  std::array<char, 256> piece{};
  for (ssize_t size = 0; failed == 0 && (size = read(ends[0], piece.data(), piece.size())) > 0;)
    output.append(piece.data(), static_cast<size_t>(size));
  close(ends[0]);
  int status = 0;
  if (failed != 0 || waitpid(child, &status, 0) != child || status != 0)
    return Unavailable("a start that was to be measured failed: " + command[0]);
  return output;
}

StatusOr<Start> StartOnce(const std::vector<std::string>& arguments) {
  std::vector<std::string> command{"/proc/self/exe"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  command.insert(command.end(), {"--bench-begun", std::to_string(NowNs())});
  DAFTAR_ASSIGN_OR_RETURN(const std::string output, OutputOf(command));
  Start start;
  if (std::sscanf(output.c_str(), "%lf ms %lf MB", &start.ms, &start.mb) != 2)
    return Unavailable("a start that was to be measured told no figures, but \"" + output + "\"");
  return start;
}

// Starts of one sort.
struct Sort {
  std::vector<std::string> arguments;
  Samples ms, mb;
};

Sort PageOf(const StartsOptions& options, const std::string& replica) {
  Sort sort{.arguments = options.arguments};
  sort.arguments.insert(sort.arguments.end(), {"--bench-part", "page", "--replica", replica});
  return sort;
}

Status TellFigures(int64_t begun_ns) {
  const double ms = Ms(NowNs() - begun_ns);
  DAFTAR_ASSIGN_OR_RETURN(const double mb, AnonymousMb());
  std::printf("%.3f ms %.3f MB\n", ms, mb);
  return OkStatus();
}

}  // namespace

StatusOr<StartsOutcome> MeasureStarts(const StartsOptions& options, Report& report) {
  std::vector<Sort> sorts{{.arguments = options.arguments}, PageOf(options, options.replica)};
  sorts[0].arguments.insert(sorts[0].arguments.end(), {"--bench-part", "empty"});
  if (!options.against.empty()) sorts.push_back(PageOf(options, options.against));
  for (int i = 0; i <= options.times; ++i) {
    for (Sort& sort : sorts) {
      DAFTAR_ASSIGN_OR_RETURN(const Start start, StartOnce(sort.arguments));
      if (i == 0) continue;
      sort.ms.Add(start.ms);
      sort.mb.Add(start.mb);
    }
  }
  const double empty = sorts[0].ms.At(0.5), page = sorts[1].ms.At(0.5);
  report.Add(SpreadRow("start of an empty window", "ms", sorts[0].ms));
  report.Add(SpreadRow("start to the first page, warm", "ms", sorts[1].ms));
  report.Add(ValueRow("  ratio of medians", "", page / empty, kMostAgainstEmpty));
  if (sorts.size() > 2) {
    report.Add(SpreadRow("the same of the other replica", "ms", sorts[2].ms));
    report.Add(ValueRow("  this one's median by that", "", page / sorts[2].ms.At(0.5), kMostAgainstSmall));
  }
  const StartsOutcome outcome{.empty_mb = sorts[0].mb.At(0.5)};
  report.Add(ValueRow("memory of an empty window (driver and libraries)", "MB", outcome.empty_mb));
  report.Add(ValueRow("memory at the first page, without that", "MB", sorts[1].mb.At(0.5) - outcome.empty_mb));
  return outcome;
}

Status ShowEmptyWindow(const ui::WindowOptions& options, int64_t begun_ns) {
  DAFTAR_ASSIGN_OR_RETURN(const auto window, ui::Window::Open(options));
  ui::Sides sides;
  window->Wait(0);
  window->BeginFrame(sides);
  ImGui::Begin("empty");
  ImGui::TextUnformatted("empty");
  ImGui::End();
  window->EndFrame(sides);
  constexpr float kPaper[] = {1, 1, 1};
  window->Show(kPaper, nullptr);
  return TellFigures(begun_ns);
}

Status ShowFirstPage(WindowLoop& loop, Desk& desk, const Background& background, int64_t begun_ns) {
  constexpr double kNews = 10;  // seconds
  uint64_t drawn = 0;
  do {
    drawn = loop.frames();
    DAFTAR_RETURN_IF_ERROR(loop.Turn(desk, background, kNews));
  } while (loop.frames() == drawn || std::holds_alternative<Waiting>(desk.screen().content));
  const Trouble* trouble = std::get_if<Trouble>(&desk.screen().content);
  if (trouble != nullptr) return Unavailable("the first page cannot be read: " + trouble->words);
  return TellFigures(begun_ns);
}

}  // namespace daftar::app
