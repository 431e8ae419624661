// Compares the text index with the records that it was made from, so that any disagreement is found.
//
// Exact, in bounded memory, in two halves. (1) Each segment is written anew from its own documents, filters and words,
// and every block must come out byte for byte: so what a segment derives from itself (order, head, dictionary, lists of
// beginnings, stems and skeletons) is right. (2) What the segments say of each document is summed up (doc_sums.h), and
// so is what the records say, a few hundred at a time: every record that is not retired and not behind must have
// exactly one valid document, with the same sum.
//
// Memory: 24 bytes a document, one segment's longest list of postings, and the texts of some hundred records.
// It reads in short transactions; if somebody writes meanwhile it begins again, the fourth time within one.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "storage/base/clock.h"
#include "storage/lmdb/lmdb.h"
#include "storage/model/record.h"
#include "storage/view/record_table.h"
#include "storage/view/view.h"

namespace daftar {

// Disagreements are not errors: they are what the report is for. Cancelled if `progress` says so; it is called with
// what is done and what there is, in documents and records, each of which is looked at more than once.
StatusOr<TextIndexCheck> CheckTextIndex(const lmdb::Environment& env, const RecordTable& records, const Clock& clock,
                                        const Progress& progress);

}  // namespace daftar
