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

StatusOr<std::vector<uint64_t>> TakePacked(std::string_view& bytes, size_t count) {
  uint64_t smallest = 0;
  const int width = bytes.empty() ? 65 : static_cast<uint8_t>(bytes.front());
  if (width > 64) return InvalidArgument("a packed column has no width");
  bytes.remove_prefix(1);
  if (!TakeVarint(bytes, smallest)) return InvalidArgument("a column is cut short");
  const size_t size = (count * static_cast<size_t>(width) + 7) / 8;
  if (size > bytes.size()) return InvalidArgument("a column is cut short");
  std::vector<uint64_t> values;
  values.reserve(count);
  size_t bit = 0;
  for (size_t i = 0; i < count; ++i) {
    uint64_t value = 0;
    for (int got = 0; got < width;) {
      const int offset = static_cast<int>(bit % 8);
      const int taken = std::min(width - got, 8 - offset);
      const uint64_t part = (static_cast<uint8_t>(bytes[bit / 8]) >> offset) & ((1u << taken) - 1);
      value |= part << got;
      got += taken;
      bit += static_cast<size_t>(taken);
    }
    values.push_back(smallest + value);
  }
  bytes.remove_prefix(size);
  return values;
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
  uint8_t form = kSame;
  if (count > 1) {
    if (bytes.empty()) return InvalidArgument("a column is cut short");
    form = static_cast<uint8_t>(bytes.front());
    bytes.remove_prefix(1);
  }
  if (form == kPacked) return TakePacked(bytes, count);
  if (form > kPacked) return InvalidArgument("a column is of an unknown form");
  uint64_t value = 0, before = 0;
  if (form == kSame) {
    if (!TakeVarint(bytes, value)) return InvalidArgument("a column is cut short");
    return std::vector<uint64_t>(count, value);
  }
  if (count > bytes.size()) return InvalidArgument("a column is cut short");
  std::vector<uint64_t> values;
  values.reserve(count);
  for (size_t i = 0; i < count; ++i) {
    if (!TakeVarint(bytes, value)) return InvalidArgument("a column is cut short");
    before = form == kSteps ? before + static_cast<uint64_t>(UnZigZag(value)) : value;
    values.push_back(before);
  }
  return values;
}

}  // namespace daftar
