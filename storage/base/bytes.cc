#include "storage/base/bytes.h"

#include <cstdio>

namespace daftar {
namespace {

template <typename T>
void Put(std::string& out, T value) {
  for (int shift = 8 * (sizeof(T) - 1); shift >= 0; shift -= 8) out += static_cast<char>(value >> shift);
}

template <typename T>
bool Take(std::string_view& bytes, T& value) {
  if (bytes.size() < sizeof(T)) return false;
  value = 0;
  for (size_t i = 0; i < sizeof(T); ++i) value = static_cast<T>(value << 8 | static_cast<uint8_t>(bytes[i]));
  bytes.remove_prefix(sizeof(T));
  return true;
}

int Digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::string ToHex(std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  hex.reserve(2 * bytes.size());
  for (unsigned char byte : bytes) {
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return hex;
}

std::optional<std::string> FromHex(std::string_view hex) {
  if (hex.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  for (size_t i = 0; i < hex.size(); i += 2) {
    int high = Digit(hex[i]), low = Digit(hex[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes += static_cast<char>(high << 4 | low);
  }
  return bytes;
}

void PutU16(std::string& out, uint16_t value) { Put(out, value); }
void PutU32(std::string& out, uint32_t value) { Put(out, value); }
void PutU64(std::string& out, uint64_t value) { Put(out, value); }
bool TakeU16(std::string_view& bytes, uint16_t& value) { return Take(bytes, value); }
bool TakeU32(std::string_view& bytes, uint32_t& value) { return Take(bytes, value); }
bool TakeU64(std::string_view& bytes, uint64_t& value) { return Take(bytes, value); }

bool TakeBytes(std::string_view& bytes, size_t size, std::string_view& value) {
  if (bytes.size() < size) return false;
  value = bytes.substr(0, size);
  bytes.remove_prefix(size);
  return true;
}

std::string HumanBytes(uint64_t bytes) {
  static constexpr const char* kUnits[] = {"B", "kB", "MB", "GB", "TB"};
  double value = static_cast<double>(bytes);
  int unit = 0;
  while (value >= 1000 && unit < 4) {
    value /= 1000;
    ++unit;
  }
  char text[32];
  std::snprintf(text, sizeof text, unit == 0 || value >= 100 ? "%.0f %s" : "%.1f %s", value, kUnits[unit]);
  return text;
}

}  // namespace daftar
