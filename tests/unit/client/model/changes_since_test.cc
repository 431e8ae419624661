#include "client/model/changes_since.h"

#include <gmock/gmock.h>

#include "client/model/text_page.h"
#include "tests/unit/client/model/changing_log.h"

namespace daftar {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using What = ChangedRow::What;

class ChangesSinceTest : public ChangingLog {
 protected:
  static v1::Incident WithDead(v1::Incident incident, double dead) {
    if (incident.account().empty()) {
      v1::Account& account = *incident.add_account();
      account.set_key(7);
      account.set_source(Uuid::FromName("source").str());
      account.add_killed();
    }
    incident.mutable_account(0)->mutable_killed(0)->set_best(dead);
    return incident;
  }
  Revision Add(const std::string& name, const v1::Incident& incident) {
    return Put(NewIncident(name, Body(incident)), "is new");
  }
  Revision Turn(const std::string& name, const v1::Incident& into, const std::string& why = "it was wrong") {
    return Put(EditIncident(name, Body(Get(name).incident()), Body(into)), why);
  }
  ChangesPage Changes(const Since& since, const ChangesOptions& options = {}) {
    const auto view = log->view().Snapshot().value();
    StatusOr<ChangesPage> page = BuildChanges(*view, since, options);
    EXPECT_TRUE(page.ok()) << page.status();
    return page.ok() ? *std::move(page) : ChangesPage();
  }
  ChangesPage ChangesAfter(Revision revision, const ChangesOptions& options = {}) {
    return Changes({revision, "then", std::to_string(revision)}, options);
  }
  static std::vector<std::string> TitlesOf(const ChangesPage& page) {
    std::vector<std::string> titles;
    for (const ChangedRow& row : page.rows) titles.push_back(row.row.title);
    return titles;
  }
};

TEST_F(ChangesSinceTest, TellsWhatIsNewAndWhatBecameAnother) {
  const Revision before = Add("a", Incident("a clash"));
  Add("b", Incident("a seizure"));
  Turn("a", Incident("a battle"));
  const ChangesPage page = ChangesAfter(before);
  ASSERT_EQ(page.rows.size(), 2u);
  EXPECT_EQ(page.rows[0].what, What::kChanged);
  EXPECT_EQ(page.rows[1].what, What::kNew);
  EXPECT_THAT(page.rows[0].who, HasSubstr("it was wrong"));
  EXPECT_THAT(page.words, HasSubstr("2 records changed since then"));
}

TEST_F(ChangesSinceTest, AChangedFieldHasItsValueBeforeAndAfter) {
  const Revision before = Add("a", Incident("a clash"));
  Turn("a", Incident("a battle"));
  const ChangesPage page = ChangesAfter(before);
  ASSERT_EQ(page.rows.at(0).fields.size(), 1u);
  EXPECT_EQ(page.rows[0].fields[0].before, "a clash");
  EXPECT_EQ(page.rows[0].fields[0].after, "a battle");
}

TEST_F(ChangesSinceTest, OfAnAccountOnlyTheFieldThatDiffersIsTold) {
  const Revision before = Add("a", WithDead(Incident("a clash"), 3));
  Turn("a", WithDead(Incident("a clash"), 5));
  const ChangesPage page = ChangesAfter(before);
  ASSERT_EQ(page.rows.at(0).fields.size(), 1u);
  EXPECT_THAT(page.rows[0].fields[0].label, HasSubstr("killed"));
  EXPECT_EQ(page.rows[0].fields[0].before, "3");
  EXPECT_EQ(page.rows[0].fields[0].after, "5");
}

TEST_F(ChangesSinceTest, SeveralChangesAreToldAsOne) {
  const Revision before = Add("a", Incident("one"));
  Turn("a", Incident("two"));
  Turn("a", Incident("three"));
  const ChangesPage page = ChangesAfter(before);
  ASSERT_EQ(page.rows.at(0).fields.size(), 1u);
  EXPECT_EQ(page.rows[0].fields[0].before, "one");
  EXPECT_EQ(page.rows[0].fields[0].after, "three");
}

TEST_F(ChangesSinceTest, WhatWasChangedBackIsNoFieldThatChanged) {
  const Revision before = Add("a", Incident("one"));
  Turn("a", Incident("two"));
  Turn("a", Incident("one"));
  EXPECT_THAT(ChangesAfter(before).rows.at(0).fields, IsEmpty());
}

TEST_F(ChangesSinceTest, ARetiredRecordIsToldAsThat) {
  const Revision before = Add("a", Incident("a clash"));
  v1::Incident retired = Incident("a clash");
  retired.mutable_retired()->set_reason("twice");
  Turn("a", retired);
  const ChangesPage page = ChangesAfter(before);
  EXPECT_EQ(page.rows.at(0).what, What::kRetired);
  EXPECT_EQ(page.kinds.at(0).words, "1 retired");
}

TEST_F(ChangesSinceTest, CountsByKindAndKeepsToOne) {
  const Revision before = Add("a", Incident("a clash"));
  Add("b", Incident("a seizure"));
  v1::Source source;
  AddName(source, "another source");
  Put(Change("source 2", v1::RecordKind::SOURCE, "", Body(source), true), "is new");
  const ChangesPage all = ChangesAfter(before);
  ASSERT_EQ(all.kinds.size(), 2u);
  EXPECT_EQ(all.kinds[0].kind, "incident");
  EXPECT_EQ(all.kinds[0].words, "1 new");
  EXPECT_THAT(TitlesOf(ChangesAfter(before, {.kind = "source"})), ElementsAre("another source"));
}

TEST_F(ChangesSinceTest, TheWeightiestAreIncidentsThenWhatIsNew) {
  const Revision before = Add("a", Incident("a clash"));
  Turn("a", Incident("a battle"));
  Add("b", Incident("a seizure"));
  v1::Source source;
  AddName(source, "another source");
  Put(Change("source 2", v1::RecordKind::SOURCE, "", Body(source), true), "is new");
  EXPECT_THAT(TitlesOf(ChangesAfter(before, {.important = true})),
              ElementsAre("a seizure", "a battle", "another source"));
}

TEST_F(ChangesSinceTest, ShowsNoMoreThanItsLimitAndSaysHowManyMoreThereAre) {
  const Revision before = Add("a", Incident("a clash"));
  for (int i = 0; i < 5; ++i) Add("n" + std::to_string(i), Incident("number " + std::to_string(i)));
  const ChangesPage page = ChangesAfter(before, {.limit = 2});
  EXPECT_EQ(page.rows.size(), 2u);
  EXPECT_EQ(page.more_words, "and 3 more");
}

TEST_F(ChangesSinceTest, SaysThatNothingChanged) {
  const ChangesPage page = ChangesAfter(Add("a", Incident("a clash")));
  EXPECT_EQ(page.words, "Nothing changed since then.");
  EXPECT_THAT(ChangesAsText(page, {}), HasSubstr("Nothing changed"));
}

TEST_F(ChangesSinceTest, CountsFromTheBeginningOfADay) {
  Add("a", Incident("a clash"));
  clock.Advance(3 * 86'400'000);
  Add("b", Incident("a seizure"));
  const auto view = log->view().Snapshot().value();
  // The fixture's clock begins on 14 November 2023.
  EXPECT_THAT(TitlesOf(Changes(ReadSince(*view, "2023-11-16", std::nullopt).value())), ElementsAre("a seizure"));
  EXPECT_EQ(TitlesOf(Changes(ReadSince(*view, "2023-11-14", std::nullopt).value())).size(), 3u);
}

TEST_F(ChangesSinceTest, WhatWasSeenOfAnotherHistoryCountsByItsTime) {
  Add("a", Incident("a clash"));
  const Moment seen{"another epoch", 99, clock.NowMs()};
  Add("b", Incident("a seizure"));
  const auto view = log->view().Snapshot().value();
  EXPECT_THAT(TitlesOf(Changes(ReadSince(*view, "last", seen).value())), ElementsAre("a seizure"));
}

TEST_F(ChangesSinceTest, WithoutAVisitSaysSo) {
  const auto view = log->view().Snapshot().value();
  EXPECT_EQ(ReadSince(*view, "last", std::nullopt).status().code(), StatusCode::kNotFound);
  EXPECT_EQ(ReadSince(*view, "some day", std::nullopt).status().code(), StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace daftar
