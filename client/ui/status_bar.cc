#include <algorithm>

#include "client/ui/panels.h"
#include "imgui.h"

namespace daftar::ui {

void DrawStatusBar(Ui& ui, const Screen& screen) {
  const StatusLine& status = screen.status;
  TextStyle quiet{Face::kSmall, &ui.theme().muted}, warn{Face::kSmall, &ui.theme().amber};
  float top = (ImGui::GetWindowHeight() - ui.Measure("x", Face::kSmall).y) / 2;
  float x = ui.Px(14);
  auto part = [&](const std::string& text, const TextStyle& style) {
    if (text.empty()) return;
    ImGui::SetCursorPos({x, top});
    ui.Line(text, style, std::max(ImGui::GetWindowWidth() - x - ui.Px(10), ui.Px(20)));
    x += ui.Measure(text, Face::kSmall).x + ui.Px(26);
  };
  part(status.data, quiet);
  part(status.success, quiet);
  part(status.outbox, status.outbox.empty() ? quiet : warn);
  part(status.conflicts, warn);
  part(status.server, quiet);
  part(status.attempt, warn);
}

}  // namespace daftar::ui
