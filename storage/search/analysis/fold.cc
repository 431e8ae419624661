#include "storage/search/analysis/fold.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include "storage/base/status.h"

namespace daftar::search {
namespace {

const icu::Normalizer2& CasefoldedCompatibility() {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKCCasefoldInstance(error);
  DAFTAR_CHECK(U_SUCCESS(error));
  return *normalizer;
}

const icu::Normalizer2& Decomposition() {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFDInstance(error);
  DAFTAR_CHECK(U_SUCCESS(error));
  return *normalizer;
}

const icu::Normalizer2& Composition() {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFCInstance(error);
  DAFTAR_CHECK(U_SUCCESS(error));
  return *normalizer;
}

// Folded for case and compatibility, and taken apart into letters and marks.
icu::UnicodeString Decomposed(const icu::UnicodeString& text) {
  UErrorCode error = U_ZERO_ERROR;
  icu::UnicodeString folded = CasefoldedCompatibility().normalize(text, error);
  icu::UnicodeString letters = Decomposition().normalize(folded, error);
  DAFTAR_CHECK(U_SUCCESS(error));
  return letters;
}

icu::UnicodeString Decoded(std::string_view utf8) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<int32_t>(utf8.size())));
}

// Letters that are written in more than one way, and are no composition of a letter and a mark for Unicode.
UChar32 OneForm(UChar32 c) {
  switch (c) {
    case 0x0649:  // alef maksura
    case 0x06cc:  // Farsi yeh
    case 0x06cd:  // Pashto yeh with tail
    case 0x06ce:  // yeh with small v
    case 0x06d0:  // Pashto e
    case 0x06d2:  // yeh barree
      return 0x064a;
    case 0x06a9:  // keheh
    case 0x06aa:  // swash kaf
      return 0x0643;
    case 0x06ab:  // Pashto gaf
      return 0x06af;
    case 0x0629:  // teh marbuta
    case 0x06be:  // heh doachashmee
    case 0x06c1:  // heh goal
    case 0x06c3:  // teh marbuta goal
    case 0x06d5:  // ae; ۀ is this with a hamza
      return 0x0647;
    case 0x06ba:  // noon ghunna
      return 0x0646;
    case 0x0671:  // alef wasla
      return 0x0627;
    case 0x0131:  // dotless i
      return 'i';
    case 0x0142:  // l with stroke
      return 'l';
    case 0x0111:  // d with stroke
      return 'd';
    case 0x00f8:  // o with stroke
      return 'o';
    case 0x0259:  // schwa
      return 'e';
    default:
      return u_charType(c) == U_DECIMAL_DIGIT_NUMBER ? '0' + u_charDigitValue(c) : c;
  }
}

// Joiners, tatweel, the lone hamza, and all that newspapers use as an apostrophe, an ayn or the sign of Uzbek oʻ.
bool IsSilent(UChar32 c) {
  return c == 0x200c || c == 0x200d || c == 0x0640 || c == 0x0621 || c == '\'' || c == '`' || c == 0x2018 ||
         c == 0x2019 || c == 0x201b || c == 0x2032 || (0x02b9 <= c && c <= 0x02c1);
}

bool IsLetter(UChar32 c) { return c != 0xfffd && u_isalnum(c); }

// Whether the character neither is of a word nor passes unseen within one.
bool IsBreak(UChar32 c) {
  int8_t type = u_charType(c);
  return type != U_NON_SPACING_MARK && type != U_COMBINING_SPACING_MARK && !IsSilent(c) && !IsLetter(c);
}

// Makes words of decomposed letters, which come in any number of pieces.
class WordMaker {
 public:
  explicit WordMaker(std::vector<FoldedSpan>* out) : out_(*out) {}

  // Letters that were made of the bytes from `begin` to `end`.
  void Add(const icu::UnicodeString& letters, uint32_t begin, uint32_t end) {
    for (int32_t i = 0; i < letters.length(); i = letters.moveIndex32(i, 1)) {
      UChar32 c = OneForm(letters.char32At(i));
      if (IsBreak(c)) {
        Finish();
        continue;
      }
      int8_t type = u_charType(c);
      if (type == U_NON_SPACING_MARK) {
        // Marks are dropped, but for that of й, which is a letter of its own and no и.
        if (c != 0x0306 || base_ != 0x0438) continue;
      } else if (IsSilent(c) || (type == U_COMBINING_SPACING_MARK && word_.isEmpty())) {
        continue;
      } else {
        base_ = c;
      }
      if (word_.isEmpty()) begin_ = begin;
      end_ = end;
      word_.append(c);
    }
  }

  void Finish() {
    base_ = 0;
    if (word_.isEmpty()) return;
    UErrorCode error = U_ZERO_ERROR;
    std::string utf8;
    Composition().normalize(word_, error).toUTF8String(utf8);
    DAFTAR_CHECK(U_SUCCESS(error));
    if (utf8.size() > kMaxWordBytes) {
      size_t end = kMaxWordBytes;
      while (end > 0 && (static_cast<unsigned char>(utf8[end]) & 0xc0) == 0x80) --end;
      utf8.resize(end);
    }
    out_.push_back({std::move(utf8), begin_, end_});
    word_.remove();
  }

 private:
  std::vector<FoldedSpan>& out_;
  icu::UnicodeString word_;
  UChar32 base_ = 0;  // the last letter of the word, before its marks
  uint32_t begin_ = 0, end_ = 0;
};

// The spans of a text that is folded in one piece: all have the place of the whole text.
std::vector<FoldedSpan> FoldedWhole(std::string_view text) {
  std::vector<FoldedSpan> spans;
  WordMaker words(&spans);
  words.Add(Decomposed(Decoded(text)), 0, static_cast<uint32_t>(text.size()));
  words.Finish();
  return spans;
}

// Whether the text before a character is folded alike with and without it and what follows.
bool MayBeginPiece(UChar32 c) {
  if (!CasefoldedCompatibility().hasBoundaryBefore(c)) return false;
  icu::UnicodeString letters = Decomposed(icu::UnicodeString(c));
  return !letters.isEmpty() && u_getCombiningClass(letters.char32At(0)) == 0 &&
         Decomposition().hasBoundaryBefore(letters.char32At(0));
}

bool SameWords(const std::vector<FoldedSpan>& a, const std::vector<FoldedSpan>& b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    if (a[i].word != b[i].word) return false;
  }
  return true;
}

}  // namespace

std::vector<std::string> FoldedWords(std::string_view text) {
  std::vector<std::string> words;
  for (FoldedSpan& span : FoldedWhole(text)) words.push_back(std::move(span.word));
  return words;
}

std::vector<FoldedSpan> FoldedSpans(std::string_view text) {
  // Pieces that do not influence each other are folded one by one, so that each word knows its bytes.
  std::vector<FoldedSpan> spans;
  WordMaker words(&spans);
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const int32_t size = static_cast<int32_t>(text.size());
  int32_t begin = 0;
  auto add = [&](int32_t end) {
    if (end > begin) words.Add(Decomposed(Decoded(text.substr(begin, end - begin))), begin, end);
    begin = end;
  };
  for (int32_t at = 0; at < size;) {
    const int32_t start = at;
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(bytes, at, size, c);
    if (MayBeginPiece(c)) add(start);
  }
  add(size);
  words.Finish();
  // The words are those of FoldedWords whatever Unicode may hold: places give way, words do not.
  std::vector<FoldedSpan> whole = FoldedWhole(text);
  return SameWords(spans, whole) ? spans : whole;
}

bool PartsWords(char32_t c) {
  const UChar32 character = static_cast<UChar32>(c);
  if (u_isalnum(character) || character == 0xfffd) return false;
  if (character < 0x80) return !IsSilent(character);  // a mark that joins an ASCII sign leaves it when decomposed
  const icu::Normalizer2 &fold = CasefoldedCompatibility(), &decompose = Decomposition();
  if (!fold.hasBoundaryBefore(character) || !fold.hasBoundaryAfter(character)) return false;
  icu::UnicodeString letters = Decomposed(icu::UnicodeString(character));
  for (int32_t i = 0; i < letters.length(); i = letters.moveIndex32(i, 1)) {
    UChar32 letter = letters.char32At(i);
    if (u_getCombiningClass(letter) != 0 || !decompose.hasBoundaryBefore(letter) || !IsBreak(letter)) return false;
  }
  return !letters.isEmpty();
}

std::string FoldedName(std::string_view text) {
  std::string name;
  for (const std::string& word : FoldedWords(text)) {
    if (!name.empty()) name += ' ';
    name += word;
  }
  return name;
}

}  // namespace daftar::search
