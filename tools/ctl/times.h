// Instants in JSON.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

namespace daftar::ctl {

// "2026-11-20T19:30:05.123Z" (RFC 3339) for milliseconds since 1970-01-01 UTC.
std::string Rfc3339(int64_t ms);
// The same as JSON; null for 0, which means "never".
nlohmann::ordered_json TimeJson(int64_t ms);

}  // namespace daftar::ctl
