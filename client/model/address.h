// Page addresses: daftar:incident/ID?tab=sources. What history, tabs, copied text, the command line and the desktop's
// scheme handler pass around. Plain values; any thread.
//
//   daftar:home                                   the first page
//   daftar:search?q=ansarullah&kind=actor         a search; also sort=newest; hits=120, how many are shown; wait=1:
//                                                 however long it takes; facets=no: without counting what would
//                                                 narrow it
//   daftar:list/incident?as_of=2024-10-02         a list of one kind; also first=1000, the row to begin with
//   daftar:map?q=clash&lat=38.5&lon=68.8&zoom=6   a map of a search; also kind=, from= and to=
//   daftar:incident/018f…?as_of=2024-10-02        a record, by UUID or by any ID such as sample:I01
//   daftar:history/018f…                          what became of that record, change by change
//   daftar:sync                                   any other word: a page of the window's own
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace daftar {

struct Address {
  std::string word;                           // "incident", "alert_period", "search", "list", "home" …
  std::string id;                             // after the slash: an ID, or the kind of a list; empty: none
  std::map<std::string, std::string> params;  // as meant, not escaped

  // The value of a parameter, empty if it is not there.
  std::string Param(std::string_view name) const;
  // The text of the address: parameters in the order of their names, escaped.
  std::string ToString() const;

  friend bool operator==(const Address&, const Address&) = default;
};

// nullopt if it does not begin with "daftar:" and a word.
std::optional<Address> ParseAddress(std::string_view text);

// The usual ones, as text.
std::string RecordAddress(std::string_view kind_word, std::string_view id);
// `kind`: its word, empty for all; `sort`: its word, empty or "relevance" for the usual order.
std::string SearchAddress(std::string_view query, std::string_view kind = "", std::string_view sort = "");
// Whether it leads to a record: "daftar:actor/ID".
bool IsRecordAddress(std::string_view text);
std::string ListAddress(std::string_view kind_word);
std::string HomeAddress();
std::string GuideAddress();
std::string SettingsAddress();
std::string SyncAddress();

}  // namespace daftar
