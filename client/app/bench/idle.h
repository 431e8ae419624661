// What the window does while nobody does anything.
#pragma once

#include "client/app/bench/report.h"
#include "client/app/bench/scripted_reader.h"
#include "storage/base/status.h"

namespace daftar::app {

// Leaves the first page alone for so many seconds, once it has come to rest, and counts frames and processor time.
Status MeasureIdle(ScriptedReader& reader, double seconds, Report& report);

}  // namespace daftar::app
