// Random numbers that are the same on every machine: integers only, our own generator and our own sampling (the
// distributions of the standard library differ from one library to the next).
#pragma once

#include <cstdint>
#include <initializer_list>

namespace daftar::gen {

// A number that depends on all the numbers given and on their order; neighbours look unrelated.
uint64_t MixOf(std::initializer_list<uint64_t> numbers);

// xoshiro256** seeded by splitmix64. Not thread-safe; cheap to make, so that every record has one of its own.
class Prng {
 public:
  explicit Prng(uint64_t seed);
  uint64_t Next();
  // 0 <= result < bound. REQUIRES: bound > 0. The bias of 2^-64 per value is of no matter here.
  uint64_t Below(uint64_t bound) { return High(Next(), bound); }
  // low <= result <= high. REQUIRES: low <= high.
  int64_t Between(int64_t low, int64_t high) {
    return low + static_cast<int64_t>(Below(static_cast<uint64_t>(high - low) + 1));
  }
  // True in `permille` of 1,000 cases.
  bool Chance(uint64_t permille) { return Below(1000) < permille; }

 private:
  // The upper half of the product.
  static uint64_t High(uint64_t a, uint64_t b) {
    __extension__ using U128 = unsigned __int128;
    return static_cast<uint64_t>((static_cast<U128>(a) * b) >> 64);
  }
  uint64_t state_[4];
};

}  // namespace daftar::gen
