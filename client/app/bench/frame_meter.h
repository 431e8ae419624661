// What frames cost, one by one. The UI thread.
#pragma once

#include <cstdint>
#include <vector>

#include "client/app/window_loop.h"

namespace daftar::app {

// Milliseconds.
struct FrameCost {
  double build_cpu = 0;  // processor time of the UI thread until the frame is ready to be handed to OpenGL
  double build = 0;      // the same by the wall: also what it waited for
  double whole = 0;      // by the wall, with OpenGL
};

class FrameMeter final : public FrameWatch {
 public:
  void Begun() override;
  void Built() override;
  void Shown() override;

  // Those since the last call.
  std::vector<FrameCost> Take();

 private:
  int64_t begun_ns_ = 0, begun_cpu_ns_ = 0;
  FrameCost now_;
  std::vector<FrameCost> taken_;
};

}  // namespace daftar::app
