// Changes of records, as the log makes them, the session sends them and the view applies them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "daftar/v1/commit.pb.h"
#include "daftar/v1/frames.pb.h"
#include "storage/base/status.h"
#include "storage/base/uuid.h"
#include "storage/model/record.h"

namespace daftar {

// One part as it became.
struct PartChange {
  PartId id;
  Revision revision = 0;
  std::string value;  // empty: removed
};

// One record's change.
struct RecordChange {
  Rid rid = 0;
  Revision revision = 0;  // latest of its parts
  bool whole = false;     // all parts that there are, with id, kind and created; else a patch of a record that is there
  Uuid id;
  Kind kind = v1::RecordKind::UNSET;
  Revision created = 0;
  std::vector<PartChange> parts;  // sorted by id
  bool stub = false;              // with whole: all parts that a stub holds (scope.h)
};

// Changes of many records, with those who made them.
struct ChangeSet {
  std::vector<RecordChange> changes;
  std::vector<v1::CommitInfo> commits;
};

// Version of the protocol of frames.proto that this program speaks.
inline constexpr uint32_t kProtocol = 2;

// The largest raw body of a frame, in bytes.
inline constexpr size_t kMaxFrameBody = 2 << 20;
// The most that one frame may hold: what it takes in memory is bounded by these, whatever its bytes claim.
inline constexpr size_t kMaxChangesPerFrame = 20'000;
inline constexpr size_t kMaxPartsPerFrame = 60'000;

// A frame of those changes: columns, compressed where that wins. InvalidArgument if they do not fit into a frame.
StatusOr<v1::DeltaFrame> EncodeFrame(const ChangeSet& set);
// The changes of a frame. Foreign bytes: everything is bounded and checked; InvalidArgument says what is wrong.
StatusOr<ChangeSet> DecodeFrame(const v1::DeltaFrame& frame);
// Where the scan stands after a frame with these changes; nullopt after a repair.
std::optional<v1::Position> PositionAfter(const v1::DeltaFrame& frame, const ChangeSet& set);

}  // namespace daftar
