// The panel at the side: a record looked at without leaving the page.
#include <algorithm>

#include "client/language/say.h"
#include "client/ui/keys.h"
#include "client/ui/panels.h"
#include "imgui_internal.h"

namespace daftar::ui {
namespace {

constexpr float kGrip = 8, kKeyStep = 24, kPad = 20;
constexpr size_t kFacts = 14, kSources = 6, kRows = 4;

void Gap(Ui& ui, float length) { ImGui::Dummy({0, ui.Px(length)}); }

// The edge by which its width is drawn; with the keyboard there, the arrows do it.
void DrawGrip(Ui& ui, const SideScreen& side, Wishes& wishes) {
  const ImVec2 at = ImGui::GetWindowPos();
  ImGui::SetCursorScreenPos(at);
  ImGui::InvisibleButton("grip", {ui.Px(kGrip), ImGui::GetWindowHeight()});
  const bool active = ImGui::IsItemActive(), focused = ImGui::IsItemFocused();
  if (ImGui::IsItemHovered() || active) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
    ImGui::GetWindowDrawList()->AddRectFilled(at, {at.x + ui.Px(3), at.y + ImGui::GetWindowHeight()},
                                              ImGui::GetColorU32(ui.theme().accent));
  }
  if (active && ImGui::GetIO().MouseDelta.x != 0)
    wishes.SetSideWidth(side.width - ImGui::GetIO().MouseDelta.x / ui.Px(1), false);
  if (ImGui::IsItemDeactivated()) wishes.SetSideWidth(side.width, true);
  if (focused && !active) {
    const float step = ImGui::IsKeyPressed(keys::kLeft) ? kKeyStep : ImGui::IsKeyPressed(keys::kRight) ? -kKeyStep : 0;
    if (step != 0) {
      ImGui::NavMoveRequestCancel();
      wishes.SetSideWidth(side.width + step, true);
    }
  }
  ui.FocusRing();
  ui.Record(Role::kButton, Say("side.width"), "");
  ui.Help(Say("side.width"));
}

void DrawHead(Ui& ui, Wishes& wishes) {
  const std::string close = Say("side.close");
  const float width = ImGui::GetContentRegionAvail().x, button = ui.ButtonWidth(close);
  const float left = ImGui::GetCursorPosX(), top = ImGui::GetCursorPosY();
  ui.Text(Say("side.title"), {Face::kSmall, &ui.theme().muted}, width - button - ui.Px(12));
  ImGui::SetCursorPos({left + width - button, top});
  if (ui.Button(close, true, false, "F7, Esc")) wishes.ToggleSide();
  ImGui::SetCursorPosX(left);
  Gap(ui, 2);
}

void DrawFacts(Ui& ui, const Page& page) {
  const Theme& theme = ui.theme();
  for (size_t i = 0; i < std::min(page.facts.size(), kFacts); ++i) {
    const Fact& fact = page.facts[i];
    const bool differs = !fact.disagreement.empty();
    Gap(ui, 1);
    ui.Text(fact.label, {Face::kSmall, &theme.muted});
    ui.Rich((differs ? "≠ " : "") + fact.value.text, fact.value.links, {Face::kBody, differs ? &theme.amber : nullptr});
  }
}

void DrawSources(Ui& ui, const Page& page) {
  if (page.sources.empty()) return;
  Gap(ui, 6);
  ui.Text(Say("window.sources"), {Face::kBold});
  if (!page.roots.empty()) ui.Text(page.roots, {Face::kSmall, &ui.theme().muted});
  for (size_t i = 0; i < std::min(page.sources.size(), kSources); ++i) {
    const Citation& citation = page.sources[i];
    ui.Rich(citation.source.text, std::span(&citation.source, 1), {Face::kSmall});
  }
}

void DrawSections(Ui& ui, const Page& page) {
  for (const Section& section : page.sections) {
    Gap(ui, 6);
    ui.Text(section.title, {Face::kBold});
    for (size_t i = 0; i < std::min(section.rows.size(), kRows); ++i) {
      const ListRow& row = section.rows[i];
      const PageLink link{row.title, row.address, row.display_id};
      ui.Rich(row.date.empty() ? row.title : Say("side.row", {{"title", row.title}, {"date", row.date}}),
              std::span(&link, 1), {Face::kSmall});
    }
  }
}

void DrawRecord(Ui& ui, const Page& page) {
  const Theme& theme = ui.theme();
  ui.Text(KindLabel(page.kind) + "  ·  " + page.display_id, {Face::kSmall, &theme.muted});
  const PageLink link{page.title, page.address, page.display_id};
  ui.Rich(page.title, std::span(&link, 1), {Face::kHeading});
  ui.Record(Role::kHeading, page.title, page.address);
  if (!page.subtitle.empty()) ui.Text(page.subtitle, {Face::kSmall, &theme.muted});
  if (page.retired) ui.Text("✗ " + page.retirement, {Face::kBody, &theme.red});
  if (!page.happened) ui.Text("? " + page.happened_words, {Face::kBody, &theme.amber});
  for (const Disagreement& each : page.disagreements) ui.Text("≠ " + each.words, {Face::kSmall, &theme.amber});
  DrawFacts(ui, page);
  DrawSources(ui, page);
  DrawSections(ui, page);
}

}  // namespace

void DrawSide(Ui& ui, const SideScreen& side, Wishes& wishes) {
  ImGui::SetCursorPos({ui.Px(kPad), ui.Px(14)});
  const float width = ImGui::GetWindowWidth() - 2 * ui.Px(kPad) - ImGui::GetStyle().ScrollbarSize;
  ImGui::BeginChild("preview", {width + ui.Px(kPad) / 2, ImGui::GetWindowHeight() - ui.Px(18)});
  DrawHead(ui, wishes);
  if (const Page* page = std::get_if<Page>(&side.content)) {
    DrawRecord(ui, *page);
  } else if (const Trouble* trouble = std::get_if<Trouble>(&side.content)) {
    ui.Text(trouble->words);
  } else {
    ui.Text(Say("side.empty"), {Face::kBody, &ui.theme().muted});
  }
  Gap(ui, 20);
  ImGui::EndChild();
  DrawGrip(ui, side, wishes);
}

}  // namespace daftar::ui
