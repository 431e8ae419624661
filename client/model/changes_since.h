// What changed since a revision: which records are new, which are others now and in which fields, which were retired.
//
// Takes as long as what changed is much, never as what there is: the newest changes are looked at, up to kMostLookedAt,
// and the page says how many more there are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/model/moment.h"
#include "client/model/row.h"
#include "storage/base/status.h"

namespace daftar {

class ReadView;

inline constexpr size_t kMostLookedAt = 2'000;

// Where a count begins.
struct Since {
  uint64_t revision = 0;
  std::string words;  // "your last visit, 20 Nov 2026 19:30", "1 Nov 2026", "revision 12"
  std::string param;  // as an address says it: "last", "2026-11-01", "12"
};

// "last": what was last seen, NotFound if nothing was; a day such as 2026-11-01: its beginning (UTC); a number: that
// revision. InvalidArgument for anything else. What was seen of another history of the server counts by its time.
StatusOr<Since> ReadSince(const ReadView& view, std::string_view text, const std::optional<Moment>& last_seen);

// A field that has another value now.
struct ChangedField {
  std::string label;
  std::string before, after;  // words; empty: nothing
  bool before_known = true;   // false: this replica came later than the change
};

struct ChangedRow {
  enum class What { kNew, kChanged, kRetired };
  What what = What::kChanged;
  std::string what_words;  // "new", "changed", "retired"
  ListRow row;
  std::vector<ChangedField> fields;  // of one that changed
  std::string more_words;            // "and 3 more fields"; empty: these are all
  std::string who;                   // "Amina, 20 Nov 2026 19:30: a reason"; of the latest change
};

// How many of a kind, among those that were looked at.
struct ChangedKind {
  std::string kind;     // "incident"
  std::string label;    // "Incidents"
  std::string words;    // "2 new, 1 changed"
  std::string address;  // of the page with these alone
  size_t added = 0, changed = 0, retired = 0;
};

struct ChangesPage {
  Since since;
  uint64_t revision = 0;           // up to where
  uint64_t total = 0;              // records that changed
  std::string words;               // "12 records changed since …"; says so where more than can be counted did
  std::string kind;                // only that one is shown; empty: all
  std::string all_kinds_address;   // empty if all are shown
  std::vector<ChangedKind> kinds;  // those of which some changed
  std::vector<ChangedRow> rows;    // the latest change first
  std::string more_words;          // "and 1,800 more"; empty: these are all
};

struct ChangesOptions {
  std::string kind;        // word; empty: all
  size_t limit = 200;      // rows
  size_t fields = 6;       // of a row
  bool important = false;  // the rows are the weightiest ones, not the latest: incidents first, what is new first
  std::string language = "en";
};

// InvalidArgument for a kind that there is not.
StatusOr<ChangesPage> BuildChanges(const ReadView& view, const Since& since, const ChangesOptions& options);

// "daftar:changes?since=last&kind=incident".
std::string ChangesAddress(std::string_view since, std::string_view kind = "");

}  // namespace daftar
