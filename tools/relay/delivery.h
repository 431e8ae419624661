// Brings to the server what a relay carries for its neighbours, and keeps the answers for them.
//
// For each neighbour a session under that neighbour's name, in which nothing is sent but pushes and their answers. The
// server knows each push by (client, seq), so it counts once, however often and by whomever it is brought.
#pragma once

#include <cstdint>

#include "client/sync/carried.h"
#include "client/sync/link.h"
#include "storage/base/status.h"

namespace daftar {

struct DeliveryTimes {
  int connect_timeout_ms = 8000;
  // No frame for so long: the link counts as dead.
  int silence_ms = 30000;
};

// What became of what was carried.
struct Delivered {
  uint64_t answered = 0;   // by the server; the answers are kept
  uint64_t handed_on = 0;  // what answered was a relay, too, and carries them; they are kept here as well
  uint64_t dropped = 0;    // the server lacks what comes before them: their maker has to send all of it again
};

// Delivers all that waits. On an error the rest waits on; what was answered is filed.
StatusOr<Delivered> DeliverCarried(CarriedPushes& carried, Connector& connector, const DeliveryTimes& times = {});

}  // namespace daftar
