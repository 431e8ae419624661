#include "storage/base/sodium.h"

#include <sodium.h>

#include "storage/base/status.h"

namespace daftar {

void PrepareSodium() {
  // 0: made ready, 1: was ready before, -1: this system has no generator of random numbers.
  static const int result = sodium_init();
  DAFTAR_CHECK(result >= 0);
}

}  // namespace daftar
