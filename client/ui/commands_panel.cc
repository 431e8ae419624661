// Commands that the search box finds, above whatever else it finds.
#include <algorithm>

#include "client/language/say.h"
#include "client/ui/panels.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

constexpr float kHeight = 34;
// Where records are looked for, too.
constexpr size_t kMostBesideRecords = 3;

}  // namespace

void DrawCommands(Ui& ui, const Screen& screen, size_t selected, Wishes& wishes) {
  const bool only = WantsCommands(screen.search_text);
  const size_t shown = only ? screen.commands.size() : std::min(screen.commands.size(), kMostBesideRecords);
  if (shown == 0) return;
  ui.Heading(Say("command.heading"));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 1});
  std::optional<CommandId> chosen;
  for (size_t i = 0; i < shown; ++i) {
    const Command& command = screen.commands[i];
    const auto place = ui.Row(command.title, command.title, ui.Px(kHeight), only && i == selected);
    if (place.chosen) chosen = command.id;
    const float top = place.top_left.y + ui.Px(8), keys = ui.Measure(command.keys, Face::kSmall).x;
    const float room = place.size.x - keys - ui.Px(40);
    ui.TextAt({place.top_left.x + ui.Px(14), top}, command.title, {}, room);
    ui.TextAt({place.top_left.x + place.size.x - keys - ui.Px(14), top}, command.keys,
              {Face::kSmall, &ui.theme().muted}, 0);
  }
  ImGui::PopStyleVar();
  ImGui::Dummy({0, ui.Px(10)});
  if (chosen) wishes.Run(*chosen);
}

}  // namespace daftar::ui
