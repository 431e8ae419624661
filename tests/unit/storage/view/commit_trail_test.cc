// How far back two histories are one, as some of their commits tell.
#include "storage/view/commit_trail.h"

#include "tests/unit/storage/log/log_fixture.h"

namespace daftar {
namespace {

class CommitTrailTest : public LogFixture {
 protected:
  static constexpr Revision kHead = 1000;

  // A history in which each revision made a source of its own.
  CommitTrailTest() {
    std::vector<v1::Mutation> group;
    for (Revision revision = 2; revision <= kHead; ++revision) {
      v1::Source source;
      AddName(source, "source " + std::to_string(revision));
      group.push_back(Mutation("a", revision - 1, 1,
                               {Change(source.name(0).text(), v1::RecordKind::SOURCE, "", Body(source), true)}));
    }
    EXPECT_TRUE(log->Commit(group).ok());
    view_ = *log->view().Snapshot();
    trail_ = *TrailOf(*view_, kHead);
  }
  // Has the server's commits above a revision be others.
  void PartAbove(Revision shared) {
    Revision at = kHead;
    for (int i = 0; i < trail_.below_size(); ++i) {
      at -= trail_.below(i);
      if (at > shared) trail_.set_sum(i, trail_.sum(i) + 1);
    }
  }

  std::unique_ptr<ReadView> view_;
  v1::CommitTrail trail_;
};

TEST_F(CommitTrailTest, HistoriesThatAreOneShareTheirHead) { EXPECT_EQ(*LastShared(*view_, kHead, trail_), kHead); }

TEST_F(CommitTrailTest, HistoriesThatPartedAFewRevisionsAgoAreToldToTheRevision) {
  PartAbove(kHead - 60);
  EXPECT_EQ(*LastShared(*view_, kHead, trail_), kHead - 60);
}

TEST_F(CommitTrailTest, HistoriesThatPartedLongAgoAreToldToASixteenthOfTheWayAndNeverTooHigh) {
  for (const Revision shared : {900u, 640u, 300u, 20u}) {
    PartAbove(shared);
    const Revision told = *LastShared(*view_, kHead, trail_);
    EXPECT_LE(told, shared);
    EXPECT_GE(told + (kHead - shared) / 16 + 1, shared);
  }
}

TEST_F(CommitTrailTest, HistoriesThatWereNeverOneShareNothing) {
  PartAbove(0);
  EXPECT_EQ(*LastShared(*view_, kHead, trail_), 0u);
}

TEST_F(CommitTrailTest, AThousandCommitsAreToldByAFewHundredNumbers) { EXPECT_LT(trail_.sum_size(), 150); }

TEST_F(CommitTrailTest, WhatIsNoTrailIsRefused) {
  v1::CommitTrail odd = trail_;
  odd.add_sum(1);
  EXPECT_EQ(LastShared(*view_, kHead, odd).status().code(), StatusCode::kInvalidArgument);
  PartAbove(0);
  v1::CommitTrail deep = trail_;
  deep.add_below(kHead);
  deep.add_sum(1);
  EXPECT_EQ(LastShared(*view_, kHead, deep).status().code(), StatusCode::kInvalidArgument);
  v1::CommitTrail endless;
  for (int i = 0; i < 5000; ++i) {
    endless.add_below(0);
    endless.add_sum(1);
  }
  EXPECT_EQ(LastShared(*view_, kHead, endless).status().code(), StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace daftar
