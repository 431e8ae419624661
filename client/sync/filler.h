// Fills a replica that has nothing from the server's chunks: which to ask for, and what to do with what comes.
//
//   OnManifest → wants, a few ahead → OnPiece* → … until done(), then `filled` is sent and the session goes on.
//
// What people need first comes first: actors, places and sources, then incidents, newest first. A link may break
// anywhere: chunks that were complete stay, and so do the pieces of others. A program that is killed loses the pieces
// of the last half second.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "client/sync/workstation.h"
#include "daftar/v1/frames.pb.h"
#include "storage/base/status.h"

namespace daftar {

// One for each session, on its thread.
class Filler {
 public:
  explicit Filler(Workstation& station) : station_(station) {}

  // Checks who signed it, and begins or goes on. The frames to send. PermissionDenied if it is not the server that this
  // workstation knows.
  StatusOr<std::vector<v1::ClientFrame>> OnManifest(const v1::SignedManifest& manifest);
  // Records sent ahead of the chunks.
  Status OnAhead(const v1::DeltaFrame& frame);
  StatusOr<std::vector<v1::ClientFrame>> OnPiece(const v1::ChunkPiece& piece);

  // The session is over: makes durable what came of chunks that are not complete.
  Status KeepAll();

  // Everything is there and `filled` was among the frames returned.
  bool done() const { return done_; }
  // Records of the chunks that were loaded in this session.
  uint64_t records() const { return records_; }

 private:
  using Frames = std::vector<v1::ClientFrame>;
  struct Wanted {
    v1::SnapshotChunk entry;
    std::string bytes;                             // so far
    size_t kept = 0;                               // of them durable
    std::optional<v1::WireDictionary> dictionary;  // that it is, and no chunk
  };

  Status CheckSigner(const v1::SignedManifest& manifest);
  StatusOr<std::vector<v1::SnapshotChunk>> MissingOf(const v1::Manifest& manifest) const;
  // Asks for the rest of one.
  StatusOr<v1::ClientFrame> Want(Wanted wanted);
  // All of it is here.
  Status Take(const Wanted& wanted);
  // Asks for more, or says that all is there.
  StatusOr<Frames> GoOn();
  Status Keep(Wanted& wanted);
  Status KeepIfDue(Wanted& wanted);

  Workstation& station_;
  std::deque<v1::SnapshotChunk> missing_;         // not asked for yet
  std::map<std::string, Wanted> in_flight_;       // by hash
  std::optional<v1::WireDictionary> dictionary_;  // not asked for yet
  int64_t kept_at_ms_ = 0;
  uint64_t records_ = 0;
  bool done_ = false;
};

}  // namespace daftar
