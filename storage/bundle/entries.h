// What stands in the entries of bundles, by kind of bundle. Numbers outlive the program; never used twice.
//
//   SNAPSHOT, DELTA   kCheckpoint, then kChanges…
//   OUTBOX            kCursor if the replica shows anything, then kMutation… by number, without gaps
//   RECEIPTS          kPushResult… by number
#pragma once

#include <cstdint>

#include "storage/base/status.h"
#include "storage/bundle/block.h"

namespace daftar::bundle {

enum EntryType : uint32_t {
  kMutation = 1,    // v1::Mutation, as the client would push it
  kPushResult = 2,  // v1::PushResult, as the server would answer it
  kChanges = 3,     // v1::DeltaFrame: body, size and dictionary; the rest is not for bundles and is not read
  kCheckpoint = 4,  // v1::Checkpoint, nothing left out: what the changes lead to
  kCursor = 5,      // v1::Cursor: what the client's replica showed, so that the server can see whether it knows that
};

// The entry as a message of that type. InvalidArgument if it is another one or does not parse.
template <typename Message>
StatusOr<Message> ParseEntry(const Entry& entry, EntryType type) {
  Message message;
  if (entry.type != type || !message.ParseFromArray(entry.bytes.data(), static_cast<int>(entry.bytes.size()))) {
    return InvalidArgument(
        "the bundle holds something that does not belong into one of its kind; a newer program may "
        "have made it, or one that is at fault");
  }
  return message;
}

}  // namespace daftar::bundle
