// The parts of `daftar --bench-ui` that need no window.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "client/app/bench/queries.h"
#include "client/app/bench/report.h"
#include "client/app/bench/samples.h"
#include "client/app/bench/typing_stages.h"
#include "client/model/address.h"

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

constexpr int64_t kMs = 1'000'000;

std::string TypedAddress(const std::string& query) {
  return Address{.word = "search", .id = "", .params = {{"q", query}, {"facets", "no"}}}.ToString();
}

TEST(TypingStagesTest, TheTimeOfAKeyIsWhatItWaitedForAndWhatTheSearchTook) {
  TypingStages stages;
  stages.AddReads({{TypedAddress("cla"), 13 * kMs, 20 * kMs, 5 * kMs}});
  stages.AddKey({"cla", "cla", 10 * kMs, 12 * kMs, 30 * kMs});
  Report report;
  stages.Tell(report);
  std::ostringstream out;
  report.PrintTable(out);
  EXPECT_THAT(out.str(), HasSubstr("\"cla\": 20.0 = 2.0 + 1.0 + 7.0 (processor 5.0) + 10.0\n"));
}

TEST(TypingStagesTest, ASlowKeyTellsWhatTheWorkerWasReadingStill) {
  TypingStages stages;
  const std::string first = SearchAddress("cl");
  stages.AddReads({{first, 5 * kMs, 14 * kMs, 5 * kMs}, {TypedAddress("clas"), 15 * kMs, 20 * kMs, 5 * kMs}});
  stages.AddKey({"cla", "clas", 10 * kMs, 12 * kMs, 30 * kMs});
  Report report;
  stages.Tell(report);
  std::ostringstream out;
  report.PrintTable(out);
  EXPECT_THAT(out.str(), HasSubstr(", with \"clas\", behind " + first + "\n"));
}

TEST(TypingStagesTest, OfManyKeysTheSlowestAreNamed) {
  TypingStages stages;
  for (int i = 0; i < 40; ++i) {
    const std::string typed = "key" + std::to_string(i);
    stages.AddReads({{TypedAddress(typed), 0, kMs, kMs}});
    stages.AddKey({typed, typed, 0, 0, (i + 1) * kMs});
  }
  Report report;
  stages.Tell(report);
  std::ostringstream out;
  report.PrintJson(out);
  const auto json = nlohmann::json::parse(out.str());
  ASSERT_EQ(json["remarks"].size(), 11u);  // what the figures are, and ten keys
  EXPECT_THAT(json["remarks"][1].get<std::string>(), HasSubstr("\"key39\": 40.0"));
  EXPECT_EQ(json["rows"][0]["count"], 40);
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
