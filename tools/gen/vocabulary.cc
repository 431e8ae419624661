#include "tools/gen/vocabulary.h"

#include "tools/gen/utf8.h"

namespace daftar::gen {
namespace {

std::vector<std::string_view> PiecesOf(std::string_view text) {
  std::vector<std::string_view> pieces;
  ForEachPiece(text, " \n", [&](std::string_view piece) { pieces.push_back(piece == "-" ? "" : piece); });
  return pieces;
}

uint32_t CountWords(Language language) {
  uint32_t count = 0;
  ForEachPiece(WordListOf(language).words, " \n", [&](std::string_view) { ++count; });
  return count;
}

// Stems of two or three syllables. Several words in a row share a stem and differ in the ending, as in real texts.
class WordMaker {
 public:
  explicit WordMaker(const WordList& list)
      : onsets_(PiecesOf(list.onsets)),
        vowels_(PiecesOf(list.vowels)),
        codas_(PiecesOf(list.codas)),
        endings_(PiecesOf(list.endings)) {}

  std::string Make(Prng& random) {
    if (words_of_stem_ == 0) {
      stem_.clear();
      const uint64_t syllables = 2 + random.Below(5) / 3;
      for (uint64_t i = 0; i < syllables; ++i) {
        stem_ += onsets_[random.Below(onsets_.size())];
        stem_ += vowels_[random.Below(vowels_.size())];
        stem_ += codas_[random.Below(codas_.size())];
      }
      words_of_stem_ = 1 + random.Below(6);
      first_ending_ = random.Below(endings_.size());
    }
    --words_of_stem_;
    return stem_ + std::string(endings_[(first_ending_ + words_of_stem_) % endings_.size()]);
  }

 private:
  const std::vector<std::string_view> onsets_, vowels_, codas_, endings_;
  std::string stem_;
  uint64_t words_of_stem_ = 0;
  uint64_t first_ending_ = 0;
};

}  // namespace

Vocabulary::Vocabulary(Language language, uint32_t made_up, uint64_t seed)
    : real_words_(CountWords(language)), zipf_(real_words_ + made_up) {
  const WordList& list = WordListOf(language);
  ForEachPiece(list.words, " \n", [this](std::string_view word) { Add(word); });
  ForEachPiece(list.collocations, "\n", [this](std::string_view line) { collocations_.push_back(line); });
  Prng random(MixOf({seed, 0x766f63, static_cast<uint64_t>(language)}));
  WordMaker maker(list);
  for (uint32_t i = 0; i < made_up; ++i) Add(maker.Make(random));
}

void Vocabulary::Add(std::string_view word) {
  letters_ += word;
  ends_.push_back(static_cast<uint32_t>(letters_.size()));
}

}  // namespace daftar::gen
