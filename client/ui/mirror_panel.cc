// The text mirror: the page as the command line would print it.
#include <algorithm>
#include <string>
#include <type_traits>

#include "client/model/text_page.h"
#include "client/ui/panels.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

constexpr size_t kMostColumns = 110;

std::string TextOf(const Screen& screen, const TextOptions& options) {
  return std::visit(
      [&](const auto& content) -> std::string {
        using Content = std::decay_t<decltype(content)>;
        if constexpr (std::is_same_v<Content, Home>) return HomeAsText(content, options);
        if constexpr (std::is_same_v<Content, List>) return ListAsText(content, options);
        if constexpr (std::is_same_v<Content, SearchPage>) return SearchAsText(content, options);
        if constexpr (std::is_same_v<Content, Page>) return PageAsText(content, options);
        if constexpr (std::is_same_v<Content, KeysPage>) return KeysAsText();
        if constexpr (std::is_same_v<Content, Trouble>) return "This page cannot be shown: " + content.words;
        return "";
      },
      screen.content);
}

}  // namespace

void DrawMirror(Ui& ui, const Screen& screen, Wishes& wishes) {
  const float column = ui.Measure("0", Face::kMono).x;
  const auto columns = static_cast<size_t>(std::max(ImGui::GetContentRegionAvail().x / column - 1, 1.0f));
  const std::string text = TextOf(screen, {.width = std::min(columns, kMostColumns), .columns = false});
  if (ui.Button("Copy", true, true)) ImGui::SetClipboardText(text.c_str());
  ImGui::SameLine(0, ui.Px(8));
  if (ui.Button("Back to the page", true, false, "F8")) wishes.ToggleMirror();
  ImGui::Dummy({0, ui.Px(8)});
  ui.Text(text, {Face::kMono});
}

}  // namespace daftar::ui
