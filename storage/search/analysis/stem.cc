#include "storage/search/analysis/stem.h"

#include <libstemmer.h>

#include <memory>

#include "storage/base/status.h"
#include "storage/search/analysis/light_stem.h"

namespace daftar::search {
namespace {

class Snowball {
 public:
  explicit Snowball(const char* language) : stemmer_(sb_stemmer_new(language, "UTF_8"), sb_stemmer_delete) {
    DAFTAR_CHECK(stemmer_ != nullptr);  // the languages are built in, and no more than memory can be missing
  }

  std::string Stem(std::string_view word) {
    const sb_symbol* stem =
        sb_stemmer_stem(stemmer_.get(), reinterpret_cast<const sb_symbol*>(word.data()), static_cast<int>(word.size()));
    DAFTAR_CHECK(stem != nullptr);
    const int size = sb_stemmer_length(stemmer_.get());
    return size > 0 ? std::string(reinterpret_cast<const char*>(stem), size) : std::string(word);
  }

 private:
  std::unique_ptr<sb_stemmer, void (*)(sb_stemmer*)> stemmer_;
};

// A stemmer works in memory of its own, so that each thread has one.
std::string English(std::string_view word) {
  thread_local Snowball snowball("english");
  return snowball.Stem(word);
}

std::string Russian(std::string_view word) {
  thread_local Snowball snowball("russian");
  return snowball.Stem(word);
}

enum class Script { kNone, kLatin, kRussian, kCyrillic, kArabic, kOther };

// The script of one character: its first byte is at the front of `rest`.
Script ScriptOf(std::string_view rest) {
  const auto first = static_cast<unsigned char>(rest[0]);
  const auto second = static_cast<unsigned char>(rest.size() > 1 ? rest[1] : 0);
  if ('a' <= first && first <= 'z') return Script::kLatin;
  if ((first == 0xd0 && 0xb0 <= second) || (first == 0xd1 && 0x80 <= second && second < 0x90))
    return Script::kRussian;  // а–я, ё
  if (0xd0 <= first && first <= 0xd3) return Script::kCyrillic;
  if (0xd8 <= first && first <= 0xdb) return Script::kArabic;
  return Script::kOther;
}

// The script of all letters; a Cyrillic word is kRussian while Russian has all its letters.
Script ScriptOfWord(std::string_view word) {
  Script all = Script::kNone;
  for (size_t i = 0; i < word.size(); ++i) {
    if ((word[i] & 0xc0) == 0x80) continue;
    Script script = ScriptOf(word.substr(i));
    if (script == all) continue;
    const bool cyrillic = (script == Script::kRussian && all == Script::kCyrillic) ||
                          (script == Script::kCyrillic && all == Script::kRussian);
    if (all != Script::kNone && !cyrillic) return Script::kOther;
    all = cyrillic ? Script::kCyrillic : script;
  }
  return all;
}

// Tajik endings go first. What is left may be a word that Russian has too, and by itself would be stemmed as such.
std::string Cyrillic(std::string_view word) {
  std::string stem = IsTajik(word) ? TajikStem(word) : std::string(word);
  return ScriptOfWord(stem) == Script::kRussian ? Russian(stem) : stem;
}

}  // namespace

std::string Stem(std::string_view folded_word) {
  switch (ScriptOfWord(folded_word)) {
    case Script::kLatin:
      return English(folded_word);
    case Script::kRussian:
    case Script::kCyrillic:
      return Cyrillic(folded_word);
    case Script::kArabic:
      return ArabicScriptStem(folded_word);
    case Script::kNone:
    case Script::kOther:
      break;
  }
  return std::string(folded_word);
}

}  // namespace daftar::search
