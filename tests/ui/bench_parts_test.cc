// The parts of `daftar --bench-ui` that need no window.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "client/app/bench/queries.h"
#include "client/app/bench/report.h"
#include "client/app/bench/samples.h"

namespace daftar::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

using testing::Not;

Samples UpTo(int last) {
  Samples samples;
  for (int i = last; i >= 1; --i) samples.Add(i);
  return samples;
}

TEST(SamplesTest, APercentileIsTheSmallestFigureThatSoManyDoNotExceed) {
  const Samples samples = UpTo(200);
  EXPECT_EQ(samples.At(0.5), 100);
  EXPECT_EQ(samples.At(0.95), 190);
  EXPECT_EQ(samples.At(0.99), 198);
  EXPECT_EQ(samples.At(1), 200);
}

TEST(SamplesTest, OfFewFiguresAHighPercentileIsTheLargest) {
  EXPECT_EQ(UpTo(3).At(0.99), 3);
  EXPECT_EQ(UpTo(1).At(0.5), 1);
}

TEST(ReportTest, AGoalIsMetByTheFigureItselfAndMissedByMore) {
  Report report;
  report.Add(ValueRow("idle", "%", 0.5, 0.5));
  EXPECT_TRUE(report.met());
  report.Add(SpreadRow("frame", "ms", UpTo(200), {{"p99", 197}}));
  EXPECT_FALSE(report.met());
}

TEST(ReportTest, ARowWithoutAGoalMissesNone) {
  Report report;
  report.Add(ValueRow("start of an empty window", "ms", 1e9));
  EXPECT_TRUE(report.met());
}

TEST(ReportTest, TheTableSaysByHowMuchAGoalIsMissed) {
  Report report;
  report.Add(SpreadRow("frame", "ms", UpTo(200), {{"p95", 200}, {"p99", 8}}));
  std::ostringstream table;
  report.PrintTable(table);
  EXPECT_THAT(table.str(), HasSubstr("p95 at most 200: met; p99 at most 8: missed by 190"));
}

TEST(ReportTest, JsonHoldsEachFigureAndGoal) {
  Report report;
  report.Say("records", "7");
  report.Add(SpreadRow("frame", "ms", UpTo(200), {{"p99", 8}}));
  std::ostringstream out;
  report.PrintJson(out);
  const auto json = nlohmann::json::parse(out.str());
  EXPECT_EQ(json["schema"], "daftar.bench_ui/1");
  EXPECT_EQ(json["head"]["records"], "7");
  EXPECT_EQ(json["rows"][0]["count"], 200);
  EXPECT_EQ(json["rows"][0]["figures"]["p95"], 190);
  EXPECT_EQ(json["rows"][0]["goals"][0]["missed_by"], 190);
  EXPECT_EQ(json["met"], false);
}

TEST(QueriesTest, ANameIsTypedByCharactersAndNotByBytes) {
  EXPECT_THAT(TypedOf("Ҷамоат"), ElementsAre("Ҷ", "а", "м", "о", "а", "т"));
}

TEST(QueriesTest, NothingIsTypedThatTheQueryLanguageGivesAMeaningTo) {
  EXPECT_THAT(TypedOf("\"Al-Noor\" (A:B)"), ElementsAre("A", "l", " ", "N", "o", "o", "r", " ", "A", " ", "B"));
  EXPECT_THAT(TypedOf(">sync"), Not(testing::Contains(">")));
}

TEST(QueriesTest, ALongNameIsNotTypedToItsEnd) { EXPECT_EQ(TypedOf(std::string(100, 'a')).size(), 12u); }

}  // namespace
}  // namespace daftar::app
