// What an address leads to: for the window, its tabs and its text mirror, and for the command line. A page of a new
// sort has its model, its line in BuildContent, its title and its text here, and a panel in client/ui/shell.cc.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "client/model/address.h"
#include "client/model/changes_since.h"
#include "client/model/form_page.h"
#include "client/model/graph.h"
#include "client/model/guide.h"
#include "client/model/home.h"
#include "client/model/keys_page.h"
#include "client/model/list.h"
#include "client/model/map_page.h"
#include "client/model/moment.h"
#include "client/model/own_pages.h"
#include "client/model/page.h"
#include "client/model/record_history.h"
#include "client/model/search_model.h"
#include "client/model/settings_page.h"
#include "client/model/sync_page.h"
#include "client/model/text_page.h"
#include "client/model/timeline.h"
#include "client/model/work_page.h"
#include "storage/base/clock.h"
#include "storage/base/status.h"

namespace daftar {

class PrivateStore;
class ReadView;
class Workstation;

// Nothing has been read yet.
struct Waiting {};
// Why there is no page.
struct Trouble {
  std::string words;
};

using Content =
    std::variant<Waiting, Home, List, SearchPage, Page, MapPage, Graph, Timeline, ChangesPage, RecordHistory, MinePage,
                 SavedPage, KeysPage, GuidePage, SettingsPage, SyncPage, FormPage, WorkPage, Trouble>;

// What pages are made of, and how much trouble is taken.
struct ContentSource {
  const ReadView& view;
  int64_t now_ms = 0;
  size_t hits = 60;                         // of a search
  const std::atomic<bool>* stop = nullptr;  // set from any thread: the work ends with Cancelled
  const Clock* clock = nullptr;             // with patience, which an address with wait=1 has without end:
  int64_t patience_ms = 0;                  // how long a search may take
  const PrivateStore* mine = nullptr;       // what belongs to the reader alone; nullptr: nothing is known of it
  std::optional<Moment> last_seen;          // what "since the last visit" counts from (visits.h)
  Workstation* station = nullptr;           // whose replica this is: for the page about it
};

// An error says why there is no such page; whoever shows it makes Trouble of it.
StatusOr<Content> BuildContent(const ContentSource& source, const Address& address);

// What stands on its tab; empty for what has no name.
std::string TitleOf(const Content& content);
// From a record to its history and back; empty for any other page.
std::string HistoryTurn(const Content& content);
// Its text mirror.
std::string ContentAsText(const Content& content, const TextOptions& options);

}  // namespace daftar
