#include "client/ui/arabic.h"

#include <gtest/gtest.h>

namespace daftar::ui {
namespace {

TEST(VisualTest, LeavesLatinAndCyrillicAlone) { EXPECT_EQ(Visual("Ансоруллоҳ, Ansarullah"), "Ансоруллоҳ, Ansarullah"); }

TEST(VisualTest, JoinsLettersAndTurnsThemRound) {
  // بد: a beh that begins, a dal that ends; seen from the left, the dal comes first.
  EXPECT_EQ(Visual("بد"), "\uFEAA\uFE91");
}

TEST(VisualTest, KeepsLatinInsideArabicInItsOrder) {
  std::string seen = Visual("بد M-16 بد");
  EXPECT_NE(seen.find("M-16"), std::string::npos);
}

TEST(VisualTest, MirrorsBrackets) { EXPECT_EQ(Visual("(بد)").substr(0, 1), "("); }

TEST(VisualTest, LeavesWhatIsNotUtf8Alone) { EXPECT_EQ(Visual("\xD8\xFF\xFE"), "\xD8\xFF\xFE"); }

TEST(VisualTest, LeavesNothingAsNothing) { EXPECT_EQ(Visual(""), ""); }

}  // namespace
}  // namespace daftar::ui
