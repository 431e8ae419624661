#include "storage/view/index_rows.h"

#include "storage/model/derived.h"

namespace daftar {
std::string ExternalPrefix(std::string_view id, std::string_view system) {
  std::string prefix(id);
  prefix += '\0';
  if (system.empty()) return prefix;
  prefix += system;
  prefix += '\0';
  return prefix;
}

std::set<IndexRow> IndexRowsOf(Rid rid, const Record& record) {
  std::set<IndexRow> rows;
  std::optional<int32_t> day = SortDay(record);
  bool retired = record.retirement() != nullptr;
  std::string value(1, retired ? '\1' : '\0');
  value += record.id().bytes();

  rows.insert({tables::kByKind, tables::ByKindKey(record.kind(), day, rid), value});
  for (const v1::External& external : record.externals()) {
    rows.insert({tables::kExternal, ExternalPrefix(external.id(), external.system()) + tables::U32Key(rid), ""});
  }
  return rows;
}

}  // namespace daftar
