// Records in the JSON contract: rows of searches and lists, and whole pages. See README.md for the keys.
#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>

#include "client/model/page.h"
#include "client/model/row.h"
#include "storage/base/status.h"
#include "storage/model/record.h"
#include "storage/view/read_view.h"

namespace daftar::ctl {

// hits[] of search and list.
StatusOr<nlohmann::ordered_json> RowsJson(const ReadView& read, std::span<const ListRow> rows);

// Adds the keys of `show` to `json`. The page is that record's, as of that day (ISO; empty: of no day).
Status FillRecord(const ReadView& read, const Record& record, const Page& page, const std::string& as_of,
                  nlohmann::ordered_json& json);

// "sample:I01" for each external id.
nlohmann::ordered_json ExternalNames(const Record& record);

}  // namespace daftar::ctl
