// Frames while the replica is brought up to date in the background.
#pragma once

#include <functional>
#include <memory>

#include "client/app/bench/report.h"
#include "client/app/bench/scripted_reader.h"
#include "client/app/sync_thread.h"
#include "storage/base/status.h"

namespace daftar::app {

// The program's own syncing, begun.
using BeginSync = std::function<StatusOr<std::unique_ptr<SyncThread>>()>;

// Begins the program's own syncing and scrolls the list of incidents, 60 frames a second, until nothing has come for a
// while. It changes the replica, so it is the last thing to measure. Unavailable if nothing came at all: that would say
// nothing.
Status MeasureSyncing(ScriptedReader& reader, const BeginSync& begin_sync, Report& report);

}  // namespace daftar::app
