// A review over a server: what is put forward, accepted and brought back by two workstations.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tests/integration/stations.h"

namespace daftar {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

class ReviewTest : public ::testing::Test {
 protected:
  ReviewTest()
      : server_(home_.File("server")),
        amina_(home_.File("a"), server_.address(), "Amina"),
        bahrom_(home_.File("b"), server_.address(), "Bahrom") {
    amina_.Ask({"sync"});
    bahrom_.Ask({"sync"});
  }
  // Amina puts other notes forward; the key of that, once Bahrom has it.
  std::string Suggest(const std::string& notes) {
    const json answer = amina_.Ask({"suggest", "sample:I01", "--set", "notes=" + notes, "--reason", "seen twice"});
    amina_.Ask({"push"});
    bahrom_.Ask({"sync"});
    return std::to_string(answer["proposal"].get<uint64_t>());
  }
  static void Write(const Station& station, const std::string& notes) {
    station.Ask({"edit", "sample:I01", "--set", "notes=" + notes, "--reason", "r"});
    station.Ask({"push"});
  }
  static json Notes(const Station& station) { return station.Ask({"show", "sample:I01"}).value("notes", json()); }

  TemporaryFolder home_;
  SampleServer server_;
  Station amina_, bahrom_;
};

TEST_F(ReviewTest, WhatOneSuggestsAnotherAccepts) {
  const std::string key = Suggest("twice");
  EXPECT_EQ(bahrom_.Ask({"review", "list"})["records"][0]["proposals"][0]["author"], "Amina");
  bahrom_.Ask({"review", "accept", "sample:I01", "--proposal", key});
  bahrom_.Ask({"push"});
  amina_.Ask({"sync"});
  EXPECT_EQ(Notes(amina_), "twice");
  EXPECT_EQ(amina_.Ask({"review", "show", "sample:I01"})["proposals"][0]["reviewer"], "Bahrom");
}

TEST_F(ReviewTest, WhatWasChangedSinceIsPutOverOnlyWhenThatIsSaid) {
  const std::string key = Suggest("twice");
  Write(bahrom_, "once");
  const json refused = bahrom_.AskInVain({"review", "accept", "sample:I01", "--proposal", key}, 5);
  EXPECT_EQ(refused["problems"][0]["path"], "notes");
  EXPECT_THAT(refused["problems"][0]["message"].get<std::string>(), HasSubstr("once"));
  const json over = bahrom_.Ask({"review", "accept", "sample:I01", "--proposal", key, "--over-newer"});
  EXPECT_EQ(over["overlaps"].size(), 1u);
  EXPECT_EQ(Notes(bahrom_), "twice");
}

TEST_F(ReviewTest, AnOlderVersionIsMadeTheNewest) {
  Write(amina_, "first");
  const json at = amina_.Ask({"status"})["revision"];
  Write(amina_, "second");
  amina_.Ask({"edit", "sample:I01", "--set", "tlp=RED", "--reason", "r"});
  amina_.Ask({"push"});
  const std::string revision = std::to_string(at.get<uint64_t>());
  const json part = amina_.Ask({"restore", "sample:I01", "--version", revision, "--part", "notes", "--reason", "r"});
  ASSERT_EQ(part["changes"].size(), 1u);
  EXPECT_EQ(part["changes"][0]["after"], "first");
  EXPECT_EQ(amina_.Ask({"show", "sample:I01"})["tlp"], "RED");
  amina_.Ask({"restore", "sample:I01", "--version", revision, "--reason", "r"});
  EXPECT_FALSE(amina_.Ask({"show", "sample:I01"}).contains("tlp"));
  amina_.Ask({"push"});
  bahrom_.Ask({"sync"});
  EXPECT_EQ(Notes(bahrom_), "first");
}

TEST_F(ReviewTest, AVersionKeepsWhatWasSaidAboutTheRecord) {
  const json at = amina_.Ask({"status"})["revision"];
  Suggest("twice");
  Write(amina_, "first");
  amina_.Ask({"restore", "sample:I01", "--version", std::to_string(at.get<uint64_t>()), "--reason", "r"});
  EXPECT_EQ(amina_.Ask({"review", "show", "sample:I01"})["proposals"].size(), 1u);
}

TEST_F(ReviewTest, AVersionThatThereIsNotIsNotFound) {
  amina_.AskInVain({"restore", "sample:I01", "--version", "900", "--reason", "r"}, 3);
  amina_.AskInVain({"restore", "sample:I01", "--part", "notes", "--reason", "r"}, 2);
}

}  // namespace
}  // namespace daftar
