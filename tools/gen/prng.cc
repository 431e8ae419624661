#include "tools/gen/prng.h"

#include <bit>

namespace daftar::gen {
namespace {

// splitmix64, by Sebastiano Vigna (public domain).
uint64_t SplitMix(uint64_t& state) {
  uint64_t z = state += 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

}  // namespace

uint64_t MixOf(std::initializer_list<uint64_t> numbers) {
  uint64_t mixed = 0x6461667461720001u;
  for (uint64_t number : numbers) {
    uint64_t state = mixed ^ number;
    mixed = SplitMix(state);
  }
  return mixed;
}

Prng::Prng(uint64_t seed) {
  for (uint64_t& word : state_) word = SplitMix(seed);
}

// xoshiro256**, by David Blackman and Sebastiano Vigna (public domain).
uint64_t Prng::Next() {
  const uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
  const uint64_t shifted = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

}  // namespace daftar::gen
