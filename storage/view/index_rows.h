// The rows that a record has in the derived tables.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "storage/model/record.h"
#include "storage/view/tables.h"

namespace daftar {

// One row. Ordered, so that two sets of rows can be compared.
struct IndexRow {
  tables::Index table;
  std::string key;
  std::string value;
  friend auto operator<=>(const IndexRow&, const IndexRow&) = default;
};

// Every row of the record in kExternal and kByKind.
std::set<IndexRow> IndexRowsOf(Rid rid, const Record& record);

// The key prefix of an external id: "id NUL system NUL", or "id NUL" without a system.
std::string ExternalPrefix(std::string_view id, std::string_view system);

}  // namespace daftar
