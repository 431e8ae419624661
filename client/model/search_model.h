// A search as a page of rows, each with the reason why it was found, and with what may narrow it.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "client/model/row.h"
#include "storage/base/clock.h"
#include "storage/base/status.h"

namespace daftar {

class PrivateStore;
class ReadView;

// An order of hits.
struct SearchSort {
  std::string_view word;   // for addresses and the command line: "severity"
  std::string_view label;  // the key of what it is called: "most severe"
};
// The first one is what is taken when none is said.
std::span<const SearchSort> SearchSorts();

struct SearchOptions {
  size_t limit = 20;
  std::string kind;                         // word; empty: all kinds
  std::string sort;                         // word; empty: the first of SearchSorts
  bool facets = false;                      // count what would narrow the search
  std::string language;                     // of names; empty: the reader's
  const std::atomic<bool>* stop = nullptr;  // set from any thread: the search ends with Cancelled
  const Clock* clock = nullptr;             // with patience:
  int64_t patience_ms = 0;                  // how long it may take; then the page is `late`
  const PrivateStore* mine = nullptr;       // notes, tags and pins of the reader; nullptr: none are known
  std::optional<uint64_t> changed_since;    // only what changed after that revision
};

// So many hits are shown at most: whoever wants more narrows the search.
inline constexpr size_t kMostHits = 3840;

// What is wrong with a query that cannot be run, and where.
struct SearchProblem {
  std::string words;       // for people, with the column: "column 7: there is no field \"acter:\"; …"
  uint32_t column = 0;     // in characters of the query, from 1
  std::string mark;        // spaces and a caret, to stand below the query in letters of one width
  std::string suggestion;  // the whole query as it was perhaps meant; empty: none
  std::string address;     // of the search for the suggestion; empty: none
};

// How many of all hits have a value.
struct SearchFacetValue {
  std::string value;  // as a query says it behind the field and a colon
  std::string label;  // for people: "armed clash (ACLED)"
  uint64_t count = 0;
  bool narrows = false;  // some hits do not have it
  std::string address;   // of the search among those that have it
};
struct SearchFacetGroup {
  std::string field;                     // as in a query: "type"
  std::string label;                     // for people: "Type"
  std::vector<SearchFacetValue> values;  // most frequent first
};

// A word that stands nowhere, and what was taken for it.
struct SearchRespelling {
  std::string word;
  std::vector<std::string> instead;
};

struct SearchPage {
  std::string query;
  std::string kind;  // word; empty: all kinds
  std::string sort;  // word, never empty
  uint64_t total = 0;
  std::vector<ListRow> rows;  // best first, `why` filled
  std::string more_words;     // "Show more: 60 of 1,234 are shown"; empty: these are all that can be shown
  std::string cut_words;      // that there are more than can be shown; empty: there are not
  std::string words;          // "3 found", "20 of 131 found", "nothing found for …"
  std::vector<SearchFacetGroup> facets;
  bool uncounted = false;  // nobody has counted yet what would narrow it
  std::vector<SearchRespelling> respellings;
  std::string respelt_words;             // "shown for 'ansarullah' instead of 'ansarulah'"; empty: nothing was respelt
  uint64_t behind = 0;                   // records that the index does not hold yet
  std::string behind_words;              // empty: none
  std::optional<SearchProblem> problem;  // the query cannot be run as it is: nothing was searched
  bool late = false;                     // it would have taken longer than the patience: nothing is known
  struct SortLink {
    std::string label, address;
    bool chosen = false;
  };
  std::vector<SortLink> sorts;    // the same search in each order; empty where there is nothing to order
  std::string timeline_address;   // of what was found, in time; empty where nothing was
  std::string all_kinds_address;  // the same search among all kinds; empty if it is already
  std::string patient_address;    // the same search without a limit of time; empty unless late
  std::vector<ListRow> own_rows;  // records in whose private note or tags the words stand, `why` filled
  std::string own_words;          // "In your notes: 3"; empty: in none
  std::string own_address;        // of the search in notes alone; empty: these are all
  std::string changed_words;      // "only what changed since revision 12"; empty: all is sought
  std::string whole_address;      // the same search among all; empty if it is already
  uint64_t saved = 0;             // number of the saved search that this is; 0: it is not saved
};

// InvalidArgument for a kind or an order that does not exist. An empty query finds nothing. A query that is not
// understood is a page with its problem, not an error: it is perhaps half typed.
StatusOr<SearchPage> BuildSearch(const ReadView& view, std::string_view query, const SearchOptions& options);

// For completing a field that names a record: the best few of a kind ("source", "actor", "place") for what is typed.
// What is typed is words of a name: operators and fields of the query language mean nothing in it.
// PageLink::text tells two Badakhshans apart by their country.
StatusOr<std::vector<PageLink>> Suggest(const ReadView& view, std::string_view kind, std::string_view typed,
                                        size_t limit);

}  // namespace daftar
