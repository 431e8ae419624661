#include "storage/base/random.h"

#include <sodium.h>

namespace daftar {

uint64_t SystemRandom::Next() {
  uint64_t value;
  randombytes_buf(&value, sizeof value);
  return value;
}

}  // namespace daftar
