// LmdbView::RebuildIndexes: everything that is derived, from the records alone, in pieces that are each one
// transaction.
#include "storage/view/index_rows.h"
#include "storage/view/lmdb_view.h"
#include "storage/view/tables.h"
#include "storage/view/text_index.h"
#include "storage/view/view_writer.h"

namespace daftar {
namespace {

using tables::U32Key;

// A multiple of the records of a leaf, so that each leaf is summed in one piece.
constexpr Rid kRidsPerPiece = 8 * tables::kRidsPerLeaf;

}  // namespace

Status LmdbView::RebuildIndexes(const Progress& progress) {
  DAFTAR_RETURN_IF_ERROR(StartRebuilding());
  return GoOnRebuilding(progress);
}

Status LmdbView::StartRebuilding() {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_->BeginWrite());
  DAFTAR_RETURN_IF_ERROR(StartRebuildingIn(txn));
  return txn.Commit();
}

Status LmdbView::StartRebuildingIn(lmdb::WriteTxn& txn) {
  for (tables::Index index : tables::kDerived) DAFTAR_RETURN_IF_ERROR(txn.Clear(table(index)));
  DAFTAR_RETURN_IF_ERROR(TextIndexWriter(*env_, records_, txn).StartAnew());
  DAFTAR_ASSIGN_OR_RETURN(v1::StoredHead head, LoadHead(*env_, txn));
  head.clear_kind_count();
  head.set_horizon(head.checkpoint().cursor().revision());  // what ended cannot be told from the records
  DAFTAR_RETURN_IF_ERROR(txn.Put(table(tables::kMeta), "head", head.SerializeAsString()));
  return txn.Put(table(tables::kMeta), tables::kRebuildKey, U32Key(0));
}

Status LmdbView::GoOnRebuilding(const Progress& progress) {
  std::optional<Rid> next;
  uint64_t total = 0, done = 0;
  {
    DAFTAR_ASSIGN_OR_RETURN(lmdb::ReadTxn txn, env_->BeginRead());
    DAFTAR_ASSIGN_OR_RETURN(std::optional<std::string_view> value, txn.Get(table(tables::kMeta), tables::kRebuildKey));
    if (!value || value->size() != sizeof(Rid)) return DataLoss("how far the indexes were rebuilt is not known");
    next = tables::RidOf(*value);
    DAFTAR_ASSIGN_OR_RETURN(total, txn.Count(table(tables::kRecord)));
  }
  while (next) {
    DAFTAR_ASSIGN_OR_RETURN(next, RebuildPiece(*next, &done));
    if (next && progress && !progress(done, total))
      return Cancelled("the rebuilding was stopped; the next opening goes on with it");
  }
  return OkStatus();
}

StatusOr<std::optional<Rid>> LmdbView::RebuildPiece(Rid from, uint64_t* done) {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_->BeginWrite());
  DAFTAR_ASSIGN_OR_RETURN(v1::StoredHead head, LoadHead(*env_, txn));
  // Read first: writing invalidates a cursor of the same transaction.
  std::vector<std::pair<Rid, v1::StoredRecord>> records;
  const uint64_t end = uint64_t{from} + kRidsPerPiece;
  bool more = false;
  {
    lmdb::Cursor cursor = txn.Seek(table(tables::kRecord), U32Key(from));
    while (cursor.valid() || cursor.at_damaged()) {
      const Rid rid = tables::RidOf(cursor.key());
      more = rid >= end;
      if (more) break;
      // What is damaged is noted by Verify and fetched at the next sync.
      if (cursor.valid()) {
        auto stored = records_.Decode(cursor.value());
        if (stored.ok()) records.emplace_back(rid, *std::move(stored));
      }
      cursor.valid() ? cursor.Next() : cursor.SkipDamaged();
    }
    if (!more) DAFTAR_RETURN_IF_ERROR(cursor.status());
  }
  std::map<uint32_t, Digest> leaves;
  for (const auto& [rid, stored] : records) {
    DAFTAR_ASSIGN_OR_RETURN(const Derived derived, DeriveFrom(rid, stored));
    for (const IndexRow& row : derived.rows) {
      DAFTAR_RETURN_IF_ERROR(txn.Put(table(row.table), row.key, row.value));
    }
    DAFTAR_RETURN_IF_ERROR(txn.Put(table(tables::kId), stored.id(), U32Key(rid)));
    DAFTAR_RETURN_IF_ERROR(txn.Put(table(tables::kLatest), tables::LatestKey(stored.revision(), rid), ""));
    leaves[rid / tables::kRidsPerLeaf].Add(derived.digest);
    if (derived.record) CountKind(head, *derived.record, +1);
  }
  for (const auto& [leaf, sum] : leaves) {
    DAFTAR_RETURN_IF_ERROR(txn.Put(table(tables::kLeaf), U32Key(leaf), sum.bytes()));
  }
  *done += records.size();
  DAFTAR_RETURN_IF_ERROR(txn.Put(table(tables::kMeta), "head", head.SerializeAsString()));
  if (more) {
    DAFTAR_RETURN_IF_ERROR(txn.Put(table(tables::kMeta), tables::kRebuildKey, U32Key(static_cast<Rid>(end))));
  } else {
    DAFTAR_RETURN_IF_ERROR(txn.Delete(table(tables::kMeta), tables::kRebuildKey));
  }
  DAFTAR_RETURN_IF_ERROR(txn.Commit());
  return more ? std::optional<Rid>(static_cast<Rid>(end)) : std::nullopt;
}

}  // namespace daftar
