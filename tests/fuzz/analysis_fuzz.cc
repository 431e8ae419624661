// Text analysis of any bytes: the fast tokenizer agrees with plain folding, places lie in the text, no word loses its
// stem, and the matcher of typing errors agrees with the textbook.
#include "storage/base/status.h"
#include "storage/search/analysis/fold.h"
#include "storage/search/analysis/stem.h"
#include "storage/search/analysis/tokenizer.h"
#include "storage/search/analysis/typo.h"
#include "tests/unit/storage/search/analysis/naive_distance.h"

namespace {

using namespace daftar::search;

void CheckTokens(std::string_view text, Tokenizer* tokenizer, std::vector<std::string>* words) {
  std::vector<Token> tokens;
  tokenizer->Tokenize(text, &tokens);
  *words = FoldedWords(text);
  DAFTAR_CHECK(tokens.size() == words->size());
  uint32_t begin = 0, end = 0;
  for (size_t i = 0; i < tokens.size(); ++i) {
    DAFTAR_CHECK(tokenizer->word(tokens[i].word) == (*words)[i]);
    DAFTAR_CHECK((*words)[i].size() <= kMaxWordBytes);
    DAFTAR_CHECK(begin <= tokens[i].begin && tokens[i].begin < tokens[i].end);
    DAFTAR_CHECK(end <= tokens[i].end && tokens[i].end <= text.size());
    begin = tokens[i].begin;
    end = tokens[i].end;
  }
}

void CheckTypos(std::vector<std::string> words) {
  if (words.size() < 2) return;
  const std::string typed = words.back();
  words.resize(std::min<size_t>(words.size() - 1, 16));
  std::sort(words.begin(), words.end());
  for (int edits = 0; edits <= TypoMatcher::kMaxEdits; ++edits) {
    TypoMatcher matcher(typed, edits);
    std::string_view before;
    for (const std::string& word : words) {
      const size_t limit = std::min(before.size(), word.size());
      const size_t shared = std::mismatch(word.begin(), word.begin() + limit, before.begin()).first - word.begin();
      const TypoMatcher::Step step = matcher.Try(word, shared);
      const int distance = NaiveDistance(typed, word);
      DAFTAR_CHECK(step.distance.value_or(edits + 1) == std::min(distance, edits + 1));
      DAFTAR_CHECK(step.dead_bytes <= word.size() && (step.dead_bytes == 0 || !step.distance));
      before = word;
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Tokenizer tokenizer(size % 4 == 0 ? 4 : Tokenizer::kMaxSpellings);
  std::vector<std::string> words;
  CheckTokens(text, &tokenizer, &words);
  CheckTokens(text, &tokenizer, &words);  // this time from memory
  for (const std::string& word : words) {
    DAFTAR_CHECK(!Stem(word).empty());
    DAFTAR_CHECK(Skeleton(word).size() != 1 && Skeleton(word).size() != 2);
  }
  CheckTypos(words);
  // Bytes of a damaged index are no folded words; they are not believed to be any.
  const std::string_view damaged = text.substr(0, kMaxWordBytes);
  DAFTAR_CHECK(damaged.empty() || !Stem(damaged).empty());
  Skeleton(damaged);
  TypoMatcher("taliban", 2).Try(damaged, 0);
  TypoMatcher(damaged, EditsFor(damaged) > 0 ? 1 : 0).Try("taliban", 0);
  return 0;
}
