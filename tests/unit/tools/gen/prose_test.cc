#include "tools/gen/prose.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace daftar::gen {
namespace {

class ProseTest : public testing::Test {
 protected:
  static size_t WordsIn(const std::string& text) {
    return 1 + static_cast<size_t>(std::count(text.begin(), text.end(), ' '));
  }
  const Prose prose_{1};
  Prng random_{1};
};

TEST_F(ProseTest, ATextHasAsManyWordsAsAskedFor) {
  for (uint64_t words = 10; words <= 60; ++words) {
    EXPECT_EQ(WordsIn(prose_.Sentences(random_, Language::kRussian, words)), words);
  }
}

TEST_F(ProseTest, SentencesBeginWithACapitalAndEndWithAFullStop) {
  for (int i = 0; i < 100; ++i) {
    const std::string text = prose_.Sentences(random_, Language::kEnglish, 30);
    EXPECT_TRUE(text[0] >= 'A' && text[0] <= 'Z') << text;
    EXPECT_THAT(text, testing::EndsWith("."));
    EXPECT_THAT(text, testing::Not(testing::HasSubstr(",.")));
    EXPECT_THAT(text, testing::Not(testing::HasSubstr("..")));
  }
}

TEST_F(ProseTest, NamesStandInTheTextWhole) {
  for (int i = 0; i < 100; ++i) {
    const std::string text = prose_.Title(random_, Language::kPersian, 5, {"ختلان بالا"});
    EXPECT_THAT(text, testing::HasSubstr("ختلان بالا"));
  }
}

TEST_F(ProseTest, CollocationsComeOftenEnoughToBeFoundAsPhrases) {
  int found = 0;
  for (int i = 0; i < 2000; ++i) {
    found += prose_.Sentences(random_, Language::kEnglish, 40).find("exchange of fire") != std::string::npos;
  }
  EXPECT_GT(found, 30);
}

TEST_F(ProseTest, LanguagesAreSharedOutSixTwoOneOne) {
  int count[kLanguages] = {};
  for (int i = 0; i < 10'000; ++i) ++count[static_cast<int>(Prose::LanguageOf(random_))];
  EXPECT_NEAR(count[0], 6000, 300);
  EXPECT_NEAR(count[1], 2000, 200);
  EXPECT_NEAR(count[2], 1000, 150);
  EXPECT_NEAR(count[3], 1000, 150);
}

TEST_F(ProseTest, EachRealWordStandsOnceInItsList) {
  for (int i = 0; i < kLanguages; ++i) {
    const Vocabulary& words = prose_.words(static_cast<Language>(i));
    std::set<std::string_view> seen;
    for (uint32_t rank = 0; rank < words.real_words(); ++rank) {
      EXPECT_TRUE(seen.insert(words.word(rank)).second) << words.word(rank);
    }
    EXPECT_GT(seen.size(), 290u);
  }
}

TEST_F(ProseTest, MostMadeUpWordsDiffer) {
  const Vocabulary& words = prose_.words(Language::kEnglish);
  std::set<std::string_view> seen;
  for (uint32_t rank = words.real_words(); rank < words.size(); ++rank) seen.insert(words.word(rank));
  EXPECT_GT(seen.size(), 85'000u);
}

}  // namespace
}  // namespace daftar::gen
