#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daftar/v1/records.pb.h"
#include "storage/authoring/authoring.h"
#include "tests/unit/storage/authoring/sample.h"

namespace daftar {
namespace {

using authoring_test::Read;

v1::Actor Keyed(std::string_view text) {
  v1::Actor actor = Read<v1::Actor>(v1::RecordKind::ACTOR, text);
  AssignKeys(&actor);
  return actor;
}

TEST(AssignKeysTest, GivesTheSameContentTheSameKey) {
  EXPECT_EQ(Keyed(R"(name { text: "JA" })").name(0).key(), Keyed(R"(notes: "x" name { text: "JA" })").name(0).key());
}

TEST(AssignKeysTest, GivesDifferentContentsDifferentKeys) {
  v1::Actor actor = Keyed(R"(name { text: "JA" } name { text: "JA" lang: "en" })");
  EXPECT_NE(actor.name(0).key(), actor.name(1).key());
}

TEST(AssignKeysTest, StaysInsideFortyEightBits) {
  for (int i = 0; i < 100; ++i) {
    uint64_t key = Keyed("tag { text: \"" + std::to_string(i) + "\" }").tag(0).key();
    EXPECT_GT(key, 0u);
    EXPECT_LT(key, uint64_t{1} << 48);
  }
}

TEST(AssignKeysTest, KeepsKeysThatWereGiven) { EXPECT_EQ(Keyed(R"(account { key: 3 })").account(0).key(), 3u); }

TEST(AssignKeysTest, KnowsAnExternalByItsSystemAndId) {
  EXPECT_EQ(Keyed(R"(external { system: "a" id: "1" url: "x" })").external(0).key(),
            Keyed(R"(external { system: "a" id: "1" })").external(0).key());
}

TEST(AssignKeysTest, KnowsAResemblanceByTheOther) {
  EXPECT_EQ(Keyed(R"(same_as { other: "sample:JA" judgement: SAME })").same_as(0).key(),
            Keyed(R"(same_as { other: "sample:JA" judgement: UNSURE })").same_as(0).key());
}

TEST(AssignKeysTest, DropsTheVerySameItem) {
  EXPECT_EQ(Keyed(R"(tag { text: "a" } tag { text: "b" } tag { text: "a" })").tag_size(), 2);
}

TEST(AssignKeysTest, DropsANewItemThatStandsUnderItsKeyAlready) {
  v1::Actor actor = Keyed(R"(tag { text: "a" })");
  actor.add_tag()->set_text("a");
  AssignKeys(&actor);
  EXPECT_EQ(actor.tag_size(), 1);
}

TEST(AssignKeysTest, StepsAKeyThatIsTaken) {
  uint64_t key = Keyed(R"(tag { text: "a" })").tag(0).key();
  v1::Actor actor;
  actor.add_tag()->set_text("a");
  v1::Tag* other = actor.add_tag();
  other->set_key(key);
  other->set_text("b");
  AssignKeys(&actor);
  EXPECT_EQ(actor.tag(0).key(), key + 1);
  EXPECT_EQ(actor.tag(1).key(), key);
}

TEST(AssignKeysTest, ChangesNothingTheSecondTime) {
  v1::Actor actor = Keyed(R"(name { text: "a" } tag { text: "a" } external { system: "a" id: "1" })");
  std::string before = actor.SerializeAsString();
  AssignKeys(&actor);
  EXPECT_EQ(actor.SerializeAsString(), before);
}

TEST(AssignKeysTest, LeavesAChoiceWithoutAttributeForValidationToTell) {
  EXPECT_EQ(Keyed(R"(choice { account: 1 })").choice(0).key(), 0u);
}

}  // namespace
}  // namespace daftar
