// Who made revisions, as columns (columns.h): behind the changes of a frame and the records of a chunk.
//
//   varint commits, and if there are any
//     varint texts, and each as varint size, bytes
//     of all commits: revision (as zigzag of a near one - it), author and reason (which text), accepted_ms,
//     at_ms (as zigzag of accepted_ms - it)
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "daftar/v1/commit.pb.h"
#include "storage/base/status.h"
#include "storage/model/record.h"

namespace daftar {

// `near`: a revision that the reader knows too.
void PutCommits(std::string& out, std::span<const v1::CommitInfo> commits, Revision near);
// Reads them off the front. Foreign bytes: InvalidArgument if they are no commits, or their texts together take more
// than `most_bytes`.
StatusOr<std::vector<v1::CommitInfo>> TakeCommits(std::string_view& bytes, Revision near, size_t most_bytes);

}  // namespace daftar
