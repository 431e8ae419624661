#include "client/model/commands.h"

#include <algorithm>
#include <array>

#include "client/language/language.h"
#include "client/language/say.h"
#include "storage/search/analysis/fold.h"

namespace daftar {
namespace {

struct Known {
  CommandId id;
  const char* title;
  const char* keys;
};
constexpr std::array kKnown = {
    Known{CommandId::kSync, "command.sync", "F5"},
    Known{CommandId::kHome, "command.home", ""},
    Known{CommandId::kAddAccount, "command.add_account", "Ctrl+N"},
    Known{CommandId::kPin, "own.pin", "Ctrl+D"},
    Known{CommandId::kHistory, "command.history", "Ctrl+H"},
    Known{CommandId::kChanges, "changes.title", ""},
    Known{CommandId::kSaved, "saved.title", ""},
    Known{CommandId::kMine, "own.mine", ""},
    Known{CommandId::kNewTab, "command.new_tab", "Ctrl+T"},
    Known{CommandId::kCloseTab, "command.close_tab", "Ctrl+W"},
    Known{CommandId::kReopenTab, "command.reopen_tab", "Ctrl+Shift+T"},
    Known{CommandId::kBack, "command.back", "Alt+Left"},
    Known{CommandId::kForward, "command.forward", "Alt+Right"},
    Known{CommandId::kMirror, "command.mirror", "F8"},
    Known{CommandId::kSide, "command.side", "F7"},
    Known{CommandId::kTheme, "command.theme", "F9"},
    Known{CommandId::kLarger, "command.larger", "Ctrl+Plus"},
    Known{CommandId::kSmaller, "command.smaller", "Ctrl+Minus"},
    Known{CommandId::kUsualSize, "command.usual_size", "Ctrl+0"},
    Known{CommandId::kKeys, "command.keys", "F1"},
    Known{CommandId::kWork, "work.title", ""},
    Known{CommandId::kEdit, "command.edit", "Ctrl+E"},
    Known{CommandId::kNewIncident, "command.new_incident", ""},
    Known{CommandId::kNewActor, "command.new_actor", ""},
    Known{CommandId::kNewPlace, "command.new_place", ""},
    Known{CommandId::kNewSource, "command.new_source", ""},
    Known{CommandId::kNewRelation, "command.new_relation", ""},
    Known{CommandId::kNewAlert, "command.new_alert", ""},
};
constexpr size_t kLeastBytes = 2;

// Back is where its arrow points.
const char* KeysOf(const Known& known) {
  const bool turned = RightToLeft(CurrentLanguage());
  if (turned && known.id == CommandId::kBack) return "Alt+Right";
  return turned && known.id == CommandId::kForward ? "Alt+Left" : known.keys;
}

bool Answers(const std::vector<std::string>& asked, const std::string& title) {
  const std::vector<std::string> words = search::FoldedWords(title);
  return std::all_of(asked.begin(), asked.end(), [&](const std::string& begin) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return word.starts_with(begin); });
  });
}

}  // namespace

bool WantsCommands(std::string_view text) { return text.starts_with('>'); }

std::vector<Command> FindCommands(std::string_view text) {
  const bool only = WantsCommands(text);
  if (only) text.remove_prefix(1);
  if (!only && text.size() < kLeastBytes) return {};
  const std::vector<std::string> asked = search::FoldedWords(text);
  std::vector<Command> found;
  for (const Known& known : kKnown) {
    std::string title = Say(known.title);
    if (Answers(asked, title)) found.push_back({known.id, std::move(title), KeysOf(known)});
  }
  return found;
}

}  // namespace daftar
