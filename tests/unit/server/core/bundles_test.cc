// Outboxes that arrive at a server by hand: an edit counts once, however it came and how often.
#include <gmock/gmock.h>

#include "storage/bundle/carried_edits.h"
#include "tests/unit/client/sync/bundles_fixture.h"

namespace daftar {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ServerBundlesTest : public BundlesFixture {};

TEST_F(ServerBundlesTest, NoBundleIsMadeOfNothing) {
  EXPECT_EQ(CreateStateBundle(*station, std::nullopt, NewFile(), Options(), random).status().code(),
            StatusCode::kFailedPrecondition);
  EXPECT_EQ(CreateOutboxBundle(*station, NewFile(), Options(), random).status().code(), StatusCode::kNotFound);
  EXPECT_THAT(Message(CreateStateBundle(*dataset, 1, NewFile(), Options(), random).status()),
              HasSubstr("nothing has changed since revision 1"));
  EXPECT_EQ(CreateStateBundle(*dataset, 7, NewFile(), Options(), random).status().code(), StatusCode::kInvalidArgument);
}

TEST_F(ServerBundlesTest, AnOutboxTwiceCountsOnceAndIsAnsweredTheSame) {
  Sync(*station);
  Queue(*station, WithNotes(*station, "by hand"));
  const std::string file = OutboxOf(*station);
  const OutboxApplied first = AtServer(file);
  const OutboxApplied again = AtServer(file);
  EXPECT_EQ(again.repeated, 1u);
  EXPECT_EQ(again.applied, 0u);
  EXPECT_EQ(again.from, again.to);
  ASSERT_THAT(again.answers, SizeIs(1));
  EXPECT_EQ(again.answers[0].SerializeAsString(), first.answers[0].SerializeAsString());
}

TEST_F(ServerBundlesTest, AnOutboxByHandAndThenOverTheNetworkCountsOnce) {
  Sync(*station);
  Queue(*station, WithNotes(*station, "both ways"));
  AtServer(OutboxOf(*station));
  const Revision head = ServerHead();
  EXPECT_EQ(Sync(*station).applied, 1u);
  EXPECT_EQ(ServerHead(), head);
  EXPECT_THAT(*station->Outbox(), IsEmpty());
}

TEST_F(ServerBundlesTest, AnOutboxThatCameOverTheNetworkFirstChangesNothing) {
  Sync(*station);
  Queue(*station, WithNotes(*station, "both ways"));
  const std::string file = OutboxOf(*station);
  Sync(*station);
  EXPECT_EQ(AtServer(file).repeated, 1u);
}

TEST_F(ServerBundlesTest, AnOutboxMadeOnAnotherHistoryIsRefused) {
  Sync(*station);
  Queue(*station, WithNotes(*station, "by hand"));
  auto other = *Dataset::Create(folder.File("other"), clock, random);
  const auto applied = ApplyOutboxBundle(*other, {OutboxOf(*station)}, nullptr);
  EXPECT_EQ(applied.status().code(), StatusCode::kFailedPrecondition);
  EXPECT_THAT(Message(applied.status()), HasSubstr("another history"));
}

TEST_F(ServerBundlesTest, AnOutboxWithAnEditMissingBeforeItIsRefusedAndSaysWhich) {
  Sync(*station);
  Pin(*station);
  Queue(*station, WithNotes(*station, "one"));
  // The first is answered by a server that then forgets: here, by a dataset that never saw it.
  v1::PushResult answer;
  answer.set_seq(1);
  answer.set_outcome(v1::PushResult::Outcome::NO_CHANGE);
  answer.set_head(99);
  ASSERT_TRUE(station->user().Answer(answer, 0).ok());
  Queue(*station, WithNotes(*station, "two"));
  const auto applied = ApplyOutboxBundle(*dataset, {OutboxOf(*station)}, nullptr);
  EXPECT_EQ(applied.status().code(), StatusCode::kFailedPrecondition);
  EXPECT_THAT(Message(applied.status()), HasSubstr("edit 1 never arrived"));
  EXPECT_EQ(*dataset->log().LastSeq(station->SyncState()->client()), 0u);
}

TEST_F(ServerBundlesTest, AnOutboxWithAnEditOfSomebodyElseIsRefusedWhole) {
  Sync(*station);
  Queue(*station, WithNotes(*station, "one"));
  v1::Mutation mine = station->Outbox()->at(0).mutation(), foreign = mine;
  foreign.set_client(std::string(16, 'f'));
  foreign.set_seq(2);
  const std::vector<v1::Mutation> edits = {mine, foreign};
  const KeyPair key = *WorkstationKey(station->folder(), random);
  const std::string file = NewFile();
  ASSERT_TRUE(bundle::MakeOutbox({key, random, file}, mine.client(), {}, edits, Options()).ok());
  EXPECT_EQ(ApplyOutboxBundle(*dataset, {file}, nullptr).status().code(), StatusCode::kInvalidArgument);
  EXPECT_EQ(ServerHead(), 1u);
}

TEST_F(ServerBundlesTest, ManyEditsGoInGroupsAndInOrder) {
  Sync(*station);
  for (int i = 0; i < 150; ++i) Queue(*station, WithNotes(*station, "text " + std::to_string(i)));
  const OutboxApplied done = AtServer(OutboxOf(*station));
  EXPECT_EQ(done.applied + done.merged, 150u);
  ASSERT_THAT(done.answers, SizeIs(150));
  for (size_t i = 0; i < 150; ++i) EXPECT_EQ(done.answers[i].seq(), i + 1);
  Sync(*station);
  EXPECT_EQ(Incident(*station).incident().notes(), "text 149");
}

}  // namespace
}  // namespace daftar
