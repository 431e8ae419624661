#include "storage/view/prepared_record.h"

#include <map>
#include <span>

#include "storage/base/parallel.h"
#include "storage/search/record_doc.h"
#include "storage/view/cached_records.h"

namespace daftar {
namespace {

using Places = std::map<Uuid, const Record*>;

Status AddOutlines(const lmdb::Environment& env, const RecordTable& records, const Places& places,
                   std::span<PreparedRecord> chunk) {
  DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env.BeginRead());
  CachedRecords stored(env, records, txn);
  const RecordLookup lookup = [&places, find = stored.Lookup()](const Uuid& id) -> StatusOr<std::optional<Record>> {
    const auto at = places.find(id);
    return at == places.end() ? find(id) : std::optional<Record>(*at->second);
  };
  for (PreparedRecord& prepared : chunk) {
    const std::optional<Record>& record = prepared.derived.record;
    if (!record || record->retirement() != nullptr) continue;
    DAFTAR_ASSIGN_OR_RETURN(prepared.outline, search::OutlineOf(prepared.rid, *record, lookup));
  }
  return OkStatus();
}

}  // namespace

StatusOr<PreparedRecord> PrepareRecord(const RecordTable& records, Rid rid, v1::StoredRecord stored) {
  PreparedRecord prepared;
  prepared.rid = rid;
  DAFTAR_ASSIGN_OR_RETURN(prepared.derived, DeriveFrom(rid, stored));
  prepared.row = records.Encode(stored);
  prepared.stored = std::move(stored);
  return prepared;
}

StatusOr<std::vector<PreparedRecord>> PrepareChunk(const lmdb::Environment& env, const RecordTable& records,
                                                   std::vector<std::pair<Rid, v1::StoredRecord>> chunk) {
  std::vector<PreparedRecord> prepared(chunk.size());
  DAFTAR_RETURN_IF_ERROR(InParallel(chunk.size(), kFewestForThread, [&](size_t begin, size_t end) -> Status {
    for (size_t i = begin; i < end; ++i) {
      auto& [rid, stored] = chunk[i];
      DAFTAR_ASSIGN_OR_RETURN(prepared[i], PrepareRecord(records, rid, std::move(stored)));
    }
    return OkStatus();
  }));
  Places places;
  for (const PreparedRecord& record : prepared) {
    const std::optional<Record>& parsed = record.derived.record;
    if (parsed && parsed->kind() == v1::RecordKind::PLACE) places.emplace(parsed->id(), &*parsed);
  }
  DAFTAR_RETURN_IF_ERROR(InParallel(prepared.size(), kFewestForThread, [&](size_t begin, size_t end) {
    return AddOutlines(env, records, places, std::span(prepared).subspan(begin, end - begin));
  }));
  return prepared;
}

}  // namespace daftar
