#include "tools/gen/spelling.h"

#include <iterator>

#include "tools/gen/utf8.h"

namespace daftar::gen {
namespace {

// One sound as each script writes it, and the letter that stands for it where scripts are compared.
struct Sound {
  char sound;
  const char *latin, *press, *russian, *tajik, *persian;
  const char* persian_initial = nullptr;  // of vowels that begin a name
};

constexpr Sound kConsonants[] = {
    {'b', "b", "b", "б", "б", "ب"},    {'d', "d", "d", "д", "д", "د"},   {'f', "f", "f", "ф", "ф", "ف"},
    {'g', "g", "g", "г", "г", "گ"},    {'g', "gh", "g", "г", "ғ", "غ"},  {'j', "j", "dj", "дж", "ҷ", "ج"},
    {'k', "k", "k", "к", "к", "ک"},    {'h', "kh", "kh", "х", "х", "خ"}, {'l', "l", "l", "л", "л", "ل"},
    {'m', "m", "m", "м", "м", "م"},    {'n', "n", "n", "н", "н", "ن"},   {'p', "p", "p", "п", "п", "پ"},
    {'k', "q", "k", "к", "қ", "ق"},    {'r', "r", "r", "р", "р", "ر"},   {'s', "s", "s", "с", "с", "س"},
    {'s', "sh", "sh", "ш", "ш", "ش"},  {'t', "t", "t", "т", "т", "ت"},   {'z', "z", "z", "з", "з", "ز"},
    {'c', "ch", "tch", "ч", "ч", "چ"}, {'v', "v", "w", "в", "в", "و"},   {'h', "h", "h", "х", "ҳ", "ه"},
};
constexpr size_t kConsonantsInside = std::size(kConsonants) - 1;  // h behind a consonant would read as a digraph

// Behind a vowel, before the next syllable or at the end.
constexpr Sound kCodas[] = {
    {'n', "n", "n", "н", "н", "ن"}, {'r', "r", "r", "р", "р", "ر"},   {'m', "m", "m", "м", "м", "م"},
    {'s', "s", "s", "с", "с", "س"}, {'s', "sh", "sh", "ш", "ш", "ش"}, {'b', "b", "b", "б", "б", "ب"},
    {'d', "d", "d", "д", "д", "د"},
};

constexpr Sound kVowels[] = {
    {'a', "a", "a", "а", "а", "", "ا"},    {'o', "o", "a", "о", "о", "ا", "آ"}, {'i', "i", "ee", "и", "и", "ی", "ای"},
    {'u', "u", "oo", "у", "у", "و", "او"}, {'o', "o", "o", "о", "о", "ا", "آ"}, {'a', "a", "e", "а", "а", "", "ا"},
};

// Endings of family names: son of, tribe of, of (a place).
constexpr Sound kFamilyEndings[] = {
    {'z', "zoda", "zada", "зода", "зода", "زاده"},
    {'h', "khel", "khail", "хел", "хел", "خیل"},
    {'i', "i", "i", "и", "ӣ", "ی"},
    {'b', "bek", "bek", "бек", "бек", "بیک"},
    {'-', "", "", "", "", ""},
};

void Add(Spellings& name, const Sound& sound, bool initial_vowel = false) {
  name.latin += sound.latin;
  name.press += sound.press;
  name.russian += sound.russian;
  name.tajik += sound.tajik;
  name.persian += initial_vowel ? sound.persian_initial : sound.persian;
}

// A name that grows sound by sound. It leaves out what one script cannot tell from something else: the same consonant
// twice in a row (Persian writes neither the doubling nor short vowels), d before j (дж is one sound), m and b (the b
// of Khumb is mute), an l behind a first vowel (which reads as an article), and Russian ги (read as hi).
class NameMaker {
 public:
  explicit NameMaker(Prng& random) : random_(random) {}

  void AddSyllable(bool first, bool last) {
    const bool begins_with_vowel = first && random_.Chance(150);
    if (!begins_with_vowel) {
      AddConsonant(kConsonants, after_consonant_ ? kConsonantsInside : std::size(kConsonants));
    }
    size_t vowel = random_.Below(std::size(kVowels));
    if (first && last_ == 'g' && kVowels[vowel].sound == 'i') vowel = 0;
    Add(name_, kVowels[vowel], begins_with_vowel);
    if (begins_with_vowel) last_ = 'l';
    after_consonant_ = random_.Chance(last ? 700 : 350);
    if (after_consonant_) AddConsonant(kCodas, std::size(kCodas));
    ends_unwritten_ = !after_consonant_ && !begins_with_vowel && kVowels[vowel].persian[0] == '\0';
  }
  void AddEnding(const Sound& ending) {
    if (ending.sound == last_ || ending.latin[0] == '\0') return;
    Add(name_, ending);
    ends_unwritten_ = false;
  }
  Spellings Finish() {
    // Persian does write a short vowel that ends a word, with a mute h.
    if (ends_unwritten_) name_.persian += "ه";
    return std::move(name_);
  }

 private:
  void AddConsonant(const Sound* sounds, size_t count) {
    const Sound* chosen = sounds + random_.Below(count);
    while (IsConfused(chosen->sound)) chosen = sounds + random_.Below(count);
    Add(name_, *chosen);
    last_ = chosen->sound;
  }
  bool IsConfused(char next) const {
    return next == last_ || (last_ == 'd' && next == 'j') || (last_ == 'm' && next == 'b');
  }

  Prng& random_;
  Spellings name_;
  char last_ = 0;  // the last consonant; 0: none yet
  bool after_consonant_ = false;
  bool ends_unwritten_ = false;  // in a vowel that Persian does not write inside a word
};

Spellings LowerCaseName(Prng& random, uint64_t syllables, const Sound* ending = nullptr) {
  NameMaker maker(random);
  for (uint64_t i = 0; i < syllables; ++i) maker.AddSyllable(i == 0, i + 1 == syllables);
  if (ending != nullptr) maker.AddEnding(*ending);
  return maker.Finish();
}

Spellings WithCapitals(Spellings name) {
  name.latin = Capitalised(name.latin);
  name.press = Capitalised(name.press);
  name.russian = Capitalised(name.russian);
  name.tajik = Capitalised(name.tajik);
  return name;
}

}  // namespace

const std::string& Spellings::In(Language language) const {
  switch (language) {
    case Language::kEnglish:
      return latin;
    case Language::kRussian:
      return russian;
    case Language::kTajik:
      return tajik;
    case Language::kPersian:
      break;
  }
  return persian;
}

void Spellings::Append(const std::string& separator, const Spellings& other) {
  latin += separator + other.latin;
  press += separator + other.press;
  russian += separator + other.russian;
  tajik += separator + other.tajik;
  persian += separator + other.persian;
}

Spellings MadeUpName(Prng& random, uint64_t syllables) { return WithCapitals(LowerCaseName(random, syllables)); }

Spellings MadeUpFamilyName(Prng& random) {
  const Sound& ending = kFamilyEndings[random.Below(std::size(kFamilyEndings))];
  return WithCapitals(LowerCaseName(random, 2, &ending));
}

}  // namespace daftar::gen
