#include <gmock/gmock.h>

#include "tests/unit/storage/search/index/index_fixture.h"

namespace daftar::search {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Node Word(std::string text) {
  Node node;
  node.op = Node::Op::kWord;
  node.text = std::move(text);
  return node;
}

std::set<uint32_t> RidsOf(const IndexResult& result) {
  std::set<uint32_t> rids;
  for (const IndexHit& hit : result.hits) rids.insert(hit.rid);
  return rids;
}

// Every sort of question has the answer that looking at every document has.
void ExpectAnswers(IndexFixture& index, int queries) {
  for (int i = 0; i < queries; ++i) {
    const Node query = RandomQuery(index.random(), 3);
    const std::set<uint32_t> expected = index.Expect(query);
    for (const Sort sort : {Sort::kRelevance, Sort::kNewest, Sort::kOldest, Sort::kSeverity}) {
      SearchOptions options;
      options.limit = 1000000;
      options.sort = sort;
      const auto result = index.Run(query, options);
      ASSERT_TRUE(result.ok()) << result.status();
      ASSERT_EQ(result->total, expected.size()) << "query " << i;
      ASSERT_EQ(RidsOf(*result), expected) << "query " << i;
      options.limit = 5;
      const auto few = index.Run(query, options);
      ASSERT_TRUE(few.ok()) << few.status();
      ASSERT_EQ(few->total, expected.size());
      ASSERT_EQ(few->hits.size(), std::min<size_t>(5, expected.size()));
      for (size_t hit = 0; hit < few->hits.size(); ++hit) {
        ASSERT_EQ(few->hits[hit].score, result->hits[hit].score) << "query " << i << " hit " << hit;
        ASSERT_EQ(few->hits[hit].day, result->hits[hit].day) << "query " << i << " hit " << hit;
      }
    }
  }
}

TEST(SearchIndexTest, OneSegmentAnswersAsLookingAtEveryDocumentDoes) {
  IndexFixture index(1);
  index.AddRandomSegment(3000);
  ExpectAnswers(index, 150);
}

TEST(SearchIndexTest, SeveralSegmentsWithDeletionsAnswerAsOne) {
  IndexFixture index(2);
  for (const uint32_t docs : {900u, 300u, 40u, 1u}) index.AddRandomSegment(docs);
  for (int i = 0; i < 200; ++i) index.Delete(index.docs()[index.random()() % index.docs().size()].rid);
  ExpectAnswers(index, 150);
}

TEST(SearchIndexTest, AMergedSegmentAnswersAsItsPartsDid) {
  IndexFixture index(3);
  for (const uint32_t docs : {900u, 300u, 40u, 1u}) index.AddRandomSegment(docs);
  for (int i = 0; i < 200; ++i) index.Delete(index.docs()[index.random()() % index.docs().size()].rid);
  index.Merge();
  ExpectAnswers(index, 150);
}

TEST(SearchIndexTest, MoreThanAChunkOfDocumentsAnswersAsLookingAtEveryDocumentDoes) {
  IndexFixture index(4);
  index.AddRandomSegment(70000);
  index.AddRandomSegment(70000);
  ExpectAnswers(index, 3);
  index.Merge();
  ExpectAnswers(index, 3);
}

TEST(SearchIndexTest, ABeginningFindsEveryWordThatBeginsSo) {
  IndexFixture index(5);
  index.AddRandomSegment(2000);
  for (const char* prefix : {"ba", "bab", "bado", "мо", "моб", "xx"}) {
    Node query = Word(prefix);
    query.exact = false;
    query.prefix = true;
    SearchOptions options;
    options.limit = 1000000;
    const auto result = index.Run(query, options);
    ASSERT_TRUE(result.ok());
    // Beginnings find at least these; stems and skeletons may find more.
    const std::set<uint32_t> expected = index.Expect(query), found = RidsOf(*result);
    EXPECT_TRUE(std::includes(found.begin(), found.end(), expected.begin(), expected.end())) << prefix;
  }
}

IndexDoc Titled(uint32_t rid, std::string title, std::string text = "") {
  IndexDoc doc;
  doc.rid = rid;
  doc.day = static_cast<int32_t>(rid);
  doc.texts.push_back({true, std::move(title)});
  doc.texts.push_back({false, std::move(text)});
  return doc;
}

std::vector<uint32_t> Found(const IndexFixture& index, const Node& query) {
  const auto result = index.Run(query, {});
  DAFTAR_CHECK(result.ok());
  std::vector<uint32_t> rids;
  for (const IndexHit& hit : result->hits) rids.push_back(hit.rid);
  return rids;
}

Node All(std::vector<std::string> words) {
  Node query;
  query.op = Node::Op::kAnd;
  for (std::string& word : words) query.children.push_back(Word(std::move(word)));
  return query;
}

TEST(RankTest, ANameComesBeforeAText) {
  IndexFixture index(6);
  index.AddSegment({Titled(1, "Ansarullah"), Titled(2, "Clash in Darvoz", "Ansarullah Ansarullah Ansarullah")});
  EXPECT_THAT(Found(index, Word("ansarullah")), ElementsAre(1, 2));
}

TEST(RankTest, AWholeNameComesBeforeALongerOne) {
  IndexFixture index(7);
  index.AddSegment(
      {Titled(1, "Islamic State"), Titled(2, "Islamic State Khorasan Province"), Titled(3, "State Islamic")});
  EXPECT_EQ(Found(index, All({"islamic", "state"})).front(), 1u);
}

TEST(RankTest, EqualHitsComeNewestFirst) {
  IndexFixture index(8);
  index.AddSegment({Titled(1, "Clash"), Titled(3, "Clash")});
  index.AddSegment({Titled(2, "Clash"), Titled(4, "Clash")});
  EXPECT_THAT(Found(index, Word("clash")), ElementsAre(4, 3, 2, 1));
}

TEST(RankTest, ARareWordWeighsMoreThanACommonOne) {
  IndexFixture index(9);
  std::vector<IndexDoc> docs;
  for (uint32_t rid = 1; rid <= 50; ++rid) docs.push_back(Titled(rid, "x", "border report today"));
  docs.push_back(Titled(51, "x", "border report today Shuroobod"));
  index.AddSegment(docs);
  Node either;
  either.op = Node::Op::kOr;
  either.children = {Word("border"), Word("shuroobod")};
  EXPECT_EQ(Found(index, either).front(), 51u);
}

TEST(ScriptTest, ANameIsFoundInAnyScript) {
  IndexFixture index(10);
  index.AddSegment({Titled(1, "Ansarullah"), Titled(2, "Ансоруллоҳ"), Titled(3, "انصارالله"), Titled(4, "Taliban")});
  for (const char* spelling : {"ansarullah", "Ансоруллоҳ", "انصارالله"}) {
    const auto found = Found(index, Word(spelling));
    EXPECT_EQ(std::set<uint32_t>(found.begin(), found.end()), (std::set<uint32_t>{1, 2, 3})) << spelling;
  }
}

TEST(SpellingTest, AMistypedWordFindsTheNearestThatThereIs) {
  IndexFixture index(11);
  index.AddSegment({Titled(1, "Clash at Shuroobod"), Titled(2, "Seizure at Farkhor")});
  const Node query = Word("shuroobpd");
  const auto result = index.Run(query, {});
  ASSERT_TRUE(result.ok());
  ASSERT_EQ(result->hits.size(), 1u);
  EXPECT_EQ(result->hits[0].rid, 1u);
  ASSERT_EQ(result->respellings.size(), 1u);
  EXPECT_THAT(result->respellings[0].instead, ElementsAre("shuroobod"));
}

TEST(SpellingTest, AQuotedWordIsTakenAsItStands) {
  IndexFixture index(12);
  index.AddSegment({Titled(1, "Clash at Shuroobod")});
  Node query = Word("shuroobpd");
  query.exact = true;
  EXPECT_THAT(Found(index, query), IsEmpty());
}

TEST(SecondChanceTest, AMistypedWordThatStandsSomewhereIsMendedWhereTheWholeFindsNothing) {
  IndexFixture index(15);
  index.AddSegment({Titled(1, "Clash at Farkhor"), Titled(2, "Flash of lightning")});
  EXPECT_THAT(Found(index, All({"flash", "farkhor"})), ElementsAre(1));
}

TEST(SecondChanceTest, ANameWrittenApartFindsTheNameWrittenInOne) {
  IndexFixture index(16);
  index.AddSegment({Titled(1, "انصارالله"), Titled(2, "طالبان")});
  EXPECT_THAT(Found(index, All({"انصار", "الله"})), ElementsAre(1));
}

TEST(SecondChanceTest, AWordWithSignsInItFindsItsWordsInAnotherScript) {
  IndexFixture index(17);
  index.AddSegment({Titled(1, "Jamaat Ansarullah"), Titled(2, "Taliban")});
  const auto query = ParseQuery("Ҷамоат-Ансоруллоҳ ", 0);
  ASSERT_TRUE(query.ok());
  EXPECT_THAT(Found(index, query->root), ElementsAre(1));
}

TEST(SecondChanceTest, AQuotedPhraseIsNotTakenFreely) {
  IndexFixture index(18);
  index.AddSegment({Titled(1, "Al Qaida")});
  const auto query = ParseQuery("\"Qaida Al\"", 0);
  ASSERT_TRUE(query.ok());
  EXPECT_THAT(Found(index, query->root), IsEmpty());
}

TEST(FacetTest, FacetsCountTheWholeResultAndNotThePage) {
  IndexFixture index(13);
  index.AddRandomSegment(2000);
  index.AddRandomSegment(300);
  Node query = Word(FoldedWords(WordNumber(0))[0]);
  query.exact = true;
  SearchOptions options;
  options.limit = 3;
  options.facets = true;
  const auto result = index.Run(query, options);
  ASSERT_TRUE(result.ok());
  FacetCounts expected;
  for (const uint32_t rid : index.Expect(query)) {
    for (const IndexDoc& doc : index.docs()) {
      if (doc.rid != rid) continue;
      for (const std::string& term : doc.terms) ++expected[term];
    }
  }
  EXPECT_EQ(result->facets, expected);
}

TEST(StopTest, AStoppedSearchSaysSo) {
  IndexFixture index(14);
  index.AddRandomSegment(100);
  SearchOptions options;
  options.go_on = [] { return false; };
  const Node query = Word("ba");
  EXPECT_EQ(index.Run(query, options).status().code(), StatusCode::kCancelled);
}

}  // namespace
}  // namespace daftar::search
