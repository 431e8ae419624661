// What the index is told of a record: its texts, filters, days, numbers, points and row.
#pragma once

#include "storage/base/status.h"
#include "storage/model/compare.h"
#include "storage/model/record.h"
#include "storage/search/index/index_doc.h"
#include "storage/search/row.h"

namespace daftar::search {

// The index's view of a record. `lookup` reads the records that it points at: places for where it lies, sources for
// grades and roots. When one of those changes, so does this: see DependsOn.
StatusOr<IndexDoc> DocOf(Rid rid, const Record& record, const RecordLookup& lookup);

// The same without what takes long: texts, but for the names of actors, places and sources, what weighing the accounts
// tells, grades, references beside actors, places and sources, and of the row all but id, kind and title. Stands for a
// record until its texts are indexed. `lookup` reads places only.
StatusOr<IndexDoc> OutlineOf(Rid rid, const Record& record, const RecordLookup& lookup);

// Whether records that point at one of this kind must be indexed again when it changes.
bool OthersDependOn(Kind kind);

}  // namespace daftar::search
