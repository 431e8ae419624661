#include "client/app/memory.h"

#include <malloc.h>

#include <utility>

namespace daftar::app {
namespace {

constexpr int kLargeBlock = 256 << 10;

}  // namespace

void GiveMemoryBack() {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, kLargeBlock);
#endif
}

void GiveFreedPiecesBack() {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

MemoryKeeper::MemoryKeeper(std::function<void()> give_back, int64_t rest_ms)
    : give_back_(std::move(give_back)), rest_ms_(rest_ms), thread_([this] { Run(); }) {}

MemoryKeeper::~MemoryKeeper() {
  {
    MutexLock lock(mutex_);
    closing_ = true;
    changed_.NotifyAll();
  }
  thread_.join();
}

void MemoryKeeper::Poke() {
  MutexLock lock(mutex_);
  poked_ = true;
  changed_.NotifyAll();
}

void MemoryKeeper::Run() {
  while (true) {
    {
      MutexLock lock(mutex_);
      while (!poked_ && !closing_) changed_.Wait(mutex_);
      // Until nothing has happened for a while; a wake-up for nothing only makes that longer.
      while (!closing_) {
        poked_ = false;
        if (!changed_.WaitMs(mutex_, rest_ms_)) break;
      }
      if (closing_) return;
    }
    give_back_();
  }
}

}  // namespace daftar::app
