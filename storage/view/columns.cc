#include "storage/view/columns.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace daftar {
namespace {

enum Form : uint8_t { kSame = 0, kPlain = 1, kSteps = 2, kPacked = 3 };

std::string Plain(std::span<const uint64_t> values) {
  std::string out;
  for (const uint64_t value : values) PutVarint(out, value);
  return out;
}

std::string Steps(std::span<const uint64_t> values) {
  std::string out;
  uint64_t before = 0;
  for (const uint64_t value : values) {
    PutVarint(out, ZigZag(static_cast<int64_t>(value - before)));
    before = value;
  }
  return out;
}

// What an order-0 entropy coder makes of the bytes, in bytes.
double EntropyOf(std::string_view bytes) {
  std::array<uint32_t, 256> times{};
  for (const char byte : bytes) ++times[static_cast<uint8_t>(byte)];
  double bits = 0;
  for (const uint32_t count : times) {
    if (count > 0) bits -= count * std::log2(double(count) / double(bytes.size()));
  }
  return bits / 8;
}

void PutPacked(std::string& out, std::span<const uint64_t> values, uint64_t smallest, int width) {
  out.push_back(static_cast<char>(width));
  PutVarint(out, smallest);
  uint64_t waiting = 0;
  int bits = 0;
  for (const uint64_t value : values) {
    uint64_t rest = value - smallest;
    for (int left = width; left > 0;) {
      const int taken = std::min(left, 8 - bits);
      waiting |= (rest & ((1u << taken) - 1)) << bits;
      rest >>= taken;
      left -= taken;
      bits += taken;
      if (bits < 8) continue;
      out.push_back(static_cast<char>(waiting));
      waiting = 0;
      bits = 0;
    }
  }
  if (bits > 0) out.push_back(static_cast<char>(waiting));
}

}  // namespace

void PutVarint(std::string& out, uint64_t value) {
  while (value >= 0x80) {
    out.push_back(static_cast<char>(value | 0x80));
    value >>= 7;
  }
  out.push_back(static_cast<char>(value));
}

bool TakeVarint(std::string_view& bytes, uint64_t& value) {
  value = 0;
  for (int shift = 0; shift < 64 && !bytes.empty(); shift += 7) {
    const uint8_t byte = static_cast<uint8_t>(bytes.front());
    bytes.remove_prefix(1);
    if (shift == 63 && byte > 1) return false;
    value |= uint64_t{byte & 0x7fu} << shift;
    if ((byte & 0x80) == 0) return true;
  }
  return false;
}

void PutColumn(std::string& out, std::span<const uint64_t> values) {
  if (values.empty()) return;
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  if (values.size() > 1 && *least == *most) out.push_back(kSame);
  if (*least == *most) return PutVarint(out, *least);

  const std::string plain = Plain(values), steps = Steps(values);
  const int width = std::bit_width(*most - *least);
  const double packed_size = 2 + double(values.size()) * width / 8;
  const double plain_size = EntropyOf(plain), steps_size = EntropyOf(steps);
  if (packed_size <= plain_size && packed_size <= steps_size) {
    out.push_back(kPacked);
    return PutPacked(out, values, *least, width);
  }
  out.push_back(plain_size <= steps_size ? kPlain : kSteps);
  out += plain_size <= steps_size ? plain : steps;
}

StatusOr<std::vector<uint64_t>> TakeColumn(std::string_view& bytes, size_t count) {
  if (count == 0) return std::vector<uint64_t>();
  DAFTAR_ASSIGN_OR_RETURN(ColumnReader reader, ColumnReader::Open(bytes, count));
  std::vector<uint64_t> values(count);
  for (uint64_t& value : values) {
    if (!reader.Next(value)) return InvalidArgument("a column is cut short");
  }
  bytes = reader.rest();
  return values;
}

StatusOr<ColumnReader> ColumnReader::Open(std::string_view bytes, uint64_t count) {
  ColumnReader reader;
  reader.left_ = count;
  reader.bytes_ = bytes;
  if (count == 0) return reader;
  reader.form_ = kSame;
  if (count > 1) {  // a single number is written without a form
    if (bytes.empty()) return InvalidArgument("a column is cut short");
    reader.form_ = static_cast<uint8_t>(bytes.front());
    bytes.remove_prefix(1);
  }
  if (reader.form_ > kPacked) return InvalidArgument("a column is of an unknown form");
  if (reader.form_ == kPacked) {
    reader.width_ = bytes.empty() ? 65 : static_cast<uint8_t>(bytes.front());
    if (reader.width_ > 64) return InvalidArgument("a packed column has no width");
    bytes.remove_prefix(1);
  }
  if ((reader.form_ == kPacked || reader.form_ == kSame) && !TakeVarint(bytes, reader.before_))
    return InvalidArgument("a column is cut short");
  reader.bytes_ = bytes;
  return reader;
}

bool ColumnReader::Next(uint64_t& value) {
  if (left_ == 0) return false;
  --left_;
  if (form_ == kSame) {
    value = before_;
    return true;
  }
  if (form_ == kPacked) return NextPacked(value);
  if (!TakeVarint(bytes_, value)) return false;
  if (form_ == kSteps) value = before_ += static_cast<uint64_t>(UnZigZag(value));
  return true;
}

bool ColumnReader::NextPacked(uint64_t& value) {
  if ((bit_ + width_ + 7) / 8 > bytes_.size()) return false;
  value = 0;
  for (unsigned got = 0; got < width_;) {
    const auto offset = static_cast<unsigned>(bit_ % 8), taken = std::min(width_ - got, 8 - offset);
    const uint64_t part = (static_cast<uint8_t>(bytes_[bit_ / 8]) >> offset) & ((1u << taken) - 1);
    value |= part << got;
    got += taken;
    bit_ += taken;
  }
  value += before_;
  return true;
}

}  // namespace daftar
