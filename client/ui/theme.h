// Colours and spacing. Nothing means anything by its colour alone: a mark or a word always goes with it.
#pragma once

#include "imgui.h"

namespace daftar::ui {

struct Theme {
  bool dark = false;
  ImVec4 paper, panel, raised, line;  // backgrounds, from page to card, and hairlines
  ImVec4 text, muted, link, accent;   // on all of these, contrast 4.5 and more
  ImVec4 accent_text;                 // on accent
  ImVec4 amber, amber_paper;          // disagreement, stale
  ImVec4 red, red_paper;              // errors, denial
  ImVec4 green;                       // fresh
  ImVec4 hover, selected;
};

Theme LightTheme();
Theme DarkTheme();

// Gives the theme to ImGui's own widgets, with all sizes multiplied by `scale`.
void ApplyTheme(const Theme& theme, float scale);

}  // namespace daftar::ui
