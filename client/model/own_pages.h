// The pages of what belongs to the reader alone: all that is pinned, tagged and noted; saved searches with how much is
// new in each; and what of these stands on the home page. Plain values.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "client/model/changes_since.h"
#include "client/model/row.h"
#include "storage/base/clock.h"
#include "storage/base/status.h"

namespace daftar {

class PrivateStore;
class ReadView;

struct MinePage {
  struct Tag {
    std::string tag;
    size_t count = 0;
    std::string address;  // of the search for it
  };
  std::vector<ListRow> pinned;          // the latest pin first
  std::vector<Tag> tags;                // by name
  std::vector<ListRow> notes;           // the latest changed first; `why` is how it begins
  std::string pinned_more, notes_more;  // "and 12 more"; empty: these are all
  bool empty() const { return pinned.empty() && tags.empty() && notes.empty(); }
};

// A saved search and what it finds now.
struct SavedLine {
  uint64_t number = 0;
  std::string name;           // what it is called, or its query
  std::string words;          // "Ansarullah, incidents, newest"; the query in full
  std::string address;        // of the search; whoever opens it has looked at it
  std::string fresh_address;  // of its hits that are new
  bool pinned = false;        // stands on the home page
  bool counted = false;       // false: `count_words` says why not
  uint64_t total = 0, fresh = 0;
  std::string count_words;  // "131 found"
  std::string fresh_words;  // "3 new since 20 Nov 2026 19:30"; empty: none
};

struct SavedPage {
  std::vector<SavedLine> lines;  // by number
};

struct RecentLine {
  std::string title, address, kind_words, age;
};

struct OwnHome {
  std::optional<ChangesPage> since;  // since the last visit; nullopt: there was none
  std::string since_words;           // why there is none
  std::vector<SavedLine> saved;      // those that are pinned
  std::vector<ListRow> pinned;
  std::vector<RecentLine> recent;
};

// What these are made of, and how much trouble is taken.
struct OwnSource {
  const ReadView& view;
  const PrivateStore& store;
  int64_t now_ms = 0;
  std::optional<Moment> last_seen;          // visits.h
  const std::atomic<bool>* stop = nullptr;  // the work ends with Cancelled
  const Clock* clock = nullptr;             // with a clock, a search that takes long is not counted
};

inline constexpr size_t kMostOwnRows = 200;  // of each list
inline constexpr size_t kMostSavedOnHome = 12;
inline constexpr size_t kMostPinnedOnHome = 12;
inline constexpr size_t kMostRecentOnHome = 8;

StatusOr<MinePage> BuildMine(const OwnSource& source);
StatusOr<SavedPage> BuildSaved(const OwnSource& source);
StatusOr<OwnHome> BuildOwnHome(const OwnSource& source);

// One of them. NotFound if there is none with that number.
StatusOr<SavedLine> BuildSavedLine(const OwnSource& source, uint64_t number);

std::string MineAddress();
std::string SavedAddress();

}  // namespace daftar
