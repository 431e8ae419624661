#include "client/app/memory.h"

#include <malloc.h>

namespace daftar::app {
namespace {

constexpr int kLargeBlock = 256 << 10;

}  // namespace

void GiveMemoryBack() {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, kLargeBlock);
#endif
}

}  // namespace daftar::app
