// A dictionary that is walked: what is skipped, and what is shared.
#include "storage/search/index/dictionary.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "storage/search/index/blocks.h"
#include "storage/search/index/index_doc.h"

namespace daftar::search {
namespace {

size_t SharedBytes(const std::string& a, const std::string& b) {
  return static_cast<size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
}

// Words of few letters, which begin alike, over many blocks; and terms of other classes before and behind them.
std::vector<std::string> ManyTerms() {
  std::set<std::string> terms = {std::string(1, term_class::kWord)};
  uint64_t random = 1;
  for (int i = 0; i < 20'000; ++i) {
    std::string term(1, i % 10 == 0 ? term_class::kKind : i % 10 == 1 ? term_class::kSkeleton : term_class::kWord);
    random = random * 6364136223846793005 + 1442695040888963407;
    for (uint64_t letters = 1 + (random >> 60), rest = random >> 20; letters > 0; --letters, rest /= 3)
      term += static_cast<char>('a' + rest % 3);
    terms.insert(term);
  }
  return {terms.begin(), terms.end()};
}

// Where a term's postings and positions lie tells which one it is.
TermRef RefOf(size_t number) {
  const uint64_t at = number * 7;
  return {.docs = static_cast<uint32_t>(number + 1), .postings_at = at, .postings_size = 5};
}

class DictionaryTest : public testing::Test {
 protected:
  DictionaryTest() : terms_(ManyTerms()) {
    DictionaryWriter writer(blocks_, 1);
    for (size_t i = 0; i < terms_.size(); ++i) {
      TermRef ref = RefOf(i);
      if (terms_[i][0] == term_class::kWord) ref.positions_at = i * 9, ref.positions_size = 4;
      EXPECT_TRUE(writer.Add(terms_[i], ref).ok());
    }
    EXPECT_TRUE(writer.Finish().ok());
    firsts_ = writer.firsts();
  }

  MemoryBlocks blocks_;
  const std::vector<std::string> terms_;
  std::vector<std::string> firsts_;
};

TEST_F(DictionaryTest, SkippingLeadsToTheFirstTermThatBeginsOtherwise) {
  ASSERT_GT(firsts_.size(), 20u);
  for (const size_t bytes : {1u, 2u, 3u, 5u, 8u, 12u}) {
    DictionaryCursor cursor(blocks_, 1, firsts_);
    ASSERT_TRUE(cursor.Seek("").ok());
    for (size_t at = 0; cursor.valid();) {
      const std::string prefix = terms_[at].substr(0, bytes);
      const std::string before = terms_[at];
      while (at < terms_.size() && terms_[at].starts_with(prefix)) ++at;
      ASSERT_TRUE(cursor.Skip(prefix.size()).ok());
      ASSERT_EQ(cursor.valid(), at < terms_.size());
      if (!cursor.valid()) break;
      ASSERT_EQ(cursor.term(), terms_[at]);
      ASSERT_EQ(cursor.shared(), SharedBytes(before, terms_[at]));
    }
  }
}

TEST_F(DictionaryTest, BehindASkipATermStillKnowsWhereItsPostingsAndPositionsLie) {
  DictionaryCursor cursor(blocks_, 1, firsts_);
  ASSERT_TRUE(cursor.Seek("").ok());
  while (cursor.valid()) {
    const auto number =
        static_cast<size_t>(std::lower_bound(terms_.begin(), terms_.end(), cursor.term()) - terms_.begin());
    ASSERT_EQ(cursor.ref().docs, number + 1);
    ASSERT_EQ(cursor.ref().postings_at, number * 7);
    ASSERT_EQ(cursor.ref().positions_at, terms_[number][0] == term_class::kWord ? number * 9 : 0);
    ASSERT_TRUE(cursor.Skip(std::min<size_t>(cursor.term().size(), 4)).ok());
  }
}

TEST_F(DictionaryTest, ABlockThatEndsInsideATermIsDamaged) {
  const auto last = static_cast<uint32_t>(firsts_.size() - 1);
  const StatusOr<std::string_view> block = blocks_.Read(1, Section::kDictionary, last);
  ASSERT_TRUE(block.ok());
  const std::string cut(block->substr(0, block->size() - 1));
  ASSERT_TRUE(blocks_.Write(1, Section::kDictionary, last, cut).ok());
  DictionaryCursor cursor(blocks_, 1, firsts_);
  ASSERT_TRUE(cursor.Seek(firsts_.back()).ok());
  // All of the block begins with the byte of its class.
  EXPECT_EQ(cursor.Skip(1).code(), StatusCode::kDataLoss);
}

}  // namespace
}  // namespace daftar::search
