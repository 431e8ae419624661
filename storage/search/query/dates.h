// Dates of a query: days, months, years, ranges, and days counted from today.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "storage/search/query/fields.h"
#include "storage/search/query/problem.h"

namespace daftar::search::query {

// Reads the value of a date field into first_day, last_day and, where they hang on today, text. `today`: days since
// 1970-01-01. nullopt if it is a date.
std::optional<Complaint> ReadDays(const FieldName& field, std::string_view value, int32_t today, Node* node);

// Whether a word without a field is a date: a year 1900–2099, a month, a day, or a range of such with "..", one end of
// which may be open. `complaint` is set where it has the form of a day that does not exist, or of a range that ends
// before it begins.
bool ReadBareDays(std::string_view word, Node* node, std::optional<Complaint>* complaint);

// The days as a query writes them: "date:2023-09", "since:2023-08-30", "date:2023-08-30..2023-09-04".
std::string DaysText(const Node& node);

}  // namespace daftar::search::query
