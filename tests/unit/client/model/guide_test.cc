// The guide and the page of settings: the same in every language.
#include "client/model/guide.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/language/say.h"
#include "client/model/address.h"
#include "client/model/content.h"
#include "client/model/settings_page.h"
#include "tests/unit/client/language/in_language.h"
#include "tests/unit/client/model/fake_view.h"
#include "tests/unit/client/model/sample_view.h"

namespace daftar {
namespace {

using testing::HasSubstr;
using testing::Not;

class GuideTest : public testing::TestWithParam<Language> {
 protected:
  const InLanguage speaking_{GetParam()};
};

TEST_P(GuideTest, EveryLinkStandsInItsTextAndLeadsToAPageThatThereIs) {
  int links = 0;
  for (const GuidePage::Chapter& chapter : BuildGuide(model_test::Sample()).chapters) {
    for (const GuidePage::Paragraph& paragraph : chapter.paragraphs) {
      size_t at = 0;
      for (const PageLink& link : paragraph.links) {
        at = paragraph.text.find(link.text, at);
        ASSERT_NE(at, std::string::npos) << link.text << " in " << paragraph.text;
        at += link.text.size();
        const std::optional<Address> address = ParseAddress(link.address);
        ASSERT_TRUE(address) << link.address;
        // What the window builds without the snapshot of a replica.
        const bool own = address->word == "sync";
        if (!own) {
          EXPECT_TRUE(BuildContent({.view = model_test::Sample()}, *address).ok()) << link.address;
        }
        ++links;
      }
    }
  }
  EXPECT_EQ(links, 8);
}

TEST_P(GuideTest, HasTheSameChaptersInEveryLanguage) {
  const size_t chapters = BuildGuide(model_test::Sample()).chapters.size();
  UseLanguage(Language::kEnglish);
  EXPECT_EQ(chapters, BuildGuide(model_test::Sample()).chapters.size());
}

INSTANTIATE_TEST_SUITE_P(AllLanguages, GuideTest, testing::ValuesIn(AllLanguages()),
                         [](const auto& of) { return std::string(LanguageCode(of.param)); });

TEST(GuideWithoutTheSampleTest, LeavesOutTheTour) {
  const FakeView empty;
  const std::string text = GuideAsText(BuildGuide(empty), 80);
  EXPECT_THAT(text, HasSubstr("What Daftar is"));
  EXPECT_THAT(text, Not(HasSubstr("sample:I01")));
}

TEST(GuideTextTest, NamesTheAddressesOfItsLinks) {
  EXPECT_THAT(GuideAsText(BuildGuide(model_test::Sample()), 80), HasSubstr("daftar:incident/sample:I01"));
}

TEST(SettingsPageTest, MarksWhatIsChosenAndNothingElse) {
  Settings settings;
  settings.theme = "dark";
  settings.scale = 1.25f;
  settings.battery = "always";
  const std::string text = SettingsAsText(BuildSettings(&settings));
  for (const char* chosen : {"● English", "● Gregorian", "● Dark", "● 125 %", "● Reduced", "● Always"})
    EXPECT_THAT(text, HasSubstr(chosen));
  for (const char* other : {"○ دری", "○ Light", "○ 100 %", "○ Usual"}) EXPECT_THAT(text, HasSubstr(other));
}

TEST(SettingsPageTest, OnTheCommandLineNothingIsChosen) {
  EXPECT_THAT(SettingsAsText(BuildSettings(nullptr)), Not(HasSubstr("●")));
}

TEST(SettingsPageTest, SaysWhetherTheBatteryIsBeingSaved) {
  Settings settings;
  settings.saving = true;
  EXPECT_THAT(SettingsAsText(BuildSettings(&settings)), HasSubstr("It is being saved now."));
  settings.saving = false;
  EXPECT_THAT(SettingsAsText(BuildSettings(&settings)), HasSubstr("It is not being saved now."));
}

}  // namespace
}  // namespace daftar
