// JSON text to a JSON value: the only place that knows how the parser fails. Pure functions; any thread.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "storage/base/status.h"

namespace daftar {

inline constexpr size_t kMaxInputBytes = 4 << 20;  // one record as text: several times what it takes in wire form
inline constexpr size_t kMaxJsonDepth = 32;

// InvalidArgument for text over kMaxInputBytes, invalid UTF-8 (which byte), a syntax error or a name that stands twice
// (line and column, both from 1, the column in characters), or nesting beyond kMaxJsonDepth.
StatusOr<nlohmann::json> ParseJson(std::string_view text);

// The first byte that is not part of valid UTF-8; nullopt if all is well.
std::optional<size_t> InvalidUtf8At(std::string_view text);
// InvalidArgument if the text is over kMaxInputBytes or not UTF-8.
Status CheckInput(std::string_view text);

}  // namespace daftar
