// Frames of every sort of page, while a reader scrolls, drags and zooms.
#pragma once

#include <string>

#include "client/app/bench/report.h"
#include "client/app/bench/scripted_reader.h"
#include "storage/base/status.h"

namespace daftar::app {

inline constexpr double kMostFrameMs = 8;

// The largest memory that the program had while a page was open: its AnonymousMb.
struct MostMemory {
  double mb = 0;
  std::string page;
};

// `frames`: of each sort of page, the opening of it included, several pages of a sort where there are several. A sort
// that the replica has no page of gets no row.
StatusOr<MostMemory> MeasurePages(ScriptedReader& reader, int frames, Report& report);
// Scrolling the longest list from end to end, through the worker that reads its rows; and how long it takes until rows
// stand where the scroll bar was dragged to.
Status MeasureLongList(ScriptedReader& reader, int frames, Report& report);

// A row of processor times until frames were built, which may be kMostFrameMs.
Row BuildRow(std::string what, const std::vector<FrameCost>& costs);

}  // namespace daftar::app
