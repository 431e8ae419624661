// What pages, lists and searches are made of: links, cells and rows. Plain values without a view behind them: a worker
// builds them, a window or a terminal draws them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace daftar {

// Text that leads to a page.
struct PageLink {
  std::string text;     // display name
  std::string address;  // daftar:actor/UUID; empty: leads nowhere
  std::string id;       // display id, "sample:JA"
  bool empty() const { return text.empty(); }
};

// What to mark a cell or a row with. A mark never changes the text; whoever draws it adds a sign and, on demand, words.
struct Marks {
  bool disagrees = false;  // other accounts contradict it
  bool open = false;       // … and no editor has settled it
  bool finer = false;      // more precise than the shown value, and agrees with it
  bool shown = false;      // the value that the page shows
  bool denied = false;     // an account denies the matter
  bool alleged = false;
  bool expected = false;  // expected only: never counts as having happened
  bool pending = false;   // waits in the outbox
  bool retired = false;
  friend bool operator==(const Marks&, const Marks&) = default;
};

// One value, with the records that it names.
struct Cell {
  std::string text;             // all of it, links included as their text; empty: nothing said
  std::vector<PageLink> links;  // in the order in which they stand in the text
  Marks marks;
  std::string anomaly;  // something odd about it as printed; empty: nothing
};

// One record in a list, a search or a section of a page.
struct ListRow {
  std::string id;          // UUID
  std::string address;     // daftar:incident/UUID
  std::string display_id;  // "sample:I01"
  std::string kind;        // "incident"
  std::string kind_words;  // "clash, infiltration", "armed group", "district"
  std::string title;
  std::string date;                  // words: "30 Aug or 4 Sep 2023*"; empty: none
  std::optional<int32_t> sort_day;   // newest possible day; nullopt: no date, sorts last
  std::optional<int32_t> first_day;  // oldest possible day
  std::string place;                 // name of the shown place; empty: none
  std::string note;                  // "Maymay, since Nov 2020 (S4)"; for an alert, its status
  std::string why;                   // why a search found it
  Marks marks;
  bool happened = true;        // false: only expected, hypothetical or denied; then `happened_words` says it
  std::string happened_words;  // "expected, not reported as having happened"; empty when it happened
};

}  // namespace daftar
