// What the index is told of a record: its texts, filters, days, numbers and points.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "storage/base/status.h"
#include "storage/model/compare.h"
#include "storage/model/record.h"
#include "storage/search/index/index_doc.h"

namespace daftar::search {

// The index's view of a record. `lookup` reads the records that it points at: places for where it lies, sources for
// grades and roots. When one of those changes, so does this: see DependsOn.
StatusOr<IndexDoc> DocOf(Rid rid, const Record& record, const RecordLookup& lookup);

// Whether records that point at one of this kind must be indexed again when it changes.
bool OthersDependOn(Kind kind);

// What the index keeps of a record for lists, without reading the record.
struct RowView {
  Uuid id;
  Kind kind = v1::RecordKind::UNSET;
  std::string_view title;
};
std::string EncodeRow(const Record& record);
// DataLoss if the bytes are not that. The view is into `bytes`.
StatusOr<RowView> DecodeRow(std::string_view bytes);

}  // namespace daftar::search
