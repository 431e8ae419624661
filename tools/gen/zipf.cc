#include "tools/gen/zipf.h"

#include <cmath>

namespace daftar::gen {
namespace {

constexpr uint64_t kSlices = 1 << 16;
constexpr double kWeightOfFirst = 1099511627776.0;  // 2^40

// rank^-1.0703125: 1.0703125 is 1 + 1/16 + 1/128, so that roots will do. IEEE prescribes every bit of a square root,
// a product and a quotient, and no sum stands here that a compiler could fuse; std::pow may differ in the last bit.
uint64_t WeightOf(uint32_t rank) {
  double sixteenth = rank;
  for (int i = 0; i < 4; ++i) sixteenth = std::sqrt(sixteenth);
  double root128 = sixteenth;
  for (int i = 0; i < 3; ++i) root128 = std::sqrt(root128);
  return 1 + static_cast<uint64_t>(kWeightOfFirst / (rank * sixteenth * root128));
}

}  // namespace

Zipf::Zipf(uint32_t ranks) : upto_(ranks), guide_(kSlices) {
  uint64_t sum = 0;
  for (uint32_t rank = 0; rank < ranks; ++rank) upto_[rank] = sum += WeightOf(rank + 1);
  uint32_t rank = 0;
  for (uint64_t slice = 0; slice < kSlices; ++slice) {
    while (upto_[rank] <= sum / kSlices * slice) ++rank;
    guide_[slice] = rank;
  }
}

uint32_t Zipf::Sample(Prng& random) const {
  const uint64_t at = random.Below(upto_.back());
  uint64_t slice = at / (upto_.back() / kSlices + 1);
  // The last ranks of a slice lie close together: few steps, and by halves where a slice holds very many.
  uint32_t low = guide_[slice];
  uint32_t high = slice + 2 < kSlices ? guide_[slice + 2] : ranks() - 1;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (upto_[middle] > at) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

}  // namespace daftar::gen
