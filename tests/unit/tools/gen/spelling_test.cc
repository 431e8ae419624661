#include "tools/gen/spelling.h"

#include <gtest/gtest.h>

#include "storage/search/analysis/fold.h"
#include "tools/gen/utf8.h"

namespace daftar::gen {
namespace {

std::string SkeletonOf(const std::string& name) { return search::Skeleton(search::FoldedWords(name).front()); }

TEST(SpellingTest, AllSpellingsOfANameShareOneSkeleton) {
  Prng random(5);
  for (int i = 0; i < 2000; ++i) {
    const Spellings name = i % 2 == 0 ? MadeUpName(random, 2 + random.Below(3)) : MadeUpFamilyName(random);
    const std::string skeleton = SkeletonOf(name.latin);
    ASSERT_EQ(SkeletonOf(name.press), skeleton) << name.latin << " " << name.press;
    ASSERT_EQ(SkeletonOf(name.tajik), skeleton) << name.latin << " " << name.tajik;
    ASSERT_EQ(SkeletonOf(name.persian), skeleton) << name.latin << " " << name.persian;
    ASSERT_EQ(SkeletonOf(name.russian), skeleton) << name.latin << " " << name.russian;
  }
}

TEST(SpellingTest, NamesBeginWithCapitalsWhereTheScriptHasThem) {
  EXPECT_EQ(Capitalised("ғулом"), "Ғулом");
  EXPECT_EQ(Capitalised("ҷанг"), "Ҷанг");
  EXPECT_EQ(Capitalised("ёр"), "Ёр");
  EXPECT_EQ(Capitalised("яр"), "Яр");
  EXPECT_EQ(Capitalised("border"), "Border");
  EXPECT_EQ(Capitalised("مرز"), "مرز");
}

}  // namespace
}  // namespace daftar::gen
