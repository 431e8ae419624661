#include "client/ui/theme.h"

#include <gtest/gtest.h>

namespace daftar::ui {
namespace {

constexpr float kEnough = 4.5f;     // WCAG 2.1, 1.4.3, for text
constexpr float kForShapes = 3.0f;  // 1.4.11, for what is not text

class ThemeTest : public ::testing::TestWithParam<ThemeKind> {
 protected:
  void ExpectSeen(const ImVec4& ink, const ImVec4& paper, const char* what) const {
    EXPECT_GE(Contrast(ink, paper), kEnough) << what;
  }
  const Theme theme = ThemeOf(GetParam());
};

TEST_P(ThemeTest, TextIsSeenOnEveryPaper) {
  const std::pair<const char*, ImVec4> papers[] = {{"paper", theme.paper},
                                                   {"panel", theme.panel},
                                                   {"raised", theme.raised},
                                                   {"hover", theme.hover},
                                                   {"selected", theme.selected}};
  for (const auto& [name, paper] : papers) {
    ExpectSeen(theme.text, paper, name);
    ExpectSeen(theme.muted, paper, name);
    ExpectSeen(theme.link, paper, name);
    ExpectSeen(theme.amber, paper, name);
    ExpectSeen(theme.red, paper, name);
    ExpectSeen(theme.green, paper, name);
  }
}

TEST_P(ThemeTest, TextIsSeenOnCapsulesAndButtons) {
  ExpectSeen(theme.accent_text, theme.accent, "button");
  ExpectSeen(theme.amber, theme.amber_paper, "disagreement");
  ExpectSeen(theme.text, theme.amber_paper, "words of a disagreement");
  ExpectSeen(theme.red, theme.red_paper, "error");
  ExpectSeen(theme.text, theme.red_paper, "words of an error");
}

TEST_P(ThemeTest, TheRingOfTheFocusIsSeen) {
  for (const ImVec4& paper : {theme.paper, theme.panel, theme.raised})
    EXPECT_GE(Contrast(theme.accent, paper), kForShapes);
}

INSTANTIATE_TEST_SUITE_P(All, ThemeTest,
                         ::testing::Values(ThemeKind::kLight, ThemeKind::kDark, ThemeKind::kHighContrast));

TEST(HighContrastTest, LinesBetweenPartsAreSeen) {
  const Theme theme = ThemeOf(ThemeKind::kHighContrast);
  EXPECT_GE(Contrast(theme.line, theme.paper), kForShapes);
  EXPECT_GE(Contrast(theme.text, theme.paper), 7.0f) << "WCAG 2.1, 1.4.6";
}

TEST(ContrastTest, IsThatOfTheStandard) {
  const ImVec4 black{0, 0, 0, 1}, white{1, 1, 1, 1};
  EXPECT_NEAR(Contrast(black, white), 21, 0.01);
  EXPECT_NEAR(Contrast(white, black), 21, 0.01);
  EXPECT_NEAR(Contrast(white, white), 1, 0.01);
}

TEST(NextThemeTest, ComesRoundToTheFirst) {
  ThemeKind kind = ThemeKind::kLight;
  for (int i = 0; i < kThemes; ++i) kind = NextTheme(kind);
  EXPECT_EQ(kind, ThemeKind::kLight);
}

}  // namespace
}  // namespace daftar::ui
