// Columns of numbers: the form in which frames carry what many changes have in common.
//
// A column of n numbers is written in whichever of these forms takes least, n itself being known to the reader:
//   n = 0      nothing
//   n = 1      varint
//   n > 1      form u8, then
//     0 kSame    varint: all are equal
//     1 kPlain   a varint each
//     2 kSteps   a varint each: the zigzag difference from the one before, the first from 0
//     3 kPacked  width in bits u8, varint smallest, then the differences from the smallest, packed, low bit first
// kPlain and kSteps are judged by what is left of them after an entropy coder, since frames are compressed; what is
// packed is spread evenly and does not compress.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/status.h"

namespace daftar {

void PutVarint(std::string& out, uint64_t value);
// Reads one off the front. False if it is cut short or longer than 64 bits; `bytes` is then undefined.
bool TakeVarint(std::string_view& bytes, uint64_t& value);

inline uint64_t ZigZag(int64_t value) {
  return (static_cast<uint64_t>(value) << 1) ^ static_cast<uint64_t>(value >> 63);
}
inline int64_t UnZigZag(uint64_t value) { return static_cast<int64_t>(value >> 1) ^ -static_cast<int64_t>(value & 1); }

// Appends a column.
void PutColumn(std::string& out, std::span<const uint64_t> values);
// Reads a column of `count` numbers off the front. Foreign bytes: InvalidArgument if they are no such column. REQUIRES:
// `count` bounded by the caller, who pays 8 bytes for each.
StatusOr<std::vector<uint64_t>> TakeColumn(std::string_view& bytes, size_t count);

// A column read number by number. The bytes outlive it.
class ColumnReader {
 public:
  ColumnReader() = default;  // of an empty one
  // Of so many numbers, off the front. Foreign bytes: InvalidArgument if they are no column.
  static StatusOr<ColumnReader> Open(std::string_view bytes, uint64_t count);
  // The next. False: that was all, or the bytes are cut short.
  bool Next(uint64_t& value);
  // What lies behind the numbers read. REQUIRES: all are.
  std::string_view rest() const { return bytes_.substr((bit_ + 7) / 8); }

 private:
  bool NextPacked(uint64_t& value);

  uint8_t form_ = 0;  // as above
  std::string_view bytes_;
  uint64_t left_ = 0;
  uint64_t before_ = 0;  // of kSame the number, of kSteps the one before, of kPacked the smallest
  unsigned width_ = 0;
  uint64_t bit_ = 0;
};

}  // namespace daftar
