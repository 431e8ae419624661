#include "storage/search/analysis/light_stem.h"

namespace daftar::search {
namespace {

// An ending, and how many letters must be left before it.
struct Ending {
  std::string_view text;
  size_t left;
  std::string_view instead = {};  // what the stem has in its place
};

size_t Letters(std::string_view utf8) {
  size_t letters = 0;
  for (char c : utf8) letters += (c & 0xc0) != 0x80;
  return letters;
}

bool StartsWith(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }
bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

template <size_t kSize>
bool TakeOff(const Ending (&endings)[kSize], std::string* word) {
  for (const Ending& ending : endings) {
    if (!EndsWith(*word, ending.text)) continue;
    const std::string_view rest = std::string_view(*word).substr(0, word->size() - ending.text.size());
    if (Letters(rest) < ending.left) continue;
    word->resize(rest.size());
    *word += ending.instead;
    return true;
  }
  return false;
}

// Longest first. Folding makes ӣ и, and ё е.
constexpr Ending kTajik[] = {
    {"ҳояшон", 3}, {"ҳоямон", 3},   {"ҳоятон", 3}, {"ҳояш", 3}, {"ҳоиро", 3}, {"ҳоро", 3},      {"ҳои", 3},
    {"ҳо", 3},     {"гонро", 4},    {"онро", 4},   {"енро", 4}, {"гони", 4},  {"иени", 4, "и"}, {"они", 5},
    {"гон", 4},    {"иен", 4, "и"}, {"он", 4},     {"ро", 3},   {"и", 3},
};

// Folding makes ی ي and ک ك, and joins what a joiner parts.
constexpr Ending kArabicScript[] = {
    {"هايشان", 3},   {"هايمان", 3}, {"هايش", 3}, {"هايي", 3}, {"هاي", 3}, {"ها", 3},
    {"گان", 4, "ه"}, {"ترين", 3},   {"انو", 4},  {"ونه", 3},  {"ونو", 3}, {"يون", 5},
    {"ان", 4},       {"ات", 4},     {"ين", 5},   {"را", 4},   {"تر", 4},  {"ي", 3},
};

constexpr std::string_view kVerbal[] = {"ند", "ود", "يد", "هد", "رد", "يم"};

bool IsVerbal(std::string_view word) {
  if (Letters(word) < 3 || word == "وند" /* Maiwand is no verb */) return false;
  for (std::string_view ending : kVerbal) {
    if (EndsWith(word, ending)) return true;
  }
  return false;
}

std::string_view WithoutPrefix(std::string_view word) {
  for (std::string_view prefix : {std::string_view("نمي"), std::string_view("مي")}) {
    if (StartsWith(word, prefix) && IsVerbal(word.substr(prefix.size()))) return word.substr(prefix.size());
  }
  // و alone is not taken off: in Persian it mostly is of the root, as in وزیر.
  for (std::string_view prefix : {std::string_view("وال"), std::string_view("ال")}) {
    if (StartsWith(word, prefix) && Letters(word.substr(prefix.size())) >= 3) return word.substr(prefix.size());
  }
  return word;
}

// An ending may stand on another one, never on a third; countries keep theirs.
constexpr int kEndings = 2;

}  // namespace

bool IsTajik(std::string_view folded_word) {
  for (std::string_view letter : {"ғ", "қ", "ҳ", "ҷ"}) {
    if (folded_word.find(letter) != std::string_view::npos) return true;
  }
  return EndsWith(folded_word, "онро");
}

std::string TajikStem(std::string_view folded_word) {
  std::string word(folded_word);
  for (int i = 0; i < kEndings && !EndsWith(word, "стон") && TakeOff(kTajik, &word);) ++i;
  return word;
}

std::string ArabicScriptStem(std::string_view folded_word) {
  std::string word(WithoutPrefix(folded_word));
  for (int i = 0; i < kEndings && !EndsWith(word, "ستان") && TakeOff(kArabicScript, &word);) ++i;
  return word;
}

}  // namespace daftar::search
