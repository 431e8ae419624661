// Secret keys in files.
#include "storage/base/key_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "storage/base/files.h"
#include "tests/temporary_folder.h"

namespace daftar {
namespace {

using std::filesystem::perms;
using ::testing::HasSubstr;

class KeyFileTest : public ::testing::Test {
 protected:
  int Files() { return static_cast<int>(std::distance(std::filesystem::directory_iterator(folder_.path()), {})); }
  StatusCode Loading() { return LoadKeyFile(path_).status().code(); }

  TemporaryFolder folder_;
  const std::string path_ = folder_.File("key");
  SeededRandom random_{1};
};

TEST_F(KeyFileTest, GivesBackThePairThatWasMade) {
  auto made = CreateKeyFile(path_, random_);
  ASSERT_TRUE(made.ok()) << made.status();
  auto loaded = LoadKeyFile(path_);
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  EXPECT_EQ(loaded->public_key(), made->public_key());
  EXPECT_EQ(loaded->seed(), made->seed());
}

TEST_F(KeyFileTest, IsForItsOwnerAloneAndLeavesNothingBeside) {
  ASSERT_TRUE(CreateKeyFile(path_, random_).ok());
  EXPECT_EQ(std::filesystem::status(path_).permissions(), perms::owner_read | perms::owner_write);
  EXPECT_EQ(Files(), 1);
}

TEST_F(KeyFileTest, IsForItsOwnerAloneWhateverTheUmask) {
  const mode_t before = ::umask(0);
  const bool made = CreateKeyFile(path_, random_).ok();
  ::umask(before);
  ASSERT_TRUE(made);
  EXPECT_EQ(std::filesystem::status(path_).permissions(), perms::owner_read | perms::owner_write);
}

TEST_F(KeyFileTest, IsNeverOverwritten) {
  const PublicKey first = CreateKeyFile(path_, random_)->public_key();
  EXPECT_EQ(CreateKeyFile(path_, random_).status().code(), StatusCode::kAlreadyExists);
  EXPECT_EQ(LoadKeyFile(path_)->public_key(), first);
  EXPECT_EQ(Files(), 1);
}

TEST_F(KeyFileTest, IsMadeOnceAndLoadedFromThenOn) {
  const PublicKey first = LoadOrCreateKeyFile(path_, random_)->public_key();
  EXPECT_EQ(LoadOrCreateKeyFile(path_, random_)->public_key(), first);
}

TEST_F(KeyFileTest, ThatIsNotThereIsNotFound) { EXPECT_EQ(Loading(), StatusCode::kNotFound); }

TEST_F(KeyFileTest, IsNotMadeWhereThereIsNoFolder) {
  EXPECT_EQ(CreateKeyFile(folder_.File("none/key"), random_).status().code(), StatusCode::kNotFound);
}

TEST_F(KeyFileTest, IsRefusedWhereGroupOrOthersMayTouchIt) {
  ASSERT_TRUE(CreateKeyFile(path_, random_).ok());
  for (const perms wide : {perms::group_read, perms::group_write, perms::others_read, perms::others_write}) {
    std::filesystem::permissions(path_, perms::owner_read | wide);
    ASSERT_EQ(Loading(), StatusCode::kPermissionDenied) << static_cast<int>(wide);
  }
}

TEST_F(KeyFileTest, SaysHowToMendItsMode) {
  ASSERT_TRUE(CreateKeyFile(path_, random_).ok());
  std::filesystem::permissions(path_, perms::owner_read | perms::others_read);
  EXPECT_THAT(Message(LoadKeyFile(path_).status()), HasSubstr("chmod 600 " + path_));
}

TEST_F(KeyFileTest, IsNotReplacedWhereItIsRefused) {
  ASSERT_TRUE(WriteFileAtomically(path_, "something else").ok());
  EXPECT_EQ(LoadOrCreateKeyFile(path_, random_).status().code(), StatusCode::kDataLoss);
  EXPECT_EQ(*ReadFile(path_, 100), "something else");
}

TEST_F(KeyFileTest, IsRefusedWithAnyByteChanged) {
  ASSERT_TRUE(CreateKeyFile(path_, random_).ok());
  const std::string text = *ReadFile(path_, 1000);
  for (size_t at = 0; at < text.size(); ++at) {
    std::string changed = text;
    changed[at] ^= 1;
    ASSERT_TRUE(WriteFileAtomically(path_, changed).ok());
    ASSERT_EQ(Loading(), StatusCode::kDataLoss) << "byte " << at;
  }
}

TEST_F(KeyFileTest, IsRefusedShorterOrLonger) {
  ASSERT_TRUE(CreateKeyFile(path_, random_).ok());
  const std::string text = *ReadFile(path_, 1000);
  for (const std::string& changed : {std::string(), text.substr(0, text.size() - 1), text + "\n", text + text}) {
    ASSERT_TRUE(WriteFileAtomically(path_, changed).ok());
    EXPECT_EQ(Loading(), StatusCode::kDataLoss) << changed.size() << " bytes";
  }
}

TEST_F(KeyFileTest, ThatIsAFolderIsRefused) {
  ASSERT_TRUE(MakeFolder(path_).ok());
  EXPECT_EQ(Loading(), StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace daftar
