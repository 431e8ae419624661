// Colours and spacing. Nothing means anything by its colour alone: a mark or a word always goes with it.
#pragma once

#include "imgui.h"

namespace daftar::ui {

enum class ThemeKind { kLight, kDark, kHighContrast };
inline constexpr int kThemes = 3;

struct Theme {
  ThemeKind kind = ThemeKind::kLight;
  ImVec4 paper, panel, raised, line;  // backgrounds, from page to card, and hairlines
  ImVec4 text, muted, link, accent;   // on all of these, contrast 4.5 and more
  ImVec4 accent_text;                 // on accent
  ImVec4 amber, amber_paper;          // disagreement, stale
  ImVec4 red, red_paper;              // errors, denial
  ImVec4 green;                       // fresh
  ImVec4 hover, selected;
};

Theme ThemeOf(ThemeKind kind);
// The one after it, and after the last the first.
ThemeKind NextTheme(ThemeKind kind);
// How well one colour is seen on another, 1 to 21: WCAG 2.1, contrast ratio.
float Contrast(const ImVec4& one, const ImVec4& other);

// Gives the theme to ImGui's own widgets, with all sizes multiplied by `scale`.
void ApplyTheme(const Theme& theme, float scale);

}  // namespace daftar::ui
