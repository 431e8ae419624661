#include "client/model/commands.h"

#include <gmock/gmock.h>

#include "tests/unit/client/language/in_language.h"

namespace daftar {
namespace {

std::vector<std::string> TitlesFor(std::string_view text) {
  std::vector<std::string> titles;
  for (const Command& command : FindCommands(text)) titles.push_back(command.title);
  return titles;
}

TEST(CommandsTest, AreFoundByTheBeginningsOfTheirWords) {
  EXPECT_THAT(TitlesFor("syn"), testing::ElementsAre("Sync now"));
  EXPECT_THAT(TitlesFor("tab new"), testing::ElementsAre("New tab"));
  EXPECT_THAT(TitlesFor("ync"), testing::IsEmpty());
}

TEST(CommandsTest, AreNotInTheWayOfWhoTypesAFirstLetter) { EXPECT_THAT(TitlesFor("s"), testing::IsEmpty()); }

TEST(CommandsTest, AreAllThereBehindASign) {
  EXPECT_GT(FindCommands(">").size(), 10u);
  EXPECT_THAT(TitlesFor(">s"), testing::Contains("Sync now"));
  EXPECT_TRUE(WantsCommands(">s"));
  EXPECT_FALSE(WantsCommands("s>"));
}

TEST(CommandsTest, AreFoundInTheLanguageOfTheReader) {
  const InLanguage tajik(Language::kTajik);
  EXPECT_THAT(TitlesFor("варақаи нав"), testing::ElementsAre("Варақаи нав"));
}

}  // namespace
}  // namespace daftar
