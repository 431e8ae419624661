// The map's colours, and what a province's shade means.
#include <algorithm>
#include <cmath>

#include "client/ui/map_parts.h"

namespace daftar::ui {
namespace {

ImVec4 Mixed(const ImVec4& one, const ImVec4& other, float part) {
  return {one.x + (other.x - one.x) * part, one.y + (other.y - one.y) * part, one.z + (other.z - one.z) * part, 1};
}

}  // namespace

MapColours MapColoursOf(const Theme& theme) {
  MapColours colours;
  const bool strong = theme.kind == ThemeKind::kHighContrast;
  colours.sea = strong ? Mixed(theme.paper, theme.link, 0.14f) : Mixed(theme.panel, theme.link, 0.13f);
  colours.land = theme.kind == ThemeKind::kDark ? theme.raised : theme.paper;
  const ImVec4& deepest = strong ? theme.selected : theme.accent;
  for (int shade = 0; shade < MapColours::kShades; ++shade) {
    const float part = static_cast<float>(shade + 1) / MapColours::kShades;
    colours.shades[shade] = Mixed(colours.land, deepest, part * (strong ? 1.0f : 0.34f));
  }
  colours.coast = colours.border = theme.muted;
  colours.province = Mixed(colours.land, theme.muted, strong ? 0.7f : 0.45f);
  colours.disputed = theme.amber;
  // Deeper than the sea, so that a thin line is seen on land.
  colours.river = Mixed(colours.land, theme.link, strong ? 0.85f : 0.75f);
  colours.river_words = Mixed(theme.link, theme.text, 0.55f);
  colours.words = theme.text;
  colours.city = theme.text;
  colours.mark = theme.accent;
  colours.mark_words = theme.accent_text;
  colours.chosen = theme.text;
  return colours;
}

int ShadeOf(uint32_t count, uint32_t most) {
  if (count == 0) return -1;
  // Each shade is as many times more as the one before.
  const double part = most <= 1 ? 1 : std::log(count) / std::log(most);
  return std::clamp(static_cast<int>(part * MapColours::kShades), 0, MapColours::kShades - 1);
}

uint32_t LeastOf(int shade, uint32_t most) {
  uint32_t least = 1;
  while (least < most && ShadeOf(least, most) < shade) {
    const double next = std::pow(most, static_cast<double>(shade) / MapColours::kShades);
    least = std::max(least + 1, static_cast<uint32_t>(next));
  }
  return least;
}

}  // namespace daftar::ui
