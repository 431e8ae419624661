// Filling a replica that has nothing, chunk by chunk. What is there can be read at once; the replica shows no revision
// before all of it is.
//
//   Begin(base) → Load(chunk)* in any order → Finish: the head is at the base, and a session goes on from there.
//
// Records of different chunks may be of different revisions, all of them the base's or newer: the session brings every
// part that changed since the base, and its first checkpoint proves the whole. So chunks of several manifests may be
// mixed; the oldest base counts.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "daftar/v1/frames.pb.h"
#include "daftar/v1/store.pb.h"
#include "storage/base/status.h"

namespace daftar {

// What putting a chunk in may take at a time, beside its bytes, whatever it holds.
inline constexpr size_t kMostFillMemory = 48 << 20;

// Each call is one durable transaction. Of one thread; readers go on meanwhile.
class ViewFill {
 public:
  virtual ~ViewFill() = default;

  // How far it is; nullopt if no filling is under way.
  virtual StatusOr<std::optional<v1::StoredFill>> State() const = 0;
  // Begins, or goes on with another manifest: the older base is kept. FailedPrecondition if the replica shows a
  // revision already, or was being filled from another history: the message says what to do.
  virtual Status Begin(const v1::Manifest& manifest) = 0;
  // Puts a chunk's records in, checked against the entry, and forgets its pieces. Records that are there in a newer
  // revision stay. InvalidArgument: it is not what the entry says, and nothing has changed.
  virtual Status Load(const v1::SnapshotChunk& entry, std::string_view bytes) = 0;
  // Puts whole records in ahead of the chunks: what people look at first.
  virtual Status LoadAhead(const v1::DeltaFrame& frame) = 0;
  // All ranges are there: the head is at the base.
  virtual Status Finish() = 0;

  // Keeps a piece of a chunk that follows those kept before.
  virtual Status KeepPiece(std::string_view hash, uint32_t offset, std::string_view data) = 0;
  // The pieces of a chunk as far as they are kept.
  virtual StatusOr<std::string> Pieces(std::string_view hash) const = 0;
};

}  // namespace daftar
