#include "client/model/page.h"

#include "client/model/address.h"
#include "storage/model/parts.h"
#include "tests/unit/client/model/sample_view.h"

namespace daftar {
namespace {

using model_test::FactOf;
using model_test::FindRow;
using model_test::FindSection;
using model_test::PageAsOf;
using model_test::PageOf;
using model_test::Sample;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(PageTest, BeginsWithTitleKindAndCodes) {
  Page page = PageOf("sample:I01");
  EXPECT_EQ(page.title, "Crossing and clash in Darvoz");
  EXPECT_EQ(page.kind, "incident");
  EXPECT_EQ(page.display_id, "sample:I01");
  EXPECT_EQ(page.subtitle,
            "infiltration, clash · ACLED armed clash · UCDP state-based violence · PLOVER assault (firearms)");
  EXPECT_EQ(page.codings[0].code, "ARMED_CLASH");
}

TEST(PageTest, HasAnAddressThatLeadsBackToIt) {
  Page page = PageOf("sample:I01");
  EXPECT_EQ(PageOf(ParseAddress(page.address)->id).display_id, "sample:I01");
}

TEST(PageTest, ShowsBothDatesWhileTheyAreInDoubt) {
  const Fact fact = FactOf(PageOf("sample:I01"), "Date");
  EXPECT_EQ(fact.value.text, "30 Aug or 4 Sep 2023*");
  EXPECT_EQ(fact.disagreement, "2 values, open");
  EXPECT_EQ(fact.how, "the most credible account (S2)");
}

TEST(PageTest, ShowsThePlaceWithThoseThatItLiesIn) {
  EXPECT_THAT(FactOf(PageOf("sample:I01"), "Place").value.text, HasSubstr("Kevron, Darvoz"));
}

TEST(PageTest, ShowsTheTollOnce) { EXPECT_EQ(FactOf(PageOf("sample:I01"), "Killed").value.text, "3 (side B)"); }

TEST(PageTest, CountsRootsAndNotArticles) {
  Page page = PageOf("sample:I01");
  EXPECT_EQ(page.articles, 3);
  EXPECT_EQ(page.roots_at_most, 2);
  EXPECT_EQ(page.roots, "3 articles, at most 2 roots");
}

TEST(PageTest, SaysWhoDisagreesWithWhom) {
  Page page = PageOf("sample:I01");
  ASSERT_EQ(page.disagreements.size(), 1u);
  EXPECT_EQ(page.disagreements[0].groups[0].who, "S2");
  EXPECT_EQ(page.disagreements[0].groups[1].who, "S0 and S1 (one root)");
  EXPECT_EQ(page.disagreements[0].words,
            "Date: night of 30 Aug 2023* by S2 ≠ 4 Sep 2023* by S0 and S1 (one root); open");
}

TEST(PageTest, CitesEachSourceOnceWithItsGrade) {
  Page page = PageOf("sample:R-JA-AFFILIATED-Taliban");
  ASSERT_EQ(page.sources.size(), 4u);
  EXPECT_EQ(page.sources[0].number, 1);
  EXPECT_EQ(page.sources[0].author, "Nicole Wolkov");
  EXPECT_THAT(page.sources[0].text, HasSubstr("2 Jan 2021"));
  EXPECT_THAT(page.sources[0].text, HasSubstr("[B]"));
}

TEST(PageTest, ListsNamesInEveryScriptWithWhatIsKnownOfThem) {
  Page page = PageOf("sample:JA");
  auto name = std::find_if(page.names.begin(), page.names.end(),
                           [](const PageName& candidate) { return candidate.text == "Ансоруллоҳ"; });
  ASSERT_NE(name, page.names.end());
  EXPECT_EQ(name->lang, "tg");
  EXPECT_EQ(name->script, "Cyrl");
  EXPECT_EQ(name->note, "alias, added by an editor");
}

TEST(PageTest, OfAnActorListsRelationsAndIncidents) {
  Page page = PageOf("sample:JA");
  ASSERT_NE(FindSection(page, "relations"), nullptr);
  const Section* incidents = FindSection(page, "incidents");
  ASSERT_NE(incidents, nullptr);
  EXPECT_NE(FindRow(incidents->rows, "sample:I01"), nullptr);
}

TEST(PageTest, OfAnActorListsOnlyRelationsThatHeldThatDay) {
  Page page = PageAsOf("sample:JA", "2020-12-31");
  const Section* relations = FindSection(page, "relations");
  ASSERT_NE(relations, nullptr);
  EXPECT_EQ(FindRow(relations->rows, "sample:R-JA-BASE_IN-Nawabad"), nullptr);
  EXPECT_NE(FindRow(relations->rows, "sample:R-JA-AFFILIATED-Taliban"), nullptr);
}

TEST(PageTest, OfABodyListsWhatItHasSaid) {
  Page page = PageOf("sample:TJ-SSC");
  const Section* said = FindSection(page, "statements");
  ASSERT_NE(said, nullptr);
  EXPECT_NE(FindRow(said->rows, "sample:I01"), nullptr);
}

TEST(PageTest, OfADistrictListsTheIncidentsOfThePlacesInside) {
  Page page = PageOf("sample:Vanj");
  const Section* incidents = FindSection(page, "incidents");
  ASSERT_NE(incidents, nullptr);
  EXPECT_NE(FindRow(incidents->rows, "sample:I03"), nullptr);
  EXPECT_THAT(FactOf(page, "Lies in").value.text, HasSubstr("Tajikistan"));
}

TEST(PageTest, OfASourceListsWhatRestsOnIt) {
  Page page = PageOf("sample:JamestownArticle");
  EXPECT_EQ(FactOf(page, "Rests on").value.text, "its own origin");
  const Section* resting = FindSection(page, "resting");
  ASSERT_NE(resting, nullptr);
  EXPECT_NE(FindRow(resting->rows, "sample:S0"), nullptr);
}

TEST(PageTest, OfARelationNamesBothEnds) {
  Page page = PageOf("sample:R-JA-AFFILIATED-Taliban");
  EXPECT_EQ(page.title, "Jamaat Ansarullah — affiliated with — Taliban");
  EXPECT_EQ(FactOf(page, "From").value.links[0].id, "sample:JA");
  EXPECT_EQ(FactOf(page, "To").value.text, "Taliban");
  EXPECT_THAT(FactOf(page, "Held").value.text, HasSubstr("denied (S1, S3)"));
}

TEST(PageTest, OfADeniedRelationSaysWhoStatesAndWhoDenies) {
  const Fact fact = FactOf(PageOf("sample:R-JA-AFFILIATED-Taliban"), "Is it so?");
  EXPECT_EQ(fact.value.text, "stated by S4, S0, S1 #3 and S3 #4; denied by S1 #5 and S3 #6");
  EXPECT_TRUE(fact.value.marks.open);
}

TEST(PageTest, OfAnAlertGivesLevelAreasAndStatus) {
  Page page = PageAsOf("sample:A-I17", "2024-10-02");
  EXPECT_EQ(FactOf(page, "Level").value.text, "highest");
  EXPECT_EQ(FactOf(page, "Areas").value.links.size(), 3u);
  EXPECT_EQ(page.status.words, "active, planned end 15 Oct 2024");
  EXPECT_NE(FindRow(FindSection(page, "reasons")->rows, "sample:I20"), nullptr);
}

TEST(PageTest, SaysThatAForecastHasNotHappened) {
  Page page = PageOf("sample:I20");
  EXPECT_FALSE(page.happened);
  EXPECT_EQ(page.happened_words, "expected, not reported as having happened");
}

TEST(PageTest, StopsASectionAtItsLimit) {
  PageOptions options;
  options.related_limit = 2;
  Page page = PageOf("sample:JA", options);
  EXPECT_EQ(FindSection(page, "incidents")->rows.size(), 2u);
  EXPECT_TRUE(FindSection(page, "incidents")->more);
}

TEST(PageTest, IsBuiltForEveryRecordOfTheSample) {
  for (Kind kind : AllKinds()) {
    const std::vector<Uuid> ids = Sample().List(kind, 1000, true).value();
    for (const Uuid& id : ids) EXPECT_THAT(PageOf(id.ToString()).title, Not(HasSubstr("(unknown record)")));
  }
}

TEST(PageTest, RefusesAnUnknownRecord) {
  EXPECT_EQ(BuildPage(Sample(), "sample:I99", {}).status().code(), StatusCode::kNotFound);
}

// A small dataset whose parts the tests change.
std::unique_ptr<FakeView> Small() {
  return FakeView::OfText(R"(
    source { external { system: "t" id: "S" } name { text: "Text" } }
    incident { external { system: "t" id: "I" } name { text: "Clash" } kind: CLASH
      account { key: 7 source: "t:S" killed { best: 3 } }
      account { key: 8 source: "t:S" killed { best: 5 } said_by: "" }
      choice { key: 5 account: 8 reason: "counted by name" }
      retired { reason: "a duplicate" } }
  )");
}

TEST(PageTest, ShowsAnEditorsChoiceWithItsReason) {
  auto view = Small();
  Page page = BuildPage(*view, "t:I", {}).value();
  const Fact& killed = FactOf(page, "Killed");
  EXPECT_EQ(killed.value.text, "5");
  EXPECT_EQ(killed.reason, "counted by name");
  EXPECT_EQ(killed.disagreement, "2 values, settled by an editor");
  EXPECT_FALSE(page.disagreements[0].open);
}

TEST(PageTest, SaysWhyARecordIsRetired) {
  auto view = Small();
  EXPECT_EQ(BuildPage(*view, "t:I", {})->retirement, "retired: a duplicate");
}

TEST(PageTest, SaysWhichAccountWaitsToBeSent) {
  auto view = Small();
  Uuid id = view->Resolve("t:I").value();
  Record record = **view->Get(id);
  record.set_pending(true);
  view->Put(record);
  HistoryStep waiting;
  waiting.after.emplace_back();
  waiting.after[0].set_field(kAccountField);
  waiting.after[0].set_key(8);
  view->SetHistory(id, {waiting});
  Page page = BuildPage(*view, "t:I", {}).value();
  EXPECT_EQ(page.accounts[0].added, "added by Amina, 20 Nov 2026 19:30, revision 1");
  EXPECT_EQ(page.accounts[1].added, "waiting to be sent");
  EXPECT_TRUE(page.accounts[1].marks.pending);
}

TEST(PageTest, TellsTheHistoryInWords) {
  auto view = Small();
  Uuid id = view->Resolve("t:I").value();
  v1::Incident with_tag;
  with_tag.add_tag()->set_key(3);
  with_tag.mutable_tag(0)->set_text("border");
  HistoryStep step;
  step.commit.set_revision(4);
  step.commit.set_author("Bahrom");
  step.commit.set_reason("sorted");
  step.after.emplace_back();
  step.after[0].set_field(44);
  step.after[0].set_key(3);
  step.after[0].set_value(with_tag.SerializeAsString());
  view->SetHistory(id, {step});
  Page page = BuildPage(*view, "t:I", {}).value();
  ASSERT_EQ(page.history.size(), 1u);
  EXPECT_EQ(page.history[0].who, "Bahrom");
  EXPECT_THAT(page.history[0].changes, Contains("tag added: border"));
}

TEST(PageTest, GivesBackAnErrorOfReading) {
  auto view = Small();
  view->FailWith(DataLoss("damaged"));
  EXPECT_EQ(BuildPage(*view, "t:I", {}).status().code(), StatusCode::kDataLoss);
}

}  // namespace
}  // namespace daftar
