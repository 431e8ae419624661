// Towns by name.
#include "client/model/gazetteer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace daftar {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(GazetteerTest, FindsATownByItsNameInAnyScript) {
  for (const char* name : {"Dushanbe", "душанбе", "دوشنبه", "Dushan"}) {
    const std::vector<Town> found = FindTowns(name, "en", 5);
    ASSERT_FALSE(found.empty()) << name;
    EXPECT_EQ(found[0].name, "Dushanbe");
    EXPECT_NEAR(found[0].at.latitude, 38.5, 0.2);
    EXPECT_NEAR(found[0].at.longitude, 68.8, 0.2);
  }
}

TEST(GazetteerTest, SaysTheNameInTheReadersLanguage) { EXPECT_EQ(FindTowns("Dushanbe", "ru", 1)[0].name, "Душанбе"); }

TEST(GazetteerTest, GivesTheLargestFirstAndNoMoreThanAsked) {
  const std::vector<Town> found = FindTowns("Ka", "en", 3);
  ASSERT_THAT(found, SizeIs(3));
  EXPECT_GE(found[0].people, found[1].people);
}

TEST(GazetteerTest, FindsNothingForNothing) {
  EXPECT_THAT(FindTowns("", "en", 5), IsEmpty());
  EXPECT_THAT(FindTowns("D", "en", 5), IsEmpty());
  EXPECT_THAT(FindTowns("Xyzzyq", "en", 5), IsEmpty());
  EXPECT_THAT(FindTowns("37.4897, 71.553", "en", 5), IsEmpty());
}

}  // namespace
}  // namespace daftar
