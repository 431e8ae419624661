#include "tools/ctl/field_diff.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daftar/v1/records.pb.h"
#include "storage/model/date.h"

namespace daftar::ctl {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string PlainId(const Uuid& id) { return id.ToString(); }

v1::Incident Clash() {
  v1::Incident clash;
  clash.set_notes("before");
  v1::Account& account = *clash.add_account();
  account.set_key(7);
  *account.mutable_date() = *ParseEdtf("2023-09-04");
  return clash;
}

TEST(FieldDiffTest, FindsNothingBetweenEqualRecords) {
  EXPECT_THAT(DiffMessages(Clash(), Clash(), PlainId), IsEmpty());
}

TEST(FieldDiffTest, NamesTheFieldThatChanged) {
  v1::Incident after = Clash();
  after.set_notes("after");
  EXPECT_EQ(ChangesAsText(DiffMessages(Clash(), after, PlainId)), "  notes: before → after\n");
}

TEST(FieldDiffTest, SaysWhatWasNotThereBefore) {
  v1::Incident before = Clash();
  before.clear_notes();
  EXPECT_EQ(ChangesAsText(DiffMessages(before, Clash(), PlainId)), "  notes: (nothing) → before\n");
}

TEST(FieldDiffTest, TellsItemsApartByTheirKeys) {
  v1::Incident after = Clash();
  v1::Account& first = *after.add_account();
  first.set_key(3);
  first.set_note("new");
  after.mutable_account()->SwapElements(0, 1);
  const std::vector<FieldChange> changes = DiffMessages(Clash(), after, PlainId);
  ASSERT_THAT(changes, SizeIs(1));
  EXPECT_EQ(changes[0].path, "accounts[key=3].note");
}

TEST(FieldDiffTest, SaysWhatAnItemHeldThatIsGone) {
  v1::Incident after = Clash();
  after.clear_account();
  const std::vector<FieldChange> changes = DiffMessages(Clash(), after, PlainId);
  ASSERT_THAT(changes, SizeIs(1));
  EXPECT_EQ(changes[0].path, "accounts[key=7].date");
  EXPECT_TRUE(changes[0].after.is_null());
}

TEST(FieldDiffTest, ReadsPartsOfAnEdit) {
  v1::Incident before, after;
  before.set_notes("before");
  after.set_notes("after");
  const std::vector<Part> from = {{{32, 0}, before.SerializeAsString()}};
  const std::vector<Part> to = {{{32, 0}, after.SerializeAsString()}};
  const auto changes = DiffOfParts(v1::RecordKind::INCIDENT, from, to, PlainId);
  ASSERT_TRUE(changes.ok());
  EXPECT_EQ(ChangesAsText(*changes), "  notes: before → after\n");
}

TEST(FieldDiffTest, RefusesAPartThatDoesNotParse) {
  const std::vector<Part> broken = {{{32, 0}, "\xff\xff"}};
  EXPECT_FALSE(DiffOfParts(v1::RecordKind::INCIDENT, {}, broken, PlainId).ok());
}

TEST(FieldDiffTest, NamesAPartAsAPath) {
  EXPECT_EQ(PartPath(v1::RecordKind::INCIDENT, {41, 7}), "accounts[key=7]");
  EXPECT_EQ(PartPath(v1::RecordKind::INCIDENT, {32, 0}), "notes");
}

}  // namespace
}  // namespace daftar::ctl
