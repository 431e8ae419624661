#include "storage/base/exit_code.h"

namespace daftar {

ExitCode ExitCodeOf(const Status& status) {
  switch (status.code()) {
    case StatusCode::kOk:
      return ExitCode::kOk;
    case StatusCode::kNotFound:
      return ExitCode::kNotFound;
    case StatusCode::kInvalidArgument:
      return ExitCode::kInvalidData;
    case StatusCode::kAborted:
      return ExitCode::kConflict;
    case StatusCode::kUnavailable:
    case StatusCode::kDeadlineExceeded:
      return ExitCode::kUnreachable;
    case StatusCode::kPermissionDenied:
      return ExitCode::kNotPermitted;
    case StatusCode::kDataLoss:
      return ExitCode::kCorrupt;
    case StatusCode::kCancelled:
      return ExitCode::kInterrupted;
    default:
      return ExitCode::kFailure;
  }
}

}  // namespace daftar
