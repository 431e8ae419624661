// Bundles at workstations without a network: each kind there and back, twice, late, damaged, and signed by somebody
// else.
#include <gmock/gmock.h>

#include "storage/bundle/bundle_reader.h"
#include "storage/bundle/carried_edits.h"
#include "storage/bundle/entries.h"
#include "tests/unit/client/sync/bundles_fixture.h"

namespace daftar {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Carried = v1::BundleKind;
using Trusted = BundleApplied::Trusted;

class BundlesTest : public BundlesFixture {};

TEST_F(BundlesTest, ASnapshotOfTheServerMakesAnEmptyReplicaEqual) {
  Pin(*station);
  const BundleApplied done = Take(*station, FromServer());
  EXPECT_EQ(done.kind, Carried::SNAPSHOT);
  EXPECT_EQ(done.trusted, Trusted::kKnownServer);
  EXPECT_TRUE(done.by_server && done.digest_equal);
  EXPECT_EQ(done.records, 2u);
  EXPECT_EQ(done.to, ServerHead());
  ExpectEqual(*station);
}

TEST_F(BundlesTest, AfterASnapshotASyncSendsNothingAgain) {
  Pin(*station);
  Take(*station, FromServer());
  EXPECT_EQ(Sync(*station).records, 0u);
}

TEST_F(BundlesTest, ADeltaBringsAReplicaFromAnyRevisionWithin) {
  Pin(*station);
  Take(*station, FromServer());
  auto later = NewStation("later");
  Pin(*later);
  Move("one");
  Take(*later, FromServer());
  Move("two");
  const std::string delta = FromServer(1);
  Take(*station, delta);
  Take(*later, delta);
  ExpectEqual(*station);
  ExpectEqual(*later);
  EXPECT_EQ(Incident(*later).incident().notes(), "two");
}

TEST_F(BundlesTest, ADeltaTwiceIsNothingNew) {
  Pin(*station);
  Take(*station, FromServer());
  Move("one");
  const std::string delta = FromServer(1);
  Take(*station, delta);
  const BundleApplied again = Take(*station, delta);
  EXPECT_TRUE(again.nothing_new && again.digest_equal);
  EXPECT_EQ(again.records, 0u);
  ExpectEqual(*station);
}

TEST_F(BundlesTest, AnOlderBundleBehindANewerOneChangesNothing) {
  Pin(*station);
  const std::string old = FromServer();
  Move("one");
  Take(*station, FromServer());
  EXPECT_TRUE(Take(*station, old).nothing_new);
  EXPECT_EQ(Incident(*station).incident().notes(), "one");
}

TEST_F(BundlesTest, AReplicaThatIsTooOldIsToldWhichRevisionItNeeds) {
  Pin(*station);
  Take(*station, FromServer());
  Move("one");
  Move("two");
  const auto applied = Apply(*station, FromServer(2));
  EXPECT_EQ(applied.status().code(), StatusCode::kFailedPrecondition);
  EXPECT_THAT(Message(applied.status()), HasSubstr("--since 1 or less"));
  EXPECT_EQ(Shown(*station), 1u);
}

TEST_F(BundlesTest, AnEmptyReplicaCannotBeginWithADelta) {
  Pin(*station);
  Move("one");
  EXPECT_THAT(Message(Apply(*station, FromServer(1)).status()), HasSubstr("needs a snapshot"));
}

TEST_F(BundlesTest, ABundleOfAnotherHistoryIsRefused) {
  Pin(*station);
  Take(*station, FromServer());
  auto other = *Dataset::Create(folder.File("other"), clock, random);
  const std::string file = NewFile();
  ASSERT_TRUE(CreateStateBundle(*other, std::nullopt, file, Options(), random).ok());
  const auto applied = Apply(*station, file, other->key().public_key().Fingerprint());
  EXPECT_EQ(applied.status().code(), StatusCode::kFailedPrecondition);
  EXPECT_THAT(Message(applied.status()), HasSubstr("another history"));
  ExpectEqual(*station);
}

TEST_F(BundlesTest, WhatWasReceivedBeforeTheBundleDoesNotDisturbIt) {
  Pin(*station);
  Take(*station, FromServer());
  Move("one");
  const std::string delta = FromServer(1);
  // A session breaks after a newer change, before its checkpoint.
  Move("two");
  v1::Position from;
  from.set_revision(1);
  from.set_rid(UINT32_MAX);
  const ChangeBatch batch = *dataset->view().ChangesAfter(from, 1, 1 << 20);
  ASSERT_TRUE(station->view().Stage(*EncodeFrame(batch.set)).ok());
  EXPECT_EQ(Take(*station, delta).to, 2u);
  EXPECT_EQ(Incident(*station).incident().notes(), "one");
  Sync(*station);
  ExpectEqual(*station);
}

TEST_F(BundlesTest, ASignerThatIsNotTheServerIsRefusedUnlessNamed) {
  Pin(*station);
  auto other = NewStation("b");
  Sync(*other);
  const std::string file = FromStation(*other);
  const auto refused = Apply(*station, file);
  EXPECT_EQ(refused.status().code(), StatusCode::kPermissionDenied);
  EXPECT_THAT(Message(refused.status()),
              AllOf(HasSubstr(KeyOf(*other).Fingerprint()), HasSubstr("not the key of this workstation's server")));
  EXPECT_EQ(Apply(*station, file, ServerKey()).status().code(), StatusCode::kPermissionDenied);
  EXPECT_EQ(Shown(*station), 0u);

  const BundleApplied done = Take(*station, file, KeyOf(*other).Fingerprint());
  EXPECT_EQ(done.trusted, Trusted::kNamed);
  EXPECT_FALSE(done.by_server || done.pinned);
  ExpectEqual(*station);
}

TEST_F(BundlesTest, AWorkstationThatKnowsNoServerPinsTheOneThatIsNamed) {
  const std::string file = FromServer();
  EXPECT_THAT(Message(Apply(*station, file).status()), HasSubstr("knows no server's key yet"));
  EXPECT_TRUE(Take(*station, file, ServerKey()).pinned);
  EXPECT_EQ(KnownServerKey(*station)->value(), dataset->key().public_key());
  EXPECT_EQ(Take(*station, file).trusted, Trusted::kKnownServer);
}

TEST_F(BundlesTest, AWorkstationsKeyIsNeverPinnedAsTheServers) {
  auto other = NewStation("b");
  Sync(*other);
  EXPECT_FALSE(Take(*station, FromStation(*other), KeyOf(*other).ToString()).pinned);
  EXPECT_FALSE(KnownServerKey(*station)->has_value());
}

TEST_F(BundlesTest, ADeltaMadeFromAReplicaGoesOnToTheNext) {
  Sync(*station);
  auto other = NewStation("b");
  Sync(*other);
  Move("one");
  Sync(*other);
  const BundleApplied done = Take(*station, FromStation(*other, 1), KeyOf(*other).Fingerprint());
  EXPECT_EQ(done.to, 2u);
  ExpectEqual(*station);
}

TEST_F(BundlesTest, ATruncatedOrFlippedFileChangesNothing) {
  Pin(*station);
  const std::string file = FromServer();
  const std::string sound = Bytes(file);
  for (size_t at = 0; at < sound.size(); at += 7) {
    std::string flipped = sound;
    flipped[at] ^= 0x10;
    Overwrite(file, flipped);
    EXPECT_FALSE(Apply(*station, file).ok()) << at;
    Overwrite(file, sound.substr(0, at));
    EXPECT_FALSE(Apply(*station, file).ok()) << at;
  }
  EXPECT_EQ(Shown(*station), 0u);
  EXPECT_FALSE(station->view().Staged()->has_value());
  Overwrite(file, sound);
  EXPECT_TRUE(Apply(*station, file).ok());
}

TEST_F(BundlesTest, ABundleThatLeadsToAnotherDigestIsRefusedWhoeverSignedIt) {
  Pin(*station);
  v1::Checkpoint lie = *dataset->log().Head();
  lie.set_digest(std::string(lie.digest().size(), 'x'));
  v1::BundleHeader header;
  header.set_kind(Carried::SNAPSHOT);
  header.set_epoch(lie.cursor().epoch());
  header.set_to_revision(lie.cursor().revision());
  const std::string file = NewFile();
  auto writer = *bundle::BundleWriter::Create(file, header, dataset->key(), {}, random);
  ASSERT_TRUE(writer->Add(bundle::kCheckpoint, lie.SerializeAsString()).ok());
  ASSERT_TRUE(writer->Finish().ok());
  EXPECT_EQ(Apply(*station, file).status().code(), StatusCode::kDataLoss);
  EXPECT_EQ(Shown(*station), 0u);
}

TEST_F(BundlesTest, ASealedBundleOpensForItsReaderAlone) {
  Pin(*station);
  auto other = NewStation("b");
  Pin(*other);
  bundle::MakeOptions options = Options();
  options.bundle.recipients = {KeyOf(*station)};
  const std::string file = NewFile();
  ASSERT_TRUE(CreateStateBundle(*dataset, std::nullopt, file, options, random).ok());
  EXPECT_EQ(Apply(*other, file).status().code(), StatusCode::kPermissionDenied);
  Take(*station, file);
  ExpectEqual(*station);
}

TEST_F(BundlesTest, AnInterruptedApplyShowsAndKeepsNothing) {
  Pin(*station);
  const std::string file = FromServer();
  const auto stop = [](uint64_t, uint64_t) { return false; };
  EXPECT_EQ(ApplyBundle(*station, {file}, {.trust = "", .steps = stop}, random).status().code(),
            StatusCode::kCancelled);
  EXPECT_EQ(Shown(*station), 0u);
  EXPECT_FALSE(station->view().Staged()->has_value());
}

TEST_F(BundlesTest, TheDataIsAsOldAsItWasWhenItLeftTheServer) {
  Pin(*station);
  const std::string file = FromServer();
  const int64_t made_ms = clock.NowMs();
  clock.Advance(14 * 86'400'000);
  EXPECT_EQ(Take(*station, file).as_of_ms, made_ms);
  EXPECT_EQ(station->SyncState()->last_success_ms(), made_ms);
}

TEST_F(BundlesTest, AnOutboxGoesToTheServerAndItsReceiptsComeBack) {
  Sync(*station);
  Pin(*station);
  Queue(*station, WithNotes(*station, "by hand"));
  const OutboxApplied at_server = AtServer(OutboxOf(*station));
  EXPECT_EQ(at_server.applied, 1u);
  EXPECT_EQ(at_server.repeated, 0u);
  EXPECT_EQ(at_server.signer, KeyOf(*station));
  EXPECT_THAT(at_server.authors, ::testing::ElementsAre("a"));

  const BundleApplied answered = Take(*station, ReceiptsFor(at_server));
  EXPECT_EQ(answered.applied, 1u);
  EXPECT_EQ(answered.waiting, 1u);  // until a checkpoint shows it
  EXPECT_EQ(Take(*station, FromServer(1)).waiting, 0u);
  EXPECT_THAT(*station->Outbox(), IsEmpty());
  EXPECT_EQ(Incident(*station).incident().notes(), "by hand");
  ExpectEqual(*station);
}

TEST_F(BundlesTest, ReceiptsBehindTheDeltaEmptyTheOutboxAtOnce) {
  Sync(*station);
  Pin(*station);
  Queue(*station, WithNotes(*station, "by hand"));
  const OutboxApplied at_server = AtServer(OutboxOf(*station));
  Take(*station, FromServer(1));
  EXPECT_THAT(*station->Outbox(), SizeIs(1));
  EXPECT_EQ(Take(*station, ReceiptsFor(at_server)).waiting, 0u);
}

TEST_F(BundlesTest, ReceiptsThatWereLostAreMadeAgainAndTwiceDoesNoHarm) {
  Sync(*station);
  Pin(*station);
  Queue(*station, WithNotes(*station, "by hand"));
  const std::string outbox = OutboxOf(*station);
  AtServer(outbox);  // the stick with the receipts is lost
  const std::string receipts = ReceiptsFor(AtServer(outbox));
  EXPECT_EQ(Take(*station, receipts).applied, 1u);
  const BundleApplied again = Take(*station, receipts);
  EXPECT_EQ(again.known, 1u);
  EXPECT_EQ(again.applied, 0u);
  EXPECT_THAT(*station->Outbox(), SizeIs(1));
}

TEST_F(BundlesTest, AParkedEditComesBackAsAConflictOnce) {
  Sync(*station);
  Pin(*station);
  Move("theirs");
  Queue(*station, WithNotes(*station, "mine"));
  const std::string receipts = ReceiptsFor(AtServer(OutboxOf(*station)));
  EXPECT_EQ(Take(*station, receipts).conflicts, 1u);
  Take(*station, receipts);
  EXPECT_THAT(*station->Conflicts(), SizeIs(1));
}

TEST_F(BundlesTest, ReceiptsForAnotherWorkstationAreRefused) {
  Sync(*station);
  Pin(*station);
  auto other = NewStation("b");
  Pin(*other);
  Queue(*station, WithNotes(*station, "by hand"));
  // Sealed for the one; and where it is not sealed, its name says whose it is.
  const OutboxApplied at_server = AtServer(OutboxOf(*station));
  EXPECT_EQ(Apply(*other, ReceiptsFor(at_server)).status().code(), StatusCode::kPermissionDenied);
  const std::string open = NewFile();
  ASSERT_TRUE(bundle::MakeReceipts({dataset->key(), random, open}, at_server.client, dataset->log().Head()->cursor(),
                                   at_server.answers, Options())
                  .ok());
  EXPECT_THAT(Message(Apply(*other, open).status()), HasSubstr("another workstation"));
}

TEST_F(BundlesTest, ReceiptsOfAServerThatIsNotKnownAreRefused) {
  Sync(*station);
  ASSERT_TRUE(station->user().Update([](v1::SyncStatus& status) { status.clear_server_key(); }).ok());
  Queue(*station, WithNotes(*station, "by hand"));
  const std::string receipts = ReceiptsFor(AtServer(OutboxOf(*station)));
  EXPECT_EQ(Apply(*station, receipts).status().code(), StatusCode::kPermissionDenied);
  EXPECT_FALSE(station->Outbox()->at(0).has_result());
  EXPECT_TRUE(Take(*station, receipts, ServerKey()).pinned);
}

TEST_F(BundlesTest, AWorkstationRefusesAnOutboxAndAServerAllElse) {
  Sync(*station);
  Queue(*station, WithNotes(*station, "by hand"));
  EXPECT_THAT(Message(Apply(*station, OutboxOf(*station)).status()), HasSubstr("daftard bundle apply"));
  const auto taken = ApplyOutboxBundle(*dataset, {FromServer()}, nullptr);
  EXPECT_THAT(Message(taken.status()), HasSubstr("daftarctl bundle apply"));
}

TEST_F(BundlesTest, ADeltaOfManyRecordsTakesSeveralEntriesAndEndsEqual) {
  Pin(*station);
  Take(*station, FromServer());
  for (int batch = 0; batch < 3; ++batch) {
    std::vector<NewRecord> records;
    for (int i = 0; i < 2000; ++i) {
      const std::string name = "clash " + std::to_string(batch * 2000 + i) + std::string(300, 'x');
      v1::Incident incident;
      incident.add_kind(v1::IncidentKind::CLASH);
      incident.add_name()->set_key(1);
      incident.mutable_name(0)->set_text(name);
      records.push_back({Uuid::FromName(name), v1::RecordKind::INCIDENT, *CanonicalBody(incident)});
    }
    Found(records);
  }
  EXPECT_EQ(Take(*station, FromServer(1)).records, 6000u);
  ExpectEqual(*station);
}

TEST_F(BundlesTest, AReplicaOfASliceNeitherMakesNorTakesBundlesOfData) {
  v1::Scope scope;
  scope.add_tag("drugs");
  ASSERT_TRUE(station->SetScope(scope).ok());
  Sync(*station);
  const auto made = CreateStateBundle(*station, std::nullopt, NewFile(), Options(), random);
  EXPECT_THAT(Message(made.status()), HasSubstr("holds a slice"));
  Move("more");
  EXPECT_THAT(Message(Apply(*station, FromServer()).status()), HasSubstr("holds a slice"));
}

}  // namespace
}  // namespace daftar
