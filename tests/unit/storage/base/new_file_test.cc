#include "storage/base/new_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "storage/base/files.h"
#include "tests/temporary_folder.h"

namespace daftar {
namespace {

class NewFileTest : public testing::Test {
 protected:
  std::string Save(std::string_view name, std::string_view bytes = "bytes") {
    StatusOr<std::string> path = SaveBesideOthers(folder_.File(""), name, ".svg", bytes);
    EXPECT_TRUE(path.ok()) << path.status();
    return path.ok() ? path->substr(path->rfind('/') + 1) : "";
  }

  TemporaryFolder folder_;
};

TEST_F(NewFileTest, IsWrittenWhole) {
  ASSERT_TRUE(WriteNewFile(folder_.File("a"), "all of it").ok());
  EXPECT_EQ(*ReadFile(folder_.File("a"), 100), "all of it");
}

TEST_F(NewFileTest, NeverTakesThePlaceOfAnother) {
  ASSERT_TRUE(WriteNewFile(folder_.File("a"), "first").ok());
  EXPECT_EQ(WriteNewFile(folder_.File("a"), "second").code(), StatusCode::kAlreadyExists);
  EXPECT_EQ(*ReadFile(folder_.File("a"), 100), "first");
}

TEST_F(NewFileTest, DoesNotFollowALinkThatLeadsNowhere) {
  ASSERT_EQ(::symlink(folder_.File("elsewhere").c_str(), folder_.File("a").c_str()), 0);
  EXPECT_EQ(WriteNewFile(folder_.File("a"), "x").code(), StatusCode::kAlreadyExists);
  EXPECT_FALSE(Exists(folder_.File("elsewhere")));
}

TEST_F(NewFileTest, OneOfTheSameNameGetsANumber) {
  EXPECT_EQ(Save("Relations"), "Relations.svg");
  EXPECT_EQ(Save("Relations"), "Relations 2.svg");
  EXPECT_EQ(Save("Relations"), "Relations 3.svg");
}

TEST_F(NewFileTest, ANameNeverLeadsOutOfTheFolder) {
  EXPECT_EQ(Save("../../etc/passwd"), "etc passwd.svg");
  EXPECT_EQ(Save("..."), "daftar.svg");
  EXPECT_EQ(Save(std::string_view("a\0b\nc", 5)), "a b c.svg");
}

TEST_F(NewFileTest, ALongNameIsCutBetweenCharacters) {
  std::string name;
  for (int i = 0; i < 300; ++i) name += "ҳ";
  const std::string saved = Save(name);
  EXPECT_EQ(saved.size() % 2, 0u);
  EXPECT_LT(saved.size(), 200u);
}

TEST_F(NewFileTest, AFolderThatIsNotThereIsSaid) {
  EXPECT_EQ(SaveBesideOthers(folder_.File("none"), "a", ".svg", "x").status().code(), StatusCode::kNotFound);
}

}  // namespace
}  // namespace daftar
