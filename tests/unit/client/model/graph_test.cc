// Who is in a graph, what joins them, and what is said to be left out.
#include "client/model/graph.h"

#include <set>

#include "client/model/address.h"
#include "client/model/text_page.h"
#include "tests/unit/client/model/sample_view.h"

namespace daftar {
namespace {

using model_test::Day;
using model_test::Sample;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Graph GraphOf(const ReadView& view, std::string_view id, const GraphOptions& options = {}) {
  StatusOr<Graph> graph = BuildGraph(view, id, options);
  if (graph.ok()) return *std::move(graph);
  ADD_FAILURE() << graph.status();
  return {};
}

std::vector<std::string> NamesOf(const Graph& graph) {
  std::vector<std::string> names;
  for (const GraphNode& node : graph.nodes) names.push_back(node.name);
  return names;
}

const GraphEdge& EdgeOf(const Graph& graph, std::string_view one, std::string_view other) {
  static const GraphEdge none;
  for (const GraphEdge& edge : graph.edges) {
    const std::string& from = graph.nodes[edge.from].name;
    const std::string& to = graph.nodes[edge.to].name;
    if ((from == one && to == other) || (from == other && to == one)) return edge;
  }
  ADD_FAILURE() << "nothing joins " << one << " and " << other;
  return none;
}

// Actors A to F in a chain, each joined to the next one, and what a test adds.
std::unique_ptr<FakeView> Chain(const std::string& more = "") {
  std::string text = R"(
    source { external { system: "t" id: "S1" } name { text: "One" } original: true }
    source { external { system: "t" id: "S2" } name { text: "Two" } original: true }
    source { external { system: "t" id: "Copy" } name { text: "Copy" } lineage { upstream: "t:S1" kind: CITES } })";
  for (const char name : std::string("ABCDEF")) {
    text += std::string("actor { external { system: \"t\" id: \"") + name + "\" } name { text: \"" + name +
            "\" } class: ARMED_GROUP }\n";
  }
  for (const char name : std::string("ABCDE")) {
    text += std::string("relation { external { system: \"t\" id: \"R") + name + "\" } from: \"t:" + name +
            "\" to: \"t:" + static_cast<char>(name + 1) + "\" type: AFFILIATED account { source: \"t:S1\" } }\n";
  }
  return FakeView::OfText(text + more);
}

TEST(GraphTest, OneHopShowsTheNeighboursAndTheRecordFirst) {
  const auto view = Chain();
  EXPECT_THAT(NamesOf(GraphOf(*view, "t:B")), ElementsAre("B", "A", "C"));
}

TEST(GraphTest, EachHopGoesOneFurther) {
  const auto view = Chain();
  EXPECT_THAT(NamesOf(GraphOf(*view, "t:A", {.hops = 2})), ElementsAre("A", "B", "C"));
  EXPECT_THAT(NamesOf(GraphOf(*view, "t:A", {.hops = 3})), ElementsAre("A", "B", "C", "D"));
}

TEST(GraphTest, MoreHopsThanThereMayBeCountAsTheMost) {
  const auto view = Chain();
  const Graph graph = GraphOf(*view, "t:A", {.hops = 50});
  EXPECT_EQ(graph.hops, kMostHops);
  EXPECT_EQ(graph.nodes.size(), 4u);
}

TEST(GraphTest, ANodeSaysThatItHasRelationsBeyond) {
  const auto view = Chain();
  const Graph graph = GraphOf(*view, "t:A");
  EXPECT_FALSE(graph.nodes[0].more);
  EXPECT_TRUE(graph.nodes[1].more);
}

TEST(GraphTest, NeighboursThatAreJoinedAreJoinedInThePicture) {
  const auto view = Chain(R"(relation { external { system: "t" id: "X" } from: "t:A" to: "t:C" type: HOSTILE_TO
                                        account { source: "t:S2" } })");
  const Graph graph = GraphOf(*view, "t:A");
  EXPECT_EQ(graph.edges.size(), 3u);
  EXPECT_EQ(EdgeOf(graph, "B", "C").words, "affiliated with");
}

TEST(GraphTest, ParallelRelationsAreOneEdgeWithSeveralLabels) {
  const auto view = Chain(R"(relation { external { system: "t" id: "X" } from: "t:B" to: "t:A" type: SHELTERS
                                        account { source: "t:S2" } })");
  const Graph graph = GraphOf(*view, "t:A");
  ASSERT_EQ(graph.edges.size(), 1u);
  EXPECT_EQ(graph.edges[0].strands.size(), 2u);
  EXPECT_THAT(graph.edges[0].words, HasSubstr("affiliated with"));
  EXPECT_THAT(graph.edges[0].words, HasSubstr("shelters"));
  EXPECT_TRUE(graph.edges[0].arrow_from && graph.edges[0].arrow_to);
}

TEST(GraphTest, ARelationWithItselfIsSaidAndNotDrawn) {
  const auto view = Chain(R"(relation { external { system: "t" id: "X" } from: "t:A" to: "t:A" type: RELATED_TO })");
  const Graph graph = GraphOf(*view, "t:A");
  EXPECT_EQ(graph.edges.size(), 1u);
  EXPECT_THAT(graph.said, ElementsAre("1 relation of a record with itself is not drawn."));
}

TEST(GraphTest, WhoStandsAloneIsSaidToHaveNoRelations) {
  const auto view = FakeView::OfText(R"(actor { external { system: "t" id: "A" } name { text: "A" } })");
  const Graph graph = GraphOf(*view, "t:A");
  EXPECT_THAT(NamesOf(graph), ElementsAre("A"));
  EXPECT_THAT(graph.said, ElementsAre("No relations of it are known here."));
}

TEST(GraphTest, AnEndThatIsNotHereIsANodeThatLeadsNowhere) {
  const auto view = Chain();
  Record relation = **view->Get(view->Resolve("t:RA").value());
  v1::Relation elsewhere = relation.relation();
  elsewhere.set_to(std::string(16, 'x'));
  view->Put(Record(relation.id(), relation.kind(), std::make_shared<v1::Relation>(elsewhere)));
  const Graph graph = GraphOf(*view, "t:A");
  ASSERT_EQ(graph.nodes.size(), 2u);
  EXPECT_EQ(graph.nodes[1].name, "(unknown record)");
  EXPECT_EQ(graph.nodes[1].address, "");
}

// What accounts say.

Graph WithAccounts(const std::string& accounts, const GraphOptions& options = {}, const char* negated = "") {
  const auto view = Chain(
      "actor { external { system: \"t\" id: \"Z\" } name { text: \"Z\" } }\n"
      "relation { external { system: \"t\" id: \"X\" } from: \"t:Z\" to: \"t:A\" type: SHELTERS " +
      std::string(negated) + accounts + " }");
  return GraphOf(*view, "t:Z", options);
}

TEST(GraphTest, WhatIsStatedIsASolidLine) {
  const Graph graph = WithAccounts("account { source: \"t:S1\" }");
  EXPECT_EQ(graph.edges[0].line, GraphLine::kStated);
  EXPECT_EQ(graph.edges[0].words, "shelters");
}

TEST(GraphTest, ThatThereIsNoneIsADashedLineAndSaidInWords) {
  const Graph graph = WithAccounts("account { source: \"t:S1\" }", {}, "negated: true ");
  EXPECT_EQ(graph.edges[0].line, GraphLine::kDenied);
  EXPECT_THAT(graph.edges[0].words, HasSubstr("not"));
}

TEST(GraphTest, WhatEveryAccountDeniesIsDenied) {
  const Graph graph = WithAccounts("account { source: \"t:S1\" stance: DENIES }");
  EXPECT_EQ(graph.edges[0].line, GraphLine::kDenied);
  EXPECT_EQ(graph.edges[0].words, "denied: shelters");
}

TEST(GraphTest, WhatSomeStateAndSomeDenyIsInDoubt) {
  const Graph graph = WithAccounts("account { source: \"t:S1\" } account { source: \"t:S2\" stance: DENIES }");
  EXPECT_EQ(graph.edges[0].line, GraphLine::kInDoubt);
  EXPECT_EQ(graph.edges[0].words, "shelters (disputed)");
}

TEST(GraphTest, WhatIsOnlyAllegedIsInDoubt) {
  const Graph graph = WithAccounts("account { source: \"t:S1\" modality: ALLEGED }");
  EXPECT_EQ(graph.edges[0].line, GraphLine::kInDoubt);
  EXPECT_EQ(graph.edges[0].words, "shelters (alleged)");
}

TEST(GraphTest, WhatNobodyCanSayIsNotEstablished) {
  const Graph graph = WithAccounts("account { source: \"t:S1\" stance: CANNOT_SAY }");
  EXPECT_EQ(graph.edges[0].line, GraphLine::kInDoubt);
  EXPECT_EQ(graph.edges[0].words, "shelters (not established)");
}

TEST(GraphTest, WhatIsOnlyExpectedIsSaidToBe) {
  EXPECT_EQ(WithAccounts("account { source: \"t:S1\" modality: EXPECTED }").edges[0].words, "shelters (expected only)");
}

TEST(GraphTest, ARelationWithoutAnAccountHasNoSource) {
  const Graph graph = WithAccounts("");
  EXPECT_EQ(graph.edges[0].strands[0].told_by, "no source");
  EXPECT_EQ(graph.edges[0].line, GraphLine::kInDoubt);
}

TEST(GraphTest, ArticlesThatRestOnOneTextCountOnce) {
  const Graph graph = WithAccounts("account { source: \"t:S1\" } account { source: \"t:Copy\" }");
  EXPECT_EQ(graph.edges[0].strands[0].told_by, "2 articles, at most 1 independent");
  EXPECT_EQ(graph.edges[0].sources, 1);
}

TEST(GraphTest, TooFewIndependentSourcesAreHiddenAndSaid) {
  const std::string two = "account { source: \"t:S1\" } account { source: \"t:Copy\" }";
  const Graph graph = WithAccounts(two, {.min_sources = 2});
  EXPECT_THAT(graph.edges, IsEmpty());
  EXPECT_THAT(graph.said, Contains("1 relation with too few independent sources is hidden."));
  EXPECT_EQ(WithAccounts(two + "account { source: \"t:S2\" }", {.min_sources = 2}).edges.size(), 1u);
}

// Days.

constexpr char kSince2021[] = R"(account { source: "t:S1" period { from { first_day: 18628 last_day: 18628
                                                                         precision: DAY } open_end: true } })";

TEST(GraphTest, OnADayThereIsWhatHeldThen) {
  EXPECT_EQ(WithAccounts(kSince2021, {.as_of = Day("2021-06-01")}).edges.size(), 1u);
}

TEST(GraphTest, OnADayInsideTheUncertaintyOfABeginningItIsInDoubt) {
  const Graph graph = WithAccounts(R"(account { source: "t:S1" period { from { first_day: 18262 last_day: 18627
                                                precision: YEAR } open_end: true } })",
                                   {.as_of = Day("2020-06-01")});
  EXPECT_EQ(graph.edges[0].words, "shelters (perhaps then)");
  EXPECT_EQ(graph.edges[0].line, GraphLine::kInDoubt);
}

TEST(GraphTest, OnADayThereIsNotWhatBeganLater) {
  const Graph graph = WithAccounts(kSince2021, {.as_of = Day("2020-06-01")});
  EXPECT_THAT(NamesOf(graph), ElementsAre("Z"));
  EXPECT_THAT(graph.said, Contains("1 relation of another time is hidden."));
}

TEST(GraphTest, OnADayWhatHasNoDatesIsHiddenAndSaid) {
  const Graph graph = WithAccounts("account { source: \"t:S1\" }", {.as_of = Day("2020-06-01")});
  EXPECT_THAT(graph.edges, IsEmpty());
  EXPECT_THAT(graph.said, Contains("1 relation without dates is hidden."));
}

TEST(GraphTest, WhatIsBehindARelationOfAnotherDayIsNotReached) {
  const auto view = Chain(
      "actor { external { system: \"t\" id: \"Y\" } name { text: \"Y\" } }\n"
      "actor { external { system: \"t\" id: \"Z\" } name { text: \"Z\" } }\n"
      "relation { external { system: \"t\" id: \"ZY\" } from: \"t:Z\" to: \"t:Y\" type: SHELTERS account { source: "
      "\"t:S1\" period { to { first_day: 17000 last_day: 17000 precision: DAY } } } }\n"
      "relation { external { system: \"t\" id: \"YA\" } from: \"t:Y\" to: \"t:A\" type: SHELTERS " +
      std::string(kSince2021) + "}");
  EXPECT_EQ(GraphOf(*view, "t:Z", {.hops = 2}).nodes.size(), 3u);
  EXPECT_THAT(NamesOf(GraphOf(*view, "t:Z", {.hops = 2, .as_of = Day("2022-01-01")})), ElementsAre("Z"));
}

TEST(GraphTest, NothingMovesWhenTheDayDoes) {
  const Graph all = GraphOf(Sample(), "sample:JA", {.hops = 2});
  const Graph then = GraphOf(Sample(), "sample:JA", {.hops = 2, .as_of = Day("2020-12-31")});
  ASSERT_LT(then.nodes.size(), all.nodes.size());
  for (const GraphNode& node : then.nodes) {
    const auto same =
        std::find_if(all.nodes.begin(), all.nodes.end(), [&](const GraphNode& other) { return other.id == node.id; });
    ASSERT_NE(same, all.nodes.end());
    EXPECT_EQ(std::pair(node.x, node.y), std::pair(same->x, same->y)) << node.name;
  }
}

TEST(GraphTest, SaysBetweenWhichDaysItsRelationsBeginAndEnd) {
  const Graph graph = WithAccounts(kSince2021);
  EXPECT_EQ(graph.first_day, Day("2021-01-01"));
}

// Filters and limits.

TEST(GraphTest, AFilterByTypeHidesTheOthersAndStillCountsThem) {
  const Graph graph = GraphOf(Sample(), "sample:JA", {.types = {"base_in"}});
  for (const GraphEdge& edge : graph.edges) {
    for (const GraphStrand& strand : edge.strands) EXPECT_EQ(strand.type, "base_in");
  }
  ASSERT_THAT(graph.edges, Not(IsEmpty()));
  const auto targets =
      std::find_if(graph.types.begin(), graph.types.end(), [](const GraphType& type) { return type.key == "targets"; });
  ASSERT_NE(targets, graph.types.end());
  EXPECT_FALSE(targets->on);
  EXPECT_GT(targets->count, 0u);
  EXPECT_THAT(graph.said, Contains(HasSubstr("of other types")));
}

// A hub that is joined to many, the first of them by two sources.
std::unique_ptr<FakeView> Hub(int many) {
  std::string text = R"(
    source { external { system: "t" id: "S1" } name { text: "One" } original: true }
    source { external { system: "t" id: "S2" } name { text: "Two" } original: true }
    actor { external { system: "t" id: "Hub" } name { text: "Hub" } class: STATE })";
  for (int i = 0; i < many; ++i) {
    const std::string n = std::to_string(1000 + i);
    text += "actor { external { system: \"t\" id: \"N" + n + "\" } name { text: \"Neighbour " + n + "\" } }\n" +
            "relation { external { system: \"t\" id: \"R" + n + "\" } from: \"t:Hub\" to: \"t:N" + n +
            "\" type: COOPERATES_WITH account { source: \"t:S1\" }" + (i == 0 ? " account { source: \"t:S2\" }" : "") +
            " }\n";
  }
  return FakeView::OfText(text);
}

TEST(GraphTest, OverTheLimitTheBestAttestedStayAndTheRestIsCounted) {
  const auto view = Hub(10);
  const Graph graph = GraphOf(*view, "t:Hub", {.most_nodes = 4});
  ASSERT_EQ(graph.nodes.size(), 4u);
  EXPECT_EQ(graph.nodes[1].name, "Neighbour 1000");
  EXPECT_THAT(graph.said, ElementsAre(HasSubstr("7 nodes and 7 relations are left out")));
}

TEST(GraphTest, OverTheLimitOfRelationsNoNodeStandsAlone) {
  const auto view = Hub(10);
  const Graph graph = GraphOf(*view, "t:Hub", {.most_relations = 10});
  for (size_t i = 1; i < graph.nodes.size(); ++i) EXPECT_GT(graph.nodes[i].edges, 0u) << graph.nodes[i].name;
}

TEST(GraphTest, WhatWasNotLookedAtIsSaidToBePerhapsMore) {
  const auto view = Hub(30);
  const Graph graph = GraphOf(*view, "t:Hub", {.most_of_node = 10});
  EXPECT_EQ(graph.nodes.size(), 11u);
  EXPECT_THAT(graph.said, ElementsAre(HasSubstr("Too much to look at all")));
}

TEST(GraphTest, ReadsLittleMoreThanItShows) {
  const auto view = Hub(400);
  const size_t before = view->reads();
  GraphOf(*view, "t:Hub", {.most_nodes = 20, .most_of_node = 50});
  EXPECT_LT(view->reads() - before, 50u + 20u + 10u);
}

TEST(GraphTest, AFullHubStaysWithinTheLimits) {
  const auto view = Hub(400);
  const Graph graph = GraphOf(*view, "t:Hub");
  EXPECT_EQ(graph.nodes.size(), 300u);
  EXPECT_THAT(graph.said, ElementsAre(HasSubstr("101 nodes and 101 relations are left out")));
}

// Incidents and places.

TEST(GraphTest, OfAnIncidentThoseWhoTookPartAreJoinedToIt) {
  const Graph graph = GraphOf(Sample(), "sample:I01");
  EXPECT_EQ(graph.kind, "incident");
  const GraphEdge& edge = EdgeOf(graph, "Crossing and clash in Darvoz", "Jamaat Ansarullah");
  EXPECT_THAT(edge.words, HasSubstr("took part"));
  EXPECT_EQ(edge.strands[0].type, "took_part");
}

TEST(GraphTest, OfAPlaceThoseWhoTookPartInWhatHappenedThereAreJoinedToIt) {
  const Graph graph = GraphOf(Sample(), "sample:Darvoz");
  const GraphEdge& edge = EdgeOf(graph, graph.nodes[0].name, "Jamaat Ansarullah");
  EXPECT_THAT(edge.strands[0].address, HasSubstr("daftar:incident/"));
}

TEST(GraphTest, OfARelationItIsRoundItsBeginning) {
  EXPECT_EQ(GraphOf(Sample(), "sample:R-JA-AFFILIATED-Taliban").display_id, "sample:JA");
}

// The list and the picture.

TEST(GraphTest, EveryNodeAndEveryEdgeIsARow) {
  const Graph graph = GraphOf(Sample(), "sample:JA", {.hops = 2});
  std::set<size_t> nodes, edges;
  for (const GraphRow& row : graph.rows) EXPECT_TRUE((row.is_node ? nodes : edges).insert(row.index).second);
  EXPECT_EQ(nodes.size(), graph.nodes.size());
  EXPECT_EQ(edges.size(), graph.edges.size());
}

TEST(GraphTest, RowsGoFromNearToFar) {
  const Graph graph = GraphOf(Sample(), "sample:JA", {.hops = 3});
  int hop = 0;
  for (const GraphRow& row : graph.rows) {
    if (!row.is_node) continue;
    EXPECT_GE(graph.nodes[row.index].hop, hop);
    hop = graph.nodes[row.index].hop;
  }
  EXPECT_EQ(hop, 3);
}

TEST(GraphTest, TheTextHasEveryStrandWithItsDatesAndSources) {
  const Graph graph = GraphOf(Sample(), "sample:JA");
  const std::string text = GraphAsText(graph, {.width = 400});
  for (const GraphEdge& edge : graph.edges) {
    for (const GraphStrand& strand : edge.strands) {
      EXPECT_THAT(text, HasSubstr(strand.words + " — "));
      EXPECT_THAT(text, HasSubstr(strand.told_by));
    }
  }
}

TEST(GraphTest, NoBoxOverlapsAnother) {
  const Graph graph = GraphOf(Sample(), "sample:JA", {.hops = 3});
  for (size_t a = 0; a < graph.nodes.size(); ++a) {
    for (size_t b = a + 1; b < graph.nodes.size(); ++b) {
      const GraphNode &one = graph.nodes[a], &other = graph.nodes[b];
      EXPECT_TRUE(std::abs(one.x - other.x) * 2 >= one.width + other.width ||
                  std::abs(one.y - other.y) * 2 >= one.height + other.height)
          << one.name << " and " << other.name;
    }
  }
}

// Addresses.

TEST(GraphTest, ItsAddressAsksForTheSameAgain) {
  const GraphOptions asked{.hops = 2, .as_of = Day("2024-10-02"), .types = {"base_in", "targets"}, .min_sources = 2};
  const Graph graph = GraphOf(Sample(), "sample:JA", asked);
  const std::optional<Address> address = ParseAddress(graph.address);
  ASSERT_TRUE(address);
  const StatusOr<GraphOptions> read = ReadGraphOptions(address->params);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(GraphAddress(graph.id, *read), graph.address);
  EXPECT_EQ(read->types, asked.types);
  EXPECT_EQ(read->as_of, asked.as_of);
}

TEST(GraphTest, AnAddressThatAsksForWhatCannotBeIsRefused) {
  for (const auto& [name, value] : std::map<std::string, std::string>{
           {"hops", "many"}, {"as_of", "2024-13-01"}, {"types", "base_in,nonsense"}, {"sources", "-1"}}) {
    EXPECT_EQ(ReadGraphOptions({{name, value}}).status().code(), StatusCode::kInvalidArgument) << name;
  }
}

TEST(GraphTest, ThatIsOfNothingIsNotFound) {
  EXPECT_EQ(BuildGraph(Sample(), "sample:nothing", {}).status().code(), StatusCode::kNotFound);
}

TEST(GraphTest, AnErrorOfReadingIsTheAnswer) {
  const auto view = Chain();
  view->FailWith(DataLoss("damaged"));
  EXPECT_EQ(BuildGraph(*view, "t:A", {}).status().code(), StatusCode::kDataLoss);
}

}  // namespace
}  // namespace daftar
