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
  ExpectWrong("{\"scale\": 0}", "\"scale\"");
  ExpectWrong("{\"scale\": 1e30}", "\"scale\"");
  ExpectWrong("{\"tabs\": \"daftar:home\"}", "\"tabs\"");
  ExpectWrong("{\"tabs\": [3]}", "\"tabs\"");
  ExpectWrong("{\"tabs\": [\"elsewhere\"]}", "\"tabs\"");
}

}  // namespace
}  // namespace daftar::app
