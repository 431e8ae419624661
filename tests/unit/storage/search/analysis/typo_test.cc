#include "storage/search/analysis/typo.h"

#include <gmock/gmock.h>

#include <random>
#include <set>

#include "tests/unit/storage/search/analysis/naive_distance.h"

namespace daftar::search {
namespace {

std::optional<int> Distance(std::string_view word, std::string_view term, int edits) {
  return TypoMatcher(word, edits).Try(term, 0).distance;
}

size_t Common(std::string_view a, std::string_view b) {
  return std::mismatch(a.begin(), a.begin() + std::min(a.size(), b.size()), b.begin()).first - a.begin();
}

TEST(TypoTest, LongerWordsAreForgivenMore) {
  EXPECT_EQ(EditsFor(""), 0);
  EXPECT_EQ(EditsFor("pnj"), 0);
  EXPECT_EQ(EditsFor("panj"), 1);
  EXPECT_EQ(EditsFor("дарвоза"), 1);
  EXPECT_EQ(EditsFor("бадахшон"), 2);
}

TEST(TypoTest, NumbersAreForgivenNothing) {
  EXPECT_EQ(EditsFor("20230904"), 0);
  EXPECT_EQ(EditsFor("article19"), 0);
}

TEST(TypoTest, EachKindOfErrorCountsOne) {
  EXPECT_EQ(Distance("darvoz", "darvoz", 1), 0);
  EXPECT_EQ(Distance("darvoz", "darwoz", 1), 1);
  EXPECT_EQ(Distance("darvoz", "dvoz", 2), 2);
  EXPECT_EQ(Distance("darvoz", "darvooz", 1), 1);
  EXPECT_EQ(Distance("darvoz", "dravoz", 1), 1);
}

TEST(TypoTest, TheFirstAndTheLastLetterMayBeWrong) {
  EXPECT_EQ(Distance("darvoz", "garvoz", 1), 1);
  EXPECT_EQ(Distance("darvoz", "adrvoz", 1), 1);
  EXPECT_EQ(Distance("darvoz", "arvoz", 1), 1);
  EXPECT_EQ(Distance("darvoz", "darvo", 1), 1);
  EXPECT_EQ(Distance("darvoz", "darvozi", 1), 1);
}

TEST(TypoTest, LettersAreCodePoints) {
  EXPECT_EQ(Distance("дарвоз", "дарваз", 1), 1);
  EXPECT_EQ(Distance("درواز", "دورزا", 2), 2);
  EXPECT_EQ(Distance("درواز", "دوراز", 1), 1);
}

TEST(TypoTest, MoreThanTheLimitIsNoMatch) {
  EXPECT_EQ(Distance("darvoz", "dorvaz", 1), std::nullopt);
  EXPECT_EQ(Distance("darvoz", "dorvaz", 2), 2);
  EXPECT_EQ(Distance("darvoz", "dorvas", 2), std::nullopt);
}

TEST(TypoTest, WithoutEditsOnlyTheWordItselfMatches) {
  EXPECT_EQ(Distance("panj", "panj", 0), 0);
  EXPECT_EQ(Distance("panj", "panji", 0), std::nullopt);
}

TEST(TypoTest, APrefixIsDeadWhenNothingThatBeginsWithItCanMatch) {
  EXPECT_EQ(TypoMatcher("darvoz", 1).Try("zzzzzz", 0).dead_bytes, 2u);
  EXPECT_EQ(TypoMatcher("дарвоз", 1).Try("шшшшшш", 0).dead_bytes, 4u);
  EXPECT_EQ(TypoMatcher("darvoz", 1).Try("dar", 0).dead_bytes, 0u);
}

TEST(TypoTest, EndlessTermsDie) { EXPECT_LE(TypoMatcher("aaaa", 2).Try(std::string(1000, 'a'), 0).dead_bytes, 7u); }

// Words of few letters, so that they are like each other.
std::set<std::string> Dictionary(uint32_t seed, size_t size) {
  static constexpr std::string_view kLetters[] = {"a", "b", "c", "ж", "ش", "😀"};
  std::mt19937 random(seed);
  std::set<std::string> words;
  while (words.size() < size) {
    std::string word;
    for (size_t n = random() % 8; n > 0; --n) word += kLetters[random() % std::size(kLetters)];
    words.insert(word);
  }
  return words;
}

TEST(TypoTest, AWalkFindsWhatTheTextbookFinds) {
  const std::set<std::string> terms = Dictionary(5, 2000);
  for (const std::string& word : Dictionary(6, 60)) {
    for (int edits = 0; edits <= TypoMatcher::kMaxEdits; ++edits) {
      TypoMatcher matcher(word, edits);
      std::string before;
      for (const std::string& term : terms) {
        const TypoMatcher::Step step = matcher.Try(term, Common(before, term));
        const int distance = NaiveDistance(word, term);
        ASSERT_EQ(step.distance, distance <= edits ? std::optional(distance) : std::nullopt) << word << " " << term;
        before = term;
      }
    }
  }
}

TEST(TypoTest, AWalkThatSkipsDeadPrefixesMissesNothing) {
  const std::set<std::string> terms = Dictionary(7, 2000);
  for (const std::string& word : Dictionary(8, 60)) {
    TypoMatcher matcher(word, 2);
    std::string before, dead;
    for (const std::string& term : terms) {
      if (!dead.empty() && term.substr(0, dead.size()) == dead) {
        ASSERT_GT(NaiveDistance(word, term), 2) << word << " " << term;
        continue;
      }
      const TypoMatcher::Step step = matcher.Try(term, Common(before, term));
      ASSERT_EQ(step.distance.has_value(), NaiveDistance(word, term) <= 2) << word << " " << term;
      dead = term.substr(0, step.dead_bytes);
      before = term;
    }
  }
}

TEST(TypoTest, BytesThatAreNoUtf8AreSharedWithCare) {
  TypoMatcher matcher("aш", 1);
  EXPECT_EQ(matcher.Try("a\xd1", 0).distance, 1);
  EXPECT_EQ(TypoMatcher("aш", 0).Try("a\xd1", 0).dead_bytes, 0u);
  EXPECT_EQ(matcher.Try("aш", 2).distance, 0);
}

}  // namespace
}  // namespace daftar::search
