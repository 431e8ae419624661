// Codes of a query: kinds, types, countries, grades and the other fixed words.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/search/query/problem.h"

namespace daftar::search::query {

// Adds what the word stands for in that field to `codes`, without those that are in it. Case, "-", "_", "+" and spaces
// between words do not count. nullopt if it stands for something.
std::optional<Complaint> ReadCode(Field field, std::string_view word, std::vector<std::string>* codes);

// The codes as a query writes them, without the field's name: "clash,acled.attack".
std::string CodesText(Field field, const std::vector<std::string>& codes);

}  // namespace daftar::search::query
