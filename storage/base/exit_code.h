// What the program tells the shell. Documented and stable; the same numbers in all of our programs.
#pragma once

#include "storage/base/status.h"

namespace daftar {

enum class ExitCode : int {
  kOk = 0,
  kFailure = 1,
  kUsage = 2,
  kNotFound = 3,
  kInvalidData = 4,
  kConflict = 5,
  kUnreachable = 6,
  kNotPermitted = 7,
  kBusy = 8,     // another program has the data open, or listens there
  kCorrupt = 9,  // damaged, or failed a check
  kPartlyDone = 10,
  kInterrupted = 130,
};

// The number for an error that nobody has judged more closely. FailedPrecondition is kFailure: only who opens something
// knows that it means kBusy.
ExitCode ExitCodeOf(const Status& status);

}  // namespace daftar
