// What the last bulk edit did, part by part, so that one command undoes it: FOLDER/user/last_bulk.json.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "storage/base/status.h"
#include "storage/base/uuid.h"
#include "storage/model/kind.h"
#include "storage/model/record.h"

namespace daftar::ctl {

struct BulkPart {
  Uuid record;
  Kind kind = v1::RecordKind::UNSET;
  PartId part;
  std::string before, after;  // wire forms; empty: absent
};

struct BulkMemory {
  std::string reason;
  std::vector<BulkPart> parts;
};

// Replaces what was remembered.
Status RememberBulk(const std::string& folder, const BulkMemory& memory);
// nullopt if there is nothing to be undone; DataLoss if the file is not what was written.
StatusOr<std::optional<BulkMemory>> RecallBulk(const std::string& folder);
Status ForgetBulk(const std::string& folder);

}  // namespace daftar::ctl
