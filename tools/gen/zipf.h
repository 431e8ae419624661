// Ranks by Zipf's law: the n-th most frequent has a weight of about n^-1.07, as words in texts and actors in the news.
#pragma once

#include <cstdint>
#include <vector>

#include "tools/gen/prng.h"

namespace daftar::gen {

// Immutable; any thread. 8 bytes a rank and 256 kB.
class Zipf {
 public:
  // REQUIRES: 0 < ranks < 2^31.
  explicit Zipf(uint32_t ranks);
  // 0 for the most frequent.
  uint32_t Sample(Prng& random) const;
  uint32_t ranks() const { return static_cast<uint32_t>(upto_.size()); }

 private:
  std::vector<uint64_t> upto_;   // sum of the weights up to and with each rank
  std::vector<uint32_t> guide_;  // for each slice of the sum, the first rank that reaches into it
};

}  // namespace daftar::gen
