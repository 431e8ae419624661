// The rows that a record has in the derived tables.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "storage/model/digest.h"
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

// Every row of the record in kExternal and kByKind; sorted, each once.
std::vector<IndexRow> IndexRowsOf(Rid rid, const Record& record);

// What follows from a stored record alone, so that it can be worked out in any thread and ahead of a transaction.
struct Derived {
  std::optional<Record> record;  // nullopt: its kind is of a newer schema; it is kept, and not indexed
  std::vector<IndexRow> rows;
  Digest digest;
};
// DataLoss if it has no id or does not parse.
StatusOr<Derived> DeriveFrom(Rid rid, const v1::StoredRecord& stored);

// The key prefix of an external id: "id NUL system NUL", or "id NUL" without a system.
std::string ExternalPrefix(std::string_view id, std::string_view system);

}  // namespace daftar
