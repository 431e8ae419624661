// scope: what is asked for, and what is said where nobody answers.
#include <gmock/gmock.h>

#include "tests/unit/tools/ctl/ctl_fixture.h"

namespace daftar::ctl {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

class ScopeCommandTest : public CtlFixture {
 protected:
  ScopeCommandTest() { EXPECT_EQ(Run({"init", "--server", "127.0.0.1:1", "--author", "Amina"}).exit_code, 0); }
};

TEST_F(ScopeCommandTest, AnEmptyReplicaHoldsNothingYetAndIsToHoldEverything) {
  const json shown = Ask({"scope", "show"});
  EXPECT_EQ(shown["schema"], "daftar.scope_show.v1");
  EXPECT_TRUE(shown["scope"].is_null());
  EXPECT_EQ(shown["held_words"], "nothing yet");
  EXPECT_EQ(shown["pending"], true);
}

TEST_F(ScopeCommandTest, ASliceIsKeptAlsoWhereNobodySaysWhatItTakes) {
  const json set = Ask({"scope", "set", "--country", "Tajikistan", "--country", "af", "--kind", "clash", "--from",
                        "2023", "--to", "2023-09", "--tag", "Drug Trade", "--killed", "3"});
  EXPECT_TRUE(set["estimate"].is_null());
  const json scope = Ask({"scope", "show"})["scope"];
  EXPECT_EQ(scope["countries"], (std::vector<std::string>{"AF", "TJ"}));
  EXPECT_EQ(scope["kinds"], std::vector<std::string>{"CLASH"});
  EXPECT_EQ(scope["first_day"], "2023-01-01");
  EXPECT_EQ(scope["last_day"], "2023-09-30");
  EXPECT_EQ(scope["tags"], std::vector<std::string>{"drug trade"});
  EXPECT_EQ(scope["least_killed"], 3);
}

TEST_F(ScopeCommandTest, ADryRunChangesNothing) {
  EXPECT_EQ(Ask({"scope", "set", "--country", "TJ", "--dry-run"})["dry_run"], true);
  EXPECT_TRUE(Ask({"scope", "show"})["scope"].is_null());
}

TEST_F(ScopeCommandTest, EverythingTakesASliceBack) {
  Ask({"scope", "set", "--tag", "drugs"});
  EXPECT_EQ(Ask({"scope", "set", "--everything"})["words"], "everything");
  EXPECT_TRUE(Ask({"scope", "show"})["scope"].is_null());
}

TEST_F(ScopeCommandTest, WhatCannotBeIsRefusedInWordsAndChangesNothing) {
  const std::vector<std::pair<std::string, std::string>> wrong = {
      {"--country", "Tajikstan"}, {"--place", "nowhere"}, {"--kind", "picnic"}, {"--from", "yesterday"}};
  for (const auto& [flag, value] : wrong) {
    const Ended ended = Run({"scope", "set", flag, value});
    EXPECT_NE(ended.exit_code, 0);
    EXPECT_THAT(ended.err, HasSubstr(value));
  }
  EXPECT_EQ(Run({"scope", "set", "--from", "2024", "--to", "2023"}).exit_code, 4);
  EXPECT_TRUE(Ask({"scope", "show"})["scope"].is_null());
}

TEST_F(ScopeCommandTest, SayingNothingOrBothIsAMistake) {
  EXPECT_EQ(Run({"scope", "set"}).exit_code, 2);
  EXPECT_EQ(Run({"scope", "set", "--everything", "--tag", "drugs"}).exit_code, 2);
}

}  // namespace
}  // namespace daftar::ctl
