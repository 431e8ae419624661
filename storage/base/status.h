// Errors. Every fallible call returns absl::Status or absl::StatusOr; nothing of ours throws.
//
// Choose the code by what the caller should do: Unavailable: try again later. Aborted: run the step again.
// FailedPrecondition: ask a person. NotFound: it is not there. InvalidArgument: the input is wrong.
// DataLoss: stored bytes are damaged, stop and offer repair. ResourceExhausted: disk or limit full. Internal: our bug.
// A message says what happened, what is safe and what to do; add context where it is known.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace daftar {

using absl::Status;
using absl::StatusCode;
using absl::StatusOr;

inline Status OkStatus() { return absl::OkStatus(); }

// Debian's abseil has a string_view of its own; this is the one place where the two meet.
inline Status MakeStatus(StatusCode code, std::string_view message) {
  return Status(code, absl::string_view(message.data(), message.size()));
}
inline Status InvalidArgument(std::string_view m) { return MakeStatus(StatusCode::kInvalidArgument, m); }
inline Status NotFound(std::string_view m) { return MakeStatus(StatusCode::kNotFound, m); }
inline Status AlreadyExists(std::string_view m) { return MakeStatus(StatusCode::kAlreadyExists, m); }
inline Status FailedPrecondition(std::string_view m) { return MakeStatus(StatusCode::kFailedPrecondition, m); }
inline Status Aborted(std::string_view m) { return MakeStatus(StatusCode::kAborted, m); }
inline Status Unavailable(std::string_view m) { return MakeStatus(StatusCode::kUnavailable, m); }
inline Status DataLoss(std::string_view m) { return MakeStatus(StatusCode::kDataLoss, m); }
inline Status ResourceExhausted(std::string_view m) { return MakeStatus(StatusCode::kResourceExhausted, m); }
inline Status PermissionDenied(std::string_view m) { return MakeStatus(StatusCode::kPermissionDenied, m); }
inline Status DeadlineExceeded(std::string_view m) { return MakeStatus(StatusCode::kDeadlineExceeded, m); }
inline Status Cancelled(std::string_view m) { return MakeStatus(StatusCode::kCancelled, m); }
inline Status Internal(std::string_view m) { return MakeStatus(StatusCode::kInternal, m); }

// The message of a status as a std::string.
inline std::string Message(const Status& status) {
  return std::string(status.message().data(), status.message().size());
}

// The same code, with "context: " before the message.
Status WithContext(const Status& status, std::string_view context);

}  // namespace daftar

#define DAFTAR_CONCAT_INNER(a, b) a##b
#define DAFTAR_CONCAT(a, b) DAFTAR_CONCAT_INNER(a, b)

// Leaves the function with the error, if there is one.
#define DAFTAR_RETURN_IF_ERROR(expression)                                                      \
  do {                                                                                          \
    if (::absl::Status daftar_status = (expression); !daftar_status.ok()) return daftar_status; \
  } while (false)

// DAFTAR_ASSIGN_OR_RETURN(auto value, Call()): the value, or leaves the function with the error.
#define DAFTAR_ASSIGN_OR_RETURN(target, expression) \
  DAFTAR_ASSIGN_OR_RETURN_INNER(DAFTAR_CONCAT(daftar_result_, __LINE__), target, expression)
#define DAFTAR_ASSIGN_OR_RETURN_INNER(result, target, expression) \
  auto result = (expression);                                     \
  if (!result.ok()) return result.status();                       \
  target = *std::move(result)

// For our own bugs only: nothing from disk, network or a person may reach it.
#define DAFTAR_CHECK(condition)                                              \
  do {                                                                       \
    if (!(condition)) ::daftar::CheckFailed(#condition, __FILE__, __LINE__); \
  } while (false)

namespace daftar {
// Says where, and aborts.
[[noreturn]] void CheckFailed(const char* condition, const char* file, int line);
}  // namespace daftar
