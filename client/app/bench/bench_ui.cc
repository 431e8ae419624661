#include "client/app/bench/bench_ui.h"

#include <iostream>
#include <utility>
#include <variant>

#include "client/app/bench/idle.h"
#include "client/app/bench/pages.h"
#include "client/app/bench/stopwatch.h"
#include "client/app/bench/syncing.h"
#include "client/app/bench/typing.h"
#include "client/model/address.h"

namespace daftar::app {
namespace {

constexpr double kMostMb = 96;

struct Sizes {
  int starts, frames, list_frames;
  size_t queries;
  double idle_s;
};
constexpr Sizes kWhole = {.starts = 11, .frames = 300, .list_frames = 1200, .queries = 60, .idle_s = 60};
constexpr Sizes kQuick = {.starts = 2, .frames = 40, .list_frames = 120, .queries = 6, .idle_s = 10};

const Sizes& SizesOf(const BenchOptions& options) { return options.quick ? kQuick : kWhole; }

void Progress(const char* what) { std::cerr << "daftar: measuring " << what << "\n"; }

// What the replica holds, and what the machine does besides.
Status SayWhere(ScriptedReader& reader, Report& report) {
  DAFTAR_RETURN_IF_ERROR(reader.Open(HomeAddress()));
  uint64_t records = 0;
  const Home* home = std::get_if<Home>(&reader.screen().content);
  if (home == nullptr) return Internal("the first page is none");
  for (const KindCount& count : home->counts) records += count.count;
  report.Say("records", std::to_string(records));
  return OkStatus();
}

Status AddMemory(const std::string& what, double empty_mb, Report& report) {
  DAFTAR_ASSIGN_OR_RETURN(const double mb, AnonymousMb());
  report.Add(ValueRow(what, "MB", mb - empty_mb, kMostMb));
  return OkStatus();
}

}  // namespace

StatusOr<StartsOutcome> MeasureStarts(const BenchOptions& options, StartsOptions starts, Report& report) {
  char load[32];
  std::snprintf(load, sizeof(load), "%.1f", MachineLoad());
  report.Say("load of the machine at first", load);
  if (options.typing_only) return StartsOutcome();
  Progress("starts");
  starts.times = SizesOf(options).starts;
  starts.against = options.against;
  return MeasureStarts(starts, report);
}

Status MeasureWindow(ScriptedReader& reader, const BenchOptions& options, const StartsOutcome& outcome,
                     const BeginSync& begin_sync, Report& report) {
  const Sizes& sizes = SizesOf(options);
  DAFTAR_RETURN_IF_ERROR(SayWhere(reader, report));
  Progress("typing");
  DAFTAR_RETURN_IF_ERROR(MeasureTyping(reader, {.queries = sizes.queries}, report));
  if (options.typing_only) return OkStatus();
  DAFTAR_RETURN_IF_ERROR(AddMemory("memory behind the searches, without that", outcome.empty_mb, report));
  Progress("pages");
  DAFTAR_ASSIGN_OR_RETURN(const MostMemory most, MeasurePages(reader, sizes.frames, report));
  report.Add(ValueRow("memory at most, on " + most.page, "MB", most.mb - outcome.empty_mb, kMostMb));
  DAFTAR_RETURN_IF_ERROR(MeasureLongList(reader, sizes.list_frames, report));
  DAFTAR_RETURN_IF_ERROR(AddMemory("memory behind all pages, without that", outcome.empty_mb, report));
  Progress("idleness");
  DAFTAR_RETURN_IF_ERROR(MeasureIdle(reader, options.idle_s.value_or(sizes.idle_s), report));
  if (!begin_sync) return OkStatus();
  Progress("frames while syncing");
  return MeasureSyncing(reader, begin_sync, report);
}

}  // namespace daftar::app
