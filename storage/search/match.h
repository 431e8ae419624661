// Scoring: how well a record's terms answer a query. The same for records of the index and for edits that wait.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/model/record.h"

namespace daftar::search {

// A query taken apart: all words must be found; the last may be the beginning of one.
struct Query {
  std::string name;                // the whole query as a folded name
  std::vector<std::string> words;  // folded
  bool last_is_prefix = true;      // false if a space follows the last word
};
Query ParseQuery(std::string_view text);

// How a word was met.
enum class Meeting { kExact, kPrefix, kSkeleton };
// What it adds to a record's score, by where the word stands in the record.
double Score(Meeting meeting, uint8_t fields);
// What it adds when the whole query is one of the record's names.
inline constexpr double kWholeNameScore = 100;
// People look for who and where more often than for what is named after it.
double KindScore(Kind kind);

// The score of a record's terms; nullopt if a word is missing.
std::optional<double> Match(const Query& query, const std::map<std::string, uint8_t>& terms, Kind kind);

// Why the record answers the query: the best text with the words in it, cut at words.
std::string Why(const Query& query, const Record& record);

}  // namespace daftar::search
