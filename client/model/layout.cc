#include "client/model/layout.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace daftar {
namespace {

struct Span {
  char32_t first, last;
};

// Marks that stand on the letter before them, in the scripts of the dataset, and invisible signs of direction.
constexpr std::array kNoWidth = {
    Span{0x0300, 0x036F}, Span{0x0483, 0x0489}, Span{0x0591, 0x05BD}, Span{0x0610, 0x061A}, Span{0x064B, 0x065F},
    Span{0x0670, 0x0670}, Span{0x06D6, 0x06DC}, Span{0x06DF, 0x06E4}, Span{0x06E7, 0x06E8}, Span{0x06EA, 0x06ED},
    Span{0x08D3, 0x08FF}, Span{0x1AB0, 0x1AFF}, Span{0x1DC0, 0x1DFF}, Span{0x200B, 0x200F}, Span{0x202A, 0x202E},
    Span{0x2060, 0x2064}, Span{0x2066, 0x2069}, Span{0x20D0, 0x20FF}, Span{0xFE00, 0xFE0F}, Span{0xFE20, 0xFE2F}};
constexpr std::array kWide = {Span{0x1100, 0x115F},   Span{0x2E80, 0x303E},  Span{0x3041, 0xA4CF}, Span{0xAC00, 0xD7A3},
                              Span{0xF900, 0xFAFF},   Span{0xFE30, 0xFE6F},  Span{0xFF00, 0xFF60}, Span{0xFFE0, 0xFFE6},
                              Span{0x1F300, 0x1FAFF}, Span{0x20000, 0x3FFFD}};

bool Among(const auto& spans, char32_t c) {
  return std::any_of(spans.begin(), spans.end(), [&](Span span) { return c >= span.first && c <= span.last; });
}

struct Character {
  char32_t code;
  size_t bytes;
};

Character Decode(std::string_view text) {
  auto byte = [&](size_t at) { return at < text.size() ? static_cast<uint8_t>(text[at]) : uint8_t{0}; };
  uint8_t lead = byte(0);
  size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  char32_t code = length == 1 ? lead : lead & (0xFF >> (length + 1));
  for (size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {0xFFFD, 1};
    code = code << 6 | (byte(i) & 0x3F);
  }
  return {code, length};
}

size_t WidthOf(char32_t code) {
  if (Among(kNoWidth, code)) return 0;
  return Among(kWide, code) ? 2 : 1;
}

// As many bytes of the text as fit in the width, at least one character.
size_t Fitting(std::string_view text, size_t width) {
  size_t bytes = 0, used = 0;
  while (bytes < text.size()) {
    Character character = Decode(text.substr(bytes));
    used += WidthOf(character.code);
    if (used > width && bytes > 0) break;
    bytes += character.bytes;
  }
  return bytes;
}

void WrapLine(std::string_view text, size_t width, std::vector<std::string>& lines) {
  std::string line;
  size_t used = 0;
  while (!text.empty()) {
    size_t space = std::min(text.find(' '), text.size());
    std::string_view word = text.substr(0, space);
    text.remove_prefix(std::min(text.size(), space + 1));
    size_t needs = DisplayWidth(word);
    if (used > 0 && used + 1 + needs > width) {
      line.erase(line.find_last_not_of(' ') + 1);  // the first of two spaces
      lines.push_back(std::move(line));
      line.clear();
      used = 0;
    }
    while (needs > width) {  // a long address
      size_t bytes = Fitting(word, width);
      lines.emplace_back(word.substr(0, bytes));
      word.remove_prefix(bytes);
      needs = DisplayWidth(word);
    }
    if (used > 0) line += ' ';
    line += word;
    used = DisplayWidth(line);
  }
  lines.push_back(std::move(line));
}

}  // namespace

size_t DisplayWidth(std::string_view text) {
  size_t width = 0;
  while (!text.empty()) {
    Character character = Decode(text);
    width += WidthOf(character.code);
    text.remove_prefix(character.bytes);
  }
  return width;
}

std::string Pad(std::string text, size_t width) {
  size_t used = DisplayWidth(text);
  if (used < width) text.append(width - used, ' ');
  return text;
}

std::vector<std::string> Wrap(std::string_view text, size_t width) {
  std::vector<std::string> lines;
  width = std::max<size_t>(width, 1);
  while (true) {
    size_t end = std::min(text.find('\n'), text.size());
    WrapLine(text.substr(0, end), width, lines);
    if (end == text.size()) return lines;
    text.remove_prefix(end + 1);
  }
}

std::string Hanging(std::string_view first, std::string_view text, size_t width) {
  size_t indent = DisplayWidth(first);
  size_t room = width > indent + 10 ? width - indent : 10;
  std::string out(first);
  bool begun = false;
  for (const std::string& line : Wrap(text, room)) {
    if (begun) out.append(indent, ' ');
    out += line + "\n";
    begun = true;
  }
  return out;
}

std::string SideBySide(const std::vector<std::string>& cells, const std::vector<size_t>& widths) {
  std::vector<std::vector<std::string>> wrapped;
  size_t height = 0;
  for (size_t i = 0; i < cells.size(); ++i) {
    wrapped.push_back(Wrap(cells[i], widths[i]));
    height = std::max(height, wrapped.back().size());
  }
  std::string out;
  for (size_t row = 0; row < height; ++row) {
    std::string line;
    for (size_t i = 0; i < cells.size(); ++i) {
      line += Pad(row < wrapped[i].size() ? wrapped[i][row] : "", widths[i]) + (i + 1 < cells.size() ? "  " : "");
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

std::string Heading(std::string_view title) {
  std::string out = "\n" + std::string(title) + "\n";
  for (size_t i = 0; i < DisplayWidth(title); ++i) out += "─";
  return out + "\n";
}

}  // namespace daftar
