// The tag behind every stored value: it proves that these bytes were written under this key of this table.
// Private to this folder.
//
// Stored value = value, then 8 bytes, big-endian: XXH3 (64 bits) of the value, seeded by XXH3 of
//   table name, 0x00, key
// A checksum against damage, not against an attacker. XXH3 costs a tenth of a keyed hash, on the path of every read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "storage/lmdb/lmdb.h"

namespace daftar::lmdb {

// The value as it is stored: with its tag behind it.
std::string WithTag(Table table, std::string_view key, std::string_view value);
// The value without its tag; DataLoss if the tag is wrong or missing. The view is into `stored`.
StatusOr<std::string_view> WithoutTag(Table table, std::string_view key, std::string_view stored);
// The same, believing the tag; DataLoss if there is no room for one.
StatusOr<std::string_view> WithoutCheckingTag(Table table, std::string_view key, std::string_view stored);
// The tag of a stored value as a number, unchecked; 0 if there is no room for one.
uint64_t TagNumber(std::string_view stored);

}  // namespace daftar::lmdb
