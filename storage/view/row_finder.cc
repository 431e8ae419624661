#include "storage/view/row_finder.h"

#include <algorithm>
#include <utility>

#include "storage/view/text_index.h"

namespace daftar {

using search::kChunkDocs;

StatusOr<std::unique_ptr<RowFinder>> RowFinder::Open(const lmdb::Environment& env, const lmdb::ReadTxn& txn,
                                                     SegmentCache* cache) {
  auto finder =
      std::unique_ptr<RowFinder>(new RowFinder(txn, env.table(tables::kText), env.table(tables::kBehind), cache));
  DAFTAR_ASSIGN_OR_RETURN(const uint64_t behind, txn.Count(env.table(tables::kBehind)));
  finder->some_behind_ = behind > 0;
  DAFTAR_ASSIGN_OR_RETURN(const v1::IndexManifest manifest, LoadManifest(env, txn));
  DAFTAR_ASSIGN_OR_RETURN(auto segments, OpenSegments(manifest, finder->blocks_, cache));
  for (size_t i = 0; i < segments.size(); ++i) {
    Part& part = finder->parts_.emplace_back();
    part.segment = std::move(segments[i]);
    part.has_deletions = manifest.segment(static_cast<int>(i)).deleted() > 0;
  }
  return finder;
}

bool RowFinder::IsIndexed(Rid rid) const { return !some_behind_ || !txn_.Has(behind_, tables::U32Key(rid)); }

StatusOr<bool> RowFinder::IsDeleted(Part& part, uint32_t doc) {
  if (!part.has_deletions) return false;
  const uint32_t chunk = doc / kChunkDocs;
  if (part.chunk != chunk) {
    DAFTAR_ASSIGN_OR_RETURN(part.deleted, part.segment->Deleted(chunk));
    part.chunk = chunk;
  }
  return part.deleted.Has(static_cast<uint16_t>(doc % kChunkDocs));
}

StatusOr<bool> RowFinder::Take(Part& part, uint32_t doc, Rid rid, std::optional<search::Row>& row) {
  DAFTAR_ASSIGN_OR_RETURN(const Rid there, part.segment->RidOf(doc));
  if (there != rid) return false;
  DAFTAR_ASSIGN_OR_RETURN(const bool deleted, IsDeleted(part, doc));
  if (deleted) return false;
  part.found = doc;
  DAFTAR_ASSIGN_OR_RETURN(const std::string_view bytes, part.segment->RowOf(doc));
  const Status status = search::DecodeWholeRow(bytes, row.emplace());
  if (status.ok()) return true;
  row.reset();
  return status;
}

Status RowFinder::Find(Rid rid, int32_t day, std::optional<search::Row>& row) {
  row.reset();
  if (!IsIndexed(rid)) return OkStatus();
  // In a day lists go from low rids to high ones, and documents the other way: mostly it is the one before.
  for (Part& part : parts_) {
    if (part.found == 0) continue;
    DAFTAR_ASSIGN_OR_RETURN(const bool taken, Take(part, part.found - 1, rid, row));
    if (taken) return OkStatus();
  }
  for (Part& part : parts_) {
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<uint32_t> doc, part.segment->DocOf(rid, day));
    if (!doc) continue;
    DAFTAR_ASSIGN_OR_RETURN(const bool taken, Take(part, *doc, rid, row));
    if (taken) return OkStatus();
  }
  return OkStatus();
}

}  // namespace daftar
