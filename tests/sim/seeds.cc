#include "tests/sim/seeds.h"

#include <cstdlib>
#include <iostream>

namespace daftar::sim {
namespace {

uint64_t FromEnvironment(const char* name, uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}

}  // namespace

Seeds::Seeds(uint64_t usual, int64_t most_ms)
    : only_(FromEnvironment("DAFTAR_SIM_SEED", 0)),
      wanted_(FromEnvironment("DAFTAR_SIM_SEEDS", 0)),
      base_(FromEnvironment("DAFTAR_SIM_SEED_BASE", static_cast<uint64_t>(clock_.NowMs()) * 1000)),
      most_(only_ != 0     ? 1
            : wanted_ != 0 ? wanted_
                           : usual),
      end_ms_(clock_.MonotonicMs() + most_ms) {}

std::optional<uint64_t> Seeds::Next() {
  const bool late = wanted_ == 0 && count_ > 0 && clock_.MonotonicMs() >= end_ms_;
  if (count_ >= most_ || late) return std::nullopt;
  return (only_ != 0 ? only_ : base_) + count_++;
}

void Seeds::Say() const {
  if (only_ == 0) std::cout << count_ << " seeds from DAFTAR_SIM_SEED_BASE=" << base_ << " on\n";
  if (count_ < most_) std::cout << "There was no time for " << most_ - count_ << " more.\n";
}

}  // namespace daftar::sim
