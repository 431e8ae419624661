// How a store guards against crashes and full disks.
#pragma once

#include <cstdint>

namespace daftar {

struct Safety {
  // Room kept beside what a person writes, for a full disk (storage/lmdb).
  uint64_t ballast_bytes = 0;
  // If the program before did not close the store: a child process looks at the file first, rows are counted, and what
  // can be mended is.
  bool after_crash = false;
};

// What programs want. They open their stores before they start threads, or there is no child.
inline constexpr Safety kProgramSafety{.ballast_bytes = 64 << 20, .after_crash = true};

}  // namespace daftar
