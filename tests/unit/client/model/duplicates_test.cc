#include "client/model/duplicates.h"

#include <gmock/gmock.h>

#include <set>

#include "client/model/name_likeness.h"
#include "client/model/page.h"
#include "client/model/text_page.h"
#include "storage/authoring/authoring.h"
#include "tests/temporary_folder.h"
#include "tests/ui/sample_station.h"

namespace daftar {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Likeness Of(std::string_view a, std::string_view b) { return Compare(ComparedName(a), ComparedName(b)); }

TEST(NameLikenessTest, CaseAccentsAndOrderMakeNoDifference) {
  EXPECT_EQ(Of("Jamaat Ansarullah", "ansarullah JAMAAT"), Likeness::kSame);
}
TEST(NameLikenessTest, OneNameInThreeScriptsIsAlike) {
  EXPECT_EQ(Of("Ansarullah", "Ансоруллоҳ"), Likeness::kSpelt);
  EXPECT_EQ(Of("Ansarullah", "انصارالله"), Likeness::kSpelt);
}
TEST(NameLikenessTest, OneErrorInALongWordIsAlike) { EXPECT_EQ(Of("Tabarov", "Tavarov"), Likeness::kSpelt); }
TEST(NameLikenessTest, ShortWordsThatDifferAreTwo) {
  EXPECT_EQ(Of("Ministry of Iran", "Ministry of Iraq"), Likeness::kNone);
  EXPECT_EQ(Of("Karim", "Karam"), Likeness::kNone);
}
TEST(NameLikenessTest, NumbersThatDifferAreTwo) {
  EXPECT_EQ(Of("Brigade 201", "Brigade 202"), Likeness::kNone);
  EXPECT_EQ(Of("unit 1000001", "unit 1000002"), Likeness::kNone);
}
TEST(NameLikenessTest, AnotherWordIsAnotherName) {
  EXPECT_EQ(Of("Afghan Taliban", "Pakistani Taliban"), Likeness::kNone);
}
TEST(NameLikenessTest, AWholeNameInALongerOneIsHeldByIt) {
  EXPECT_EQ(Of("Ansarullah", "Jamaat Ansarullah"), Likeness::kHolds);
}
TEST(NameLikenessTest, AWordIsTakenOnce) { EXPECT_EQ(Of("Taliban Taliban", "Taliban movement"), Likeness::kNone); }

// A workstation with a few actors, as one would write them.
class DuplicatesTest : public testing::Test {
 protected:
  void Read(const std::string& text) {
    station_ = Workstation::Create(folder_.File("station"), "", "Tester", clock_, random_).value();
    AuthoredDataset dataset =
        ReadDataset({DatasetFile{"data", text}}, [](std::string_view id) { return NotFound(std::string(id)); });
    for (const auto& problem : dataset.problems) ADD_FAILURE() << problem.message;
    std::vector<Edit> edits;
    for (DatasetRecord& record : dataset.records) edits.push_back({record.id, record.kind, std::move(record.record)});
    auto checked = station_->Check(edits, "a test");
    ASSERT_TRUE(checked.ok()) << checked.status();
    ASSERT_TRUE(checked->problems.empty());
    ASSERT_TRUE(station_->Queue(std::move(checked->mutation)).ok());
  }
  Page PageOf(const std::string& id) {
    const auto view = station_->Read().value();
    return BuildPage(*view, id, {}).value();
  }
  std::vector<std::string> TitlesFor(const std::string& id) {
    std::vector<std::string> titles;
    for (const Suspicion& suspicion : PageOf(id).duplicates) titles.push_back(suspicion.row.title);
    return titles;
  }
  static std::string Actor(const std::string& key, const std::string& name, const std::string& rest = "") {
    return "actor { external { system: \"t\" id: \"" + key + "\" } name { text: \"" + name + "\" } " + rest + " }\n";
  }
  static std::string Group(const std::string& key, const std::string& name, const std::string& rest = "") {
    return Actor(key, name, "class: ARMED_GROUP " + rest);
  }

  TemporaryFolder folder_;
  FakeClock clock_{1'795'200'000'000};
  SeededRandom random_{1};
  std::unique_ptr<Workstation> station_;
};

TEST_F(DuplicatesTest, TheSameNameInAnotherScriptIsSuspected) {
  Read(Group("a", "Jamaat Ansarullah") + Group("b", "Ҷамоати Ансоруллоҳ") + Group("c", "Jaish al Adl"));
  const Page page = PageOf("t:a");
  ASSERT_EQ(page.duplicates.size(), 1u);
  EXPECT_THAT(page.duplicates[0].reasons,
              ElementsAre("Alike in spelling: “Jamaat Ansarullah” and “Ҷамоати Ансоруллоҳ”"));
  EXPECT_THAT(TitlesFor("t:b"), ElementsAre("Jamaat Ansarullah"));
  EXPECT_THAT(TitlesFor("t:c"), IsEmpty());
}

TEST_F(DuplicatesTest, TheCountryIsTold) {
  Read(Group("a", "Jamaat Ansarullah", "country: \"TJ\"") + Group("b", "Jamaat Ansarullah", "country: \"TJ\""));
  EXPECT_THAT(PageOf("t:a").duplicates.at(0).reasons,
              ElementsAre("The same name: “Jamaat Ansarullah”", "Both belong to Tajikistan"));
}

TEST_F(DuplicatesTest, AMisspeltNameOfOneWordIsFoundByItsBeginning) {
  Read(Group("a", "Ansarullah") + Group("b", "Ansarbllah"));
  EXPECT_THAT(TitlesFor("t:a"), ElementsAre("Ansarbllah"));
}

TEST_F(DuplicatesTest, OtherClassesBodiesAndCountriesAreTwo) {
  Read(Actor("p", "Border Guard", "class: STATE_BODY country: \"TJ\"") +
       Actor("q", "Border Guard", "class: STATE_BODY country: \"AF\"") + Actor("r", "Border Guard", "class: PERSON") +
       Actor("s", "Ministry of Defence", "class: STATE country: \"TJ\"") +
       Actor("u", "Chief of Staff", "class: OFFICE parent: \"t:p\"") +
       Actor("v", "Chief of Staff", "class: OFFICE parent: \"t:q\""));
  for (const char* id : {"t:p", "t:q", "t:r", "t:u", "t:v"}) EXPECT_THAT(TitlesFor(id), IsEmpty()) << id;
}

TEST_F(DuplicatesTest, AnAbbreviationAloneIsNoReason) {
  Read(Group("a", "Jamaat Ansarullah", "name { text: \"JA\" kind: ABBREVIATION }") +
       Group("b", "Jaish al Adl", "name { text: \"JA\" kind: ABBREVIATION }"));
  EXPECT_THAT(TitlesFor("t:a"), IsEmpty());
}

constexpr char kSource[] = "source { external { system: \"t\" id: \"S\" } name { text: \"A paper\" } type: ARTICLE }\n";

std::string Relation(const std::string& from, const std::string& type, const std::string& to) {
  return "relation { external { system: \"t\" id: \"" + from + to + "\" } from: \"t:" + from + "\" type: " + type +
         " to: \"t:" + to + "\" account { source: \"t:S\" stance: STATES modality: ASSERTED } }\n";
}

TEST_F(DuplicatesTest, ANameInsideALongerOneCountsWithAFriendInCommon) {
  const std::string actors = Group("a", "Ansarullah") + Group("b", "Ansarullah Movement") + Group("c", "Jaish al Adl");
  Read(kSource + actors + Relation("a", "AFFILIATED", "c") + Relation("b", "AFFILIATED", "c"));
  EXPECT_THAT(PageOf("t:a").duplicates.at(0).reasons,
              ElementsAre("One name holds the other: “Ansarullah” and “Ansarullah Movement”",
                          "Both have a relation with Jaish al Adl"));
}

TEST_F(DuplicatesTest, ANameInsideALongerOneAloneIsNoReason) {
  Read(Group("a", "Ansarullah") + Group("b", "Ansarullah Movement"));
  EXPECT_THAT(TitlesFor("t:a"), IsEmpty());
}

TEST_F(DuplicatesTest, ThoseThatARelationJoinsAreTwo) {
  Read(kSource + Group("a", "Jamaat Ansarullah") + Group("b", "Jamaat Ansarullah") + Relation("a", "AFFILIATED", "b"));
  EXPECT_THAT(TitlesFor("t:a"), IsEmpty());
}

TEST_F(DuplicatesTest, AJudgementEndsASuspicionUnlessItIsUnsure) {
  Read(Group("a", "Jamaat Ansarullah") +
       Group("b", "Jamaat Ansarullah", "same_as { other: \"t:a\" judgement: DIFFERENT reason: \"other leaders\" }") +
       Group("c", "Jamaat Ansarullah", "same_as { other: \"t:a\" judgement: UNSURE reason: \"no dates\" }"));
  const Page page = PageOf("t:a");
  ASSERT_EQ(page.duplicates.size(), 1u);
  EXPECT_EQ(page.duplicates[0].row.display_id, "t:c");
  EXPECT_THAT(page.duplicates[0].reasons, Contains("An editor was unsure: no dates"));
}

TEST_F(DuplicatesTest, WhoeverLeavesThePageStopsTheWork) {
  Read(Group("a", "Jamaat Ansarullah") + Group("b", "Jamaat Ansarullah"));
  const std::atomic<bool> stop = true;
  PageOptions options;
  options.stop = &stop;
  const auto view = station_->Read().value();
  EXPECT_EQ(BuildPage(*view, "t:a", options).status().code(), StatusCode::kCancelled);
}

TEST_F(DuplicatesTest, TheTextOfThePageHasThem) {
  Read(Group("a", "Jamaat Ansarullah") + Group("b", "Ҷамоати Ансоруллоҳ"));
  const std::string text = PageAsText(PageOf("t:a"), {.width = 120});
  EXPECT_THAT(text, HasSubstr("Possibly the same"));
  EXPECT_THAT(text, HasSubstr("- Ҷамоати Ансоруллоҳ [t:b]"));
}

TEST_F(DuplicatesTest, WhomAnEditorIsUnsureOfIsToldWhateverTheNames) {
  Read(Group("a", "Jamaat Ansarullah", "same_as { other: \"t:b\" judgement: UNSURE reason: \"no dates\" }") +
       Group("b", "Jaish al Adl"));
  EXPECT_THAT(PageOf("t:a").duplicates.at(0).reasons, ElementsAre("An editor was unsure: no dates"));
  EXPECT_THAT(TitlesFor("t:b"), ElementsAre("Jamaat Ansarullah"));
}

// In the sample every actor is another: none may be suspected of being one that was told apart on purpose, and those
// are of whom its editors were unsure.
TEST(DuplicatesOfTheSampleTest, AreThoseOfWhomItsEditorsWereUnsure) {
  TemporaryFolder folder;
  FakeClock clock(1'795'200'000'000);
  SeededRandom random(1);
  const std::unique_ptr<Workstation> station = MakeSampleStation(folder.File("station"), clock, random);
  const auto view = station->Read().value();
  const std::vector<Uuid> actors = view->List(v1::RecordKind::ACTOR, 1000).value();
  ASSERT_GT(actors.size(), 40u);
  std::set<std::string> pairs;
  for (const Uuid& id : actors) {
    const Page page = BuildPage(*view, id.ToString(), {}).value();
    for (const Suspicion& suspicion : page.duplicates) {
      EXPECT_THAT(suspicion.reasons, Contains(HasSubstr("An editor was unsure"))) << page.title;
      pairs.insert(page.display_id + " " + suspicion.row.display_id);
    }
  }
  EXPECT_THAT(pairs, Contains("sample:TJ-SSC sample:TJ-SSCouncil"));
}

}  // namespace
}  // namespace daftar
