// The window in four languages: what is there in English is there in each, in its place, and the window begins at the
// side where reading does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "client/language/say.h"
#include "client/ui/keys.h"
#include "tests/ui/stage.h"
#include "tests/unit/client/language/in_language.h"

namespace daftar {
namespace {

using ui::Role;
using ui::Widget;
namespace keys = ui::keys;

constexpr const char* kPages[] = {"daftar:home",
                                  "daftar:list/incident",
                                  "daftar:list/relation",
                                  "daftar:search?q=darvoz",
                                  "daftar:search?q=",
                                  "daftar:incident/sample:I01",
                                  "daftar:incident/sample:I17",
                                  "daftar:actor/sample:JA",
                                  "daftar:place/sample:Darvoz",
                                  "daftar:source/sample:S1",
                                  "daftar:alert_period/sample:A-I17",
                                  "daftar:history/sample:I01",
                                  "daftar:keys",
                                  "daftar:guide",
                                  "daftar:settings",
                                  "daftar:sync",
                                  "daftar:nothing"};

bool IsControl(const Widget& widget) {
  return widget.role != Role::kHeading && widget.role != Role::kText && widget.role != Role::kMark;
}
bool Seen(const Widget& widget) { return widget.bottom > widget.top && widget.right > widget.left; }

// How many buttons and fields of each role there are, and which addresses links lead to: a link that goes on in the
// next line is there twice.
std::map<std::pair<Role, std::string>, int> ControlsOf(const Stage& stage) {
  std::map<std::pair<Role, std::string>, int> controls;
  for (const Widget& widget : stage.widgets()) {
    const bool leads = widget.value.starts_with("daftar:");
    if (!IsControl(widget)) continue;
    int& count = controls[{widget.role, leads ? widget.value : ""}];
    count = leads ? 1 : count + 1;
  }
  return controls;
}

class PageInLanguageTest : public testing::TestWithParam<std::tuple<const char*, Language>> {
 protected:
  const InLanguage speaking_{std::get<1>(GetParam())};
};

TEST_P(PageInLanguageTest, HasEveryControlThatItHasInEnglish) {
  std::map<std::pair<Role, std::string>, int> english, other;
  {
    const InLanguage speaking(Language::kEnglish);
    english = ControlsOf(Stage(std::get<0>(GetParam())));
  }
  UseLanguage(std::get<1>(GetParam()));
  other = ControlsOf(Stage(std::get<0>(GetParam())));
  EXPECT_EQ(english, other);
}

std::string NameOf(const testing::TestParamInfo<std::tuple<const char*, Language>>& of) {
  std::string name = std::string(LanguageCode(std::get<1>(of.param))) + "_" + std::get<0>(of.param);
  for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  return name;
}

INSTANTIATE_TEST_SUITE_P(Pages, PageInLanguageTest,
                         testing::Combine(testing::ValuesIn(kPages),
                                          testing::Values(Language::kRussian, Language::kTajik, Language::kDari)),
                         NameOf);

// --- where things are -------------------------------------------------------------------------------------------

struct Size {
  float width, height, scale;
};
constexpr Size kSizes[] = {{1366, 768, 1},    {1366, 768, 1.5f}, {1366, 768, 2}, {1024, 700, 1},
                           {1024, 700, 1.5f}, {900, 700, 1},     {2560, 1440, 2}};

// Part of the other: a link in a text, a button on a row.
bool Within(const Widget& inner, const Widget& outer) {
  return inner.left >= outer.left - 1 && inner.right <= outer.right + 1 && inner.top >= outer.top - 1 &&
         inner.bottom <= outer.bottom + 1;
}
bool Overlap(const Widget& a, const Widget& b) {
  const float across = std::min(a.right, b.right) - std::max(a.left, b.left);
  const float down = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
  return across > 1.5f && down > 1.5f;
}

std::string Place(const Widget& widget) {
  return "\"" + widget.label.substr(0, 60) + "\" at " + std::to_string(static_cast<int>(widget.left)) + "–" +
         std::to_string(static_cast<int>(widget.right)) + ", " + std::to_string(static_cast<int>(widget.top)) + "–" +
         std::to_string(static_cast<int>(widget.bottom));
}

class LayoutTest : public PageInLanguageTest {
 protected:
  void CheckWidgets(const Stage& stage, const Size& size) {
    const std::string where = " at " + std::to_string(static_cast<int>(size.width)) + " × " +
                              std::to_string(static_cast<int>(size.scale * 100)) + " %";
    std::vector<const Widget*> seen;
    for (const Widget& widget : stage.widgets()) {
      if (Seen(widget)) seen.push_back(&widget);
    }
    for (const Widget* widget : seen) {
      EXPECT_GE(widget->left, -1) << Place(*widget) << where;
      EXPECT_LE(widget->right, size.width + 1) << Place(*widget) << where;
    }
    for (size_t i = 0; i < seen.size(); ++i) {
      for (size_t j = i + 1; j < seen.size(); ++j) {
        const Widget &a = *seen[i], &b = *seen[j];
        if (!Overlap(a, b) || Within(a, b) || Within(b, a)) continue;
        // A link that goes on in the next line stands across its text.
        ADD_FAILURE() << Place(a) << " overlaps " << Place(b) << where;
      }
    }
  }
};

TEST_P(LayoutTest, NothingOverlapsOrLeavesTheWindow) {
  Stage stage(std::get<0>(GetParam()));
  for (const Size& size : kSizes) {
    stage.Resize(size.width, size.height, size.scale);
    CheckWidgets(stage, size);
  }
}

// The same with all that may stand round a page.
class CrowdedLayoutTest : public LayoutTest {};

TEST_P(CrowdedLayoutTest, NothingOverlapsOrLeavesTheWindow) {
  Stage stage(std::get<0>(GetParam()));
  stage.desk().Preview("daftar:incident/sample:I01");
  stage.Press(keys::kF, true);
  stage.Type("a");
  for (const Size& size : kSizes) {
    stage.Resize(size.width, size.height, size.scale);
    CheckWidgets(stage, size);
  }
}

INSTANTIATE_TEST_SUITE_P(Pages, CrowdedLayoutTest,
                         testing::Combine(testing::Values("daftar:incident/sample:I01", "daftar:search?q=darvoz",
                                                          "daftar:actor/sample:TJ-SSC", "daftar:history/sample:JA"),
                                          testing::Values(Language::kEnglish, Language::kRussian, Language::kTajik,
                                                          Language::kDari)),
                         NameOf);

INSTANTIATE_TEST_SUITE_P(Pages, LayoutTest,
                         testing::Combine(testing::ValuesIn(kPages),
                                          testing::Values(Language::kEnglish, Language::kRussian, Language::kTajik,
                                                          Language::kDari)),
                         NameOf);

// --- from right to left -----------------------------------------------------------------------------------------

class DariTest : public testing::Test {
 protected:
  const InLanguage speaking_{Language::kDari};
};

TEST_F(DariTest, TheRailStandsAtTheRight) {
  Stage stage;
  const Widget& home = stage.Seen(Role::kRow, Say("window.home"));
  EXPECT_GT(home.left, 1280 - 200);
  EXPECT_LT(stage.Seen(Role::kHeading, Say("window.latest")).right, home.left);
}

TEST_F(DariTest, HeadingsBeginAtTheSideOfTheRail) {
  Stage stage;
  EXPECT_GT(stage.Seen(Role::kHeading, Say("window.latest")).right, 1280 - 190 - 60);
}

TEST_F(DariTest, TheFirstTabIsTheRightmost) {
  Stage stage;
  stage.Press(keys::kT, true);
  stage.Press(keys::kT, true);
  std::vector<float> lefts;
  for (const Widget& widget : stage.widgets()) {
    if (widget.role == Role::kTab) lefts.push_back(widget.left);
  }
  ASSERT_EQ(lefts.size(), 3u);
  EXPECT_GT(lefts[0], lefts[1]);
  EXPECT_GT(lefts[1], lefts[2]);
}

TEST_F(DariTest, TheFirstColumnOfATableIsTheRightmost) {
  Stage stage("daftar:incident/sample:I01");
  stage.Resize(1366, 2400);
  EXPECT_GT(stage.Seen(Role::kText, Say("window.said_by")).right, 1366 - 190 - 80);
}

TEST_F(DariTest, BackIsAtTheRightAndPointsThere) {
  Stage stage;
  EXPECT_GT(stage.Seen(Role::kButton, "→").left, stage.Seen(Role::kButton, "←").left);
  stage.Click(Role::kRow, Say("window.guide"));
  ASSERT_EQ(stage.title(), Say("guide.title"));
  stage.Click(Role::kButton, "→");
  EXPECT_EQ(stage.title(), "Daftar");
}

TEST_F(DariTest, AltAndTheArrowThatPointsBackGoBack) {
  Stage stage;
  stage.Click(Role::kRow, Say("window.guide"));
  stage.Press(keys::kRight, false, true);
  EXPECT_EQ(stage.title(), "Daftar");
}

TEST_F(DariTest, TabGoesFromTheRightToTheLeftAndDown) {
  Stage stage;
  stage.Press(keys::kT, true);
  float last = 1e9f;
  int tabs = 0;
  for (int i = 0; i < 12; ++i) {
    stage.Press(keys::kTab);
    for (const Widget& widget : stage.widgets()) {
      if (!widget.focused || widget.role != Role::kTab) continue;
      EXPECT_LT(widget.left, last);
      last = widget.left;
      ++tabs;
    }
  }
  EXPECT_EQ(tabs, 2);
}

TEST_F(DariTest, AClickFindsWhatIsSeenThere) {
  Stage stage;
  stage.Press(keys::kK, true);
  stage.Type("darvoz");
  const auto* search = std::get_if<SearchPage>(&stage.screen().content);
  ASSERT_TRUE(search != nullptr && !search->rows.empty());
  const std::string hit = search->rows[0].title;
  stage.Click(Role::kRow, hit);
  EXPECT_EQ(stage.title(), hit);
}

TEST_F(DariTest, InLatinTextTheArrowsLeadWhereTheyPoint) {
  Stage stage;
  stage.Press(keys::kK, true);
  stage.Type("ab");
  stage.Press(keys::kLeft);
  stage.Type("x");
  EXPECT_EQ(stage.screen().search_text, "axb");
}

TEST_F(DariTest, InPersianTextTheArrowsLeadWhereTheyPoint) {
  Stage stage;
  stage.Press(keys::kK, true);
  stage.Type("بد");
  stage.Press(keys::kRight);
  stage.Type("x");
  EXPECT_EQ(stage.screen().search_text, "بxد");
}

TEST_F(DariTest, AClickPutsTheCaretBetweenTheLettersThatAreSeenThere) {
  Stage stage;
  stage.Press(keys::kK, true);
  stage.Type("abcdefgh");
  // The text begins at the right of the box, and is read from the left: behind its last letter is the box's padding.
  const Widget box = stage.Seen(Role::kField, Say("window.search"));
  ImGuiIO& io = ImGui::GetIO();
  io.MousePos = {box.right - 12, (box.top + box.bottom) / 2};
  stage.Frame();
  stage.PressMouse(0);
  stage.Type("Z");
  EXPECT_EQ(stage.screen().search_text, "abcdefghZ");
}

// The lines between the parts of the window are drawn last, over everything.
bool DrawsALineAt(float x) {
  const ImDrawData* drawn = ImGui::GetDrawData();
  const ImDrawList& last = *drawn->CmdLists[drawn->CmdListsCount - 1];
  int ends = 0;
  for (const ImDrawVert& vertex : last.VtxBuffer) ends += std::abs(vertex.pos.x - x) < 3 ? 1 : 0;
  return ends >= 4;
}

TEST_F(DariTest, WhatIsDrawnIsTurnedOver) {
  Stage stage;
  EXPECT_TRUE(DrawsALineAt(1280 - 190));
  EXPECT_FALSE(DrawsALineAt(190));
  UseLanguage(Language::kEnglish);
  stage.Settle();
  EXPECT_TRUE(DrawsALineAt(190));
  EXPECT_FALSE(DrawsALineAt(1280 - 190));
}

TEST(ChangingTheLanguageTest, SaysThePageTheRailAndTheTabsAnewAtOnce) {
  const InLanguage restore(Language::kEnglish);
  Stage stage;
  stage.Press(keys::kT, true);
  stage.Press(keys::kComma, true);
  ASSERT_EQ(stage.title(), "Settings");
  stage.Click(Role::kButton, "○ Русский");
  EXPECT_EQ(stage.title(), "Настройки");
  EXPECT_TRUE(stage.Sees(Role::kRow, "Главная"));
  EXPECT_TRUE(stage.Sees(Role::kTab, "Настройки"));
  // The tab behind it, too.
  EXPECT_FALSE(stage.Sees(Role::kTab, "Home"));
  EXPECT_TRUE(stage.Sees(Role::kButton, "● Русский"));
  EXPECT_EQ(stage.preferences().language, Language::kRussian);
}

TEST(ChangingTheLanguageTest, TurnsTheWindowOver) {
  const InLanguage restore(Language::kEnglish);
  Stage stage("daftar:settings");
  EXPECT_LT(stage.Seen(Role::kRow, "Home").left, 200);
  stage.Click(Role::kButton, "○ دری");
  EXPECT_GT(stage.Seen(Role::kRow, Say("window.home")).left, 1000);
  stage.Click(Role::kButton, "\u200F○ English");
  EXPECT_LT(stage.Seen(Role::kRow, "Home").left, 200);
}

TEST(SettingsTest, ASectionIsAsAtFirstAgain) {
  const InLanguage restore(Language::kEnglish);
  Stage stage("daftar:settings");
  stage.Click(Role::kButton, "○ Always");
  EXPECT_EQ(stage.preferences().battery, app::BatterySaver::kAlways);
  stage.Click(Role::kButton, "As at first: Motion and battery");
  EXPECT_EQ(stage.preferences().battery, app::BatterySaver::kAutomatic);
  EXPECT_TRUE(stage.Sees(Role::kButton, "○ Always"));
}

TEST(SyncPageInTheWindowTest, TheFootOfTheWindowLeadsThere) {
  Stage stage;
  stage.Click(Role::kLink, "never synced");
  EXPECT_EQ(stage.title(), "Sync and replica");
}

TEST(SyncPageInTheWindowTest, PausesAndResumes) {
  Stage stage("daftar:sync");
  stage.Click(Role::kButton, "Pause syncing");
  EXPECT_TRUE(stage.station().SyncState()->paused());
  EXPECT_EQ(stage.ended_sessions(), 1);
  stage.Click(Role::kButton, "Resume syncing");
  EXPECT_FALSE(stage.station().SyncState()->paused());
  EXPECT_EQ(stage.syncs(), 1);
}

TEST(SyncPageInTheWindowTest, ChecksTheReplicaInTheBackground) {
  Stage stage("daftar:sync");
  stage.Click(Role::kButton, "Check now");
  EXPECT_TRUE(stage.Sees(Role::kText, "Every byte is as it was written")) << stage.screen().verify.words;
  EXPECT_TRUE(stage.Sees(Role::kButton, "Check now"));
}

TEST(GuideInTheWindowTest, LeadsToTheSample) {
  Stage stage;
  stage.Press(keys::kF1);
  stage.Click(Role::kLink, "How to read Daftar");
  stage.Click(Role::kLink, "what happened in Darvoz");
  EXPECT_THAT(stage.title(), testing::HasSubstr("Darvoz"));
}

}  // namespace
}  // namespace daftar
