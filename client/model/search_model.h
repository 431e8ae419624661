// A search as a page of rows, each with the reason why it was found.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "client/model/row.h"
#include "storage/base/status.h"

namespace daftar {

class ReadView;

struct SearchOptions {
  size_t limit = 20;
  std::string kind;                         // word; empty: all kinds
  std::string language = "en";              // of names
  const std::atomic<bool>* stop = nullptr;  // set from any thread: the search ends with Cancelled
};

struct SearchPage {
  std::string query;
  uint64_t total = 0;
  std::vector<ListRow> rows;  // best first, `why` filled
  std::string words;          // "3 found", "20 of 131 found", "nothing found for …"
};

// InvalidArgument for a kind that does not exist. An empty query finds nothing.
StatusOr<SearchPage> BuildSearch(const ReadView& view, std::string_view query, const SearchOptions& options);

// For completing a field that names a record: the best few of a kind ("source", "actor", "place") for what is typed.
// PageLink::text tells two Badakhshans apart by their country.
StatusOr<std::vector<PageLink>> Suggest(const ReadView& view, std::string_view kind, std::string_view typed,
                                        size_t limit);

}  // namespace daftar
