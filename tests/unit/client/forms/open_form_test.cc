// Forms over a workstation: begun, checked, kept, taken up and sent.
#include "client/forms/open_form.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/sync/form_drafts.h"
#include "client/sync/workstation.h"
#include "daftar/v1/private.pb.h"
#include "daftar/v1/records.pb.h"
#include "storage/view/read_view.h"
#include "tests/temporary_folder.h"
#include "tests/ui/sample_station.h"

namespace daftar::forms {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class OpenFormTest : public ::testing::Test {
 protected:
  void SetUp() override { station_ = MakeSampleStation(folder_.path(), clock_, random_); }

  static void Type(OpenForm& open, std::string_view path, std::string text) {
    const Node node = open.form.Find(path);
    ASSERT_NE(node, 0U) << path;
    open.form.SetText(node, std::move(text), 0);
  }
  static Node Add(OpenForm& open, std::string_view path) { return open.form.AddItem(open.form.Find(path), 0); }
  static const Field& At(const OpenForm& open, std::string_view path) { return open.form.field(open.form.Find(path)); }
  OpenForm On(std::string_view id) { return BeginOn(*station_, id).value(); }
  Record Get(std::string_view id) {
    const auto view = station_->Read().value();
    return *view->Get(view->Resolve(id).value()).value();
  }
  bool Fits(OpenForm& open) { return Check(*station_, open).value(); }

  TemporaryFolder folder_;
  FakeClock clock_{1795203000000};
  SeededRandom random_{1};
  std::unique_ptr<Workstation> station_;
};

TEST_F(OpenFormTest, SendsAnAccountThatWasTyped) {
  OpenForm open = On("sample:I01");
  const size_t before = static_cast<size_t>(Get("sample:I01").accounts().size());
  Add(open, "accounts");
  const std::string account = "accounts[" + std::to_string(before) + "]";
  Type(open, account + ".source", "sample:S3");
  Type(open, account + ".date", "mid-September 2023");
  open.reason = "a further telling";
  ASSERT_TRUE(Fits(open)) << open.form.problems().size();
  ASSERT_TRUE(Send(*station_, open).ok());
  EXPECT_EQ(static_cast<size_t>(Get("sample:I01").accounts().size()), before + 1);
}

TEST_F(OpenFormTest, MakesANewRecord) {
  OpenForm open = BeginNew(*station_, "place");
  Type(open, "names[0].text", "Shurobod");
  Type(open, "kind", "SETTLEMENT");
  Type(open, "point", "37.6, 69.9");
  open.reason = "new in the news";
  ASSERT_TRUE(Fits(open));
  ASSERT_TRUE(Send(*station_, open).ok());
  EXPECT_EQ(DisplayName(Get(open.id.ToString())), "Shurobod");
}

TEST_F(OpenFormTest, AsksForWhatIsRequiredAndForAReason) {
  OpenForm open = BeginNew(*station_, "incident");
  EXPECT_FALSE(Fits(open));
  EXPECT_THAT(At(open, "names[0].text").problems, SizeIs(1));
  EXPECT_THAT(At(open, "kind").problems, SizeIs(1));
  EXPECT_THAT(open.reason_problems, SizeIs(1));
}

TEST_F(OpenFormTest, WarnsOfAnActorThatIsThereUnderAnotherSpelling) {
  OpenForm open = BeginNew(*station_, "actor");
  Type(open, "names[0].text", "Jamoat Ansorullah");
  Type(open, "class", "ARMED_GROUP");
  open.reason = "new";
  EXPECT_TRUE(Fits(open));
  EXPECT_THAT(At(open, "names[0].text").warnings, Contains(HasSubstr("sample:JA")));
}

TEST_F(OpenFormTest, QuestionsAnEndBeforeAStart) {
  OpenForm open = On("sample:I01");
  Type(open, "accounts[0].period.from", "2023-09-04");
  Type(open, "accounts[0].period.to", "2023-08-01");
  open.reason = "x";
  (void)Fits(open);
  bool told = false;
  for (const Node node : open.form.AllFields()) {
    const bool in_period = open.form.PathOf(node).starts_with("accounts[0].period");
    told = told || (in_period && !(open.form.field(node).warnings.empty() && open.form.field(node).problems.empty()));
  }
  EXPECT_TRUE(told);
}

TEST_F(OpenFormTest, SaysThatNothingIsChangedYet) {
  OpenForm open = On("sample:JA");
  open.reason = "x";
  EXPECT_FALSE(Fits(open));
  EXPECT_THAT(open.form.problems(), SizeIs(1));
}

TEST_F(OpenFormTest, LeavesWhatOthersChangedMeanwhile) {
  OpenForm slow = On("sample:I01"), quick = On("sample:I01");
  Type(quick, "notes", "seen by the quick one");
  quick.reason = "quick";
  ASSERT_TRUE(Send(*station_, quick).ok());
  Add(slow, "tags");
  Type(slow, "tags[" + std::to_string(slow.form.ItemsOf(slow.form.Find("tags")).size() - 1) + "].text", "slow");
  slow.reason = "slow";
  ASSERT_TRUE(Send(*station_, slow).ok());
  EXPECT_EQ(Get("sample:I01").notes(), "seen by the quick one");
  EXPECT_EQ(Get("sample:I01").tags().rbegin()->text().empty(), false);
}

TEST_F(OpenFormTest, StandsOnTheRevisionThatItWasOpenedOn) {
  OpenForm open = On("sample:I01");
  Type(open, "notes", "x");
  open.reason = "x";
  ASSERT_TRUE(Send(*station_, open).ok());
  EXPECT_EQ(station_->Outbox().value().back().mutation().base_revision(), open.base_revision);
}

TEST_F(OpenFormTest, CopiesARecordWithoutItsKeysElsewhere) {
  OpenForm open = BeginLike(*station_, "sample:JA").value();
  EXPECT_TRUE(open.create);
  EXPECT_THAT(open.form.ItemsOf(open.form.Find("external")), IsEmpty());
  EXPECT_EQ(At(open, "class").text, "ARMED_GROUP");
  open.reason = "another one";
  EXPECT_TRUE(Fits(open)) << (open.form.problems().empty() ? "" : open.form.problems()[0]);
}

TEST_F(OpenFormTest, IsKeptAndTakenUpAsItWasTyped) {
  OpenForm open = On("sample:I01");
  Type(open, "accounts[0].date", "some day in Septemb");
  open.reason = "half a rea";
  open.number = station_->forms().Keep(DraftOf(open, 5, true)).value();
  const OpenForm again = TakeUpDraft(*station_->Read().value(), station_->forms().Get(open.number).value()).value();
  EXPECT_EQ(At(again, "accounts[0].date").text, "some day in Septemb");
  EXPECT_EQ(again.reason, "half a rea");
  EXPECT_EQ(again.base_revision, open.base_revision);
}

TEST_F(OpenFormTest, IsGoneFromTheDraftsOnceItIsSent) {
  OpenForm open = On("sample:I01");
  Type(open, "notes", "sent");
  open.reason = "x";
  open.number = station_->forms().Keep(DraftOf(open, 5, true)).value();
  ASSERT_TRUE(Send(*station_, open).ok());
  EXPECT_THAT(station_->forms().All().value(), IsEmpty());
  EXPECT_EQ(station_->forms().Keep(DraftOf(open, 6, true)).status().code(), StatusCode::kNotFound);
}

TEST_F(OpenFormTest, NeverGivesANumberTwice) {
  const OpenForm open = On("sample:I01");
  const uint64_t first = station_->forms().Keep(DraftOf(open, 5, true)).value();
  ASSERT_TRUE(station_->forms().Drop(first).ok());
  EXPECT_GT(station_->forms().Keep(DraftOf(open, 5, true)).value(), first);
}

TEST_F(OpenFormTest, KnowsWhichFormsAProgramLeftOpen) {
  const OpenForm open = On("sample:I01");
  ASSERT_TRUE(station_->forms().Keep(DraftOf(open, 5, true)).ok());
  EXPECT_TRUE(station_->forms().All().value()[0].open());
  ASSERT_TRUE(station_->forms().CloseAll().ok());
  EXPECT_FALSE(station_->forms().All().value()[0].open());
}

TEST_F(OpenFormTest, SurvivesAReplicaThatIsMadeAnew) {
  const OpenForm open = On("sample:I01");
  ASSERT_TRUE(station_->forms().Keep(DraftOf(open, 5, true)).ok());
  station_.reset();
  std::filesystem::remove_all(folder_.path() + "/replica");
  station_ = Workstation::Open(folder_.path(), clock_, random_).value();
  const std::vector<v1::FormDraft> kept = station_->forms().All().value();
  ASSERT_THAT(kept, SizeIs(1));
  EXPECT_TRUE(TakeUpDraft(*station_->Read().value(), kept[0]).ok());
}

TEST_F(OpenFormTest, CompletesAReferenceInAnyScript) {
  OpenForm open = On("sample:I01");
  Type(open, "accounts[0].said_by", "Ансорулл");
  const auto view = station_->Read().value();
  const std::vector<PageLink> links = Suggestions(*view, At(open, "accounts[0].said_by"), 5).value();
  ASSERT_THAT(links, Not(IsEmpty()));
  EXPECT_EQ(links[0].id, "sample:JA");
}

TEST_F(OpenFormTest, SaysWhatADateAndAFigureAreReadAs) {
  OpenForm open = BeginNew(*station_, "incident");
  Add(open, "accounts");
  Add(open, "accounts[0].killed");
  Type(open, "accounts[0].date", "night of 30 Aug 2023");
  Type(open, "accounts[0].killed[0]", "at least 20");
  Typed(open.form, open.form.Find("accounts[0].date"));
  Typed(open.form, open.form.Find("accounts[0].killed[0]"));
  EXPECT_EQ(At(open, "accounts[0].date").understood, "night of 30 Aug 2023");
  EXPECT_EQ(At(open, "accounts[0].killed[0]").understood, "at least 20");
}

}  // namespace
}  // namespace daftar::forms
