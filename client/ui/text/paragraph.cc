#include "client/ui/text/paragraph.h"

#include <unicode/utf16.h>
#include <unicode/utf8.h>

namespace daftar::text {
namespace {

constexpr UChar32 kReplacement = 0xFFFD;

bool IsControl(UChar32 c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

void Append(Paragraph& paragraph, UChar32 c, size_t byte) {
  if (c > 0xFFFF) {
    paragraph.units += static_cast<char16_t>(U16_LEAD(c));
    paragraph.bytes.push_back(byte);
    c = U16_TRAIL(c);
  }
  paragraph.units += static_cast<char16_t>(c);
  paragraph.bytes.push_back(byte);
}

std::vector<Paragraph> Split(std::string_view text, bool at_line_ends) {
  std::vector<Paragraph> paragraphs(1);
  const char* bytes = text.data();
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t at = 0; at < size;) {
    const int32_t begin = at;
    UChar32 c = 0;
    U8_NEXT(bytes, at, size, c);
    if (at_line_ends && c == '\n') {
      paragraphs.back().bytes.push_back(static_cast<size_t>(begin));
      paragraphs.emplace_back();
    } else {
      Append(paragraphs.back(), c < 0 ? kReplacement : IsControl(c) ? ' ' : c, static_cast<size_t>(begin));
    }
  }
  paragraphs.back().bytes.push_back(text.size());
  return paragraphs;
}

}  // namespace

std::vector<Paragraph> ParagraphsOf(std::string_view text) { return Split(text, true); }

Paragraph LineOf(std::string_view text) { return std::move(Split(text, false).front()); }

}  // namespace daftar::text
