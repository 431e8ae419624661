// Bytes: hex, and the big-endian numbers of which keys are made, so that byte order is number order.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace daftar {

// Lower-case hex.
std::string ToHex(std::string_view bytes);
// Any case; nullopt for an odd length or a foreign character.
std::optional<std::string> FromHex(std::string_view hex);

// Appends big-endian numbers.
void PutU16(std::string& out, uint16_t value);
void PutU32(std::string& out, uint32_t value);
void PutU64(std::string& out, uint64_t value);

// Reads numbers off the front of `bytes`. False, and nothing read, if too short.
bool TakeU16(std::string_view& bytes, uint16_t& value);
bool TakeU32(std::string_view& bytes, uint32_t& value);
bool TakeU64(std::string_view& bytes, uint64_t& value);
// Reads `size` bytes off the front.
bool TakeBytes(std::string_view& bytes, size_t size, std::string_view& value);

// "1.2 MB", "345 kB", "17 B": decimal units, for people.
std::string HumanBytes(uint64_t bytes);

}  // namespace daftar
