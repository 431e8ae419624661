// What becomes of an edit that was made on an older state, as tables of both sides.
#include "storage/model/merge.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>

#include <ostream>
#include <string>
#include <vector>

#include "storage/model/parts.h"

namespace daftar {
namespace {

using Cause = v1::Conflict::Cause;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Revision kBase = 7, kTheirs = 9;  // what the editor saw, and what others did since

std::string Body(const std::string& text) {
  v1::Incident incident;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &incident)) << text;
  return *CanonicalBody(incident);
}

enum class Fate { kApplies, kNothingToDo, kParks };

// One record that two people start from, what each makes of it, and what becomes of the parts of the second.
struct Meeting {
  const char* name;
  const char* base;
  const char* theirs;  // what others made of it
  const char* mine;    // what the editor made of `base`, without having seen that
  Fate fate;
  Cause::Code cause = Cause::UNSET;
  const char* becomes = nullptr;  // the record afterwards; null: as `theirs`
};
void PrintTo(const Meeting& meeting, std::ostream* out) { *out << meeting.name; }

// The record as others left it, every part that they changed under kTheirs.
v1::StoredRecord Stored(const Meeting& meeting) {
  v1::StoredRecord stored;
  stored.set_id(Uuid::FromName("a").str());
  stored.set_kind(v1::RecordKind::INCIDENT);
  stored.set_created(5);
  stored.set_revision(kTheirs);
  stored.set_body(Body(meeting.theirs));
  const std::vector<v1::PartEdit> changes = *DiffParts(Body(meeting.base), Body(meeting.theirs));
  for (const v1::PartEdit& change : changes) {
    v1::PartRevision& part = *stored.add_part();
    part.set_field(change.field());
    part.set_key(change.key());
    part.set_revision(kTheirs);
  }
  return stored;
}

StatusOr<bool> OfOthers(Revision) { return false; }

class MergeTable : public ::testing::TestWithParam<Meeting> {};

TEST_P(MergeTable, EndsAsTheTableSays) {
  const Meeting& meeting = GetParam();
  const v1::StoredRecord stored = Stored(meeting);
  const std::vector<v1::PartEdit> edits = *DiffParts(Body(meeting.base), Body(meeting.mine));
  const MergedEdit merged = *MergeEdit(stored, edits, {kBase, {}}, OfOthers);

  EXPECT_EQ(merged.apply.empty(), meeting.fate != Fate::kApplies);
  EXPECT_EQ(merged.conflict.empty(), meeting.fate != Fate::kParks);
  for (const ParkedEdit& parked : merged.conflict) {
    EXPECT_EQ(parked.cause, meeting.cause);
    EXPECT_EQ(parked.in_the_way, kTheirs);
  }
  EXPECT_EQ(*PatchBody(stored.body(), merged.apply), Body(meeting.becomes ? meeting.becomes : meeting.theirs));
}

INSTANTIATE_TEST_SUITE_P(
    Commuting, MergeTable,
    ::testing::Values(Meeting{"TwoAddedItemsBothStay", "", "account { key: 1 }", "account { key: 2 }", Fate::kApplies,
                              Cause::UNSET, "account { key: 1 } account { key: 2 }"},
                      Meeting{"ItemsAddedToTwoCollectionsBothStay", "", "account { key: 1 }",
                              "tag { key: 1 text: 'x' }", Fate::kApplies, Cause::UNSET,
                              "account { key: 1 } tag { key: 1 text: 'x' }"},
                      Meeting{"TwoItemsEditedApartBothStay", "tag { key: 1 text: 'a' } tag { key: 2 text: 'b' }",
                              "tag { key: 1 text: 'A' } tag { key: 2 text: 'b' }",
                              "tag { key: 1 text: 'a' } tag { key: 2 text: 'B' }", Fate::kApplies, Cause::UNSET,
                              "tag { key: 1 text: 'A' } tag { key: 2 text: 'B' }"},
                      Meeting{"AnItemAddedAndAnotherRemoved", "tag { key: 1 text: 'a' }", "",
                              "tag { key: 1 text: 'a' } tag { key: 2 text: 'b' }", Fate::kApplies, Cause::UNSET,
                              "tag { key: 2 text: 'b' }"},
                      Meeting{"TheSameItemAddedAlikeIsThereOnce", "", "tag { key: 1 text: 'a' }",
                              "tag { key: 1 text: 'a' }", Fate::kNothingToDo},
                      Meeting{"TheSameItemRemovedByBothIsGone", "tag { key: 1 text: 'a' }", "", "", Fate::kNothingToDo},
                      Meeting{"OneKeyWithTwoContents", "", "tag { key: 1 text: 'a' }", "tag { key: 1 text: 'b' }",
                              Fate::kParks, Cause::CHANGED},
                      Meeting{"OneItemEditedTwoWays", "tag { key: 1 text: 'a' }", "tag { key: 1 text: 'b' }",
                              "tag { key: 1 text: 'c' }", Fate::kParks, Cause::CHANGED},
                      Meeting{"RemovedHereAndEditedThere", "tag { key: 1 text: 'a' }", "tag { key: 1 text: 'b' }", "",
                              Fate::kParks, Cause::CHANGED},
                      Meeting{"EditedHereAndRemovedThere", "tag { key: 1 text: 'a' }", "", "tag { key: 1 text: 'b' }",
                              Fate::kParks, Cause::CHANGED}),
    [](const auto& test) { return std::string(test.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Fields, MergeTable,
    ::testing::Values(Meeting{"TwoFieldsBothStay", "kind: CLASH notes: 'a'", "kind: CLASH notes: 'b'",
                              "kind: ATTACK notes: 'a'", Fate::kApplies, Cause::UNSET, "kind: ATTACK notes: 'b'"},
                      Meeting{"OneFieldWithTwoValues", "notes: 'a'", "notes: 'b'", "notes: 'c'", Fate::kParks,
                              Cause::CHANGED},
                      Meeting{"OneFieldWithTheSameValue", "notes: 'a'", "notes: 'b'", "notes: 'b'", Fate::kNothingToDo},
                      Meeting{"OneFieldClearedByBoth", "notes: 'a'", "", "", Fate::kNothingToDo},
                      Meeting{"OneFieldClearedAndSet", "notes: 'a'", "", "notes: 'c'", Fate::kParks, Cause::CHANGED}),
    [](const auto& test) { return std::string(test.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Retiring, MergeTable,
    ::testing::Values(
        Meeting{"RetiredHereAndEditedThere", "notes: 'a'", "notes: 'b'", "notes: 'a' retired { reason: 'x' }",
                Fate::kParks, Cause::NEWER},
        Meeting{"EditedHereAndRetiredThere", "notes: 'a'", "notes: 'a' retired { reason: 'x' }", "notes: 'b'",
                Fate::kParks, Cause::RETIRED},
        Meeting{"AnItemAddedHereAndRetiredThere", "", "retired { reason: 'x' }", "tag { key: 1 text: 'a' }",
                Fate::kParks, Cause::RETIRED},
        Meeting{"RetiredByBothAlike", "", "retired { reason: 'x' }", "retired { reason: 'x' }", Fate::kNothingToDo},
        Meeting{"RetiredByBothForTwoReasons", "", "retired { reason: 'x' }", "retired { reason: 'y' }", Fate::kParks,
                Cause::CHANGED},
        Meeting{"BroughtBackByBoth", "retired { reason: 'x' }", "", "", Fate::kNothingToDo},
        Meeting{"BroughtBackHereAndEditedThere", "notes: 'a' retired { reason: 'x' }",
                "notes: 'b' retired { reason: 'x' }", "notes: 'a'", Fate::kApplies, Cause::UNSET, "notes: 'b'"}),
    [](const auto& test) { return std::string(test.param.name); });

class MergeTest : public ::testing::Test {
 protected:
  static v1::PartEdit EditOf(uint32_t field, uint64_t key, const std::string& value) {
    v1::PartEdit edit;
    edit.set_field(field);
    edit.set_key(key);
    edit.set_value(value);
    return edit;
  }
  static MergedEdit Merge(const v1::StoredRecord& stored, const std::vector<v1::PartEdit>& edits, const SeenState& seen,
                          bool own = false) {
    return *MergeEdit(stored, edits, seen, [own](Revision) -> StatusOr<bool> { return own; });
  }

  const v1::PartEdit notes_ = EditOf(32, 0, Body("notes: 'mine'"));
  const v1::PartEdit tag_ = EditOf(44, 1, Body("tag { key: 1 text: 'mine' }"));
  const v1::PartEdit retire_ = EditOf(kRetiredField, 0, Body("retired { reason: 'mine' }"));
  const v1::PartEdit restore_ = EditOf(kRetiredField, 0, "");
  const v1::StoredRecord changed_ = Stored({"", "notes: 'a'", "notes: 'b'", "", Fate::kApplies});
  const v1::StoredRecord retired_ =
      Stored({"", "notes: 'a'", "notes: 'a' retired { reason: 'x' }", "", Fate::kApplies});
};

TEST_F(MergeTest, WhatTheSameClientDidBeforeIsNotInItsWay) {
  const MergedEdit merged = Merge(changed_, {notes_}, {kBase, {}}, /*own=*/true);
  EXPECT_EQ(merged.apply.size(), 1u);
  EXPECT_FALSE(merged.merged);
}

TEST_F(MergeTest, OnlyThePartsThatMetAreParked) {
  const MergedEdit merged = Merge(changed_, {notes_, tag_}, {kBase, {}});
  EXPECT_EQ(merged.apply.size(), 1u);
  EXPECT_EQ(merged.conflict.size(), 1u);
}

TEST_F(MergeTest, AnEditorWhoSawTheConflictOfAPartMaySetIt) {
  EXPECT_EQ(Merge(changed_, {notes_}, {kBase, {{{32, 0}, kTheirs}}}).apply.size(), 1u);
}

TEST_F(MergeTest, AnEditorWhoSawAnOlderConflictThanTheBaseDoesNotOverwriteWhatCameSince) {
  EXPECT_EQ(Merge(changed_, {notes_}, {kTheirs, {{{32, 0}, kTheirs - 1}}}).conflict.size(), 1u);
}

TEST_F(MergeTest, AnEditAndTheRestoreOfARecordApplyTogether) {
  EXPECT_EQ(Merge(retired_, {notes_, restore_}, {kTheirs, {}}).apply.size(), 2u);
}

TEST_F(MergeTest, ARestoreThatIsParkedItselfLetsNoEditThrough) {
  const MergedEdit merged = Merge(retired_, {notes_, restore_}, {kBase, {}});
  EXPECT_THAT(merged.apply, IsEmpty());
  ASSERT_EQ(merged.conflict.size(), 2u);
  EXPECT_EQ(merged.conflict[0].cause, Cause::RETIRED);
  EXPECT_EQ(merged.conflict[1].cause, Cause::CHANGED);
}

TEST_F(MergeTest, WhoRetiresARecordHasToHaveSeenItsNewestEdit) {
  EXPECT_EQ(Merge(changed_, {retire_}, {kBase, {}}).conflict.size(), 1u);
  EXPECT_EQ(Merge(changed_, {retire_}, {kBase, {{{kRetiredField, 0}, kTheirs}}}).apply.size(), 1u);
}

TEST_F(MergeTest, AnItemThatWasRemovedKeepsTheRevisionOfItsRemoval) {
  const v1::StoredRecord stored = Stored({"", "tag { key: 1 text: 'a' }", "", "", Fate::kApplies});
  EXPECT_EQ(PartRevisionOf(stored, {44, 1}), kTheirs);
}

}  // namespace
}  // namespace daftar
