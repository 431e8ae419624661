// Text between two line ends, as UTF-16, which ICU and HarfBuzz work on, and where each unit stands in the UTF-8.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace daftar::text {

struct Paragraph {
  std::u16string units;
  std::vector<size_t> bytes;  // of each unit, and behind them the end: so many bytes stand before it in the whole text
};

// Splits at "\n". Bytes that are not UTF-8 become U+FFFD, other control characters spaces. At least one paragraph.
std::vector<Paragraph> ParagraphsOf(std::string_view text);
// All of it as one line: line ends are spaces.
Paragraph LineOf(std::string_view text);

}  // namespace daftar::text
