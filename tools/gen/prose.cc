#include "tools/gen/prose.h"

#include <algorithm>

#include "tools/gen/utf8.h"

namespace daftar::gen {
namespace {

// 200,000 made-up words in all, shared out about as the languages are.
constexpr uint32_t kMadeUp[kLanguages] = {100'000, 50'000, 25'000, 25'000};

constexpr uint64_t kCollocationPermille = 45;  // of the places where a word could stand
constexpr uint64_t kTypoPermille = 2;

uint64_t CountWords(std::string_view text) {
  return 1 + static_cast<uint64_t>(std::count(text.begin(), text.end(), ' '));
}

// The word without one of its letters, as a hurried typist leaves it.
std::string Mistyped(Prng& random, std::string_view word) {
  std::vector<size_t> starts;
  for (size_t at = 0; at < word.size(); at += FirstSize(word.substr(at))) starts.push_back(at);
  if (starts.size() < 4) return std::string(word);
  const size_t gone = starts[1 + random.Below(starts.size() - 1)];
  std::string out(word.substr(0, gone));
  return out.append(word.substr(gone + FirstSize(word.substr(gone))));
}

// Puts pieces of a text one behind the other.
class Writer {
 public:
  Writer(Language language, bool sentences) : comma_(language == Language::kPersian ? "،" : ","), stops_(sentences) {}

  void Add(std::string_view piece) {
    if (!text_.empty()) text_ += ' ';
    if (at_start_) {
      text_ += Capitalised(piece);
    } else {
      text_ += piece;
    }
    at_start_ = false;
    in_sentence_ += CountWords(piece);
    words_ += CountWords(piece);
  }
  void MayEndSentence(Prng& random) {
    if (!stops_) return;
    if (in_sentence_ >= 9 && random.Chance(120 + 25 * std::min<uint64_t>(in_sentence_, 30))) {
      text_ += '.';
      at_start_ = true;
      in_sentence_ = 0;
    } else if (in_sentence_ >= 4 && random.Chance(60)) {
      text_ += comma_;
    }
  }
  std::string Finish() {
    while (!text_.empty() && !text_.ends_with('.') && text_.ends_with(comma_))
      text_.resize(text_.size() - comma_.size());
    if (stops_ && !text_.ends_with('.')) text_ += '.';
    return std::move(text_);
  }
  uint64_t words() const { return words_; }

 private:
  const std::string_view comma_;
  const bool stops_;
  std::string text_;
  bool at_start_ = true;
  uint64_t in_sentence_ = 0, words_ = 0;
};

// Mostly none.
std::string_view SampleCollocation(Prng& random, const Vocabulary& vocabulary) {
  return random.Chance(kCollocationPermille) ? vocabulary.Collocation(random) : "";
}

std::string Write(Prng& random, const Vocabulary& vocabulary, Writer writer, uint64_t words,
                  const std::vector<std::string>& names) {
  size_t next_name = 0;
  std::string_view last;
  while (writer.words() < words || next_name < names.size()) {
    // Names stand spread over the text, the last one at its end at the latest.
    const bool name_due =
        next_name < names.size() && (writer.words() >= words || random.Below(words) < 2 * (names.size() - next_name));
    if (name_due) {
      writer.Add(names[next_name++]);
      last = "";
    } else if (std::string_view together = SampleCollocation(random, vocabulary);
               !together.empty() && writer.words() + CountWords(together) <= words) {
      writer.Add(together);
      last = "";
    } else {
      std::string_view word = vocabulary.Sample(random);
      if (word == last) word = vocabulary.Sample(random);
      if (random.Chance(kTypoPermille)) {
        writer.Add(Mistyped(random, word));
      } else {
        writer.Add(word);
      }
      last = word;
    }
    if (writer.words() < words) writer.MayEndSentence(random);
  }
  return writer.Finish();
}

}  // namespace

Prose::Prose(uint64_t seed) {
  vocabularies_.reserve(kLanguages);
  for (int i = 0; i < kLanguages; ++i) vocabularies_.emplace_back(static_cast<Language>(i), kMadeUp[i], seed);
}

Language Prose::LanguageOf(Prng& random) {
  const uint64_t at = random.Below(10);
  if (at < 6) return Language::kEnglish;
  if (at < 8) return Language::kRussian;
  return at == 8 ? Language::kTajik : Language::kPersian;
}

std::string Prose::Sentences(Prng& random, Language language, uint64_t words,
                             const std::vector<std::string>& names) const {
  return Write(random, this->words(language), Writer(language, true), words, names);
}

std::string Prose::Title(Prng& random, Language language, uint64_t words, const std::vector<std::string>& names) const {
  return Write(random, this->words(language), Writer(language, false), words, names);
}

}  // namespace daftar::gen
