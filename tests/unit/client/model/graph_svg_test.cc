// The picture as SVG: well formed whatever the data says, and with all that the list has.
#include "client/model/graph_svg.h"

#include "client/model/graph.h"
#include "tests/unit/client/model/sample_view.h"

namespace daftar {
namespace {

using model_test::Day;
using model_test::Sample;
using ::testing::HasSubstr;
using ::testing::Not;

std::string SvgOf(const ReadView& view, std::string_view id, const GraphOptions& options = {}) {
  const StatusOr<Graph> graph = BuildGraph(view, id, options);
  if (graph.ok()) return GraphAsSvg(*graph);
  ADD_FAILURE() << graph.status();
  return "";
}

size_t CountOf(std::string_view text, std::string_view part) {
  size_t count = 0;
  for (size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST(GraphSvgTest, EscapesWhatHasAMeaning) { EXPECT_EQ(XmlText("<a & \"b\">"), "&lt;a &amp; &quot;b&quot;&gt;"); }

TEST(GraphSvgTest, LeavesOutWhatMayNotStandInXml) {
  EXPECT_EQ(XmlText(std::string_view("a\0b\x01\x1b[31m\tc\n", 12)), "ab[31m\tc\n");
  EXPECT_EQ(XmlText("a\xEF\xBF\xBE"
                    "b"),
            "ab");
}

TEST(GraphSvgTest, BytesThatAreNoTextBecomeSigns) {
  EXPECT_EQ(XmlText("a\xFF"
                    "b\xC3"),
            "a\uFFFDb\uFFFD");
  EXPECT_EQ(XmlText("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");  // half of a pair
  EXPECT_EQ(XmlText("\xC0\xAF"), "\uFFFD\uFFFD");            // longer than it need be
}

TEST(GraphSvgTest, KeepsEveryScriptInLogicalOrder) {
  EXPECT_EQ(XmlText("انصارالله Ансоруллоҳ"), "انصارالله Ансоруллоҳ");
}

constexpr char kHostile[] = R"(
  source { external { system: "t" id: "S" } name { text: "S" } }
  actor { external { system: "t" id: "A" } name { text: "</text><script>alert(1)</script>" } }
  actor { external { system: "t" id: "B" } name { text: "\" onload=\"x" } }
  relation { external { system: "t" id: "R" } from: "t:A" to: "t:B" type: TARGETS account { source: "t:S" } })";

TEST(GraphSvgTest, ANameIsNeverAnElement) {
  const std::string svg = SvgOf(*FakeView::OfText(kHostile), "t:A");
  EXPECT_THAT(svg, Not(HasSubstr("<script")));
  EXPECT_THAT(svg, Not(HasSubstr("onload=\"")));
  EXPECT_THAT(svg, HasSubstr("&lt;script&gt;"));
}

TEST(GraphSvgTest, HasATitleAndADescriptionForScreenReaders) {
  const std::string svg = SvgOf(Sample(), "sample:JA", {.as_of = Day("2024-10-02")});
  EXPECT_THAT(svg, HasSubstr("role=\"img\" aria-labelledby=\"title desc\""));
  EXPECT_THAT(svg, HasSubstr("<title id=\"title\">Relations of Jamaat Ansarullah</title>"));
  EXPECT_THAT(svg, HasSubstr("as of 2 Oct 2024"));
}

TEST(GraphSvgTest, HasEveryNodeAndEveryEdge) {
  const StatusOr<Graph> graph = BuildGraph(Sample(), "sample:JA", {.hops = 2});
  const std::string svg = GraphAsSvg(*graph);
  EXPECT_EQ(CountOf(svg, "class=\"name\""), graph->nodes.size());
  EXPECT_EQ(CountOf(svg, "<g><title>"), graph->edges.size());
}

TEST(GraphSvgTest, DeniedLinesAreDashedAndSayIt) {
  const std::string svg = SvgOf(Sample(), "sample:TJ");
  EXPECT_THAT(svg, HasSubstr("<line class=\"denied\" x1"));
  EXPECT_THAT(svg, HasSubstr("does not recognise"));
}

TEST(GraphSvgTest, SaysBelowThePictureWhatIsLeftOut) {
  EXPECT_THAT(SvgOf(Sample(), "sample:JA", {.types = {"targets"}}), HasSubstr("of other types are hidden.</text>"));
}

TEST(GraphSvgTest, NamesFontsByTheirGenericFamilyOnly) {
  const std::string svg = SvgOf(Sample(), "sample:JA");
  EXPECT_EQ(CountOf(svg, "font-family"), 1u);
  EXPECT_THAT(svg, HasSubstr("font-family: sans-serif"));
}

TEST(GraphSvgTest, TheSameGraphGivesTheSameBytes) {
  EXPECT_EQ(SvgOf(Sample(), "sample:JA", {.hops = 3}), SvgOf(Sample(), "sample:JA", {.hops = 3}));
}

}  // namespace
}  // namespace daftar
