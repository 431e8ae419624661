#include "client/app/bench/frame_meter.h"

#include <utility>

#include "client/app/bench/stopwatch.h"

namespace daftar::app {

void FrameMeter::Begun() {
  begun_ns_ = NowNs();
  begun_cpu_ns_ = ThreadCpuNs();
}

void FrameMeter::Built() {
  now_.build_cpu = Ms(ThreadCpuNs() - begun_cpu_ns_);
  now_.build = Ms(NowNs() - begun_ns_);
}

void FrameMeter::Shown() {
  now_.whole = Ms(NowNs() - begun_ns_);
  taken_.push_back(now_);
}

std::vector<FrameCost> FrameMeter::Take() { return std::exchange(taken_, {}); }

}  // namespace daftar::app
