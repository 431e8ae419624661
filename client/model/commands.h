// What can be done, by name: so that the one search box finds it, beside records. Pure functions; any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace daftar {

enum class CommandId {
  kSync,
  kNewTab,
  kReopenTab,
  kCloseTab,
  kBack,
  kForward,
  kAddAccount,
  kMirror,
  kTheme,
  kLarger,
  kSmaller,
  kUsualSize,
  kHome,
  kPin,
  kHistory,
  kSide,
  kChanges,
  kSaved,
  kMine,
  kKeys,
  kEdit,
  kWork,
  kNewIncident,
  kNewActor,
  kNewPlace,
  kNewSource,
  kNewRelation,
  kNewAlert,
};

struct Command {
  CommandId id;
  std::string title;  // "Sync now"
  std::string keys;   // "F5"; empty: none
};

// Those of which every word of the text begins a word of the title; all of them for no text, none for a text of one
// letter. A ">" before the text says that only commands are wanted, and even none of it finds them.
std::vector<Command> FindCommands(std::string_view text);
// Whether only commands are wanted.
bool WantsCommands(std::string_view text);

}  // namespace daftar
