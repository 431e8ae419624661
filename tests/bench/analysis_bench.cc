// Text analysis: what indexing pays for a word, and what a query pays for typing errors.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "storage/search/analysis/fold.h"
#include "storage/search/analysis/stem.h"
#include "storage/search/analysis/tokenizer.h"
#include "storage/search/analysis/typo.h"

namespace daftar::search {
namespace {

constexpr size_t kVocabulary = 200'000, kTexts = 20'000, kWordsInText = 90;

// Words that look like words of three scripts: syllables, some with a capital letter.
std::vector<std::string> MakeVocabulary() {
  static constexpr std::string_view kLatin[] = {"da", "r", "vo", "khu", "ja", "n", "ta", "li", "ba", "sho", "mi", "re"};
  static constexpr std::string_view kCyrillic[] = {"да", "р",  "во", "ҳу", "ҷа", "н",
                                                   "то", "ли", "бо", "ша", "ми", "қа"};
  static constexpr std::string_view kArabic[] = {"دا", "ر", "وا", "خ", "جا", "ن", "طا", "لی", "با", "ش", "می", "ک"};
  std::mt19937 random(1);
  std::vector<std::string> words;
  while (words.size() < kVocabulary) {
    const auto& syllables = random() % 2 == 0 ? kLatin : random() % 2 == 0 ? kCyrillic : kArabic;
    std::string word;
    for (size_t n = 2 + random() % 4; n > 0; --n) word += syllables[random() % std::size(syllables)];
    if (random() % 5 == 0 && word[0] < 0x7f && word[0] > 0) word[0] = static_cast<char>(word[0] - 'a' + 'A');
    words.push_back(word);
  }
  return words;
}

const std::vector<std::string>& Vocabulary() {
  static const auto& words = *new std::vector<std::string>(MakeVocabulary());
  return words;
}

// Few words are common and most are rare, as in language.
const std::vector<std::string>& Texts() {
  static const auto& texts = *new std::vector<std::string>([] {
    std::mt19937 random(2);
    std::uniform_real_distribution<double> uniform(0, 1);
    std::vector<std::string> all;
    for (size_t i = 0; i < kTexts; ++i) {
      std::string text;
      for (size_t k = 0; k < kWordsInText; ++k) {
        text += Vocabulary()[static_cast<size_t>(std::pow(kVocabulary, uniform(random))) - 1];
        text += random() % 12 == 0 ? ", " : " ";
      }
      all.push_back(text);
    }
    return all;
  }());
  return texts;
}

std::vector<std::string> FoldedVocabulary() {
  std::vector<std::string> words;
  for (const std::string& word : Vocabulary()) words.push_back(FoldedWords(word).at(0));
  std::sort(words.begin(), words.end());
  return words;
}

// 200,000 different sorted terms, and how many bytes each has in common with the one before.
struct Dictionary {
  std::vector<std::string> terms;
  std::vector<size_t> shared;
};

const Dictionary& Terms() {
  static const auto& dictionary = *new Dictionary([] {
    Dictionary made{FoldedVocabulary(), {}};
    std::mt19937 random(3);
    while (made.terms.size() < 3 * kVocabulary) {
      made.terms.push_back(made.terms[random() % kVocabulary] + made.terms[random() % kVocabulary].substr(0, 4));
      made.terms.back() = FoldedWords(made.terms.back()).at(0);
    }
    std::shuffle(made.terms.begin(), made.terms.end(), random);
    std::sort(made.terms.begin(), made.terms.end());
    made.terms.erase(std::unique(made.terms.begin(), made.terms.end()), made.terms.end());
    while (made.terms.size() > kVocabulary) {
      std::vector<std::string> fewer;
      std::sample(made.terms.begin(), made.terms.end(), std::back_inserter(fewer), kVocabulary, random);
      made.terms = std::move(fewer);
    }
    std::string_view before;
    for (const std::string& term : made.terms) {
      const size_t limit = std::min(before.size(), term.size());
      made.shared.push_back(std::mismatch(term.begin(), term.begin() + limit, before.begin()).first - term.begin());
      before = term;
    }
    return made;
  }());
  return dictionary;
}

void BM_FoldedWords(benchmark::State& state) {
  size_t words = 0, i = 0;
  for (auto _ : state) words += FoldedWords(Texts()[i++ % kTexts]).size();
  state.SetItemsProcessed(words);
}
BENCHMARK(BM_FoldedWords);

void BM_TokenizeCold(benchmark::State& state) {
  size_t words = 0;
  std::vector<Token> tokens;
  for (auto _ : state) {
    Tokenizer tokenizer;
    for (const std::string& text : Texts()) {
      tokenizer.Tokenize(text, &tokens);
      words += tokens.size();
    }
  }
  state.SetItemsProcessed(words);
}
BENCHMARK(BM_TokenizeCold)->Unit(benchmark::kMillisecond);

void BM_TokenizeWarm(benchmark::State& state) {
  Tokenizer tokenizer;
  std::vector<Token> tokens;
  for (const std::string& text : Texts()) tokenizer.Tokenize(text, &tokens);
  size_t words = 0, i = 0;
  for (auto _ : state) {
    tokenizer.Tokenize(Texts()[i++ % kTexts], &tokens);
    words += tokens.size();
  }
  state.SetItemsProcessed(words);
}
BENCHMARK(BM_TokenizeWarm);

void BM_Stem(benchmark::State& state) {
  const std::vector<std::string> words = FoldedVocabulary();
  size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(Stem(words[i++ * 7919 % words.size()]));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_Stem);

void BM_Skeleton(benchmark::State& state) {
  const std::vector<std::string> words = FoldedVocabulary();
  size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(Skeleton(words[i++ * 7919 % words.size()]));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_Skeleton);

// All terms are tried: what a caller saves that skips dead prefixes is not counted.
void BM_TypoWalk(benchmark::State& state) {
  static constexpr std::string_view kWords[] = {"khujanda", "дарвоши", "طالبانا", "talibanri"};
  const Dictionary& dictionary = Terms();
  size_t found = 0, i = 0;
  for (auto _ : state) {
    TypoMatcher matcher(FoldedWords(kWords[i++ % std::size(kWords)]).at(0), static_cast<int>(state.range(0)));
    for (size_t k = 0; k < dictionary.terms.size(); ++k) {
      found += matcher.Try(dictionary.terms[k], dictionary.shared[k]).distance.has_value();
    }
  }
  state.counters["terms"] = static_cast<double>(dictionary.terms.size());
  state.counters["found"] = benchmark::Counter(static_cast<double>(found), benchmark::Counter::kAvgIterations);
}
BENCHMARK(BM_TypoWalk)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace daftar::search

BENCHMARK_MAIN();
