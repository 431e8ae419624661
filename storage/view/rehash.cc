#include "storage/view/rehash.h"

#include <algorithm>
#include <map>

#include "storage/model/digest.h"
#include "storage/view/tables.h"

namespace daftar {
namespace {

using tables::U32Key;

constexpr uint32_t kLeavesAtOnce = 4;

// How far a pass is: when it began, and the leaf that is next; at the end, no leaf.
struct Pass {
  uint64_t began_ms = 0;
  uint32_t next_leaf = UINT32_MAX;
};

Pass Read(std::string_view bytes) {
  Pass pass;
  if (!TakeU64(bytes, pass.began_ms) || !TakeU32(bytes, pass.next_leaf)) return Pass();
  return pass;
}

Status Keep(lmdb::Environment& env, const Pass& pass) {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env.BeginWrite());
  std::string bytes;
  PutU64(bytes, pass.began_ms);
  PutU32(bytes, pass.next_leaf);
  DAFTAR_RETURN_IF_ERROR(txn.Put(env.table(tables::kMeta), tables::kRehashKey, bytes));
  return txn.Commit();
}

// The records of a leaf that are damaged: those that cannot be read; all of them if they can and do not add up.
StatusOr<std::vector<Rid>> DamagedIn(const lmdb::Environment& env, const RecordTable& records, const lmdb::ReadTxn& txn,
                                     uint32_t leaf, std::string_view expected) {
  std::vector<Rid> sound, damaged;
  Digest sum;
  lmdb::Cursor cursor = txn.Seek(env.table(tables::kRecord), U32Key(leaf * tables::kRidsPerLeaf));
  while ((cursor.valid() || cursor.at_damaged()) && tables::RidOf(cursor.key()) / tables::kRidsPerLeaf == leaf) {
    StatusOr<v1::StoredRecord> stored = cursor.valid() ? records.Decode(cursor.value()) : cursor.status();
    const std::optional<Uuid> id = stored.ok() ? Uuid::FromBytes(stored->id()) : std::nullopt;
    const StatusOr<Digest> own = id ? BodyDigest(*id, stored->kind(), stored->body()) : DataLoss("damaged");
    (own.ok() ? sound : damaged).push_back(tables::RidOf(cursor.key()));
    if (own.ok()) sum.Add(*own);
    cursor.valid() ? cursor.Next() : cursor.SkipDamaged();
  }
  DAFTAR_RETURN_IF_ERROR(cursor.status());
  if (damaged.empty() && sum != Digest(expected)) return sound;
  return damaged;
}

}  // namespace

StatusOr<std::optional<std::vector<Rid>>> RehashSome(lmdb::Environment& env, const RecordTable& records,
                                                     const Clock& clock) {
  Pass pass;
  std::vector<Rid> damaged;
  {
    DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env.BeginRead());
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<std::string_view> kept,
                            txn.Get(env.table(tables::kMeta), tables::kRehashKey));
    pass = Read(kept.value_or(""));
    const uint64_t now = static_cast<uint64_t>(clock.NowMs());
    // What was just stored needs no reading; a clock that went back must not stop the passes.
    const bool first = pass.began_ms == 0;
    const bool over = pass.next_leaf == UINT32_MAX;
    if (!first && over && now >= pass.began_ms && now - pass.began_ms < kRehashEveryMs)
      return std::optional<std::vector<Rid>>();
    if (first || over) pass = {now, first ? UINT32_MAX : 0};
    lmdb::Cursor leaf = txn.Seek(env.table(tables::kLeaf), U32Key(pass.next_leaf));
    for (uint32_t done = 0; !first && leaf.valid() && done < kLeavesAtOnce; leaf.Next(), ++done) {
      pass.next_leaf = tables::RidOf(leaf.key());
      DAFTAR_ASSIGN_OR_RETURN(const std::vector<Rid> found,
                              DamagedIn(env, records, txn, pass.next_leaf++, leaf.value()));
      damaged.insert(damaged.end(), found.begin(), found.end());
    }
    DAFTAR_RETURN_IF_ERROR(leaf.status());
    if (!leaf.valid()) pass.next_leaf = UINT32_MAX;
  }
  DAFTAR_RETURN_IF_ERROR(Keep(env, pass));
  return std::optional(std::move(damaged));
}

}  // namespace daftar
