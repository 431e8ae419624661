#include "storage/view/index_rows.h"

#include <algorithm>

#include "storage/model/derived.h"

namespace daftar {
namespace {

bool IsKnown(Kind kind) { return kind != v1::RecordKind::UNSET && v1::RecordKind::Code_IsValid(kind); }

}  // namespace

std::string ExternalPrefix(std::string_view id, std::string_view system) {
  std::string prefix(id);
  prefix += '\0';
  if (system.empty()) return prefix;
  prefix += system;
  prefix += '\0';
  return prefix;
}

std::vector<IndexRow> IndexRowsOf(Rid rid, const Record& record) {
  std::vector<IndexRow> rows;
  std::optional<int32_t> day = SortDay(record);
  bool retired = record.retirement() != nullptr;
  std::string value(1, retired ? '\1' : '\0');
  value += record.id().bytes();

  rows.push_back({tables::kByKind, tables::ByKindKey(record.kind(), day, rid), value});
  for (const v1::External& external : record.externals()) {
    rows.push_back({tables::kExternal, ExternalPrefix(external.id(), external.system()) + tables::U32Key(rid), ""});
  }
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

StatusOr<Derived> DeriveFrom(Rid rid, const v1::StoredRecord& stored) {
  const std::optional<Uuid> id = Uuid::FromBytes(stored.id());
  if (!id) return DataLoss("a record has no id");
  Derived derived;
  DAFTAR_ASSIGN_OR_RETURN(derived.digest, BodyDigest(*id, stored.kind(), stored.body()));
  if (!IsKnown(stored.kind())) return derived;
  DAFTAR_ASSIGN_OR_RETURN(derived.record, Record::FromStored(stored));
  derived.rows = IndexRowsOf(rid, *derived.record);
  return derived;
}

}  // namespace daftar
