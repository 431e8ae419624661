#include "storage/base/status.h"

#include <cstdio>
#include <cstdlib>

namespace daftar {

Status WithContext(const Status& status, std::string_view context) {
  if (status.ok()) return status;
  return MakeStatus(status.code(), std::string(context) + ": " + Message(status));
}

void CheckFailed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "daftar: internal error: %s does not hold at %s:%d\n", condition, file, line);
  std::abort();
}

}  // namespace daftar
