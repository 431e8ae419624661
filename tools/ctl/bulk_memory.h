// What the last bulk edit did, part by part, so that one command undoes it: FOLDER/user/last_bulk.json.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "client/forms/taking_back.h"
#include "storage/base/status.h"
#include "storage/model/kind.h"

namespace daftar::ctl {

using BulkPart = forms::ChangedPart;

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
