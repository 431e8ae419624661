// Numbers in blocks: LEB128 varints, and little-endian words where columns are read in place.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace daftar::search {

inline void PutVarint(std::string& out, uint64_t value) {
  while (value >= 0x80) {
    out.push_back(static_cast<char>(value | 0x80));
    value >>= 7;
  }
  out.push_back(static_cast<char>(value));
}

// Signed numbers: small ones of either sign are short.
inline void PutZigzag(std::string& out, int64_t value) {
  PutVarint(out, (static_cast<uint64_t>(value) << 1) ^ static_cast<uint64_t>(value >> 63));
}

template <typename Number>
void PutRaw(std::string& out, Number value) {
  char bytes[sizeof(Number)];
  std::memcpy(bytes, &value, sizeof(Number));
  out.append(bytes, sizeof(Number));
}

// REQUIRES: `at` + sizeof(Number) bytes.
template <typename Number>
Number RawAt(std::string_view bytes, size_t at) {
  Number value;
  std::memcpy(&value, bytes.data() + at, sizeof(Number));
  return value;
}

// Reads stored bytes, which may be damaged: behind the end everything is zero, and ok() is false from then on.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  bool ok() const { return ok_; }
  bool done() const { return at_ == end_; }
  size_t left() const { return static_cast<size_t>(end_ - at_); }
  void Fail() {
    ok_ = false;
    at_ = end_;
  }

  uint64_t Varint() {
    uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at_ == end_) break;
      const uint8_t byte = static_cast<uint8_t>(*at_++);
      value |= uint64_t{byte & 0x7fu} << shift;
      if (byte < 0x80) return value;
    }
    Fail();
    return 0;
  }
  // Fails above `most`.
  uint64_t Varint(uint64_t most) {
    const uint64_t value = Varint();
    if (value <= most) return value;
    Fail();
    return 0;
  }
  int64_t Zigzag() {
    const uint64_t value = Varint();
    return static_cast<int64_t>(value >> 1) ^ -static_cast<int64_t>(value & 1);
  }
  template <typename Number>
  Number Raw() {
    if (left() < sizeof(Number)) {
      Fail();
      return Number{};
    }
    Number value;
    std::memcpy(&value, at_, sizeof(Number));
    at_ += sizeof(Number);
    return value;
  }
  std::string_view Bytes(uint64_t size) {
    if (size > left()) {
      Fail();
      return "";
    }
    const std::string_view bytes(at_, static_cast<size_t>(size));
    at_ += size;
    return bytes;
  }

 private:
  const char* at_;
  const char* end_;
  bool ok_ = true;
};

}  // namespace daftar::search
