// Characters of a query: which separate, which quote, which are no part of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace daftar::search::query {

// A character of the query and the bytes that it was read from.
struct Char {
  char32_t c = 0;
  uint32_t begin = 0, end = 0;
};

// The characters of a text without direction marks (U+061C, U+200E, U+200F, U+202A–202E, U+2066–2069) and byte order
// marks, which keyboards and pages leave behind unseen. `bad_byte`: the first byte that is not UTF-8, if one is not.
std::vector<Char> ReadChars(std::string_view text, std::optional<uint32_t>* bad_byte);

bool IsSpace(char32_t c);  // white space and control characters
bool IsComma(char32_t c);  // also the Arabic and the full-width one
bool IsColon(char32_t c);  // also the full-width one
bool IsOpen(char32_t c);   // a parenthesis; also the full-width one
bool IsClose(char32_t c);
bool IsMinus(char32_t c);  // "-", also the sign U+2212 and the full-width one
bool IsQuote(char32_t c);  // a double quotation mark of any kind
// Whether a quotation opened by one mark is closed by the other: « » by each other, all others by any but „ and « ».
bool Closes(char32_t opening, char32_t c);
// Whether a word ends before it and does not begin with it: neither letter, digit, mark nor joiner.
bool BreaksWord(char32_t c);

void AppendUtf8(char32_t c, std::string* out);
bool EqualsIgnoringCase(std::string_view text, std::string_view lower_ascii);

// The text without what stands before its first and behind its last letter or digit: "(Kevron)." is "Kevron". Empty if
// it has neither.
std::string_view WordsOf(std::string_view text);
// The same, cut where words end: "al-Qaida" is "al", "Qaida".
std::vector<std::string_view> SplitWords(std::string_view text);

// Decimal digits of any script as 0–9, the minus sign as "-", "≥" as ">=", "≤" as "<=", commas of any kind as ",".
std::string PlainNumber(std::string_view text);

// How many letters and digits a text has, at most `most`.
size_t CountLetters(std::string_view text, size_t most);

}  // namespace daftar::search::query
