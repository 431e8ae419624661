// Where words stand in a text, as a reader means them: case, accents that stand apart, joiners and the variants of
// Arabic letters aside. And which word stands at a place. Bytes; pure functions, any thread.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace daftar::text {

struct ByteRange {
  size_t begin = 0, end = 0;
  friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

// One behind the other, kMostFound at most. None for nothing.
std::vector<ByteRange> FindAll(std::string_view text, std::string_view sought);
inline constexpr size_t kMostFound = 200;

// The word round the byte, as the language parts words (ICU); a space or a sign is one by itself.
ByteRange WordAt(std::string_view text, size_t byte);

}  // namespace daftar::text
