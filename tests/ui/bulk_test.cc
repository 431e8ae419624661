// A bulk edit in the window: from a search to a form of many records, what would change, sending, taking back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/ui/keys.h"
#include "daftar/v1/records.pb.h"
#include "storage/view/read_view.h"
#include "tests/ui/typist.h"

namespace daftar {
namespace {

using testing::HasSubstr;
using ui::Role;
namespace keys = ui::keys;

class BulkTest : public testing::Test {
 protected:
  void SetUp() override {
    stage_.Resize(1280, 2000);
    stage_.Settle();
    stage_.Click(Role::kLink, "Incidents");
    stage_.Settle();
    ASSERT_TRUE(stage_.screen().editor.has_value());
  }
  void FillIn() { ASSERT_TRUE(typist_.Fill({"tags[0].text", "to-check"})); }
  void Press() {
    stage_.Press(keys::kEnter, true);
    stage_.Settle();
  }
  bool HasTag(std::string_view id) {
    const auto view = stage_.station().Read().value();
    const std::optional<Record> record = view->Get(view->Resolve(id).value()).value();
    for (const v1::Tag& tag : record->incident().tag()) {
      if (tag.text() == "to-check") return true;
    }
    return false;
  }

  Stage stage_{"daftar:search?q=darvoz"};
  Typist typist_{stage_};
};

TEST_F(BulkTest, IsLookedAtBeforeItIsSent) {
  FillIn();
  Press();
  stage_.Seen(Role::kMark, "2 records found: 2 change");
  stage_.Seen(Role::kMark, "Tag (to-check): nothing → to-check");
  EXPECT_FALSE(HasTag("sample:I01"));
}

TEST_F(BulkTest, GoesOutByASecondPressAndComesBackByOne) {
  FillIn();
  ASSERT_TRUE(typist_.Type("Reason", "for the meeting"));
  Press();
  Press();
  EXPECT_TRUE(HasTag("sample:I01"));
  EXPECT_TRUE(HasTag("sample:I02"));
  EXPECT_FALSE(stage_.screen().editor.has_value());
  EXPECT_TRUE(stage_.screen().may_take_back);
  stage_.desk().TakeBack();
  stage_.Settle();
  EXPECT_FALSE(HasTag("sample:I01"));
  EXPECT_FALSE(HasTag("sample:I02"));
}

TEST_F(BulkTest, ARecordIsLeftOutByItsLine) {
  FillIn();
  ASSERT_TRUE(typist_.Type("Reason", "for the meeting"));
  Press();
  stage_.Click(Role::kLink, "leave it out: sample:I01");
  stage_.Settle();
  stage_.Seen(Role::kMark, "2 records found: 1 changes, 1 is left out");
  Press();
  EXPECT_FALSE(HasTag("sample:I01"));
  EXPECT_TRUE(HasTag("sample:I02"));
}

TEST_F(BulkTest, WhatIsTypedAfterLookingIsLookedAtAgain) {
  FillIn();
  ASSERT_TRUE(typist_.Type("Reason", "for the meeting"));
  Press();
  stage_.Click(Role::kLink, "empty it in all: ACLED code");
  stage_.Settle();
  Press();
  EXPECT_FALSE(HasTag("sample:I01"));
  EXPECT_THAT(stage_.screen().editor->preview->words, HasSubstr("2 change"));
  Press();
  EXPECT_TRUE(HasTag("sample:I01"));
}

}  // namespace
}  // namespace daftar
