// Bugs planted on purpose: each is a mistake that somebody could make in a session, a store or an engine, put around
// the real ones. A simulator that does not find them proves nothing.
#pragma once

#include <memory>
#include <vector>

#include "tests/sim/plant.h"
#include "tests/sim/steps.h"

namespace daftar::sim {

enum class Bug {
  // In the server.
  kChainNotChecked,    // a cursor of a lost history is taken for a good one
  kAnsweredTooEarly,   // a push is answered before it is durable
  kCursorOffByOne,     // the scan begins one revision too late
  kTombstoneDropped,   // a part that was removed is not sent
  kPartRevisionStuck,  // a part is sent under an older revision than its own
  kWakeLost,           // a session sleeps through a commit
  kAppliedTwice,       // a push that is sent again is committed again
  kConflictSwallowed,  // a push of which a part is parked is answered as merged
  kResultsOutOfOrder,  // answers overtake each other
  kLeavingNotSent,     // what leaves a slice is not taken back
  kEndNotSent,         // a record that ended is not taken back
  kListMissesOne,      // the list of what there is lacks a record
  kListNotSent,        // a replica that was away beyond the horizon gets no list
  // On the way.
  kFrameOvertakes,  // a frame of changes arrives before its predecessor
  // In the client.
  kStagedFrameLost,     // a frame is lost in a crash, and its position is not
  kPositionForgotten,   // what is durable is not named in the hello
  kCursorForgotten,     // a replica says that it has nothing
  kPushSentOnce,        // a push that was lost with a link is not sent again
  kOutboxDroppedEarly,  // an edit leaves the outbox at the answer, before the replica shows it
  kSalvageSkipped,      // what a restored server lost is given up
  kRepairNotAsked,      // damaged records are known and not asked for
  kDigestNotCompared,   // a checkpoint is taken for reached whatever the digest
  kReplicaGoesBack,     // after a crash an older replica is there
  kHeldSliceNotSaid,    // a replica of a slice says that it holds everything, and wants another one
};
inline constexpr int kBugs = static_cast<int>(Bug::kHeldSliceNotSaid) + 1;

const char* InWords(Bug bug);
// The weather in which it does harm.
Weather WeatherFor(Bug bug);
std::unique_ptr<Plant> MakePlant(Bug bug);

}  // namespace daftar::sim
