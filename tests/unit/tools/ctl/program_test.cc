// The whole program in one process, on a workstation that never meets a server.
#include "tools/ctl/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <vector>

#include "storage/base/signature.h"
#include "tests/temporary_folder.h"

namespace daftar::ctl {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// No server, anywhere.
class NoServer final : public Connector {
 public:
  StatusOr<std::unique_ptr<Link>> Connect(int) override { return Unavailable("nobody answers at 127.0.0.1:1"); }
};

struct Ended {
  int exit_code;
  std::string out, err;
};

class ProgramTest : public ::testing::Test {
 protected:
  Ended Run(std::vector<std::string> arguments) {
    std::ostringstream out, err;
    const auto no_server = [](const std::string&, const KeyPair&) { return std::make_unique<NoServer>(); };
    const int code = RunProgram(arguments, {clock_, random_, no_server, {}, false, 80, out, err});
    return {code, out.str(), err.str()};
  }
  // The same with the replica of this test, which is made first.
  Ended RunHere(std::vector<std::string> arguments) {
    Init();
    arguments.insert(arguments.end(), {"--replica", folder()});
    return Run(std::move(arguments));
  }
  json Ask(std::vector<std::string> arguments) {
    arguments.push_back("--json");
    const Ended ended = RunHere(std::move(arguments));
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    return json::parse(ended.out, nullptr, false);
  }
  void Init() {
    if (made_) return;
    made_ = true;
    const Ended ended = Run({"init", "--replica", folder(), "--server", "127.0.0.1:1", "--author", "Amina"});
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
  }
  std::string folder() const { return home_.File("replica"); }
  // A file with that text.
  std::string Input(const std::string& text) {
    std::ofstream(home_.File("input")) << text;
    return home_.File("input");
  }
  void AddKevron() {
    const std::string file = Input(R"({"names": ["Kevron"], "kind": "SETTLEMENT",
                                       "external": [{"system": "test", "id": "K"}]})");
    EXPECT_EQ(RunHere({"add", "--kind", "place", file, "--reason", "new"}).exit_code, 0);
  }

  TemporaryFolder home_;
  FakeClock clock_{1'700'000'000'000};
  SeededRandom random_{1};
  bool made_ = false;
};

TEST_F(ProgramTest, SaysWhatToDoWithoutAReplica) {
  const Ended ended = Run({"status", "--replica", folder()});
  EXPECT_EQ(ended.exit_code, 3);
  EXPECT_THAT(ended.err, HasSubstr("daftarctl init"));
}

TEST_F(ProgramTest, LeavesAReplicaThatIsThereAlone) {
  EXPECT_EQ(RunHere({"init"}).exit_code, 1);
  EXPECT_EQ(Ask({"status"})["author"], "Amina");
}

TEST_F(ProgramTest, RefusesAServerWithoutAPort) {
  EXPECT_EQ(Run({"init", "--replica", folder(), "--server", "host"}).exit_code, 2);
}

TEST_F(ProgramTest, SuggestsTheVerbThatWasMeant) {
  const Ended ended = Run({"serach", "x"});
  EXPECT_EQ(ended.exit_code, 2);
  EXPECT_THAT(ended.err, HasSubstr("did you mean search?"));
}

TEST_F(ProgramTest, SuggestsTheFlagThatWasMeant) {
  EXPECT_THAT(Run({"list", "incidents", "--limt", "3"}).err, HasSubstr("did you mean --limit?"));
}

TEST_F(ProgramTest, BeginsHelpWithExamples) {
  const Ended ended = Run({"search", "--help"});
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_THAT(ended.out, StartsWith("Examples:\n  daftarctl search"));
}

TEST_F(ProgramTest, MarksThePlaceWhereAQueryIsNotUnderstood) {
  const Ended ended = RunHere({"search", "clash", "acter:taliban"});
  EXPECT_EQ(ended.exit_code, 2);
  EXPECT_THAT(ended.err, HasSubstr("\n  clash acter:taliban\n        ^\ndid you mean: clash actor:taliban\n"));
}

TEST_F(ProgramTest, TellsScriptsTheColumnAndTheSuggestion) {
  const Ended ended = RunHere({"search", "clash acter:taliban", "--json"});
  const json error = json::parse(ended.err, nullptr, false);
  EXPECT_EQ(error["schema"], "daftar.error.v1");
  EXPECT_EQ(error["column"], 7);
  EXPECT_EQ(error["suggestion"], "clash actor:taliban");
}

TEST_F(ProgramTest, RefusesAnOrderOfHitsThatDoesNotExist) {
  EXPECT_EQ(RunHere({"search", "x", "--sort", "prettiest"}).exit_code, 2);
}

TEST_F(ProgramTest, SaysHowAQueryBeginsWithAMinus) {
  EXPECT_THAT(RunHere({"search", "-clash"}).err, HasSubstr("goes behind --"));
}

TEST_F(ProgramTest, ExplainsQueriesWithoutAReplica) {
  const Ended ended = Run({"search", "--help-query"});
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_THAT(ended.out, HasSubstr("killed:>=3"));
}

TEST_F(ProgramTest, TheHelpOfSearchHoldsTheSameLines) {
  EXPECT_THAT(Run({"search", "--help"}).out, HasSubstr(Run({"search", "--help-query"}).out));
}

TEST_F(ProgramTest, AsksWhatToLookFor) { EXPECT_EQ(RunHere({"search"}).exit_code, 2); }

TEST_F(ProgramTest, CountsFacetsWhenAsked) {
  AddKevron();
  const json found = Ask({"search", "kevron", "--facets"});
  EXPECT_EQ(found["facets"].at(0), json({{"field", "kind"}, {"value", "place"}, {"label", "place"}, {"count", 1}}));
  EXPECT_EQ(Ask({"search", "kevron"})["facets"], json::array());
}

TEST_F(ProgramTest, SaysWhatWasTakenForAMistypedWord) {
  AddKevron();
  const json found = Ask({"search", "kevrom "});
  EXPECT_EQ(found["respelt"].dump(), R"([{"instead":["kevron"],"word":"kevrom"}])");
}

TEST_F(ProgramTest, StatusSaysThatNothingIsBehindTheIndex) { EXPECT_EQ(Ask({"status"})["index"]["behind"], 0); }

TEST_F(ProgramTest, SaysItsVersionInOneLine) { EXPECT_THAT(Run({"--version"}).out, StartsWith("daftarctl ")); }

TEST_F(ProgramTest, TakesGlobalFlagsBeforeTheVerb) {
  Init();
  EXPECT_EQ(Run({"--replica", folder(), "--json", "status"}).exit_code, 0);
}

TEST_F(ProgramTest, SpeaksTheLanguageThatIsAskedFor) {
  AddKevron();
  EXPECT_THAT(RunHere({"list", "places", "--lang", "ru"}).out, StartsWith("Места (1)"));
  EXPECT_THAT(RunHere({"list", "places", "--lang", "fa_AF.UTF-8"}).out, StartsWith("محل‌ها (۱)"));
  EXPECT_THAT(RunHere({"list", "places"}).out, StartsWith("Places (1)"));
}

TEST_F(ProgramTest, SpeaksTheLanguageOfTheEnvironment) {
  ASSERT_EQ(setenv("DAFTAR_LANG", "tg", 1), 0);
  EXPECT_THAT(RunHere({"list", "places"}).out, StartsWith("Ҷойҳо"));
  ASSERT_EQ(unsetenv("DAFTAR_LANG"), 0);
}

TEST_F(ProgramTest, TellsScriptsTheSameInEveryLanguage) {
  AddKevron();
  const std::string english = RunHere({"show", "test:K", "--json"}).out;
  EXPECT_THAT(english, HasSubstr("SETTLEMENT"));
  EXPECT_EQ(RunHere({"show", "test:K", "--json", "--lang", "ru"}).out, english);
}

TEST_F(ProgramTest, NamesTheLanguagesThatThereAre) {
  const Ended ended = RunHere({"list", "places", "--lang", "de"});
  EXPECT_EQ(ended.exit_code, 2);
  EXPECT_THAT(ended.err, AllOf(HasSubstr("en ("), HasSubstr("ru ("), HasSubstr("tg ("), HasSubstr("fa (")));
}

TEST_F(ProgramTest, SaysThatThereIsNoServerAndThatReadingGoesOn) {
  const Ended ended = RunHere({"sync"});
  EXPECT_EQ(ended.exit_code, 6);
  EXPECT_THAT(ended.err, HasSubstr("nobody answers at 127.0.0.1:1"));
  EXPECT_EQ(RunHere({"list", "places"}).exit_code, 0);
}

TEST_F(ProgramTest, RemembersWhyTheLastSyncFailed) {
  RunHere({"sync"});
  const json status = Ask({"status"});
  EXPECT_THAT(status["last_error"].get<std::string>(), HasSubstr("nobody answers"));
  EXPECT_TRUE(status["last_success"].is_null());
}

TEST_F(ProgramTest, ShowsARecordThatWaitsInTheOutbox) {
  AddKevron();
  const json place = Ask({"show", "test:K"});
  EXPECT_EQ(place["title"], "Kevron");
  EXPECT_EQ(place["place_kind"], "SETTLEMENT");
  EXPECT_EQ(place["external"][0]["ref"], "test:K");
  EXPECT_TRUE(place["pending"]);
}

TEST_F(ProgramTest, ShowsWhatWaitsFieldByField) {
  AddKevron();
  Ask({"edit", "test:K", "--set", "notes=high up", "--reason", "seen"});
  const json outbox = Ask({"outbox"});
  ASSERT_EQ(outbox["total"], 2);
  EXPECT_EQ(outbox["entries"][1]["reason"], "seen");
  EXPECT_EQ(outbox["entries"][1]["edits"][0]["changes"][0],
            json({{"path", "notes"}, {"before", nullptr}, {"after", "high up"}}));
}

TEST_F(ProgramTest, QueuesNothingInADryRun) {
  AddKevron();
  Ask({"edit", "test:K", "--set", "notes=high up", "--dry-run"});
  EXPECT_EQ(Ask({"status"})["outbox"], 1);
}

TEST_F(ProgramTest, QueuesNothingWhereNothingChanges) {
  AddKevron();
  EXPECT_TRUE(Ask({"edit", "test:K", "--set", "kind=SETTLEMENT", "--reason", "r"})["queued"].is_null());
}

TEST_F(ProgramTest, AsksForTheReasonOfAnEdit) {
  AddKevron();
  const Ended ended = RunHere({"edit", "test:K", "--set", "notes=x"});
  EXPECT_EQ(ended.exit_code, 2);
  EXPECT_THAT(ended.err, HasSubstr("--reason"));
}

TEST_F(ProgramTest, TellsEverythingThatIsWrongAtOnce) {
  const std::string file = Input(R"({"names": ["X"], "kind": "TOWN", "point": {"lat": 123, "lon": 70}, "nots": ""})");
  const Ended ended = RunHere({"add", "--kind", "place", file});
  EXPECT_EQ(ended.exit_code, 4);
  EXPECT_THAT(ended.err, HasSubstr("\n  kind: "));
  EXPECT_THAT(ended.err, HasSubstr("\n  point.lat: "));
  EXPECT_THAT(ended.err, HasSubstr("\n  nots: "));
}

TEST_F(ProgramTest, TellsWhatReadsWellButBreaksARuleBesideWhatDoesNotRead) {
  const std::string file = Input(R"({"kind": "SETTLEMENT", "nots": "x"})");
  const Ended ended = RunHere({"add", "--kind", "place", file});
  EXPECT_THAT(ended.err, HasSubstr("\n  nots: "));
  EXPECT_THAT(ended.err, HasSubstr("\n  names: "));
}

TEST_F(ProgramTest, RefusesAnExternalIdThatIsTaken) {
  AddKevron();
  const Ended ended = RunHere({"add", "--kind", "place", home_.File("input")});
  EXPECT_EQ(ended.exit_code, 4);
  EXPECT_THAT(ended.err, HasSubstr("external[0]: test:K is record"));
}

TEST_F(ProgramTest, RetiresARecordAndBringsItBack) {
  AddKevron();
  Ask({"retire", "test:K", "--reason", "twice"});
  EXPECT_EQ(Ask({"list", "places"})["total"], 0);
  EXPECT_EQ(Ask({"show", "test:K"})["retired"]["reason"], "twice");
  Ask({"restore", "test:K", "--reason", "after all"});
  EXPECT_EQ(Ask({"list", "places"})["total"], 1);
}

TEST_F(ProgramTest, TellsTheHistoryOfWhatWaits) {
  AddKevron();
  const json steps = Ask({"history", "test:K"})["steps"];
  ASSERT_EQ(steps.size(), 1u);
  EXPECT_TRUE(steps[0]["created"]);
  EXPECT_EQ(steps[0]["author"], "Amina");
  EXPECT_EQ(steps[0]["at"], "2023-11-14T22:13:20.000Z");
}

TEST_F(ProgramTest, NamesTheKindsThatThereAre) {
  const Ended ended = RunHere({"list", "towns"});
  EXPECT_EQ(ended.exit_code, 2);
  EXPECT_THAT(ended.err, HasSubstr("alert_period"));
}

TEST_F(ProgramTest, SaysThatNothingWasFound) { EXPECT_EQ(RunHere({"search", "nothing"}).exit_code, 3); }

TEST_F(ProgramTest, FindsAnEmptyReplicaHealthy) { EXPECT_TRUE(Ask({"verify"})["digest_equal"]); }

TEST_F(ProgramTest, TakesTheServersKeyFromWhoKnowsIt) {
  const std::string key = KeyPair::Generate(random_).public_key().ToString();
  Ask({"key", "trust", key});
  EXPECT_EQ(Ask({"key", "show"})["server"]["key"], key);
}

TEST_F(ProgramTest, KeepsTheServersKeyThatItKnows) {
  const std::string key = KeyPair::Generate(random_).public_key().ToString();
  Ask({"key", "trust", key});
  EXPECT_NE(RunHere({"key", "trust", KeyPair::Generate(random_).public_key().ToString()}).exit_code, 0);
  EXPECT_EQ(Ask({"key", "show"})["server"]["key"], key);
}

TEST_F(ProgramTest, RefusesADayThatDoesNotExist) {
  EXPECT_EQ(RunHere({"list", "incidents", "--as-of", "2023-13-45"}).exit_code, 4);
}

}  // namespace
}  // namespace daftar::ctl
