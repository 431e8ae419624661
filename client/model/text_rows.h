// Rows as text, for this folder alone.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "client/model/changes_since.h"
#include "client/model/row.h"
#include "client/model/text_page.h"

namespace daftar {

// The width that is used: at least 40.
size_t TextWidth(const TextOptions& options);
// "≠ sources disagree; waiting to be sent".
std::string MarkWords(const Marks& marks);
std::string RowAsText(const ListRow& row, const TextOptions& options);
std::string RowsAsText(const std::vector<ListRow>& rows, bool more, const TextOptions& options);
// "Killed: 3 → 5".
std::string FieldAsText(const ChangedField& field);
// What belongs to the reader alone: of a record, and on the home page.
std::string OwnPartAsText(const OwnPart& own, const TextOptions& options);
std::string OwnHomeAsText(const OwnHome& own, const TextOptions& options);

}  // namespace daftar
