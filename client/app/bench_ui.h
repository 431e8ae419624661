// How quick the window is, measured in the program itself, on the replica at hand: `daftar --bench-ui`.
//
// Each figure stands beside its goal; start and memory beside those of an empty window of the same size, opened by the
// same program in the same run. Times of frames are those of the program, from the beginning of a frame until all of it
// is known; what the graphics driver takes comes on top, and is told by itself.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "client/app/desk.h"
#include "client/app/frame_painter.h"
#include "storage/base/status.h"

namespace daftar::app {

struct BenchOptions {
  std::string program;                    // this program, to be started again
  std::vector<std::string> same_replica;  // its arguments for the same replica
  int starts = 7;
  int frames = 300;     // of each page
  int idle_seconds = 60;
};

// Writes the figures to `out` as they come. Takes the window over until it has ended.
Status BenchUi(FramePainter& painter, Desk& desk, const BenchOptions& options, std::ostream& out);

// What is started for comparison: an empty window of ImGui that draws one frame. Writes to standard output, a line each:
// how long it took from `begun_ns` on the monotonic clock until the frame was shown, and its memory in KiB.
Status ShowEmptyWindow(int64_t begun_ns);

// What a start writes after its first readable page, in the same form.
std::string StartLine(int64_t begun_ns);

}  // namespace daftar::app
