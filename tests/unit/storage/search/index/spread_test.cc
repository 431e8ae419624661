// A spread says of every document that a query finds what looking at the document says.
#include "storage/search/index/spread.h"

#include <gmock/gmock.h>

#include <map>
#include <tuple>

#include "tests/unit/storage/search/index/index_fixture.h"

namespace daftar::search {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

using Point = std::tuple<int32_t, int32_t, uint8_t>;

struct Item {
  int kind = 0, code = 0, in_doubt = 0;
  int32_t first_day = kNoDay, last_day = kNoDay;
  float least = -1, most = -1;
  std::multiset<Point> points;

  auto Tie() const { return std::tie(kind, code, in_doubt, first_day, last_day, least, most, points); }
  bool operator==(const Item& other) const { return Tie() == other.Tie(); }
};

const SpreadTerms& Terms() {
  static const SpreadTerms& terms = *new SpreadTerms{
      {{"KACTOR", 1}, {"KINCIDENT", 2}}, {{"A3", 3}, {"A0", 9}, {"A1", 1}}, "CTJ", "KACTOR", {{"A2", 5}, {"A1", 4}}};
  return terms;
}

bool Has(const IndexDoc& doc, const std::string& term) {
  return std::find(doc.terms.begin(), doc.terms.end(), term) != doc.terms.end();
}

int FirstOf(const IndexDoc& doc, const std::vector<SpreadTerms::Numbered>& terms) {
  for (const auto& term : terms) {
    if (Has(doc, term.term)) return term.number;
  }
  return 0;
}

// What looking at every document says.
std::map<uint32_t, Item> Expected(const IndexFixture& index, const Node& query) {
  std::map<std::pair<int32_t, int32_t>, size_t> order_of;
  for (const IndexDoc& doc : index.docs()) {
    for (size_t order = 0; order < Terms().place_levels.size(); ++order) {
      if (!Has(doc, Terms().place) || !Has(doc, Terms().place_levels[order].term)) continue;
      for (const IndexDoc::Point& point : doc.points) {
        const auto at = order_of.emplace(std::pair(point.lat_e7, point.lon_e7), order).first;
        at->second = std::min(at->second, order);
      }
      break;
    }
  }
  const std::set<uint32_t> answers = index.Expect(query);
  std::map<uint32_t, Item> items;
  for (const IndexDoc& doc : index.docs()) {
    if (!answers.contains(doc.rid)) continue;
    Item& item = items[doc.rid];
    item.kind = FirstOf(doc, Terms().kinds);
    item.code = FirstOf(doc, Terms().codes);
    item.in_doubt = Has(doc, Terms().in_doubt) ? 1 : 0;
    item.first_day = item.last_day = doc.day;
    for (const IndexDoc::Span& span : doc.spans) {
      item.first_day = item.first_day == kNoDay ? span.first : std::min(item.first_day, span.first);
      item.last_day = std::max(item.last_day, span.last);
    }
    for (const NumberRange& range : doc.numbers) {
      item.least = item.least < 0 ? range.low : std::min(item.least, range.low);
      item.most = std::max(item.most, range.high);
    }
    for (const IndexDoc::Point& point : doc.points) {
      const auto at = order_of.find({point.lat_e7, point.lon_e7});
      const uint8_t level = at == order_of.end() ? 0 : Terms().place_levels[at->second].number;
      item.points.insert({point.lat_e7, point.lon_e7, level});
    }
  }
  return items;
}

StatusOr<Spread> Collect(const IndexFixture& index, const Node& query) {
  const std::vector<const Segment*> segments = index.segments();
  SpreadCollector collector(Terms());
  DAFTAR_RETURN_IF_ERROR(collector.LearnPlaces(segments));
  SearchOptions options;
  options.limit = 0;
  options.sort = Sort::kNewest;
  options.each = [&](uint32_t segment, uint32_t chunk, const DocSet& docs) {
    return collector.Add(*segments[segment], chunk, docs, true);
  };
  DAFTAR_RETURN_IF_ERROR(index.Run(query, options).status());
  return collector.Take();
}

std::map<uint32_t, Item> ItemsOf(const Spread& spread) {
  std::map<uint32_t, Item> items;
  for (size_t i = 0; i < spread.size(); ++i) {
    Item& item = items[spread.rid[i]];
    item = {spread.kind[i],     spread.code[i],         spread.in_doubt[i],    spread.first_day[i],
            spread.last_day[i], spread.killed_least[i], spread.killed_most[i], {}};
  }
  for (size_t i = 0; i < spread.point_item.size(); ++i) {
    items[spread.rid[spread.point_item[i]]].points.insert({spread.lat_e7[i], spread.lon_e7[i], spread.point_level[i]});
  }
  return items;
}

void ExpectSpreads(IndexFixture& index, int queries) {
  Node everything;
  for (int i = 0; i < queries; ++i) {
    const Node query = i == 0 ? everything : RandomQuery(index.random(), 2);
    const auto spread = Collect(index, query);
    ASSERT_TRUE(spread.ok()) << spread.status();
    const std::map<uint32_t, Item> expected = Expected(index, query);
    ASSERT_THAT(spread->rid, SizeIs(expected.size())) << "query " << i;
    ASSERT_TRUE(ItemsOf(*spread) == expected) << "query " << i;
    ASSERT_TRUE(std::is_sorted(spread->point_item.begin(), spread->point_item.end()));
  }
}

TEST(SpreadTest, OneSegmentIsSpreadAsLookingAtEveryDocumentDoes) {
  IndexFixture index(1);
  index.AddRandomSegment(6000);
  ExpectSpreads(index, 60);
}

TEST(SpreadTest, SeveralSegmentsWithDeletionsAreSpreadAsOne) {
  IndexFixture index(2);
  for (const uint32_t docs : {900u, 300u, 40u, 1u}) index.AddRandomSegment(docs);
  for (int i = 0; i < 200; ++i) index.Delete(index.docs()[index.random()() % index.docs().size()].rid);
  ExpectSpreads(index, 60);
}

TEST(SpreadTest, MoreThanAChunkOfDocumentsIsSpreadWhole) {
  IndexFixture index(3);
  index.AddRandomSegment(70000);
  index.AddRandomSegment(70000);
  ExpectSpreads(index, 2);
}

TEST(SpreadTest, NothingFoundIsAnEmptySpread) {
  IndexFixture index(4);
  index.AddRandomSegment(50);
  Node nothing;
  nothing.op = Node::Op::kWord;
  nothing.exact = true;
  nothing.text = "nowhere";
  const auto spread = Collect(index, nothing);
  ASSERT_TRUE(spread.ok());
  EXPECT_THAT(spread->rid, IsEmpty());
  EXPECT_THAT(spread->first_day, IsEmpty());
}

TEST(SpreadTest, ADamagedColumnIsDataLoss) {
  IndexFixture index(5);
  index.AddRandomSegment(500);
  ASSERT_TRUE(index.blocks().Write(1, Section::kPoints, 0, "damaged").ok());
  EXPECT_EQ(Collect(index, Node()).status().code(), StatusCode::kDataLoss);
}

}  // namespace
}  // namespace daftar::search
