// bundle and key, on workstations that never meet a server: what is said, and with which exit code.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "tests/unit/tools/ctl/ctl_fixture.h"

namespace daftar::ctl {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class BundleCommandsTest : public CtlFixture {
 protected:
  void SetUp() override {
    ASSERT_EQ(Run({"init", "--author", "Amina"}).exit_code, 0);
    ASSERT_EQ(Run({"init", "--author", "Bahrom"}, "other").exit_code, 0);
    const std::string file = home_.File("clash.json");
    std::ofstream(file) << R"({"kind": ["CLASH"], "names": ["a clash"],
                              "external": [{"system": "test", "id": "I1"}]})";
    ASSERT_EQ(Run({"add", "--kind", "incident", file, "--reason", "r"}).exit_code, 0);
  }

  std::string KeyOf(const std::string& replica) { return Ask({"key", "show"}, replica)["key"]; }
  // A sealed or open bundle of what waits.
  std::string Outbox(std::vector<std::string> more = {}) {
    const std::string file = home_.File("edits.daftar");
    std::vector<std::string> arguments = {"bundle", "create", "--outbox", file};
    arguments.insert(arguments.end(), more.begin(), more.end());
    EXPECT_EQ(Run(arguments).exit_code, 0);
    return file;
  }
};

TEST_F(BundleCommandsTest, KeyShowGivesTheSameKeyEachTime) {
  const json shown = Ask({"key", "show"});
  EXPECT_EQ(shown["schema"], "daftar.key_show.v1");
  EXPECT_THAT(shown["key"].get<std::string>(), SizeIs(64));
  EXPECT_TRUE(shown["server"].is_null());
  EXPECT_EQ(Ask({"key", "show"})["key"], shown["key"]);
  EXPECT_NE(KeyOf("other"), shown["key"]);
}

TEST_F(BundleCommandsTest, AnOutboxIsWrittenAndSaysWhereToCarryIt) {
  const Ended ended = Run({"bundle", "create", "--outbox", home_.File("edits.daftar")});
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_THAT(ended.out, AllOf(HasSubstr("1 edit"), HasSubstr("daftard bundle apply")));
  EXPECT_THAT(ended.err, HasSubstr("not sealed"));
}

TEST_F(BundleCommandsTest, InspectTellsWhatItIsAndWhoSignedIt) {
  const json told = Ask({"bundle", "inspect", Outbox()});
  EXPECT_EQ(told["schema"], "daftar.bundle_inspect.v1");
  EXPECT_EQ(told["kind"], "outbox");
  EXPECT_EQ(told["edits"], 1);
  EXPECT_TRUE(told["records"].is_null());
  EXPECT_EQ(told["signer"]["known_as"], "self");
  EXPECT_EQ(told["signer"]["key"], KeyOf("replica"));
  EXPECT_EQ(told["sealed"], false);
}

TEST_F(BundleCommandsTest, InspectNeedsNoWorkstation) {
  const json told = Ask({"bundle", "inspect", Outbox()}, "nowhere");
  EXPECT_EQ(told["kind"], "outbox");
  EXPECT_TRUE(told["signer"]["known_as"].is_null());
  EXPECT_FALSE(std::filesystem::exists(home_.File("nowhere")));
}

TEST_F(BundleCommandsTest, ASealedBundleShowsNothingToOthersAndAllToItsMaker) {
  std::string third;
  {
    ASSERT_EQ(Run({"init"}, "third").exit_code, 0);
    third = KeyOf("third");
  }
  const std::string file = Outbox({"--sealed-for", third});
  const json outside = Ask({"bundle", "inspect", file}, "other");
  EXPECT_EQ(outside["readable"], false);
  EXPECT_EQ(outside["recipients"], 2);
  EXPECT_FALSE(outside.contains("kind"));
  EXPECT_THAT(Run({"bundle", "inspect", file}, "other").out, Not(HasSubstr("outbox")));
  EXPECT_EQ(Ask({"bundle", "inspect", file})["kind"], "outbox");
  EXPECT_EQ(Ask({"bundle", "inspect", file}, "third")["kind"], "outbox");
}

TEST_F(BundleCommandsTest, PartsAreFoundByTheNameOfTheWholeOrOfOne) {
  const std::string file = Outbox({"--part-bytes", "1024"});
  EXPECT_EQ(Ask({"bundle", "inspect", file})["kind"], "outbox");
  EXPECT_EQ(Ask({"bundle", "inspect", file + ".001"})["kind"], "outbox");
}

TEST_F(BundleCommandsTest, AFileThatIsThereIsNotOverwritten) {
  const std::string file = Outbox();
  const Ended again = Run({"bundle", "create", "--outbox", file});
  EXPECT_EQ(again.exit_code, 1);
  EXPECT_THAT(again.out, IsEmpty());
}

TEST_F(BundleCommandsTest, WhatCannotBeMadeSaysWhy) {
  const Ended nothing_here = Run({"bundle", "create", home_.File("all.daftar")});
  EXPECT_EQ(nothing_here.exit_code, 1);
  EXPECT_THAT(nothing_here.err, HasSubstr("sync first"));
  EXPECT_EQ(Run({"bundle", "create", "--outbox", home_.File("x")}, "other").exit_code, 3);
  EXPECT_EQ(Run({"bundle", "create", "--outbox", "--since", "3", home_.File("x")}).exit_code, 2);
  EXPECT_EQ(Run({"bundle", "create", "--outbox", "--sealed-for", "9f3c-12ab", home_.File("x")}).exit_code, 4);
  EXPECT_EQ(Run({"bundle", "create", "--outbox", "--sealed-for", "server", home_.File("x")}).exit_code, 3);
  EXPECT_FALSE(std::filesystem::exists(home_.File("x")));
}

TEST_F(BundleCommandsTest, AnOutboxIsNotForWorkstations) {
  const Ended ended = Run({"bundle", "apply", Outbox()}, "other");
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_THAT(ended.err, HasSubstr("daftard bundle apply"));
}

TEST_F(BundleCommandsTest, AMissingOrDamagedFileHasItsOwnExitCode) {
  EXPECT_EQ(Run({"bundle", "apply", home_.File("no.daftar")}).exit_code, 3);
  EXPECT_EQ(Run({"bundle", "inspect", home_.File("no.daftar")}).exit_code, 3);
  const std::string file = Outbox();
  std::filesystem::resize_file(file, std::filesystem::file_size(file) - 1);
  EXPECT_EQ(Run({"bundle", "inspect", file}).exit_code, 9);
  std::ofstream(file, std::ios::trunc) << "not a bundle at all";
  EXPECT_EQ(Run({"bundle", "inspect", file}).exit_code, 4);
}

}  // namespace
}  // namespace daftar::ctl
