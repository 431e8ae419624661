// Optimal string alignment as the textbook has it, over code points of valid UTF-8.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace daftar::search {

inline int NaiveDistance(std::string_view a_utf8, std::string_view b_utf8) {
  auto letters = [](std::string_view utf8) {
    std::vector<std::string> all;
    for (char c : utf8) {
      if ((c & 0xc0) != 0x80 || all.empty()) all.emplace_back();
      all.back() += c;
    }
    return all;
  };
  const std::vector<std::string> a = letters(a_utf8), b = letters(b_utf8);
  std::vector<std::vector<int>> d(a.size() + 1, std::vector<int>(b.size() + 1));
  for (size_t i = 0; i <= a.size(); ++i) {
    for (size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = static_cast<int>(i + j);
        continue;
      }
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

}  // namespace daftar::search
