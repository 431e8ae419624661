// What belongs to the reader alone, as JSON: in answers, and in the file that `private export` writes.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

#include "client/sync/private_store.h"
#include "storage/base/status.h"
#include "storage/model/validate.h"

namespace daftar::ctl {

// {id, kind, title, display_id, pinned, pinned_at, tags[], note, changed_at}.
nlohmann::ordered_json OwnRecordJson(const v1::PrivateRecord& record);
// All of it; `schema` is daftar.private.v1.
nlohmann::ordered_json PrivateJson(const v1::PrivateData& data);
// Reads it back. Everything wrong is put into `problems`, with its path; what is read then is not to be used.
v1::PrivateData PrivateFromJson(std::string_view text, std::vector<FieldProblem>& problems);

}  // namespace daftar::ctl
