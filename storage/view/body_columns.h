// The bodies of many records, field by field: what a column holds is alike, and compresses better than what a record
// holds. Nothing is lost: a body comes out byte for byte as it went in.
//
// A body is taken apart along the schema, as the writer knows it; the reader needs no schema, since what is written
// says how the fields lie in each other:
//
//   varint bytes of all bodies
//   varint fields; of each, those that hold it before it: varint field above + 1 (0: none, a kind), varint tag (of a
//     kind: its number), form u8, varint values, varint bytes, and for kBytes the bytes of its lengths as varint
//   ids that no record before has: varint count, 16 bytes each
//   the fields in the same order:
//     0 kMessage  for each message its fields, as varint number among those named for it + 1, ended by 0
//     1 kNumber   a column (columns.h)
//     2 kFixed    8 bytes each: the first bytes of all, the second bytes of all ...
//     3 kBytes    lengths as a column, then the bytes
//     4 kId       a column: 0 is the next of those ids, N the Nth of the records' and the ids met so far
//
// A body that cannot be told in that way to its last byte (longer varints than needed, groups, an id of another length)
// is one value of tag 0 of its kind, whole.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "daftar/v1/store.pb.h"
#include "storage/base/status.h"
#include "storage/model/record.h"

namespace daftar {

// Appends the bodies. Their records' ids and kinds are told elsewhere.
void PutBodies(std::string& out, std::span<const std::pair<Rid, v1::StoredRecord>> records);

// Reads bodies off the front into records that have their ids and kinds, in order. Foreign bytes: InvalidArgument if
// they are no such bodies, or would take more than `most_bytes` together; the records are then undefined.
Status TakeBodies(std::string_view& bytes, std::span<std::pair<Rid, v1::StoredRecord>> records, size_t most_bytes);

}  // namespace daftar
