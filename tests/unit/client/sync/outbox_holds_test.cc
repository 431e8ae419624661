// Edits of the outbox that are held back.
#include "client/sync/outbox_holds.h"

#include <gmock/gmock.h>

#include "client/sync/user_store.h"
#include "tests/unit/client/sync/sync_fixture.h"

namespace daftar {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class OutboxHoldsTest : public SyncFixture {
 protected:
  OutboxHoldsTest() { Sync(*station); }
  OutboxHolds& holds() { return station->user().holds(); }
  std::string NotesOnServer() {
    const std::unique_ptr<Workstation> reader = NewStation("reader" + std::to_string(++readers_));
    Sync(*reader);
    return Incident(*reader).incident().notes();
  }
  std::vector<uint64_t> Waiting() {
    std::vector<uint64_t> numbers;
    const std::vector<v1::OutboxEntry> outbox = *station->Outbox();
    for (const v1::OutboxEntry& entry : outbox) numbers.push_back(entry.mutation().seq());
    return numbers;
  }

 private:
  int readers_ = 0;
};

TEST_F(OutboxHoldsTest, AnEditThatIsHeldIsNotSentAndTheSessionEndsAllTheSame) {
  Queue(*station, WithNotes(*station, "mine"));
  ASSERT_TRUE(holds().Hold(1).ok());
  Sync(*station);
  EXPECT_EQ(NotesOnServer(), "");
  EXPECT_THAT(Waiting(), ElementsAre(1));
  EXPECT_EQ(Incident(*station).incident().notes(), "mine");
}

TEST_F(OutboxHoldsTest, WhatWasMadeBeforeItIsSentAndWhatCameAfterItWaits) {
  Queue(*station, WithNotes(*station, "first"));
  Queue(*station, WithNotes(*station, "second"));
  Queue(*station, WithNotes(*station, "third"));
  ASSERT_TRUE(holds().Hold(2).ok());
  Sync(*station);
  EXPECT_EQ(NotesOnServer(), "first");
  EXPECT_THAT(Waiting(), ElementsAre(2, 3));
}

TEST_F(OutboxHoldsTest, WhatIsReleasedGoesWithTheNextSession) {
  Queue(*station, WithNotes(*station, "first"));
  Queue(*station, WithNotes(*station, "second"));
  ASSERT_TRUE(holds().Hold(1).ok());
  Sync(*station);
  ASSERT_TRUE(holds().Release(1).ok());
  Sync(*station);
  EXPECT_EQ(NotesOnServer(), "second");
  EXPECT_THAT(Waiting(), IsEmpty());
}

TEST_F(OutboxHoldsTest, OnlyWhatWaitsCanBeHeld) {
  EXPECT_EQ(holds().Hold(1).code(), absl::StatusCode::kNotFound);
  Queue(*station, WithNotes(*station, "mine"));
  Sync(*station);
  EXPECT_EQ(holds().Hold(1).code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(holds().Release(1).code(), absl::StatusCode::kNotFound);
}

TEST_F(OutboxHoldsTest, WhatIsHeldSurvivesTheProgram) {
  Queue(*station, WithNotes(*station, "mine"));
  ASSERT_TRUE(holds().Hold(1).ok());
  station.reset();
  station = *Workstation::Open(folder.File("a"), clock, random);
  EXPECT_THAT(*holds().All(), SizeIs(1));
  Sync(*station);
  EXPECT_EQ(NotesOnServer(), "");
}

TEST_F(OutboxHoldsTest, AllCanBeReleasedAtOnce) {
  Queue(*station, WithNotes(*station, "mine"));
  ASSERT_TRUE(holds().Hold(1).ok());
  ASSERT_TRUE(holds().ReleaseAll().ok());
  EXPECT_THAT(*holds().All(), IsEmpty());
}

}  // namespace
}  // namespace daftar
