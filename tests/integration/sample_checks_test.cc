// What the sample must show to those who read it, through the real programs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/integration/stations.h"

namespace daftar {
namespace {

using nlohmann::json;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// One replica that only reads, for all tests.
class SampleChecks : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    home_ = std::make_unique<TemporaryFolder>();
    server_ = std::make_unique<SampleServer>(home_->File("server"));
    reader_ = std::make_unique<Station>(home_->File("reader"), server_->address(), "Amina");
    EXPECT_EQ(reader_->Run({"sync"}).exit_code, 0);
  }
  static void TearDownTestSuite() {
    reader_.reset();
    server_.reset();
    home_.reset();
  }

  static json Show(const std::string& id, const std::string& as_of = "") {
    return as_of.empty() ? reader_->Ask({"show", id}) : reader_->Ask({"show", id, "--as-of", as_of});
  }
  // The hits of a list, by their external id.
  static json ListOf(const std::string& kind, const std::string& as_of) {
    json rows = json::object();
    const json list = reader_->Ask({"list", kind, "--as-of", as_of});
    for (const json& hit : list["hits"]) {
      rows[hit["external"][0].get<std::string>()] = hit;
    }
    return rows;
  }

  static inline std::unique_ptr<TemporaryFolder> home_;
  static inline std::unique_ptr<SampleServer> server_;
  static inline std::unique_ptr<Station> reader_;
};

class NameOfAnsarullah : public SampleChecks, public ::testing::WithParamInterface<const char*> {};

TEST_P(NameOfAnsarullah, FindsTheActorFirst) {
  const json found = reader_->Ask({"search", GetParam()});
  ASSERT_GE(found["total"], 1);
  EXPECT_THAT(found["hits"][0]["external"], Contains("sample:JA"));
}

INSTANTIATE_TEST_SUITE_P(Spellings, NameOfAnsarullah,
                         ::testing::Values("Ansarullo", "Ansarullah", "Tajik Taliban", "Ансоруллоҳ", "انصارالله"));

TEST_F(SampleChecks, ASyncLeavesNothingBehindTheIndex) {
  const json status = reader_->Ask({"status"});
  EXPECT_EQ(status["index"]["behind"], 0);
  EXPECT_EQ(status["index"]["documents"], status["records"]);
}

TEST_F(SampleChecks, AFacetOfASearchNarrowsItToAsManyHits) {
  const json all = reader_->Ask({"search", "kind:incident", "--facets"});
  for (const json& facet : all["facets"]) {
    if (facet["field"] == "date") continue;  // a long span counts in its first years alone
    const std::string narrowed =
        "kind:incident " + facet["field"].get<std::string>() + ":" + facet["value"].get<std::string>();
    EXPECT_EQ(reader_->Ask({"search", narrowed, "--limit", "1"})["total"], facet["count"]) << narrowed;
  }
}

TEST_F(SampleChecks, SaysThatNothingWasFound) { EXPECT_EQ(reader_->Ask({"search", "qqqqzzzz"}, 3)["total"], 0); }

TEST_F(SampleChecks, ShowsBothDatesOfTheClash) {
  const json date = Show("sample:I01")["shown"]["date"];
  EXPECT_TRUE(date["open"]);
  ASSERT_EQ(date["values"].size(), 2u);
  const std::string both = date["values"].dump();
  EXPECT_THAT(both, HasSubstr("night of 30 Aug 2023"));
  EXPECT_THAT(both, HasSubstr("4 Sep 2023"));
}

TEST_F(SampleChecks, SeesNoContradictionBetweenAPlaceAndAFinerOne) {
  EXPECT_EQ(Show("sample:I01")["shown"]["place"]["values"].size(), 1u);
}

TEST_F(SampleChecks, CountsArticlesAndRootsOfTheClash) {
  const json clash = Show("sample:I01");
  EXPECT_EQ(clash["roots"], "3 articles, at most 2 roots");
  EXPECT_EQ(clash["articles"], 3);
  EXPECT_EQ(clash["roots_at_most"], 2);
}

TEST_F(SampleChecks, ListsThirteenSeizedLinesOfWhichFiveHaveNoNumber) {
  int lines = 0, without_number = 0;
  const json seizure = Show("sample:I02");
  for (const json& account : seizure["accounts"]) {
    if (account["source"] != "sample:S2") continue;
    for (const json& item : account["seized"]) {
      ++lines;
      if (item["quantity"].value("bound", "") == "NOT_GIVEN") ++without_number;
    }
  }
  EXPECT_EQ(lines, 13);
  EXPECT_EQ(without_number, 5);
}

TEST_F(SampleChecks, KnowsThatTheEndOfTheAlertIsPlanned) {
  const json status = Show("sample:I17", "2024-10-02")["status"];
  EXPECT_EQ(status["state"], "active");
  EXPECT_EQ(status["planned_end"], "2024-10-15");
}

TEST_F(SampleChecks, KnowsThatTheAlertGoesOn) {
  EXPECT_EQ(Show("sample:I17", "2024-10-10")["status"]["state"], "active");
}

TEST_F(SampleChecks, KnowsThatTheAlertHasEnded) {
  EXPECT_EQ(Show("sample:I17", "2024-10-16")["status"]["state"], "ended");
}

TEST_F(SampleChecks, NeverListsWhatIsExpectedAsHappened) {
  const json row = ListOf("incidents", "2024-12-31").at("sample:I20");
  EXPECT_TRUE(row["expected"]);
  EXPECT_FALSE(row["happened"]);
  EXPECT_FALSE(Show("sample:I20")["happened"]);
}

TEST_F(SampleChecks, KnowsTheRelationsOf2020) {
  const json relations = ListOf("relations", "2020-12-31");
  EXPECT_THAT(relations.dump(), HasSubstr("Maymay"));
  EXPECT_FALSE(relations.contains("sample:R-JA-BASE_IN-Nawabad"));
}

TEST_F(SampleChecks, KnowsTheRelationsOf2024) {
  EXPECT_TRUE(ListOf("relations", "2024-10-01").contains("sample:R-JA-BASE_IN-Nawabad"));
}

TEST_F(SampleChecks, NamesTheRecordThatIsNotThere) {
  const json error = reader_->AskInVain({"show", "sample:I99"}, 3);
  EXPECT_THAT(error["message"].get<std::string>(), HasSubstr("sample:I99"));
}

TEST_F(SampleChecks, SuggestsTheVerbThatWasMeant) {
  const Ended ended = reader_->Run({"serach", "x"});
  EXPECT_EQ(ended.exit_code, 2);
  EXPECT_THAT(ended.err, HasSubstr("did you mean search?"));
}

TEST_F(SampleChecks, SaysHowToMakeAReplica) {
  const Ended ended = RunProgram({DAFTARCTL, "status", "--replica", home_->File("nowhere")});
  EXPECT_EQ(ended.exit_code, 3);
  EXPECT_THAT(ended.err, HasSubstr("daftarctl init"));
}

TEST_F(SampleChecks, TakesGlobalFlagsBeforeAndAfterTheVerb) {
  const Ended before = RunProgram({DAFTARCTL, "--json", "--replica", reader_->folder(), "status"});
  const Ended after = RunProgram({DAFTARCTL, "status", "--replica", reader_->folder(), "--json"});
  EXPECT_EQ(json::parse(before.out)["digest"], json::parse(after.out)["digest"]);
}

TEST_F(SampleChecks, EqualsTheServerByDigest) { EXPECT_TRUE(reader_->Ask({"verify"})["digest_equal"]); }

// Input that may not be taken, and what must be said of it.
struct BadInput {
  const char* name;
  const char* kind;
  std::string text;
  const char* path;
  const char* says;
};
void PrintTo(const BadInput& input, std::ostream* out) { *out << input.name; }

class BadInputs : public SampleChecks, public ::testing::WithParamInterface<BadInput> {};

TEST_P(BadInputs, IsRefusedWithPathAndReason) {
  const std::string file = home_->File("input");
  WriteText(file, GetParam().text);
  const json error = reader_->AskInVain({"add", "--kind", GetParam().kind, file, "--reason", "a test"}, 4);
  const std::string problems = error["problems"].dump();
  EXPECT_THAT(problems, HasSubstr(GetParam().path));
  EXPECT_THAT(problems, HasSubstr(GetParam().says));
}

TEST_P(BadInputs, ChangesNothing) {
  const std::string file = home_->File("input");
  WriteText(file, GetParam().text);
  const json before = reader_->Ask({"status"});
  reader_->AskInVain({"add", "--kind", GetParam().kind, file, "--reason", "a test"}, 4);
  const json after = reader_->Ask({"status"});
  EXPECT_EQ(after["outbox"], before["outbox"]);
  EXPECT_EQ(after["digest"], before["digest"]);
}

std::string Clash(const std::string& account) {
  return R"({"names": ["A clash"], "kind": "CLASH", "accounts": [{"source": "sample:S0", )" + account + "}]}";
}

std::string Notes(size_t size) {
  return R"({"names": ["X"], "kind": "CLASH", "notes": ")" + std::string(size, 'x') + R"("})";
}

INSTANTIATE_TEST_SUITE_P(
    All, BadInputs,
    ::testing::Values(
        BadInput{"AnUnknownField", "incident", Clash(R"("datte": "2023")"), "accounts[0].datte", "date"},
        BadInput{"AMonthThatDoesNotExist", "incident", Clash(R"("date": "2023-13-45")"), "accounts[0].date", "13"},
        BadInput{"ALatitudeBeyondThePole", "place",
                 R"({"names": ["X"], "kind": "SETTLEMENT", "point": {"lat": 123, "lon": 70}})", "point", "123"},
        BadInput{"AReferenceToNothing", "incident", Clash(R"("place": "sample:Nowhere")"), "accounts[0].place",
                 "sample:Nowhere"},
        BadInput{"ATextThatIsTooLong", "incident", Notes(1 << 20), "notes", "65536"},
        BadInput{"AnInputOfFiveMebibytes", "incident", Notes(5 << 20), "", "at most 4 MiB"},
        BadInput{"TextThatIsNotUtf8", "incident", "{\"names\": [\"\xff\xfe\"], \"kind\": \"CLASH\"}", "", "UTF-8"},
        BadInput{"AWrongFieldInTextproto", "place", "name { text: \"X\" }\nknid: ADM1\n", "", "line 2"}),
    [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace daftar
