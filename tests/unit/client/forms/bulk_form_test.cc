// Forms of many records: what they make of each, what is shown before, and taking all of it back.
#include "client/forms/bulk_form.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/forms/act.h"
#include "client/forms/bulk_edit.h"
#include "client/sync/form_drafts.h"
#include "client/sync/user_store.h"
#include "client/sync/workstation.h"
#include "daftar/v1/private.pb.h"
#include "daftar/v1/records.pb.h"
#include "storage/authoring/authoring.h"
#include "storage/model/review.h"
#include "storage/view/read_view.h"
#include "tests/temporary_folder.h"
#include "tests/ui/sample_station.h"

namespace daftar::forms {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using State = v1::ReviewState;

constexpr char kFirst[] = "sample:I01", kSecond[] = "sample:I02";  // what "darvoz" finds of incidents

class BulkFormTest : public ::testing::Test {
 protected:
  void SetUp() override { station_ = MakeSampleStation(folder_.path(), clock_, random_); }

  OpenForm Of(const std::string& query = "darvoz", const std::string& kind = "incident") {
    OpenForm open = Begin(*station_, {.what = Wish::What::kBulk, .id = kind, .query = query}).value();
    open.reason = "all of them";
    return open;
  }
  static Node Add(OpenForm& open, std::string_view list, std::string_view text) {
    const Node item = open.form.AddItem(open.form.Find(list), 0);
    const Node named = open.form.FieldOf(item, "text");
    open.form.SetText(named != 0 ? named : open.form.item(item).fields.front(), std::string(text), 0);
    return item;
  }
  static void Type(OpenForm& open, std::string_view path, std::string text) {
    open.form.SetText(open.form.Find(path), std::move(text), 0);
  }
  BulkPreview Look(OpenForm& open) {
    StatusOr<BulkPreview> preview = PreviewBulk(*station_, open);
    EXPECT_TRUE(preview.ok()) << preview.status();
    if (!preview.ok()) return {};
    open.bulk->previewed = preview->what;
    return *std::move(preview);
  }
  void SendIt(OpenForm& open) {
    const StatusOr<uint64_t> sent = Send(*station_, open);
    ASSERT_TRUE(sent.ok()) << sent.status();
  }
  Record Get(std::string_view id) {
    const auto view = station_->Read().value();
    return *view->Get(view->Resolve(id).value()).value();
  }
  std::vector<std::string> TagsOf(std::string_view id) {
    std::vector<std::string> tags;
    const Record record = Get(id);
    for (const v1::Tag& tag : record.incident().tag()) tags.push_back(tag.text());
    return tags;
  }
  size_t Waiting() { return station_->Outbox()->size(); }

  TemporaryFolder folder_;
  FakeClock clock_{1795203000000};
  SeededRandom random_{1};
  std::unique_ptr<Workstation> station_;
};

TEST_F(BulkFormTest, SaysItInEachRecordThatIsFoundAndInNoOther) {
  OpenForm open = Of();
  Add(open, "tags", "to-check");
  EXPECT_EQ(Look(open).words, "2 records found: 2 change");
  const std::vector<std::string> other = TagsOf("sample:I17");
  SendIt(open);
  EXPECT_THAT(TagsOf(kFirst), testing::Contains("to-check"));
  EXPECT_THAT(TagsOf(kSecond), testing::Contains("to-check"));
  EXPECT_EQ(TagsOf("sample:I17"), other);
}

TEST_F(BulkFormTest, LeavesAllElseOfARecordAsItIs) {
  v1::Incident wanted = Get(kFirst).incident();
  OpenForm open = Of();
  Type(open, "notes", "seen on the map");
  SendIt(open);
  wanted.set_notes("seen on the map");
  EXPECT_EQ(Get(kFirst).incident().SerializeAsString(), wanted.SerializeAsString());
}

TEST_F(BulkFormTest, AddsNoItemThatIsThereAlready) {
  OpenForm first = Of();
  Add(first, "tags", "to-check");
  SendIt(first);
  OpenForm again = Of();
  Add(again, "tags", "to-check");
  const BulkPreview preview = Look(again);
  EXPECT_EQ(preview.words, "2 records found: 0 change, 2 say so already");
  EXPECT_THAT(Send(*station_, again).status().message(), HasSubstr("No record would change"));
}

TEST_F(BulkFormTest, TakesItemsOutWhereverARecordSaysThem) {
  OpenForm first = Of();
  Add(first, "tags", "to-check");
  SendIt(first);
  OpenForm again = Of();
  again.bulk->out.insert(Add(again, "tags", "to-check"));
  EXPECT_EQ(Look(again).changes, 2u);
  SendIt(again);
  EXPECT_THAT(TagsOf(kFirst), Not(testing::Contains("to-check")));
}

TEST_F(BulkFormTest, EmptiesAField) {
  OpenForm first = Of();
  Type(first, "notes", "seen on the map");
  SendIt(first);
  OpenForm again = Of();
  again.bulk->out.insert(again.form.Find("notes"));
  SendIt(again);
  EXPECT_THAT(Get(kFirst).incident().notes(), IsEmpty());
}

TEST_F(BulkFormTest, GivesAStateOfReviewAsAReviewerDoes) {
  OpenForm open = Of();
  open.bulk->review = "IN_REVIEW";
  SendIt(open);
  EXPECT_EQ(ReviewOf(Get(kFirst).message()), State::IN_REVIEW);
}

TEST_F(BulkFormTest, ShowsEachRecordWithWhatBecomesOfItsFields) {
  OpenForm open = Of();
  Add(open, "tags", "to-check");
  const BulkPreview preview = Look(open);
  ASSERT_THAT(preview.rows, SizeIs(2));
  ASSERT_THAT(preview.rows[0].fields, SizeIs(1));
  EXPECT_EQ(preview.rows[0].fields[0].label, "Tag (to-check)");
  EXPECT_EQ(preview.rows[0].fields[0].after, "to-check");
}

TEST_F(BulkFormTest, ARecordThatIsLeftOutStaysAsItIs) {
  OpenForm open = Of();
  Add(open, "tags", "to-check");
  open.bulk->left_out.insert(Get(kSecond).id());
  EXPECT_EQ(Look(open).words, "2 records found: 1 changes, 1 is left out");
  SendIt(open);
  EXPECT_THAT(TagsOf(kFirst), testing::Contains("to-check"));
  EXPECT_THAT(TagsOf(kSecond), Not(testing::Contains("to-check")));
}

TEST_F(BulkFormTest, WhatCannotBeReadIsSaidAtItsField) {
  OpenForm open = Of();
  Type(open, "event_clarity", "clear");
  EXPECT_EQ(PreviewBulk(*station_, open).status().code(), StatusCode::kInvalidArgument);
  EXPECT_THAT(open.form.field(open.form.Find("event_clarity")).problems, SizeIs(1));
}

TEST_F(BulkFormTest, AFormInWhichNothingIsFilledInChangesNothing) {
  OpenForm open = Of();
  EXPECT_FALSE(PreviewBulk(*station_, open).ok());
  EXPECT_THAT(open.form.problems(), ElementsAre(HasSubstr("Nothing is filled in")));
}

TEST_F(BulkFormTest, ARecordThatWouldBeWrongIsNamedAndNothingIsSent) {
  OpenForm open = Of();
  Type(open, "parent", kFirst);  // no incident is a part of itself
  const BulkPreview preview = Look(open);
  ASSERT_THAT(preview.problems, SizeIs(1));
  EXPECT_THAT(preview.problems[0], HasSubstr(kFirst));
  const size_t waiting = Waiting();
  EXPECT_FALSE(Send(*station_, open).ok());
  EXPECT_EQ(Waiting(), waiting);
}

TEST_F(BulkFormTest, WhatHasBecomeAnotherChangeSinceItWasLookedAtIsNotSent) {
  OpenForm open = Of();
  Add(open, "tags", "to-check");
  Look(open);
  OpenForm meanwhile = Of();
  Add(meanwhile, "tags", "to-check");
  meanwhile.bulk->left_out.insert(Get(kSecond).id());
  SendIt(meanwhile);
  EXPECT_THAT(Send(*station_, open).status().message(), HasSubstr("Look again"));
  EXPECT_EQ(Look(open).changes, 1u);
  SendIt(open);
}

TEST_F(BulkFormTest, GoesWithItsDraftAndIsTakenUpAsItWas) {
  OpenForm open = Of();
  open.bulk->out.insert(Add(open, "tags", "to-check"));
  open.bulk->out.insert(open.form.Find("notes"));
  open.bulk->review = "ON_HOLD";
  open.bulk->left_out.insert(Get(kSecond).id());
  ASSERT_TRUE(station_->forms().Keep(DraftOf(open, 0, true)).ok());
  const auto view = station_->Read().value();
  OpenForm taken = TakeUpDraft(*view, *station_->forms().Get(open.number)).value();
  EXPECT_EQ(StateOf(taken), StateOf(open) - open.form.changes() + taken.form.changes());
  EXPECT_THAT(taken.bulk->out, SizeIs(2));
  EXPECT_EQ(Look(taken).what, Look(open).what);
  SendIt(taken);
  EXPECT_FALSE(station_->forms().Get(open.number).ok());
}

TEST_F(BulkFormTest, OneStepTakesAllOfItBack) {
  const std::string before = Get(kFirst).message().SerializeAsString();
  OpenForm open = Of();
  Add(open, "tags", "to-check");
  Type(open, "notes", "seen on the map");
  SendIt(open);
  EXPECT_THAT(Of().bulk->last, HasSubstr("2 records (all of them)"));
  const StatusOr<ActionDone> undone = Act(*station_, {.what = RecordAction::What::kUndoBulk, .record = {}});
  ASSERT_TRUE(undone.ok()) << undone.status();
  EXPECT_EQ(Get(kFirst).message().SerializeAsString(), before);
  EXPECT_THAT(Of().bulk->last, IsEmpty());
  EXPECT_FALSE(Act(*station_, {.what = RecordAction::What::kUndoBulk, .record = {}}).ok());
}

TEST_F(BulkFormTest, WhatSomebodyChangedSinceIsNotTakenBack) {
  OpenForm open = Of();
  Type(open, "notes", "seen on the map");
  SendIt(open);
  OpenForm one = BeginOn(*station_, kFirst).value();
  Type(one, "notes", "seen from a helicopter");
  one.reason = "a better source";
  ASSERT_TRUE(Send(*station_, one).ok());
  ASSERT_TRUE(Act(*station_, {.what = RecordAction::What::kUndoBulk, .record = {}}).ok());
  EXPECT_EQ(Get(kFirst).incident().notes(), "seen from a helicopter");
  EXPECT_THAT(Get(kSecond).incident().notes(), Not(HasSubstr("seen on the map")));
}

TEST_F(BulkFormTest, MoreRecordsThanAPushTakesGoInSeveralAndComeBackTogether) {
  std::vector<Edit> edits;
  for (int i = 0; i < 120; ++i) {
    const auto actor = std::make_shared<v1::Actor>();
    actor->set_class_(v1::ActorClass::ARMED_GROUP);
    actor->add_name()->set_text("Qarluq " + std::to_string(i));
    AssignKeys(actor.get());
    edits.push_back({station_->NewId(), v1::RecordKind::ACTOR, actor});
  }
  ASSERT_TRUE(station_->Queue(station_->Check(edits, "many").value().mutation).ok());
  const size_t waiting = Waiting();
  OpenForm open = Of("qarluq", "actor");
  Add(open, "tags", "to-check");
  EXPECT_EQ(Look(open).changes, 120u);
  SendIt(open);
  EXPECT_EQ(Waiting(), waiting + 2);
  ASSERT_TRUE(Act(*station_, {.what = RecordAction::What::kUndoBulk, .record = {}}).ok());
  EXPECT_EQ(Waiting(), waiting + 4);
  OpenForm again = Of("tag:to-check", "actor");
  Add(again, "tags", "to-check");
  EXPECT_EQ(Look(again).found, 0u);
}

}  // namespace
}  // namespace daftar::forms
