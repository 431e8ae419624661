#include "client/ui/text/find.h"

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <memory>

#include "client/ui/text/paragraph.h"

namespace daftar::text {
namespace {

// A character as it is compared, and where it stands; what is passed over belongs to the one before.
struct Compared {
  UChar32 character;
  size_t begin, end;
};

UChar32 Folded(UChar32 c) {
  switch (c) {
    case 0x064A:  // Arabic yeh, and without its points
    case 0x0649:
      return 0x06CC;
    case 0x0643:  // Arabic kaf
      return 0x06A9;
    case 0x0622:  // alef with madda, with hamza above and below
    case 0x0623:
    case 0x0625:
      return 0x0627;
    case 0x0629:  // teh marbuta
      return 0x0647;
    default:
      return u_isUWhiteSpace(c) ? ' ' : u_foldCase(c, U_FOLD_CASE_DEFAULT);
  }
}

bool IsPassedOver(UChar32 c) {
  const int8_t type = u_charType(c);
  return type == U_NON_SPACING_MARK || type == U_FORMAT_CHAR || c == 0x0640;  // and the stroke that stretches words
}

std::vector<Compared> ComparedOf(std::string_view text) {
  std::vector<Compared> all;
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t at = 0; at < size;) {
    const int32_t begin = at;
    UChar32 c = 0;
    U8_NEXT(text.data(), at, size, c);
    if (c >= 0 && IsPassedOver(c)) {
      if (!all.empty()) all.back().end = static_cast<size_t>(at);
      continue;
    }
    all.push_back({c < 0 ? 0xFFFD : Folded(c), static_cast<size_t>(begin), static_cast<size_t>(at)});
  }
  return all;
}

}  // namespace

std::vector<ByteRange> FindAll(std::string_view text, std::string_view sought) {
  std::vector<ByteRange> found;
  const std::vector<Compared> needle = ComparedOf(sought);
  if (needle.empty()) return found;
  const std::vector<Compared> all = ComparedOf(text);
  const auto same = [](const Compared& a, const Compared& b) { return a.character == b.character; };
  for (auto at = all.begin(); found.size() < kMostFound;) {
    at = std::search(at, all.end(), needle.begin(), needle.end(), same);
    if (at == all.end()) break;
    const auto last = at + static_cast<std::ptrdiff_t>(needle.size()) - 1;
    found.push_back({at->begin, last->end});
    at = last + 1;
  }
  return found;
}

ByteRange WordAt(std::string_view text, size_t byte) {
  const Paragraph paragraph = LineOf(text);
  const auto after = std::upper_bound(paragraph.bytes.begin(), paragraph.bytes.end(), byte);
  const auto unit = static_cast<int32_t>(after - paragraph.bytes.begin()) - 1;
  if (unit < 0 || paragraph.units.empty()) return {};
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UBreakIterator, decltype(&ubrk_close)> words(
      ubrk_open(UBRK_WORD, "", paragraph.units.data(), static_cast<int32_t>(paragraph.units.size()), &error),
      &ubrk_close);
  if (U_FAILURE(error) != 0) return {byte, byte};
  const int32_t inside = std::min(unit, static_cast<int32_t>(paragraph.units.size()) - 1);
  const int32_t end = ubrk_following(words.get(), inside);
  const int32_t begin = ubrk_previous(words.get());
  if (begin == UBRK_DONE || end == UBRK_DONE) return {byte, byte};
  return {paragraph.bytes[static_cast<size_t>(begin)], paragraph.bytes[static_cast<size_t>(end)]};
}

}  // namespace daftar::text
