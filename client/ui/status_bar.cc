#include <algorithm>

#include "client/model/address.h"
#include "client/ui/panels.h"
#include "imgui.h"

namespace daftar::ui {

// Each part leads to the page that says it all: a reason is longer than the foot of a window.
void DrawStatusBar(Ui& ui, const Screen& screen) {
  const StatusLine& status = screen.status;
  TextStyle quiet{Face::kSmall, &ui.theme().muted}, warn{Face::kSmall, &ui.theme().amber};
  const float top = (ImGui::GetWindowHeight() - ui.Measure("x", Face::kSmall).y) / 2;
  float x = ui.Px(14);
  auto part = [&](const std::string& text, const TextStyle& style) {
    const float room = ImGui::GetWindowWidth() - x - ui.Px(10);
    if (text.empty() || room < ui.Px(40)) return;
    ImGui::SetCursorPos({x, top});
    if (ui.LinkText(text, SyncAddress(), style, room)) ui.Open(SyncAddress());
    x += ui.Measure(text, Face::kSmall).x + ui.Px(26);
  };
  part(status.data, quiet);
  part(status.success, quiet);
  part(status.outbox, warn);
  part(status.conflicts, warn);
  part(status.server, quiet);
  part(status.attempt, warn);
}

}  // namespace daftar::ui
