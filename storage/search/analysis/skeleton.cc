#include <unicode/unistr.h>

#include <map>

#include "storage/search/analysis/fold.h"

namespace daftar::search {
namespace {

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

}  // namespace daftar::search
