#include "tests/memory_meter.h"

#include <malloc.h>

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<size_t> held{0}, most{0};

void* Take(size_t size) {
  void* const memory = std::malloc(size);
  if (memory == nullptr) std::abort();
  const size_t now = held += malloc_usable_size(memory);
  for (size_t seen = most; now > seen && !most.compare_exchange_weak(seen, now);) {
  }
  return memory;
}

void Give(void* memory) {
  if (memory == nullptr) return;
  held -= malloc_usable_size(memory);
  std::free(memory);
}

}  // namespace

void* operator new(size_t size) { return Take(size); }
void* operator new[](size_t size) { return Take(size); }
void operator delete(void* memory) noexcept { Give(memory); }
void operator delete[](void* memory) noexcept { Give(memory); }
void operator delete(void* memory, size_t) noexcept { Give(memory); }
void operator delete[](void* memory, size_t) noexcept { Give(memory); }

namespace daftar {

MemoryMeter::MemoryMeter() : before_(held) { most = before_; }

size_t MemoryMeter::peak() const { return most - before_; }

size_t MemoryMeter::now() const { return held - before_; }

}  // namespace daftar
