// What `status` says of the link: what it cost, may cost and carries, and how far a first download is.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "daftar/v1/store.pb.h"

namespace daftar::ctl {

// `fill`: nullopt if the replica is not being filled. Adds paused, budget, traffic, goodput, failures, next_try,
// filling and repaired.
void FillLinkJson(const v1::SyncStatus& status, const std::optional<v1::StoredFill>& fill, int64_t now_ms,
                  nlohmann::ordered_json& json);
// Lines; what there is nothing to say of is left out.
std::string LinkText(const v1::SyncStatus& status, const std::optional<v1::StoredFill>& fill, int64_t now_ms);

}  // namespace daftar::ctl
