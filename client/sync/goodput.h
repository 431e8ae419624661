// How much a link carries: measured while data comes, and what to ask of the server by it.
#pragma once

#include <cstdint>

#include "daftar/v1/frames.pb.h"
#include "storage/base/clock.h"

namespace daftar {

// Bytes a second, smoothed over about four measurements of half a second. Time counts only while more is on its way:
// from a frame that is not the last one of what the server has to send, to the next. What the client itself takes to
// keep a frame is part of it. Short sessions measure nothing. One for each run of sessions, on its thread.
class GoodputMeter {
 public:
  // `known`: of earlier sessions; 0: nothing is known. The clock must outlive it.
  GoodputMeter(const Clock& clock, uint64_t known) : clock_(clock), goodput_(known) {}

  void Received(const v1::ServerFrame& frame);
  // A link has come up.
  void Restart();
  // 0: not known yet.
  uint64_t bytes_per_second() const { return goodput_; }

 private:
  const Clock& clock_;
  uint64_t goodput_;
  bool busy_ = false;  // more is on its way
  int64_t since_ms_ = 0;
  uint64_t bytes_ = 0;  // since then
};

inline constexpr uint64_t kSmallestFrame = 4 << 10, kLargestFrame = 256 << 10;

// The size of frames to ask for: what the link carries in half a second, within those bounds. 0, the server's choice,
// if that is not known.
uint32_t FrameBytesFor(uint64_t goodput);

}  // namespace daftar
