#include "client/sync/filler.h"

#include <algorithm>

#include "client/sync/user_store.h"
#include "storage/base/signature.h"
#include "storage/model/bounded_parse.h"
#include "storage/view/chunk.h"
#include "storage/view/wire_dictionary.h"

namespace daftar {
namespace {

constexpr size_t kChunksAhead = 3;
constexpr int64_t kKeepEveryMs = 500;
constexpr size_t kHashBytes = 16;

bool HoldsOnly(const v1::SnapshotChunk& chunk, Kind kind) { return chunk.kinds() == 1u << static_cast<uint32_t>(kind); }

// The spine first, then incidents from the newest on.
bool ComesBefore(const v1::SnapshotChunk& a, const v1::SnapshotChunk& b) {
  const bool a_incidents = HoldsOnly(a, v1::RecordKind::INCIDENT), b_incidents = HoldsOnly(b, v1::RecordKind::INCIDENT);
  if (a_incidents != b_incidents) return b_incidents;
  return a_incidents ? a.first_rid() > b.first_rid() : a.first_rid() < b.first_rid();
}

// What a manifest may not say.
Status CheckManifest(const v1::Manifest& manifest) {
  if (manifest.base().epoch().empty() || manifest.base().chain().empty())
    return InvalidArgument("the server's manifest names no state");
  const v1::WireDictionary& dictionary = manifest.dictionary();
  if (manifest.has_dictionary() && (dictionary.id() == 0 || dictionary.hash().size() != kHashBytes ||
                                    dictionary.packed_size() == 0 || dictionary.packed_size() > kMaxWireDictionary))
    return InvalidArgument("the server's manifest names a dictionary that cannot be");
  for (const v1::SnapshotChunk& chunk : manifest.chunk()) {
    if (chunk.hash().size() != kHashBytes || chunk.packed_size() == 0 || chunk.packed_size() > kMaxChunkBytes ||
        chunk.raw_size() > kMaxChunkBytes || chunk.first_rid() > chunk.last_rid())
      return InvalidArgument("the server's manifest names a chunk that cannot be");
  }
  return OkStatus();
}

}  // namespace

Status Filler::CheckSigner(const v1::SignedManifest& manifest) {
  DAFTAR_ASSIGN_OR_RETURN(const v1::SyncStatus status, station_.SyncState());
  const std::string& known = status.server_key().empty() ? manifest.key() : status.server_key();
  const std::optional<PublicKey> key = PublicKey::FromBytes(known);
  const bool trusted =
      key && known == manifest.key() && key->Verify(manifest.signature(), kManifestDomain, {manifest.manifest()}).ok();
  if (!trusted) {
    return PermissionDenied(
        "what answers is not the server that this workstation knows: its manifest is signed by another key, or "
        "damaged. "
        "Nothing was taken from it; ask the server's keeper");
  }
  if (!status.server_key().empty()) return OkStatus();
  return station_.user().Update([&known](v1::SyncStatus& update) { update.set_server_key(known); });
}

StatusOr<Filler::Frames> Filler::OnManifest(const v1::SignedManifest& manifest) {
  DAFTAR_RETURN_IF_ERROR(CheckSigner(manifest));
  v1::Manifest parsed;
  DAFTAR_RETURN_IF_ERROR(ParseBounded(manifest.manifest(), parsed));
  DAFTAR_RETURN_IF_ERROR(CheckManifest(parsed));
  DAFTAR_RETURN_IF_ERROR(station_.view().fill().Begin(parsed));
  DAFTAR_ASSIGN_OR_RETURN(std::vector<v1::SnapshotChunk> missing, MissingOf(parsed));
  std::sort(missing.begin(), missing.end(), ComesBefore);
  missing_.assign(missing.begin(), missing.end());
  in_flight_.clear();
  dictionary_ = parsed.has_dictionary() ? std::optional(parsed.dictionary()) : std::nullopt;
  return GoOn();
}

StatusOr<std::vector<v1::SnapshotChunk>> Filler::MissingOf(const v1::Manifest& manifest) const {
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<v1::StoredFill> state, station_.view().fill().State());
  std::vector<v1::SnapshotChunk> missing;
  for (const v1::SnapshotChunk& chunk : manifest.chunk()) {
    // A cell may have been cut elsewhere before: then it is fetched once more, and records that are there stay.
    const bool there = state && std::any_of(state->range().begin(), state->range().end(), [&](const auto& range) {
                         return range.first() <= chunk.first_rid() && chunk.last_rid() <= range.last();
                       });
    if (!there) missing.push_back(chunk);
  }
  return missing;
}

Status Filler::OnAhead(const v1::DeltaFrame& frame) { return station_.view().fill().LoadAhead(frame); }

StatusOr<v1::ClientFrame> Filler::Want(Wanted wanted) {
  DAFTAR_ASSIGN_OR_RETURN(wanted.bytes, station_.view().fill().Pieces(wanted.entry.hash()));
  if (wanted.bytes.size() >= wanted.entry.packed_size()) wanted.bytes.clear();
  wanted.kept = wanted.bytes.size();
  v1::ClientFrame frame;
  frame.mutable_want()->set_hash(wanted.entry.hash());
  frame.mutable_want()->set_offset(static_cast<uint32_t>(wanted.bytes.size()));
  in_flight_.insert_or_assign(frame.want().hash(), std::move(wanted));
  return frame;
}

StatusOr<Filler::Frames> Filler::GoOn() {
  Frames frames;
  while (!missing_.empty() && in_flight_.size() < kChunksAhead) {
    Wanted wanted;
    wanted.entry = std::move(missing_.front());
    missing_.pop_front();
    DAFTAR_ASSIGN_OR_RETURN(frames.emplace_back(), Want(std::move(wanted)));
  }
  if (missing_.empty() && in_flight_.empty() && dictionary_) {
    Wanted wanted;
    wanted.dictionary = std::exchange(dictionary_, std::nullopt);
    wanted.entry.set_hash(wanted.dictionary->hash());
    wanted.entry.set_packed_size(wanted.dictionary->packed_size());
    DAFTAR_ASSIGN_OR_RETURN(frames.emplace_back(), Want(std::move(wanted)));
  }
  if (missing_.empty() && in_flight_.empty() && !done_) {
    DAFTAR_RETURN_IF_ERROR(station_.view().fill().Finish());
    DAFTAR_ASSIGN_OR_RETURN(const auto snapshot, station_.view().Snapshot());
    DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, snapshot->Head());
    v1::Cursor& filled = *frames.emplace_back().mutable_filled();
    filled.set_revision(head.cursor().revision());
    filled.set_chain(head.cursor().chain());
    done_ = true;
  }
  return frames;
}

Status Filler::Take(const Wanted& wanted) {
  if (!wanted.dictionary) return station_.view().fill().Load(wanted.entry, wanted.bytes);
  DAFTAR_ASSIGN_OR_RETURN(const std::string bytes, UnpackDictionary(*wanted.dictionary, wanted.bytes));
  return station_.view().KeepFrameDictionary(bytes);
}

StatusOr<Filler::Frames> Filler::OnPiece(const v1::ChunkPiece& piece) {
  const auto at = in_flight_.find(piece.hash());
  if (at == in_flight_.end() || piece.gone())
    return Frames();  // the rest of one that is complete, or a newer manifest follows
  Wanted& wanted = at->second;
  if (piece.offset() != wanted.bytes.size() || piece.data().size() > wanted.entry.packed_size() - wanted.bytes.size())
    return InvalidArgument("the server sent a piece of a chunk that was not asked for");
  wanted.bytes += piece.data();
  if (wanted.bytes.size() < wanted.entry.packed_size()) {
    DAFTAR_RETURN_IF_ERROR(KeepIfDue(wanted));
    return Frames();
  }
  DAFTAR_RETURN_IF_ERROR(Take(wanted));
  records_ += wanted.entry.records();
  in_flight_.erase(at);
  return GoOn();
}

Status Filler::KeepAll() {
  for (auto& [hash, wanted] : in_flight_) DAFTAR_RETURN_IF_ERROR(Keep(wanted));
  return OkStatus();
}

Status Filler::KeepIfDue(Wanted& wanted) {
  const int64_t now = station_.clock().MonotonicMs();
  if (now - kept_at_ms_ < kKeepEveryMs) return OkStatus();
  kept_at_ms_ = now;
  return Keep(wanted);
}

Status Filler::Keep(Wanted& wanted) {
  if (wanted.kept == wanted.bytes.size()) return OkStatus();
  DAFTAR_RETURN_IF_ERROR(station_.view().fill().KeepPiece(wanted.entry.hash(), static_cast<uint32_t>(wanted.kept),
                                                          std::string_view(wanted.bytes).substr(wanted.kept)));
  wanted.kept = wanted.bytes.size();
  return OkStatus();
}

}  // namespace daftar
