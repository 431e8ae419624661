// `daftar`: the window. Exit codes: 0 closed, 1 failure or a goal of --bench-ui missed, 2 usage, 3 no replica, 8
// replica in use, 9 replica damaged.
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>

#include "client/app/arguments.h"
#include "client/app/bench/bench_ui.h"
#include "client/app/memory.h"
#include "client/app/program.h"
#include "client/sync/workstation.h"
#include "storage/base/clock.h"
#include "storage/base/exit_code.h"
#include "storage/base/random.h"

namespace {

using namespace daftar;

// Where daftarctl puts it too.
std::string DefaultReplica() { return app::XdgFolder("XDG_DATA_HOME", "/.local/share"); }

int Fail(const Status& status, const std::string& advice = "") {
  std::cerr << "daftar: " << Message(status) << "\n" << advice;
  // Another program has the workstation open.
  ExitCode code = status.code() == StatusCode::kFailedPrecondition ? ExitCode::kBusy : ExitCodeOf(status);
  return static_cast<int>(code);
}

Status ShowWindow(const app::Arguments& arguments, Workstation& station, const Clock& clock) {
  DAFTAR_ASSIGN_OR_RETURN(const auto program, app::Program::Open(arguments, station, clock));
  return arguments.bench.part.empty() ? program->Run() : program->ShowFirstPage();
}

// Prints what was measured. 1: a goal was missed.
StatusOr<int> Measure(const app::Arguments& arguments, const std::string& folder, const Clock& clock, Random& random) {
  app::Report report;
  report.Say("replica", folder);
  app::StartsOptions options{.replica = folder};
  options.arguments = {"--size",
                       std::to_string(arguments.window.width) + "x" + std::to_string(arguments.window.height)};
  DAFTAR_ASSIGN_OR_RETURN(const app::StartsOutcome starts, app::MeasureStarts(arguments.bench, options, report));
  DAFTAR_ASSIGN_OR_RETURN(const auto station, Workstation::Open(folder, clock, random, kProgramSafety));
  DAFTAR_ASSIGN_OR_RETURN(const auto program, app::Program::Open(arguments, *station, clock));
  DAFTAR_RETURN_IF_ERROR(program->Measure(starts, report));
  if (arguments.bench.json) {
    report.PrintJson(std::cout);
  } else {
    report.PrintTable(std::cout);
  }
  return report.met() ? 0 : static_cast<int>(ExitCode::kFailure);
}

int Run(const app::Arguments& arguments) {
  if (arguments.bench.part == "empty") {
    const Status shown = app::ShowEmptyWindow(arguments.window, arguments.bench.begun_ns);
    return shown.ok() ? 0 : Fail(shown);
  }
  SystemClock clock;
  SystemRandom random;
  const std::string folder = arguments.replica.empty() ? DefaultReplica() : arguments.replica;
  if (arguments.bench.wanted) {
    const StatusOr<int> measured = Measure(arguments, folder, clock, random);
    return measured.ok() ? *measured : Fail(measured.status());
  }
  auto station = Workstation::Open(folder, clock, random, kProgramSafety);
  if (!station.ok()) {
    bool none = station.status().code() == StatusCode::kNotFound;
    return Fail(station.status(), none ? "Make one with: daftarctl init --replica " + folder +
                                             " --server HOST:PORT/KEY\nthen fetch the data: daftarctl sync --replica " +
                                             folder + "\n"
                                       : "");
  }
  Status status = ShowWindow(arguments, **station, clock);
  return status.ok() ? 0 : Fail(status);
}

}  // namespace

int main(int argc, char** argv) {
  app::GiveMemoryBack();
  app::Arguments arguments;
  if (const auto ended = app::ReadArguments(argc, argv, arguments)) return *ended;
  const char* gl = std::getenv("DAFTAR_GL");
  arguments.window.old_opengl = gl != nullptr && std::string_view(gl) == "2";
  return Run(arguments);
}
