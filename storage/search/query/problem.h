// What is wrong with a query, as the readers of its pieces say it.
#pragma once

#include <optional>
#include <string>

#include "storage/search/query/query.h"

namespace daftar::search::query {

// About one value; who read it knows neither the field's name nor where the value stands.
struct Complaint {
  std::string what;                    // "there is no kind \"incdent\""
  std::optional<std::string> instead;  // what to write in place of the value, where that can be guessed
};

// The same, with its place.
struct Problem {
  Span at;  // what is wrong
  std::string what;
  std::optional<std::string> instead;  // what to write in place of the bytes `replaced`
  Span replaced;
};

}  // namespace daftar::search::query
