// Randomness as an argument.
#pragma once

#include <cstdint>
#include <random>

namespace daftar {

// A source of random numbers. Not thread-safe unless said.
class Random {
 public:
  virtual ~Random() = default;
  virtual uint64_t Next() = 0;
  // 0 <= result < bound; bound > 0.
  uint64_t Below(uint64_t bound) { return Next() % bound; }
};

// The system's generator, by libsodium. Thread-safe.
class SystemRandom final : public Random {
 public:
  uint64_t Next() override;
};

// The same numbers for the same seed, for tests and generators.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(uint64_t seed) : engine_(seed) {}
  uint64_t Next() override { return engine_(); }

 private:
  std::mt19937_64 engine_;
};

}  // namespace daftar
