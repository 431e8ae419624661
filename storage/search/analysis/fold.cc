#include "storage/search/analysis/fold.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <map>

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

// Letters of the Arabic script that are written in more than one way.
UChar32 OneArabicForm(UChar32 c) {
  switch (c) {
    case 0x0649:  // alef maksura
    case 0x06cc:  // Farsi yeh
    case 0x06d0:
      return 0x064a;  // Pashto e → yeh
    case 0x06a9:      // keheh
    case 0x06ab:
      return 0x0643;  // → kaf
    case 0x0629:      // teh marbuta
    case 0x06c0:
    case 0x06c1:
      return 0x0647;  // → heh
    case 0x0671:
      return 0x0627;  // alef wasla → alef
    default:
      return c;
  }
}

// Tajik letters decompose into a base and a mark only in part; the base is kept for ӣ and ӯ, as in quick typing.
bool KeepsMark(UChar32 base) { return base == 0x0438; /* и with breve is й, a letter of its own */ }

// Romanisation of folded letters as newspapers practise it; several sounds that they confuse are one here.
const std::map<UChar32, const char*>& Romanisation() {
  static const auto& table = *new std::map<UChar32, const char*>{// Cyrillic: Russian and Tajik
                                                                 {U'б', "b"},
                                                                 {U'в', "v"},
                                                                 {U'г', "g"},
                                                                 {U'ғ', "g"},
                                                                 {U'д', "d"},
                                                                 {U'ж', "z"},
                                                                 {U'з', "z"},
                                                                 {U'й', "y"},
                                                                 {U'к', "k"},
                                                                 {U'қ', "k"},
                                                                 {U'л', "l"},
                                                                 {U'м', "m"},
                                                                 {U'н', "n"},
                                                                 {U'п', "p"},
                                                                 {U'р', "r"},
                                                                 {U'с', "s"},
                                                                 {U'т', "t"},
                                                                 {U'ф', "f"},
                                                                 {U'х', "h"},
                                                                 {U'ҳ', "h"},
                                                                 {U'ц', "ts"},
                                                                 {U'ч', "c"},
                                                                 {U'ҷ', "j"},
                                                                 {U'ш', "s"},
                                                                 {U'щ', "s"},
                                                                 // Arabic, Persian, Pashto
                                                                 {U'ب', "b"},
                                                                 {U'پ', "p"},
                                                                 {U'ت', "t"},
                                                                 {U'ټ', "t"},
                                                                 {U'ث', "s"},
                                                                 {U'ج', "j"},
                                                                 {U'چ', "c"},
                                                                 {U'ح', "h"},
                                                                 {U'خ', "h"},
                                                                 {U'ځ', "z"},
                                                                 {U'څ', "s"},
                                                                 {U'د', "d"},
                                                                 {U'ډ', "d"},
                                                                 {U'ذ', "z"},
                                                                 {U'ر', "r"},
                                                                 {U'ړ', "r"},
                                                                 {U'ز', "z"},
                                                                 {U'ژ', "z"},
                                                                 {U'ږ', "z"},
                                                                 {U'س', "s"},
                                                                 {U'ش', "s"},
                                                                 {U'ښ', "s"},
                                                                 {U'ص', "s"},
                                                                 {U'ض', "z"},
                                                                 {U'ط', "t"},
                                                                 {U'ظ', "z"},
                                                                 {U'غ', "g"},
                                                                 {U'ف', "f"},
                                                                 {U'ق', "k"},
                                                                 {U'ك', "k"},
                                                                 {U'گ', "g"},
                                                                 {U'ګ', "g"},
                                                                 {U'ل', "l"},
                                                                 {U'م', "m"},
                                                                 {U'ن', "n"},
                                                                 {U'ڼ', "n"},
                                                                 {U'ه', "h"}};
  return table;
}

// Latin digraphs of the press, each as the table above writes the same sound.
std::string OneSpelling(const std::string& latin) {
  static constexpr std::pair<std::string_view, std::string_view> kPairs[] = {
      {"kh", "h"}, {"gh", "g"}, {"sh", "s"}, {"zh", "z"}, {"ch", "c"}, {"ph", "f"}, {"dh", "d"}, {"th", "t"}};
  std::string out;
  for (size_t i = 0; i < latin.size(); ++i) {
    bool pair = false;
    for (const auto& [from, to] : kPairs) {
      if (latin.compare(i, from.size(), from) != 0) continue;
      out += to;
      ++i;
      pair = true;
      break;
    }
    if (!pair) out += latin[i] == 'q' ? 'k' : latin[i] == 'x' ? 'h' : latin[i];
  }
  return out;
}

bool IsDropped(char c) { return std::string_view("aeiouyvw'").find(c) != std::string_view::npos; }

}  // namespace

std::vector<std::string> FoldedWords(std::string_view text) {
  icu::UnicodeString unicode =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  UErrorCode error = U_ZERO_ERROR;
  icu::UnicodeString folded = CasefoldedCompatibility().normalize(unicode, error);
  icu::UnicodeString letters = Decomposition().normalize(folded, error);
  DAFTAR_CHECK(U_SUCCESS(error));

  std::vector<std::string> words;
  icu::UnicodeString word;
  auto finish = [&] {
    if (word.isEmpty()) return;
    UErrorCode code = U_ZERO_ERROR;
    static const icu::Normalizer2* compose = icu::Normalizer2::getNFCInstance(code);
    std::string utf8;
    compose->normalize(word, code).toUTF8String(utf8);
    if (utf8.size() > kMaxWordBytes) {
      size_t end = kMaxWordBytes;
      while (end > 0 && (static_cast<unsigned char>(utf8[end]) & 0xc0) == 0x80) --end;
      utf8.resize(end);
    }
    words.push_back(std::move(utf8));
    word.remove();
  };
  UChar32 base = 0;
  for (int32_t i = 0; i < letters.length(); i = letters.moveIndex32(i, 1)) {
    UChar32 c = OneArabicForm(letters.char32At(i));
    if (u_charType(c) == U_NON_SPACING_MARK) {
      if (c == 0x0306 && KeepsMark(base)) word.append(c);
      continue;
    }
    if (c == 0x200c || c == 0x200d || c == 0x0640 || c == '\'' || c == 0x2019 || c == 0x02bc)
      continue;  // joiners, apostrophes
    if (c == 0xfffd || !u_isalnum(c)) {
      finish();
      continue;
    }
    base = c;
    word.append(c);
  }
  finish();
  return words;
}

std::string Skeleton(std::string_view folded_word) {
  icu::UnicodeString word =
      icu::UnicodeString::fromUTF8(icu::StringPiece(folded_word.data(), static_cast<int32_t>(folded_word.size())));
  // Digraphs are of the Latin script: letters of others that happen to stand side by side are not read as one.
  std::string sounds, latin;
  for (int32_t i = 0; i < word.length(); i = word.moveIndex32(i, 1)) {
    UChar32 c = word.char32At(i);
    if (c < 0x80) {
      latin += static_cast<char>(c);
      continue;
    }
    sounds += OneSpelling(latin);
    latin.clear();
    if (auto at = Romanisation().find(c); at != Romanisation().end()) sounds += at->second;
  }
  sounds += OneSpelling(latin);
  std::string skeleton;
  for (char c : sounds) {
    if (!IsDropped(c) && (skeleton.empty() || skeleton.back() != c)) skeleton += c;
  }
  if (!skeleton.empty() && skeleton.back() == 'h') skeleton.pop_back();
  return skeleton.size() >= 3 ? skeleton : "";
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
