// What writer and reader of bodies by field (body_columns.h) have in common.
#pragma once

#include <cstddef>
#include <cstdint>

namespace daftar::body_form {

enum Form : uint8_t { kMessage = 0, kNumber = 1, kFixed = 2, kBytes = 3, kId = 4 };
inline constexpr uint8_t kForms = 5;

// Fields of fields of fields, and of all together: more than any schema has.
inline constexpr size_t kMostFields = 4096;
inline constexpr size_t kDeepest = 24;

// Of protobuf's encoding.
inline constexpr uint32_t kVarintWire = 0, kFixed64Wire = 1, kBytesWire = 2;

}  // namespace daftar::body_form
