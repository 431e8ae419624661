#include "storage/view/record_census.h"

#include <algorithm>
#include <set>

#include "storage/view/tables.h"

namespace daftar {
namespace {

// Calls visit(key, value) for each row that can be read; damaged ones have no value.
template <typename Visit>
Status ForEachRow(const lmdb::Environment& env, tables::Index index, Visit visit) {
  constexpr uint64_t kRowsPerRead = 20'000;
  std::string from;
  while (true) {
    DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env.BeginRead());
    lmdb::Cursor cursor = txn.Seek(env.table(index), from);
    uint64_t rows = 0;
    for (; cursor.valid() || cursor.at_damaged(); cursor.SkipDamaged()) {
      if (++rows > kRowsPerRead) break;
      visit(cursor.key(), cursor.valid() ? cursor.value() : std::string_view());
    }
    if (rows <= kRowsPerRead) return cursor.status();
    from = std::string(cursor.key());
  }
}

}  // namespace

void RecordCensus::Add(Rid rid, const Digest& own) {
  found_.push_back(rid);
  leaves_[rid / tables::kRidsPerLeaf].Add(own);
}

void RecordCensus::AddDamaged(Rid rid) { found_.push_back(rid); }

bool RecordCensus::Found(Rid rid) const { return std::binary_search(found_.begin(), found_.end(), rid); }

Status RecordCensus::Compare(const lmdb::Environment& env, bool adds_up, VerifyReport& report) {
  std::sort(found_.begin(), found_.end());
  DAFTAR_RETURN_IF_ERROR(FindMissing(env, report));
  return CompareLeaves(env, adds_up, report);
}

Status RecordCensus::FindMissing(const lmdb::Environment& env, VerifyReport& report) {
  std::map<Rid, Uuid> missing;
  DAFTAR_RETURN_IF_ERROR(ForEachRow(env, tables::kId, [&](std::string_view key, std::string_view value) {
    uint32_t rid = 0;
    const std::optional<Uuid> id = Uuid::FromBytes(key);
    if (id && TakeU32(value, rid) && !Found(rid)) missing[rid] = *id;
  }));
  DAFTAR_RETURN_IF_ERROR(ForEachRow(env, tables::kLatest, [&](std::string_view key, std::string_view value) {
    const Rid rid = tables::RidOf(key);
    if (rid != 0 && value != tables::kEnded && !Found(rid)) missing.try_emplace(rid);
  }));
  for (const auto& [rid, id] : missing) report.records.push_back({id, rid, "it has vanished"});
  return OkStatus();
}

Status RecordCensus::CompareLeaves(const lmdb::Environment& env, bool adds_up, VerifyReport& report) {
  std::set<uint32_t> differing;
  std::map<uint32_t, Digest> unseen = leaves_;
  DAFTAR_RETURN_IF_ERROR(ForEachRow(env, tables::kLeaf, [&](std::string_view key, std::string_view value) {
    const uint32_t leaf = tables::RidOf(key);
    const auto at = unseen.find(leaf);
    const bool equal = at == unseen.end() ? Digest(value) == Digest() : at->second == Digest(value);
    if (at != unseen.end()) unseen.erase(at);
    if (!equal) differing.insert(leaf);
  }));
  for (const auto& [leaf, sum] : unseen) differing.insert(leaf);
  std::set<Rid> known;
  for (const VerifyReport::Damage& damage : report.records) {
    known.insert(damage.rid);
    differing.erase(damage.rid / tables::kRidsPerLeaf);  // explained
  }
  if (differing.empty()) return OkStatus();
  if (adds_up) {
    const std::string name = tables::kNames[tables::kLeaf];
    if (std::find(report.tables.begin(), report.tables.end(), name) == report.tables.end())
      report.tables.push_back(name);
    return OkStatus();
  }
  for (const Rid rid : found_) {
    if (!differing.contains(rid / tables::kRidsPerLeaf) || !known.insert(rid).second) continue;
    report.records.push_back({Uuid(), rid, "its group does not add up to what was written last"});
  }
  return OkStatus();
}

}  // namespace daftar
