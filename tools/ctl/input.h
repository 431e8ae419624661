// What people give on the command line and in files: days, texts, field assignments.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "storage/base/status.h"

namespace daftar::ctl {

// Files larger than this are not read at all; what a record may hold is far less.
inline constexpr uint64_t kMaxInputBytes = 32 << 20;

// The day of --as-of, days since 1970-01-01; nullopt for an empty text. InvalidArgument says what is wrong.
StatusOr<std::optional<int32_t>> ReadDay(const std::string& text);
// The text of a file, or of standard input for "-".
StatusOr<std::string> ReadInput(const std::string& file);
// The text itself, that of a file for "@FILE", or of standard input for "-".
StatusOr<std::string> ReadValue(const std::string& value);
// "notes=…" cut at the first = outside brackets: "accounts[key=7].date=2023". InvalidArgument if there is none.
StatusOr<std::pair<std::string, std::string>> SplitAssignment(std::string_view text);

}  // namespace daftar::ctl
