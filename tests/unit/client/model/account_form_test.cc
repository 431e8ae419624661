#include "client/model/account_form.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "client/model/page.h"
#include "client/model/sync_state.h"
#include "client/sync/workstation.h"
#include "storage/authoring/authoring.h"
#include "tests/temporary_folder.h"

namespace daftar {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// A workstation that holds one source and one incident, and the form for that incident.
class AccountFormTest : public ::testing::Test {
 protected:
  AccountFormTest() {
    station_ = Workstation::Create(folder_.path(), "", "Amina", clock_, random_).value();
    AuthoredDataset dataset =
        ReadDataset({{"dataset", R"(
      source { external { system: "t" id: "S" } name { text: "Report of the post" lang: "en" } type: ARTICLE }
      incident { external { system: "t" id: "I" } name { text: "Clash" lang: "en" } kind: CLASH }
    )"}},
                    [](std::string_view) -> StatusOr<Uuid> { return NotFound("no such record"); });
    std::vector<Edit> edits;
    for (DatasetRecord& record : dataset.records) edits.push_back({record.id, record.kind, std::move(record.record)});
    CheckedEdit checked = station_->Check(edits, "set up").value();
    EXPECT_TRUE(checked.problems.empty());
    EXPECT_TRUE(station_->Queue(checked.mutation).ok());
  }

  void Type(std::string_view field, std::string value) { form_.field(field)->value = std::move(value); }
  bool Check() { return form_.Check(*station_).value(); }
  Page PageNow() { return BuildPage(*station_->Read().value(), "t:I", {}).value(); }

  TemporaryFolder folder_;
  FakeClock clock_{1795203000000};
  SeededRandom random_{1};
  std::unique_ptr<Workstation> station_;
  AccountForm form_{"t:I"};
};

TEST_F(AccountFormTest, AsksForASource) {
  Type("killed", "3");
  EXPECT_FALSE(Check());
  EXPECT_THAT(form_.field("source")->problems, SizeIs(1));
}

TEST_F(AccountFormTest, FindsTheSourceByAnyId) {
  Type("source", "S");
  EXPECT_TRUE(Check()) << (form_.problems().empty() ? "" : form_.problems()[0]);
}

TEST_F(AccountFormTest, PutsAProblemAtItsField) {
  Type("source", "t:S");
  Type("date", "2023-13-04");
  EXPECT_FALSE(Check());
  EXPECT_THAT(form_.field("date")->problems, SizeIs(1));
  EXPECT_THAT(form_.field("source")->problems, IsEmpty());
}

TEST_F(AccountFormTest, SaysWhatATypedDateIsReadAs) {
  FormField& date = *form_.field("date");
  date.value = "30 aug 2023, at night";
  AccountForm::Typed(date);
  EXPECT_EQ(date.understood, "read as: night of 30 Aug 2023");
  date.value = "30 au";
  AccountForm::Typed(date);
  EXPECT_THAT(date.understood, IsEmpty());
}

TEST_F(AccountFormTest, TakesADateInWords) {
  Type("source", "S");
  Type("date", "mid-September 2024");
  EXPECT_TRUE(Check());
}

TEST_F(AccountFormTest, NamesTheWordOfADateThatItDoesNotUnderstand) {
  Type("source", "S");
  Type("date", "sometime in 2024");
  EXPECT_FALSE(Check());
  ASSERT_THAT(form_.field("date")->problems, SizeIs(1));
  EXPECT_THAT(form_.field("date")->problems[0], HasSubstr("\"sometime\" is not understood"));
}

TEST_F(AccountFormTest, RefusesASourceThatDoesNotExist) {
  Type("source", "t:S99");
  EXPECT_FALSE(Check());
  EXPECT_THAT(form_.field("source")->problems, Not(IsEmpty()));
}

TEST_F(AccountFormTest, ForgetsAProblemThatIsMended) {
  Type("source", "t:S");
  Type("date", "nonsense");
  EXPECT_FALSE(Check());
  Type("date", "2023");
  EXPECT_TRUE(Check());
  EXPECT_THAT(form_.field("date")->problems, IsEmpty());
}

TEST_F(AccountFormTest, IsTouchedOnlyByTyping) {
  EXPECT_FALSE(form_.touched());
  Type("note", "x");
  EXPECT_TRUE(form_.touched());
}

TEST_F(AccountFormTest, ShowsWhatWasSubmittedAsWaiting) {
  Type("source", "t:S");
  Type("date", "2023-08-30TNIGHT");
  Type("killed", "3");
  Type("wording", "he said \"three\"\nand no more");
  Type("credibility", "PROBABLY_TRUE");
  ASSERT_TRUE(form_.Submit(*station_, "told by the post").ok());
  Page page = PageNow();
  ASSERT_THAT(page.accounts, SizeIs(1));
  EXPECT_EQ(page.accounts[0].grade, "F2");
  EXPECT_EQ(page.accounts[0].wording, "he said \"three\"\nand no more");
  EXPECT_EQ(page.accounts[0].added, "waiting to be sent");
  EXPECT_EQ(page.facts[0].value.text, "night of 30 Aug 2023");
}

TEST_F(AccountFormTest, NumbersWhatItQueues) {
  Type("source", "t:S");
  EXPECT_EQ(form_.Submit(*station_, "told by the post").value(), 2u);
  EXPECT_EQ(ReadSyncFacts(*station_)->outbox, 2u);
}

TEST_F(AccountFormTest, DoesNotAddTheSameAccountTwice) {
  Type("source", "t:S");
  ASSERT_TRUE(form_.Submit(*station_, "told by the post").ok());
  EXPECT_FALSE(Check());
  EXPECT_THAT(form_.problems(), SizeIs(1));
}

TEST_F(AccountFormTest, RefusesToSubmitWithProblems) {
  EXPECT_EQ(form_.Submit(*station_, "told").status().code(), StatusCode::kInvalidArgument);
}

TEST_F(AccountFormTest, SuggestsRecordsOfTheRightKind) {
  Type("source", "report");
  auto links = form_.Suggestions(*station_->Read().value(), "source").value();
  ASSERT_THAT(links, SizeIs(1));
  EXPECT_EQ(links[0].id, "t:S");
}

TEST_F(AccountFormTest, SuggestsNothingForPlainText) {
  Type("note", "report");
  EXPECT_THAT(form_.Suggestions(*station_->Read().value(), "note").value(), IsEmpty());
}

}  // namespace
}  // namespace daftar
