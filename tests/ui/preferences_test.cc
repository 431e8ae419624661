#include "client/app/preferences.h"

#include <gmock/gmock.h>

#include "storage/base/files.h"
#include "tests/temporary_folder.h"

namespace daftar::app {
namespace {

using ::testing::HasSubstr;

class PreferencesTest : public ::testing::Test {
 protected:
  void Write(std::string_view bytes) {
    ASSERT_TRUE(MakeFolder(folder.File("state")).ok());
    ASSERT_TRUE(WriteFileAtomically(file, bytes).ok());
  }
  void ExpectWrong(std::string_view bytes, const std::string& why) {
    Write(bytes);
    const Status status = LoadPreferences(file).status();
    EXPECT_EQ(status.code(), StatusCode::kInvalidArgument) << bytes;
    EXPECT_THAT(std::string(status.message()), HasSubstr(why));
    EXPECT_THAT(std::string(status.message()), HasSubstr(file));
  }

  TemporaryFolder folder;
  const std::string file = folder.File("state/window.json");
};

TEST_F(PreferencesTest, WithoutAFileTheyAreTheUsualOnes) { EXPECT_EQ(*LoadPreferences(file), Preferences()); }

TEST_F(PreferencesTest, WhatIsSavedIsLoaded) {
  for (int theme = 0; theme < ui::kThemes; ++theme) {
    const Preferences wanted{
        static_cast<ui::ThemeKind>(theme), {{"daftar:home", "daftar:incident/sample:I01"}, 1}, 1.5f};
    ASSERT_TRUE(SavePreferences(file, wanted).ok());
    EXPECT_EQ(*LoadPreferences(file), wanted);
  }
}

TEST_F(PreferencesTest, TheWidthOfThePanelAtTheSideIsLoadedAgain) {
  Preferences wanted;
  wanted.side_width = 512;
  ASSERT_TRUE(SavePreferences(file, wanted).ok());
  EXPECT_EQ(*LoadPreferences(file), wanted);
  ExpectWrong(R"({"side": 5000})", "from 280 to 720");
}

TEST_F(PreferencesTest, EveryChoiceOfThePageOfSettingsIsLoadedAgain) {
  const Settings settings;
  for (const SettingsPage::Section& section : BuildSettings(&settings).sections) {
    for (const SettingsPage::Setting& setting : section.settings) {
      for (const SettingsPage::Choice& choice : setting.choices) {
        Preferences wanted;
        ASSERT_TRUE(Choose(wanted, setting.name, choice.code)) << setting.name << " " << choice.code;
        ASSERT_TRUE(SavePreferences(file, wanted).ok());
        EXPECT_EQ(*LoadPreferences(file), wanted) << setting.name << " " << choice.code;
        ResetSection(wanted, section.name);
        EXPECT_EQ(wanted, Preferences()) << section.name;
      }
    }
  }
}

TEST_F(PreferencesTest, AChoiceThatThereIsNotChangesNothing) {
  Preferences preferences;
  EXPECT_FALSE(Choose(preferences, "language", "de"));
  EXPECT_FALSE(Choose(preferences, "scale", "1000"));
  EXPECT_FALSE(Choose(preferences, "scale", "12x"));
  EXPECT_FALSE(Choose(preferences, "colour", "pink"));
  EXPECT_EQ(preferences, Preferences());
}

class DesktopTest : public ::testing::Test {
 protected:
  DesktopTest() { Set("", "", ""); }
  ~DesktopTest() override { Set("", "", ""); }
  static void Set(const char* all, const char* messages, const char* lang) {
    setenv("LC_ALL", all, 1);
    setenv("LC_MESSAGES", messages, 1);
    setenv("LANG", lang, 1);
  }
};

TEST_F(DesktopTest, SpeaksTheFirstLanguageThatItNames) {
  Set("", "tg_TJ.UTF-8", "ru_RU.UTF-8");
  EXPECT_EQ(LanguageOfDesktop(), Language::kTajik);
  Set("fa_AF", "tg_TJ.UTF-8", "ru_RU.UTF-8");
  EXPECT_EQ(LanguageOfDesktop(), Language::kDari);
  Set("", "", "ru_RU.UTF-8");
  EXPECT_EQ(LanguageOfDesktop(), Language::kRussian);
}

TEST_F(DesktopTest, ThatSpeaksNoneOfTheFourIsSpokenToInEnglish) {
  Set("", "", "de_DE.UTF-8");
  EXPECT_EQ(LanguageOfDesktop(), Language::kEnglish);
  Set("", "", "");
  EXPECT_EQ(LanguageOfDesktop(), Language::kEnglish);
}

TEST_F(PreferencesTest, WhatTheFileDoesNotSayIsUsual) {
  Write("{\"scale\": 2}");
  EXPECT_EQ(*LoadPreferences(file), (Preferences{.scale = 2}));
}

TEST_F(PreferencesTest, WhatMakesNoSenseIsNamed) {
  ExpectWrong("", "JSON");
  ExpectWrong("{\"theme\": \"dark\"", "JSON");
  ExpectWrong("[]", "JSON");
  ExpectWrong("{\"theme\": \"pink\"}", "\"theme\"");
  ExpectWrong("{\"theme\": 3}", "\"theme\"");
  ExpectWrong("{\"scale\": \"large\"}", "\"scale\"");
  ExpectWrong("{\"language\": \"de\"}", "\"language\"");
  ExpectWrong("{\"calendar\": 1}", "\"calendar\"");
  ExpectWrong("{\"digits\": \"roman\"}", "\"digits\"");
  ExpectWrong("{\"motion\": true}", "\"motion\"");
  ExpectWrong("{\"battery\": \"sometimes\"}", "\"battery\"");
  ExpectWrong("{\"scale\": 0}", "\"scale\"");
  ExpectWrong("{\"scale\": 1e30}", "\"scale\"");
  ExpectWrong("{\"tabs\": \"daftar:home\"}", "\"tabs\"");
  ExpectWrong("{\"tabs\": [3]}", "\"tabs\"");
  ExpectWrong("{\"tabs\": [\"elsewhere\"]}", "\"tabs\"");
}

}  // namespace
}  // namespace daftar::app
