// What a page draws besides what it says: casualties from low to high by source, how its sources rest on each other, an
// actor's incidents year by year, the days of an alert. Plain values; whoever draws them says them in words, too.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "client/model/row.h"

namespace daftar {

// What one account says of one toll.
struct TollLine {
  std::string who;                        // "S2"
  std::string words;                      // "about 5 (3–7) (side B)"
  std::optional<double> low, best, high;  // none of them: no number is given
  bool no_end = false;                    // at least so many
};
struct TollChart {
  std::string label;  // "Killed"
  double most = 0;    // the largest figure in it: the end of the scale
  std::vector<TollLine> lines;
};

// A text of the tree of those that rest on each other; what it rests on stands above it, one step less deep.
struct LineageLine {
  int depth = 0;              // 0: a root
  PageLink text;              // without an address: named only, no record stands for it
  std::string how;            // how it rests on the line that it hangs from: "reports on"; empty: a root, or not said
  std::vector<int> accounts;  // numbers of the page's accounts that it tells
};

// How many incidents of a year.
struct YearBar {
  int year = 0;  // of the reader's calendar
  uint64_t count = 0;
  std::string address;  // of the search for them
};

// A month of a calendar, with what holds on its days.
struct CalendarMonth {
  enum class Day { kOutside, kPerhaps, kHolds };
  std::string title;      // "Sep 2024"
  int first_weekday = 0;  // of its first day: 0 Monday … 6 Sunday
  std::vector<Day> days;
};

struct PageFigures {
  std::vector<TollChart> tolls;      // of incidents with figures; of two accounts at least
  std::vector<LineageLine> lineage;  // of two accounts at least
  std::vector<YearBar> years;        // of actors and places: from the first year to the last, none left out
  uint64_t undated = 0;              // incidents in no year
  std::vector<CalendarMonth> calendar;
  bool calendar_more = false;  // it goes on behind the last month
};

// "account 1", "accounts 1, 3": which of the page's accounts it tells.
std::string LineageAccounts(const LineageLine& line);

}  // namespace daftar
