// An older version of a record made its newest one. Pure; any thread.
#pragma once

#include <optional>
#include <string_view>

#include "storage/base/status.h"
#include "storage/model/review.h"

namespace daftar::forms {

// The record with all that it says as the body `then` has it, or with that part alone ({field, 0}: all of a list). What
// is said about it (comments, proposals, the state of review) is no part of a version and stays, unless it is the part
// that is wanted. InvalidArgument if the body is none of such a record.
StatusOr<Reviewed> AsItWas(const Record& record, std::string_view then, const std::optional<PartId>& wanted);

// A retired record that is so no longer.
StatusOr<Reviewed> Unretired(const Record& record);

}  // namespace daftar::forms
