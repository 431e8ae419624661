// How long the program takes from its start to a page that can be read, and its memory then, beside an empty window of
// the same size. Each start is this program again, from nothing; the two sorts take turns in one run.
#pragma once

#include <string>
#include <vector>

#include "client/app/bench/report.h"
#include "client/app/window_loop.h"
#include "client/ui/window.h"
#include "storage/base/status.h"

namespace daftar::app {

struct StartsOptions {
  int times = 11;                      // of each sort, besides the first ones, which warm what the others find warm
  std::vector<std::string> arguments;  // of the program whose start is measured, but for --replica
  std::string replica;
  std::string against;  // a smaller replica to compare with; empty: none
};

// What the empty window has of memory, most of which is the driver's, in MB.
struct StartsOutcome {
  double empty_mb = 0;
};

// REQUIRES: nobody has the replicas open. Unavailable if such a start fails.
StatusOr<StartsOutcome> MeasureStarts(const StartsOptions& options, Report& report);

// What a program started by it does. `begun_ns`: when that was, of the same clock as NowNs.
//
// Opens a window with nothing but ImGui in it, and tells its figures on standard output once it has drawn a frame.
Status ShowEmptyWindow(const ui::WindowOptions& options, int64_t begun_ns);
// Draws until the first page can be read, and tells the same figures.
Status ShowFirstPage(WindowLoop& loop, Desk& desk, const Background& background, int64_t begun_ns);

}  // namespace daftar::app
