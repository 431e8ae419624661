// ReadView::ChangedSince, RevisionAt, and searching among what changed and what the reader keeps.
#include <gmock/gmock.h>

#include "storage/view/tidier.h"
#include "tests/unit/storage/log/log_fixture.h"

namespace daftar {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

// Revision 1 is the source's; incidents are named by letters.
class ChangedSinceTest : public LogFixture {
 protected:
  Revision Add(const std::string& name) { return Put(NewIncident(name, IncidentBody("notes of " + name))); }
  Revision Edit(const std::string& name, const std::string& notes) {
    return Put(EditIncident(name, Body(Get(name).incident()), IncidentBody(notes)));
  }
  Revision Retire(const std::string& name) {
    v1::Incident incident = Get(name).incident();
    incident.mutable_retired()->set_reason("twice");
    return Put(EditIncident(name, Body(Get(name).incident()), Body(incident)));
  }
  Revision Put(const v1::RecordEdit& edit) {
    clock.Advance(1000);
    return head_ = Push("writer", ++seq_, head_, {edit}).revision();
  }
  std::unique_ptr<ReadView> Read() {
    EXPECT_TRUE(TidyAll(log->view(), clock, nullptr).ok());
    return log->view().Snapshot().value();
  }
  static Uuid Id(const std::string& name) { return Uuid::FromName(name); }
  static std::vector<Uuid> IdsOf(const std::vector<ChangedRecord>& records) {
    std::vector<Uuid> ids;
    for (const ChangedRecord& record : records) ids.push_back(record.id);
    return ids;
  }
  static std::vector<Uuid> Found(const ReadView& view, const SearchRequest& request) {
    std::vector<Uuid> ids;
    const StatusOr<SearchResult> found = view.Search(request);
    EXPECT_TRUE(found.ok()) << found.status();
    if (!found.ok()) return ids;
    for (const SearchHit& hit : found->hits) ids.push_back(hit.id);
    EXPECT_EQ(found->total, ids.size());
    return ids;
  }

 private:
  uint64_t seq_ = 0;
  Revision head_ = 1;
};

TEST_F(ChangedSinceTest, NamesWhatChangedTheLatestFirst) {
  const Revision before = Add("a");
  Add("b");
  Add("c");
  Edit("b", "seen again");
  const ChangedRecords changed = Read()->ChangedSince(before, 10).value();
  EXPECT_THAT(IdsOf(changed.records), ElementsAre(Id("b"), Id("c")));
  EXPECT_EQ(changed.total, 2u);
}

TEST_F(ChangedSinceTest, TellsNewChangedAndRetiredApart) {
  Add("a");
  const Revision before = Add("b");
  Edit("a", "seen again");
  Retire("b");
  Add("c");
  const ChangedRecords changed = Read()->ChangedSince(before, 10).value();
  ASSERT_EQ(changed.records.size(), 3u);
  EXPECT_TRUE(changed.records[0].created);
  EXPECT_TRUE(changed.records[1].retired);
  EXPECT_FALSE(changed.records[2].created || changed.records[2].retired);
}

TEST_F(ChangedSinceTest, CountsBeyondItsLimit) {
  const Revision before = Add("a");
  for (const char* name : {"b", "c", "d"}) Add(name);
  const ChangedRecords changed = Read()->ChangedSince(before, 1).value();
  EXPECT_EQ(changed.records.size(), 1u);
  EXPECT_EQ(changed.total, 3u);
  EXPECT_FALSE(changed.more);
}

TEST_F(ChangedSinceTest, NothingChangedSinceTheHead) { EXPECT_EQ(Read()->ChangedSince(Add("a"), 10)->total, 0u); }

TEST_F(ChangedSinceTest, KnowsWhichRevisionStoodWhen) {
  const Revision first = Add("a");
  const int64_t then = clock.NowMs();
  const Revision second = Add("b");
  const auto view = Read();
  EXPECT_EQ(view->RevisionAt(then).value(), first);
  EXPECT_EQ(view->RevisionAt(then + 999).value(), first);
  EXPECT_EQ(view->RevisionAt(then + 1000).value(), second);
  EXPECT_EQ(view->RevisionAt(0).value(), 0u);
}

TEST_F(ChangedSinceTest, ASearchKeepsToWhatChanged) {
  const Revision before = Add("a");
  Add("b");
  EXPECT_THAT(Found(*Read(), {.query = "kind:incident", .changed_since = before}), ElementsAre(Id("b")));
}

TEST_F(ChangedSinceTest, OnlyWhoeverAsksKnowsWhatIsPinnedAndNoted) {
  Add("a");
  Add("b");
  const auto view = Read();
  SearchRequest request{.query = "is:pinned"};
  EXPECT_THAT(Found(*view, request), IsEmpty());
  request.own_of = [](const search::Node& node) -> StatusOr<std::vector<Uuid>> {
    EXPECT_EQ(node.field, search::Field::kIs);
    return std::vector<Uuid>{Id("a")};
  };
  EXPECT_THAT(Found(*view, request), ElementsAre(Id("a")));
  request.query = "kind:incident -is:pinned";
  EXPECT_THAT(Found(*view, request), ElementsAre(Id("b")));
}

TEST_F(ChangedSinceTest, ATagIsThatOfTheDatasetOrTheReaders) {
  Add("a");
  v1::Incident tagged;
  tagged.add_kind(v1::IncidentKind::CLASH);
  AddName(tagged, "tagged by all");
  tagged.add_tag()->set_key(1);
  tagged.mutable_tag(0)->set_text("drones");
  Put(NewIncident("b", Body(tagged)));
  const auto view = Read();
  SearchRequest request{.query = "tag:drones"};
  EXPECT_THAT(Found(*view, request), ElementsAre(Id("b")));
  request.own_of = [](const search::Node&) -> StatusOr<std::vector<Uuid>> { return std::vector<Uuid>{Id("a")}; };
  EXPECT_THAT(Found(*view, request), UnorderedElementsAre(Id("a"), Id("b")));
}

}  // namespace
}  // namespace daftar
