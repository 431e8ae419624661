// The timeline of what a query finds: daftar:timeline?q=…&kind=…&from=2023-08-01&to=2023-09-30. Built by a worker; the
// window then moves over data that stays, and asks for the names of what comes into sight.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client/model/row.h"
#include "client/model/search_model.h"
#include "client/model/timeline_layout.h"
#include "client/model/timeline_view.h"
#include "storage/base/status.h"

namespace daftar {

class PrivateStore;
class ReadView;
struct Address;

// A record as lists show it.
struct TimelineRow : ListRow {
  bool goes_on = false;  // some account says that it had not ended when it was told: "since 2022"
};

struct Timeline {
  std::string query;
  std::string kind;  // word; empty: all kinds
  // Never null once built. Shared with the worker that names what comes into sight; nobody changes it.
  std::shared_ptr<const TimelineData> data;
  TimeWindow whole, opening, window;
  // Items of the spread as lists show them: those that have come into sight.
  std::map<uint32_t, TimelineRow> rows;
  uint64_t rows_changed = 0;  // how often
  TimelineView view;          // how it was drawn last
  // The box that has the keyboard; it may have gone out of sight.
  struct Choice {
    size_t lane = 0;
    bool block = false;
    uint32_t item = 0;
    double from = 0;
    friend bool operator==(const Choice&, const Choice&) = default;
  };
  std::optional<Choice> chosen;

  // Records that have no date, kind by kind.
  struct Tray {
    std::string kind;  // word
    uint64_t count = 0;
    std::vector<uint32_t> shown;  // the first few
    std::string address;          // of the list of all; empty: there is none
    bool never = false;           // such records have no dates
  };
  std::vector<Tray> undated;

  std::string words;          // "1,204 records, 12 without a date"
  std::string respelt_words;  // as in a search
  std::string behind_words;
  uint64_t behind = 0;
  std::optional<SearchProblem> problem;  // the query cannot be run: nothing was looked for
};

struct TimelineOptions {
  std::string kind;                  // word; empty: all
  std::optional<TimeWindow> window;  // absent: all
  const std::atomic<bool>* stop = nullptr;
  const PrivateStore* mine = nullptr;  // notes, tags and pins of the reader; nullptr: none are known
};

// InvalidArgument for a kind that does not exist. A query that is not understood is a timeline with its problem.
StatusOr<Timeline> BuildTimeline(const ReadView& view, std::string_view query, const TimelineOptions& options);
// The same by the parameters of an address, which say more than the options' kind and window.
StatusOr<Timeline> BuildTimeline(const ReadView& view, const Address& address, TimelineOptions options);

// What lists show of items of a spread; those that are not there any more are left out.
using ItemRows = std::vector<std::pair<uint32_t, TimelineRow>>;
StatusOr<ItemRows> DescribeItems(const ReadView& view, const search::Spread& spread, std::span<const uint32_t> items);

// Gives the timeline the rows of items; forgets others rather than keep more than kMostRows.
void AddRows(ItemRows rows, Timeline& timeline);
inline constexpr size_t kMostRows = 4000;

// Addresses. `window` absent: all.
std::string TimelineAddress(std::string_view query, std::string_view kind = "",
                            const std::optional<TimeWindow>& window = std::nullopt);
std::string AddressOf(const Timeline& timeline);
// The search for the same query among what may have been in the window.
std::string ListAddressOf(const Timeline& timeline, const TimeWindow& window);
// The window that an address names, the last day included; nullopt: none. InvalidArgument if it is none.
StatusOr<std::optional<TimeWindow>> WindowOf(const Address& address);
// "4 Sep 2023 – 2 Oct 2024", with the hour where it is short.
std::string WindowWords(const TimeWindow& window);

// The window that a block leads to, and what is said of a box: "37 in Mar 2019", or the title, date and place of a
// record, a line each.
TimeWindow WindowInto(const TimelineBox& block, const Timeline& timeline);
std::string BoxWords(const TimelineBox& box, TimeStep step, const Timeline& timeline);
std::string LaneWords(LaneKind lane);
// "12 incidents without a date", "40 actors, which have none".
std::string TrayWords(const Timeline::Tray& tray);

}  // namespace daftar
