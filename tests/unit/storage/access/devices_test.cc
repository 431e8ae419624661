#include "storage/access/devices.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "storage/base/random.h"
#include "tests/temporary_folder.h"

namespace daftar {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class DevicesTest : public ::testing::Test {
 protected:
  PublicKey NewKey() { return KeyPair::Generate(random_).public_key(); }
  void Write(const std::string& text) { std::ofstream(file_) << text; }
  // The right of a key as a program that opens the list now would see it.
  Right RightNow(const PublicKey& key) const {
    const auto list = DeviceList::Open(file_);
    return list.ok() ? (*list)->RightOf(key) : Right::kNone;
  }

  TemporaryFolder home_;
  const std::string file_ = home_.File("devices.txt");
  SeededRandom random_{3};
  const PublicKey key_ = NewKey(), other_ = NewKey();
};

TEST_F(DevicesTest, NobodyIsLetInWithoutAList) {
  EXPECT_THAT(*LoadDevices(file_), IsEmpty());
  EXPECT_EQ(RightNow(key_), Right::kNone);
}

TEST_F(DevicesTest, WhoWasAllowedHasThatRightAndNobodyElseHas) {
  ASSERT_TRUE(AllowDevice(file_, {key_, Right::kRead, "tablet"}).ok());
  EXPECT_EQ(RightNow(key_), Right::kRead);
  EXPECT_EQ(RightNow(other_), Right::kNone);
}

TEST_F(DevicesTest, AllowingAgainChangesRightAndName) {
  ASSERT_TRUE(AllowDevice(file_, {key_, Right::kRead, "tablet"}).ok());
  ASSERT_TRUE(AllowDevice(file_, {key_, Right::kEdit, "desk"}).ok());
  const auto devices = LoadDevices(file_);
  ASSERT_EQ(devices->size(), 1u);
  EXPECT_EQ((*devices)[0].right, Right::kEdit);
  EXPECT_EQ((*devices)[0].name, "desk");
}

TEST_F(DevicesTest, ToSuggestStandsBetweenReadingAndEditing) {
  Write(key_.ToString() + " suggest trainee\n");
  EXPECT_EQ(RightNow(key_), Right::kSuggest);
  EXPECT_LT(Right::kRead, Right::kSuggest);
  EXPECT_LT(Right::kSuggest, Right::kEdit);
  ASSERT_TRUE(SaveDevices(file_, *LoadDevices(file_)).ok());
  EXPECT_EQ(RightNow(key_), Right::kSuggest);
}

TEST_F(DevicesTest, WhoWasRevokedIsNotLetIn) {
  ASSERT_TRUE(AllowDevice(file_, {key_, Right::kEdit, ""}).ok());
  ASSERT_TRUE(AllowDevice(file_, {other_, Right::kEdit, ""}).ok());
  ASSERT_TRUE(RevokeDevice(file_, key_).ok());
  EXPECT_EQ(RightNow(key_), Right::kNone);
  EXPECT_EQ(RightNow(other_), Right::kEdit);
  EXPECT_EQ(RevokeDevice(file_, key_).code(), StatusCode::kNotFound);
}

TEST_F(DevicesTest, AListWrittenByHandIsReadWithItsCommentsAndSpaces) {
  Write("# who\n\n  " + key_.ToString() + "\tedit   the desk in Хоруғ \r\n" + other_.ToString() + " read\n");
  const auto devices = LoadDevices(file_);
  ASSERT_TRUE(devices.ok()) << devices.status();
  ASSERT_EQ(devices->size(), 2u);
  EXPECT_EQ((*devices)[0].name, "the desk in Хоруғ ");
  EXPECT_EQ((*devices)[1].right, Right::kRead);
}

TEST_F(DevicesTest, ANameCannotSmuggleInALine) {
  const std::string name = "x\n" + other_.ToString() + " edit";
  EXPECT_EQ(AllowDevice(file_, {key_, Right::kRead, name}).code(), StatusCode::kInvalidArgument);
  EXPECT_EQ(RightNow(key_), Right::kNone);
}

TEST_F(DevicesTest, ALineThatIsNoDeviceIsNamedAndNobodyIsLetInByHalfAList) {
  for (const std::string& line : {std::string("hello"), key_.ToString(), key_.ToString() + " write",
                                  key_.ToString().substr(1) + " read", other_.ToString() + " read again"}) {
    Write(other_.ToString() + " edit\n" + line + "\n");
    const Status refused = LoadDevices(file_).status();
    EXPECT_EQ(refused.code(), StatusCode::kInvalidArgument) << line;
    EXPECT_THAT(std::string(refused.message()), HasSubstr("devices.txt, line 2 ")) << line;
  }
}

TEST_F(DevicesTest, AProgramThatServesSeesAChange) {
  const auto list = DeviceList::Open(file_);
  ASSERT_TRUE(list.ok());
  EXPECT_FALSE(*(*list)->Refresh());
  ASSERT_TRUE(AllowDevice(file_, {key_, Right::kRead, ""}).ok());
  EXPECT_TRUE(*(*list)->Refresh());
  EXPECT_EQ((*list)->RightOf(key_), Right::kRead);
  EXPECT_FALSE(*(*list)->Refresh());
}

TEST_F(DevicesTest, AListThatBecomesUnreadableLetsInThoseOfBefore) {
  ASSERT_TRUE(AllowDevice(file_, {key_, Right::kRead, ""}).ok());
  const auto list = DeviceList::Open(file_);
  Write("no list any more\n");
  EXPECT_FALSE((*list)->Refresh().ok());
  EXPECT_EQ((*list)->RightOf(key_), Right::kRead);
  EXPECT_FALSE(*(*list)->Refresh()) << "told twice";
}

TEST_F(DevicesTest, OfChangesAtTheSameTimeNoneIsLost) {
  std::vector<PublicKey> keys(16);
  for (PublicKey& key : keys) key = NewKey();
  std::vector<std::thread> keepers;
  for (const PublicKey& key : keys) {
    keepers.emplace_back([this, key] { EXPECT_TRUE(AllowDevice(file_, {key, Right::kRead, ""}).ok()); });
  }
  for (std::thread& keeper : keepers) keeper.join();
  EXPECT_EQ(LoadDevices(file_)->size(), keys.size());
}

}  // namespace
}  // namespace daftar
