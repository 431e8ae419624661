#include "storage/view/prepared_record.h"

#include "storage/base/parallel.h"
#include "storage/search/record_doc.h"
#include "storage/view/cached_records.h"

namespace daftar {

StatusOr<PreparedRecord> PrepareRecord(const RecordTable& records, Rid rid, v1::StoredRecord stored) {
  PreparedRecord prepared;
  prepared.rid = rid;
  DAFTAR_ASSIGN_OR_RETURN(prepared.derived, DeriveFrom(rid, stored));
  prepared.row = records.Encode(stored);
  prepared.stored = std::move(stored);
  return prepared;
}

StatusOr<std::vector<PreparedRecord>> ChunkPreparer::Next() {
  if (!places_) DAFTAR_RETURN_IF_ERROR(ParsePlaces());
  const size_t first = next_;
  size_t bytes = 0;
  do {
    bytes += chunk_[next_++].second.body().size();
  } while (next_ < chunk_.size() && bytes + chunk_[next_].second.body().size() <= kPieceBytes);
  std::vector<PreparedRecord> piece(next_ - first);
  DAFTAR_RETURN_IF_ERROR(InParallel(piece.size(), kFewestForThread, [&](size_t begin, size_t end) -> Status {
    for (size_t i = begin; i < end; ++i) {
      auto& [rid, stored] = chunk_[first + i];
      DAFTAR_ASSIGN_OR_RETURN(piece[i], PrepareRecord(records_, rid, std::move(stored)));
    }
    return AddOutlines(std::span(piece).subspan(begin, end - begin));
  }));
  return piece;
}

Status ChunkPreparer::ParsePlaces() {
  places_.emplace();
  size_t bytes = 0;
  for (const auto& [rid, stored] : chunk_) {
    if (stored.kind() != v1::RecordKind::PLACE) continue;
    bytes += stored.body().size();
    if (bytes > kPlaceBytes) break;
    DAFTAR_ASSIGN_OR_RETURN(Record place, Record::FromStored(stored));
    const Uuid id = place.id();
    places_->emplace(id, std::move(place));
  }
  return OkStatus();
}

Status ChunkPreparer::AddOutlines(std::span<PreparedRecord> piece) const {
  DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env_.BeginRead());
  CachedRecords stored(env_, records_, txn);
  const RecordLookup lookup = [this, find = stored.Lookup()](const Uuid& id) -> StatusOr<std::optional<Record>> {
    const auto at = places_->find(id);
    return at == places_->end() ? find(id) : std::optional<Record>(at->second);
  };
  for (PreparedRecord& prepared : piece) {
    const std::optional<Record>& record = prepared.derived.record;
    if (!record || record->retirement() != nullptr) continue;
    DAFTAR_ASSIGN_OR_RETURN(prepared.outline, search::OutlineOf(prepared.rid, *record, lookup));
  }
  return OkStatus();
}

}  // namespace daftar
