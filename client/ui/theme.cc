#include "client/ui/theme.h"

#include <algorithm>
#include <cmath>

namespace daftar::ui {
namespace {

ImVec4 Rgb(unsigned hex) {
  return {static_cast<float>(hex >> 16 & 255) / 255.0f, static_cast<float>(hex >> 8 & 255) / 255.0f,
          static_cast<float>(hex & 255) / 255.0f, 1.0f};
}

void SetColours(const Theme& t, ImGuiStyle& style) {
  ImVec4* c = style.Colors;
  c[ImGuiCol_Text] = t.text;
  c[ImGuiCol_TextDisabled] = t.muted;
  c[ImGuiCol_WindowBg] = t.paper;
  c[ImGuiCol_ChildBg] = {0, 0, 0, 0};
  c[ImGuiCol_PopupBg] = t.raised;
  c[ImGuiCol_Border] = t.line;
  c[ImGuiCol_FrameBg] = t.raised;
  c[ImGuiCol_FrameBgHovered] = t.raised;
  c[ImGuiCol_FrameBgActive] = t.raised;
  c[ImGuiCol_ScrollbarBg] = {0, 0, 0, 0};
  c[ImGuiCol_ScrollbarGrab] = t.line;
  c[ImGuiCol_ScrollbarGrabHovered] = t.muted;
  c[ImGuiCol_ScrollbarGrabActive] = t.muted;
  c[ImGuiCol_Header] = t.selected;
  c[ImGuiCol_HeaderHovered] = t.hover;
  c[ImGuiCol_HeaderActive] = t.selected;
  c[ImGuiCol_Button] = t.raised;
  c[ImGuiCol_ButtonHovered] = t.hover;
  c[ImGuiCol_ButtonActive] = t.selected;
  c[ImGuiCol_Separator] = t.line;
  c[ImGuiCol_TableBorderLight] = t.line;
  c[ImGuiCol_TableBorderStrong] = t.line;
  c[ImGuiCol_TableHeaderBg] = t.panel;
  c[ImGuiCol_TextSelectedBg] = t.selected;
  // Ui draws the ring of the focus itself; ImGui would draw one round whole parts of the window too.
  c[ImGuiCol_NavHighlight] = {0, 0, 0, 0};
  c[ImGuiCol_CheckMark] = t.accent;
  c[ImGuiCol_SliderGrab] = c[ImGuiCol_SliderGrabActive] = t.accent;
  c[ImGuiCol_ModalWindowDimBg] = {0, 0, 0, 0.35f};
}

Theme Light() {
  Theme t;
  t.paper = Rgb(0xFCFCFA), t.panel = Rgb(0xF1F3F1), t.raised = Rgb(0xFFFFFF), t.line = Rgb(0xD9DEDC);
  t.text = Rgb(0x1E2529), t.muted = Rgb(0x566168), t.link = Rgb(0x0B5C8F), t.accent = Rgb(0x1F6360);
  t.accent_text = Rgb(0xFFFFFF);
  t.amber = Rgb(0x7F4F00), t.amber_paper = Rgb(0xFFF2D2);
  t.red = Rgb(0xA3231F), t.red_paper = Rgb(0xFCE9E7), t.green = Rgb(0x1D6B34);
  t.hover = Rgb(0xE9F0EF), t.selected = Rgb(0xD3E5E3);
  return t;
}

Theme Dark() {
  Theme t;
  t.paper = Rgb(0x171B1D), t.panel = Rgb(0x1F2528), t.raised = Rgb(0x262D30), t.line = Rgb(0x3A4448);
  t.text = Rgb(0xE6EAE9), t.muted = Rgb(0xA3AFB3), t.link = Rgb(0x7CC0EE), t.accent = Rgb(0x6CC2B8);
  t.accent_text = Rgb(0x10201F);
  t.amber = Rgb(0xF2C265), t.amber_paper = Rgb(0x3A2F17);
  t.red = Rgb(0xF29A93), t.red_paper = Rgb(0x40211F), t.green = Rgb(0x86CF98);
  t.hover = Rgb(0x2C3639), t.selected = Rgb(0x244140);
  return t;
}

// White and yellow on black, with lines that are seen.
Theme HighContrast() {
  Theme t;
  t.paper = t.panel = t.raised = Rgb(0x000000), t.line = Rgb(0xB0B0B0);
  t.text = t.muted = Rgb(0xFFFFFF), t.link = Rgb(0x8FD3FF), t.accent = Rgb(0xFFE14D);
  t.accent_text = Rgb(0x000000);
  t.amber = Rgb(0xFFD24A), t.amber_paper = Rgb(0x201800);
  t.red = Rgb(0xFFB0A8), t.red_paper = Rgb(0x300000), t.green = Rgb(0x9CF5B0);
  t.hover = Rgb(0x262626), t.selected = Rgb(0x003A5C);
  return t;
}

// WCAG 2.1, relative luminance.
float Luminance(const ImVec4& colour) {
  const auto linear = [](float part) {
    return part <= 0.03928f ? part / 12.92f : std::pow((part + 0.055f) / 1.055f, 2.4f);
  };
  return 0.2126f * linear(colour.x) + 0.7152f * linear(colour.y) + 0.0722f * linear(colour.z);
}

}  // namespace

Theme ThemeOf(ThemeKind kind) {
  Theme theme = kind == ThemeKind::kLight ? Light() : kind == ThemeKind::kDark ? Dark() : HighContrast();
  theme.kind = kind;
  return theme;
}

ThemeKind NextTheme(ThemeKind kind) { return static_cast<ThemeKind>((static_cast<int>(kind) + 1) % kThemes); }

float Contrast(const ImVec4& one, const ImVec4& other) {
  const auto [dark, light] = std::minmax({Luminance(one), Luminance(other)});
  return (light + 0.05f) / (dark + 0.05f);
}

void ApplyTheme(const Theme& theme, float scale) {
  ImGuiStyle style;
  style.WindowPadding = {0, 0};
  style.WindowRounding = 0;
  style.WindowBorderSize = 0;
  style.FramePadding = {10, 7};
  style.FrameRounding = 6;
  style.FrameBorderSize = 1;
  style.PopupRounding = 6;
  style.ChildRounding = 6;
  style.ChildBorderSize = 1;
  style.ItemSpacing = {8, 6};
  style.CellPadding = {10, 7};
  style.ScrollbarSize = 12;
  style.ScrollbarRounding = 6;
  style.AntiAliasedLinesUseTex = true;
  style.ScaleAllSizes(scale);
  SetColours(theme, style);
  ImGui::GetStyle() = style;
}

}  // namespace daftar::ui
