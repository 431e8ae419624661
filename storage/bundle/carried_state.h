// Snapshots and deltas: a state of the dataset as changes from a revision on, written from a view and put into one.
//
// A delta from A to B is good for any replica whose revision is from A to B: a part that is there already is set to
// what it is. A snapshot is one from 0, good for a replica that has nothing, too. What is put in takes the path of what
// comes from a server: staged, then applied up to the checkpoint if the digest then is the same, in one transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "storage/base/status.h"
#include "storage/bundle/bundle_reader.h"
#include "storage/bundle/made.h"
#include "storage/view/view.h"

namespace daftar::bundle {

struct StateWish {
  std::optional<Revision> since;     // what changed after it; nullopt: a snapshot
  std::string client;                // the store of the workstation that makes it; empty: a server does
  std::optional<int64_t> server_ms;  // the server's clock now; nullopt: as old as the view's own state says
  MakeOptions make;
};

// Writes what the view shows. FailedPrecondition if it shows nothing yet, or nothing changed since; InvalidArgument if
// it does not reach that far; Aborted if it moved on meanwhile.
StatusOr<Made> MakeState(const Maker& maker, const View& view, const StateWish& wish);

// What became of a state that was put in.
struct StateApplied {
  Revision from = 0, to = 0;  // what the view showed before, and shows now
  uint64_t records = 0, parts = 0;
  bool nothing_new = false;  // it was there already, and nothing was changed
};

// Puts a snapshot or delta into a view that has one writer. The caller has judged who signed it. Gives up what was
// received and not shown yet. FailedPrecondition if it does not fit: the words say what would. InvalidArgument if it
// was made wrongly. DataLoss: the view would not be equal to the maker's; damaged records have been noted for repair.
// After any error the view shows what it showed.
StatusOr<StateApplied> ApplyState(View& view, BundleReader& reader, const Steps& steps);

// What a sound snapshot or delta holds, read to the end. The reader is at its beginning again.
struct StateContent {
  v1::Checkpoint checkpoint;
  uint64_t records = 0;  // changed by it
};
StatusOr<StateContent> LookAtState(BundleReader& reader, const Steps& steps);

}  // namespace daftar::bundle
