// `daftar --bench-ui`: the window measures itself on the replica at hand, and sets each figure beside its goal.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "client/app/bench/frame_meter.h"
#include "client/app/bench/report.h"
#include "client/app/bench/scripted_reader.h"
#include "client/app/bench/starts.h"
#include "client/app/bench/syncing.h"
#include "storage/base/status.h"

namespace daftar::app {

struct BenchOptions {
  bool wanted = false;
  bool quick = false;  // fewer of everything: whether it works, not how fast
  bool json = false;
  std::string against;           // a smaller replica, whose starts are compared; empty: none
  std::string sync_from;         // a server with news, HOST:PORT/KEY; empty: none
  std::optional<double> idle_s;  // nullopt: a minute, 10 s if quick
  bool typing_only = false;      // neither starts nor pages
  std::string part;              // "empty", "page": this is a start that is being measured; empty: it is none
  int64_t begun_ns = 0;          // when that start was
};

// Before the replica is opened. `outcome` is for MeasureWindow.
StatusOr<StartsOutcome> MeasureStarts(const BenchOptions& options, StartsOptions starts, Report& report);
// Typing, pages, lists, idleness and memory, then syncing. `begin_sync`: empty without --sync-from.
Status MeasureWindow(ScriptedReader& reader, const BenchOptions& options, const StartsOutcome& outcome,
                     const BeginSync& begin_sync, Report& report);

}  // namespace daftar::app
