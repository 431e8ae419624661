// What the last bulk edit did, part by part, so that one step takes it back: FOLDER/user/last_bulk.json. The window and
// the command line share it. One thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "client/forms/taking_back.h"
#include "storage/base/status.h"

namespace daftar::forms {

struct BulkMemory {
  std::string reason;
  std::vector<ChangedPart> parts;  // those of one record stand together
  size_t records() const;
};

// Replaces what was remembered; durable when this returns.
Status RememberBulk(const std::string& folder, const BulkMemory& memory);
// nullopt if there is nothing to be undone; DataLoss if the file is not what was written.
StatusOr<std::optional<BulkMemory>> RecallBulk(const std::string& folder);
Status ForgetBulk(const std::string& folder);

}  // namespace daftar::forms
