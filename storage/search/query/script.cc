#include "storage/search/query/script.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "storage/search/analysis/fold.h"

namespace daftar::search::query {
namespace {

bool IsUnseen(char32_t c) {
  return c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) ||
         c == 0xfeff;
}

bool IsMark(char32_t c) {
  const int8_t type = u_charType(static_cast<UChar32>(c));
  return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK;
}

// Whether a word can consist of it alone.
bool IsBase(char32_t c) {
  if (u_isalnum(static_cast<UChar32>(c))) return true;
  if (c < 0x80 || IsMark(c)) return false;
  std::string alone;
  AppendUtf8(c, &alone);
  return !FoldedWords(alone).empty();
}

}  // namespace

std::vector<Char> ReadChars(std::string_view text, std::optional<uint32_t>* bad_byte) {
  std::vector<Char> chars;
  chars.reserve(text.size());
  bad_byte->reset();
  const int32_t length = static_cast<int32_t>(text.size());
  for (int32_t at = 0; at < length;) {
    const int32_t begin = at;
    UChar32 c;
    U8_NEXT(reinterpret_cast<const uint8_t*>(text.data()), at, length, c);
    if (c < 0) {
      *bad_byte = static_cast<uint32_t>(begin);
      return chars;
    }
    if (IsUnseen(static_cast<char32_t>(c))) continue;
    chars.push_back({static_cast<char32_t>(c), static_cast<uint32_t>(begin), static_cast<uint32_t>(at)});
  }
  return chars;
}

bool IsSpace(char32_t c) {
  return u_isUWhiteSpace(static_cast<UChar32>(c)) || u_charType(static_cast<UChar32>(c)) == U_CONTROL_CHAR;
}
bool IsComma(char32_t c) { return c == U',' || c == U'\u060c' || c == U'\uff0c'; }
bool IsColon(char32_t c) { return c == U':' || c == U'\uff1a'; }
bool IsOpen(char32_t c) { return c == U'(' || c == U'\uff08'; }
bool IsClose(char32_t c) { return c == U')' || c == U'\uff09'; }
bool IsMinus(char32_t c) { return c == U'-' || c == U'\u2212' || c == U'\uff0d'; }

bool IsQuote(char32_t c) {
  return c == U'"' || c == U'\u00ab' || c == U'\u00bb' || (c >= U'\u201c' && c <= U'\u201f') || c == U'\uff02';
}

bool Closes(char32_t opening, char32_t c) {
  const bool angled = c == U'\u00ab' || c == U'\u00bb';
  if (opening == U'\u00ab') return c == U'\u00bb';
  if (opening == U'\u00bb') return angled;
  return IsQuote(c) && !angled && c != U'\u201e';
}

bool BreaksWord(char32_t c) {
  if (IsMark(c) || c == 0x200c || c == 0x200d || c == 0x0640 || c == '\'' || c == 0x2019 || c == 0x02bc) return false;
  return !IsBase(c) && !u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

void AppendUtf8(char32_t c, std::string* out) {
  char bytes[U8_MAX_LENGTH];
  int32_t length = 0;
  U8_APPEND_UNSAFE(bytes, length, c);
  out->append(bytes, static_cast<size_t>(length));
}

bool EqualsIgnoringCase(std::string_view text, std::string_view lower_ascii) {
  if (text.size() != lower_ascii.size()) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] + ('a' - 'A')) : text[i];
    if (c != lower_ascii[i]) return false;
  }
  return true;
}

std::string_view WordsOf(std::string_view text) {
  std::optional<uint32_t> bad;
  const std::vector<Char> chars = ReadChars(text, &bad);
  size_t first = 0;
  while (first < chars.size() && !IsBase(chars[first].c)) ++first;
  if (first == chars.size()) return {};
  size_t last = chars.size() - 1;
  while (!IsBase(chars[last].c)) --last;
  while (last + 1 < chars.size() && IsMark(chars[last + 1].c)) ++last;
  return text.substr(chars[first].begin, chars[last].end - chars[first].begin);
}

std::vector<std::string_view> SplitWords(std::string_view text) {
  std::optional<uint32_t> bad;
  std::vector<std::string_view> words;
  std::optional<uint32_t> begin;
  auto finish = [&](uint32_t end) {
    if (!begin) return;
    if (std::string_view word = WordsOf(text.substr(*begin, end - *begin)); !word.empty()) words.push_back(word);
    begin.reset();
  };
  for (const Char& c : ReadChars(text, &bad)) {
    if (BreaksWord(c.c)) {
      finish(c.begin);
    } else if (!begin) {
      begin = c.begin;
    }
  }
  finish(static_cast<uint32_t>(text.size()));
  return words;
}

std::string PlainNumber(std::string_view text) {
  std::optional<uint32_t> bad;
  std::string plain;
  for (const Char& c : ReadChars(text, &bad)) {
    const int32_t digit = u_charDigitValue(static_cast<UChar32>(c.c));
    if (u_charType(static_cast<UChar32>(c.c)) == U_DECIMAL_DIGIT_NUMBER && digit >= 0) {
      plain += static_cast<char>('0' + digit);
    } else if (IsMinus(c.c)) {
      plain += '-';
    } else if (IsComma(c.c)) {
      plain += ',';
    } else if (c.c == U'\u2265') {
      plain += ">=";
    } else if (c.c == U'\u2264') {
      plain += "<=";
    } else if (c.c == U'\u2026') {  // what "..." turns into on some keyboards
      plain += "..";
    } else {
      AppendUtf8(c.c, &plain);
    }
  }
  return plain;
}

size_t CountLetters(std::string_view text, size_t most) {
  std::optional<uint32_t> bad;
  size_t count = 0;
  for (const Char& c : ReadChars(text, &bad)) {
    if (count < most && IsBase(c.c)) ++count;
  }
  return count;
}

}  // namespace daftar::search::query
