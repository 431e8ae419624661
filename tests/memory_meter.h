// How much memory a piece of code holds at its peak, and in the end: counts what goes through operator new,
// in every thread of the program. Only for programs that link tests_memory_meter.
#pragma once

#include <cstddef>

namespace daftar {

class MemoryMeter {
 public:
  // Counts from here.
  MemoryMeter();
  // The most that was held at a time since, beyond what was held then.
  size_t peak() const;
  // What is held now, beyond what was held then.
  size_t now() const;

 private:
  size_t before_;
};

}  // namespace daftar
