#include "client/model/record_history.h"

#include <gmock/gmock.h>

#include "client/model/content.h"
#include "client/model/text_page.h"
#include "client/sync/user_store.h"
#include "tests/ui/sample_station.h"
#include "tests/unit/client/model/changing_log.h"
#include "tests/unit/client/model/sample_view.h"

namespace daftar {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class RecordHistoryTest : public ChangingLog {
 protected:
  static v1::Account& AddAccount(v1::Incident& incident, uint64_t key, double dead) {
    v1::Account& account = *incident.add_account();
    account.set_key(key);
    account.set_source(Uuid::FromName("source").str());
    account.add_killed()->set_best(dead);
    return account;
  }
  void Add(const v1::Incident& incident) { Put(NewIncident("a", Body(incident)), "is new"); }
  void Turn(const v1::Incident& into, const std::string& why = "it was wrong") {
    Put(EditIncident("a", Body(Get("a").incident()), Body(into)), why);
  }
  RecordHistory History(const RecordHistoryOptions& options = {}) {
    const auto view = log->view().Snapshot().value();
    StatusOr<RecordHistory> page = BuildRecordHistory(*view, Uuid::FromName("a").ToString(), nullptr, options);
    EXPECT_TRUE(page.ok()) << page.status();
    return page.ok() ? *std::move(page) : RecordHistory();
  }
  static const ChangedField& FieldOf(const RecordHistory::Step& step, const std::string& label) {
    static const ChangedField none;
    for (const ChangedField& field : step.fields) {
      if (field.label == label) return field;
    }
    ADD_FAILURE() << "no field " << label;
    return none;
  }
};

TEST_F(RecordHistoryTest, TellsEachChangeWithWhatWasAndWhatBecame) {
  Add(Incident("one"));
  Turn(Incident("two"), "a typing error");
  Turn(Incident("three"));
  const RecordHistory page = History();
  ASSERT_EQ(page.steps.size(), 3u);
  EXPECT_EQ(FieldOf(page.steps[0], "Name (three) (text)").before, "two");
  EXPECT_EQ(FieldOf(page.steps[0], "Name (three) (text)").after, "three");
  EXPECT_EQ(FieldOf(page.steps[1], "Name (two) (text)").before, "one");
  EXPECT_EQ(page.steps[1].why, "a typing error");
  EXPECT_THAT(page.steps[1].who, HasSubstr("Amina, 14 Nov 2023"));
  EXPECT_EQ(page.words, "3 changes of it are known here.");
  EXPECT_THAT(page.limits, IsEmpty());
}

TEST_F(RecordHistoryTest, TheFirstChangeSaysWhatTheRecordWasMadeWithThen) {
  Add(Incident("one"));
  Turn(Incident("two"));
  const RecordHistory page = History();
  const RecordHistory::Step& first = page.steps.back();
  EXPECT_EQ(first.made, "Record created");
  EXPECT_EQ(FieldOf(first, "Name (one)").after, "one");
  EXPECT_EQ(FieldOf(first, "Kind").after, "clash");
  EXPECT_EQ(FieldOf(first, "Kind").before, "");
  EXPECT_TRUE(FieldOf(first, "Kind").before_known);
}

TEST_F(RecordHistoryTest, OfAnAccountThatCameEachFieldIsTold) {
  Add(Incident("one"));
  v1::Incident with = Incident("one");
  AddAccount(with, 7, 3);
  Turn(with);
  const RecordHistory::Step step = History().steps.front();
  EXPECT_EQ(FieldOf(step, "Account (a source) (killed)").after, "3");
  EXPECT_EQ(FieldOf(step, "Account (a source) (killed)").before, "");
}

TEST_F(RecordHistoryTest, AChoiceNamesTheAccountAndNotItsKey) {
  v1::Incident incident = Incident("one");
  AddAccount(incident, 778'899, 3);
  Add(incident);
  v1::Choice& choice = *incident.add_choice();
  choice.set_key(v1::Attribute::KILLED);
  choice.set_account(778'899);
  choice.set_reason("the only witness");
  Turn(incident);
  const RecordHistory::Step step = History().steps.front();
  ASSERT_EQ(step.fields.size(), 1u);
  EXPECT_EQ(step.fields[0].label, "Choice (Killed)");
  EXPECT_EQ(step.fields[0].after, "a source: the only witness");
}

TEST_F(RecordHistoryTest, ShowsTheNewestStepsAndSaysHowManyMoreThereAre) {
  Add(Incident("one"));
  Turn(Incident("two"));
  Turn(Incident("three"));
  const RecordHistory page = History({.steps = 1});
  EXPECT_EQ(page.steps.size(), 1u);
  EXPECT_EQ(page.more_words, "and 2 earlier ones");
}

TEST_F(RecordHistoryTest, ALongStepIsCutAndSaysSo) {
  v1::Incident incident = Incident("one");
  for (uint64_t key = 1; key <= 5; ++key) AddAccount(incident, key, 3);
  Add(incident);
  const RecordHistory::Step step = History({.fields = 4}).steps.front();
  EXPECT_EQ(step.fields.size(), 4u);
  EXPECT_THAT(step.more_words, HasSubstr("more field"));
}

TEST_F(RecordHistoryTest, TheTextHasTheSame) {
  Add(Incident("one"));
  Turn(Incident("two"), "a typing error");
  const std::string text = RecordHistoryAsText(History(), {.width = 100});
  EXPECT_THAT(text, HasSubstr("Name (two) (text): one → two"));
  EXPECT_THAT(text, HasSubstr("Reason: a typing error"));
}

TEST_F(RecordHistoryTest, ComparesAnyTwoVersionsPartByPart) {
  Add(Incident("one"));
  v1::Incident with = Incident("two");
  AddAccount(with, 7, 3);
  Turn(with);
  with.set_notes("at night");
  Turn(with);
  const uint64_t newest = History().steps.front().revision, first = History().steps.back().revision;
  const RecordHistory page = History({.language = "", .a = first, .b = newest});
  ASSERT_EQ(page.differences.size(), 3u);
  EXPECT_EQ(page.differences[0].label, "Notes");
  EXPECT_EQ(page.differences[0].fields.at(0).before, "");
  EXPECT_EQ(page.differences[0].fields.at(0).after, "at night");
  EXPECT_EQ(page.differences[1].label, "Name (two)");
  EXPECT_EQ(page.differences[1].fields.at(0).before, "one");
  EXPECT_EQ(page.differences[2].field, 41u);
  EXPECT_EQ(page.differences[2].item, 7u);
  EXPECT_THAT(page.compare_words, HasSubstr("3 parts differ"));
  EXPECT_THAT(RecordHistoryAsText(page, {.width = 100}), HasSubstr("Notes: nothing → at night"));
}

TEST_F(RecordHistoryTest, VersionsThatSayTheSameDifferInNothing) {
  Add(Incident("one"));
  Turn(Incident("two"));
  Turn(Incident("one"));
  const RecordHistory all = History();
  const RecordHistory page = History({.language = "", .a = all.steps.back().revision, .b = all.steps.front().revision});
  EXPECT_THAT(page.differences, IsEmpty());
  EXPECT_THAT(page.compare_words, HasSubstr("the same in both"));
}

TEST_F(RecordHistoryTest, AVersionThatIsNotHereIsSaidToBeSo) {
  Add(Incident("one"));
  const RecordHistory all = History();
  const RecordHistory page = History({.language = "", .a = all.steps.back().revision, .b = 900});
  EXPECT_THAT(page.compare_words, HasSubstr("this replica shows revisions"));
  EXPECT_EQ(page.steps.size(), 1u);
}

// What a replica that came later than a change has of it: the outcome.
TEST(RecordHistoryOfALateReplicaTest, SaysThatTheServerKeepsWhatWasBefore) {
  const std::unique_ptr<FakeView> view = FakeView::OfText(
      R"(source { external { system: "s" id: "S1" } name { text: "A source" } type: ARTICLE notes: "now" })");
  const Uuid id = view->Resolve("s:S1").value();
  HistoryStep step;
  step.commit.set_revision(9);
  step.commit.set_author("Bahrom");
  step.before_known = false;
  v1::Source notes;
  notes.set_notes("now");
  v1::PartEdit& edit = step.after.emplace_back();
  edit.set_field(v1::Source::kNotesFieldNumber);
  edit.set_value(notes.SerializeAsString());
  HistoryStep made;
  made.commit.set_revision(2);
  made.created = true;
  view->SetHistory(id, {step, made});
  const RecordHistory page = BuildRecordHistory(*view, "s:S1", nullptr, {}).value();
  EXPECT_THAT(page.limits, HasSubstr("The server keeps what was before"));
  ASSERT_EQ(page.steps.at(0).fields.size(), 1u);
  EXPECT_FALSE(page.steps[0].fields[0].before_known);
  EXPECT_EQ(page.steps[0].fields[0].after, "now");
  // Nobody knows whether it had notes when it was made: nothing is said of them.
  for (const ChangedField& field : page.steps.at(1).fields) EXPECT_NE(field.label, "Notes");
}

TEST(RecordHistoryOfAStationTest, TellsWhatWaitsForADecisionWithAllSides) {
  TemporaryFolder folder;
  FakeClock clock(1'795'200'000'000);
  SeededRandom random(1);
  const std::unique_ptr<Workstation> station = MakeSampleStation(folder.File("station"), clock, random);
  const auto view = station->Read().value();
  const Uuid id = view->Resolve("sample:I01").value();
  const auto notes = [](const std::string& text) {
    v1::Incident incident;
    incident.set_notes(text);
    return incident.SerializeAsString();
  };
  v1::PushResult result;
  result.set_seq(station->Outbox()->at(0).mutation().seq());
  v1::Conflict& conflict = *result.add_conflict();
  conflict.set_record(id.str());
  conflict.set_kind(v1::RecordKind::INCIDENT);
  conflict.set_field(v1::Incident::kNotesFieldNumber);
  conflict.set_mine(notes("mine"));
  conflict.set_theirs(notes("theirs"));
  conflict.set_theirs_author("Bahrom");
  ASSERT_TRUE(station->user().Answer(result, clock.NowMs()).ok());
  const RecordHistory page = BuildRecordHistory(*view, "sample:I01", station.get(), {}).value();
  ASSERT_EQ(page.parked.size(), 1u);
  EXPECT_EQ(page.parked[0].label, "Notes");
  EXPECT_EQ(page.parked[0].base, "");
  EXPECT_EQ(page.parked[0].mine, "mine");
  EXPECT_EQ(page.parked[0].theirs, "theirs");
  EXPECT_THAT(page.parked[0].theirs_who, HasSubstr("Bahrom"));
  EXPECT_THAT(BuildRecordHistory(*view, "sample:I02", station.get(), {})->parked, IsEmpty());
}

TEST(HistoryTurnTest, LeadsFromARecordToItsHistoryAndBack) {
  const ContentSource source{.view = model_test::Sample()};
  const Content page = BuildContent(source, *ParseAddress("daftar:incident/sample:I01")).value();
  const std::string there = HistoryTurn(page);
  const Content history = BuildContent(source, *ParseAddress(there)).value();
  ASSERT_TRUE(std::holds_alternative<RecordHistory>(history)) << there;
  EXPECT_EQ(HistoryTurn(history), std::get<Page>(page).address);
  EXPECT_EQ(HistoryTurn(Content(KeysPage())), "");
}

}  // namespace
}  // namespace daftar
