// The page "your edits": conflicts decided by a key each, edits that are held back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "client/sync/user_store.h"
#include "client/ui/keys.h"
#include "daftar/v1/records.pb.h"
#include "storage/model/parts.h"
#include "storage/view/read_view.h"
#include "tests/ui/stage.h"

namespace daftar {
namespace {

using testing::IsEmpty;
using testing::SizeIs;
using ui::Role;

class WorkPageTest : public testing::Test {
 protected:
  // Puts an edit of the incident's notes into the outbox; what the push wants.
  v1::Mutation EditNotes(const std::string& notes) {
    Workstation& station = stage_.station();
    const auto view = station.Read().value();
    const Uuid id = view->Resolve("sample:I01").value();
    auto message = std::make_shared<v1::Incident>(view->Get(id).value()->incident());
    message->set_notes(notes);
    const std::vector<Edit> edits{{id, v1::RecordKind::INCIDENT, message}};
    CheckedEdit checked = station.Check(edits, "a test").value();
    EXPECT_THAT(checked.problems, IsEmpty());
    const uint64_t seq = station.Queue(checked.mutation).value();
    checked.mutation.set_seq(seq);
    return checked.mutation;
  }
  // As if the server had answered that somebody else has written other notes.
  void Park(const v1::Mutation& mutation, const std::string& theirs) {
    v1::Incident other;
    other.set_notes(theirs);
    v1::PushResult result;
    result.set_seq(mutation.seq());
    result.set_outcome(v1::PushResult::Outcome::CONFLICT);
    v1::Conflict& conflict = *result.add_conflict();
    conflict.set_record(mutation.edit(0).record());
    conflict.set_kind(v1::RecordKind::INCIDENT);
    conflict.set_field(mutation.edit(0).part(0).field());
    conflict.set_mine(mutation.edit(0).part(0).value());
    conflict.set_theirs(DiffParts("", *CanonicalBody(other)).value()[0].value());
    conflict.mutable_id()->set_client(mutation.client());
    conflict.mutable_id()->set_seq(mutation.seq());
    conflict.mutable_id()->set_number(++conflicts_);
    ASSERT_TRUE(stage_.station().user().Answer(result, 0).ok());
  }
  void Show() {
    stage_.desk().Open(WorkAddress());
    stage_.Settle();
  }
  const WorkPage& page() { return std::get<WorkPage>(stage_.screen().content); }
  void Press(int key) {
    stage_.Press(key);
    stage_.Settle();
    stage_.Settle();
  }

  Stage stage_;

 private:
  uint64_t conflicts_ = 0;
};

TEST_F(WorkPageTest, AKeyDecidesAConflictOnceItIsSaidWhy) {
  Park(EditNotes("mine"), "theirs");
  Show();
  ASSERT_THAT(page().conflicts, SizeIs(1));
  Press(ui::keys::kOne + 1);
  EXPECT_FALSE(page().conflicts[0].change.settling);
  // The keyboard is where the reason is typed now.
  stage_.Type("asked both");
  stage_.Press(ui::keys::kEscape);
  EXPECT_EQ(stage_.screen().decision_reason, "asked both");
  Press(ui::keys::kOne + 1);
  ASSERT_THAT(page().conflicts, SizeIs(1));
  EXPECT_TRUE(page().conflicts[0].change.settling);
}

TEST_F(WorkPageTest, AKeyLeavesAConflictForLater) {
  Park(EditNotes("mine"), "theirs");
  Park(EditNotes("mine again"), "theirs");
  Show();
  EXPECT_EQ(stage_.screen().conflict, 0U);
  Press(ui::keys::kOne + 3);
  EXPECT_EQ(stage_.screen().conflict, 1U);
  Press(ui::keys::kOne + 3);
  EXPECT_EQ(stage_.screen().conflict, 0U);
}

TEST_F(WorkPageTest, DigitsThatAreTypedDecideNothing) {
  Park(EditNotes("mine"), "theirs");
  Show();
  stage_.Click(Role::kField, "Reason");
  stage_.Type("2");
  stage_.Press(ui::keys::kOne + 1);
  stage_.Settle();
  EXPECT_FALSE(page().conflicts[0].change.settling);
}

TEST_F(WorkPageTest, AnEditIsHeldBackAndLetGo) {
  const size_t before = stage_.station().Outbox().value().size();
  EditNotes("mine");
  Show();
  ASSERT_THAT(page().outbox, testing::Not(IsEmpty()));
  ASSERT_GT(before, 0U);
  stage_.Click(Role::kButton, "Hold back");
  stage_.Settle();
  EXPECT_TRUE(page().outbox.front().held);
  EXPECT_TRUE(stage_.Sees(Role::kText, "waits behind one that is held back"));
  stage_.Click(Role::kButton, "Let it go");
  stage_.Settle();
  EXPECT_FALSE(page().outbox.front().held);
  EXPECT_EQ(stage_.syncs(), 1);
}

TEST_F(WorkPageTest, WhatWaitsIsWrittenIntoABundle) {
  EditNotes("mine");
  Show();
  stage_.Click(Role::kButton, "Write what waits into a file");
  stage_.Settle();
  EXPECT_THAT(stage_.screen().notice, testing::HasSubstr("NOT sealed"));
  EXPECT_TRUE(std::filesystem::exists(stage_.saved("Daftar edits.daftar")));
}

}  // namespace
}  // namespace daftar
