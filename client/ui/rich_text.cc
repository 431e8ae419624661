// Ui::Rich: text set in lines, links among them.
#include <algorithm>
#include <vector>

#include "client/ui/widgets.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

// A stretch of text that is one link, or none. Bytes.
struct Stretch {
  size_t begin = 0, end = 0;
  const PageLink* link = nullptr;
};

// All of the text, with the links in the order in which they stand in it.
std::vector<Stretch> Stretches(std::string_view text, std::span<const PageLink> links) {
  std::vector<Stretch> out;
  size_t at = 0;
  for (const PageLink& link : links) {
    if (link.empty() || link.address.empty()) continue;
    const size_t found = text.find(link.text, at);
    if (found == std::string_view::npos) continue;
    if (found > at) out.push_back({at, found});
    at = found + link.text.size();
    out.push_back({found, at, &link});
  }
  if (at < text.size() || out.empty()) out.push_back({at, text.size()});
  return out;
}

}  // namespace

// Draws the lines of a text, links among them.
class RichText {
 public:
  RichText(Ui& ui, std::string_view text, std::span<const PageLink> links, TextStyle style, float width)
      : ui_(ui),
        text_(text),
        stretches_(Stretches(text, links)),
        style_(style),
        width_(width),
        turned_(ui.sides().turned()),
        origin_(ImGui::GetCursorScreenPos()) {}

  void Draw() {
    const float pitch = ui_.fonts().height(style_.face) * 1.32f;
    float y = 0, widest = 1;
    const std::vector<text::Line>& lines = ui_.fonts().Wrap(text_, style_.face, width_);
    const float block = Block(lines);
    for (const text::Line& line : lines) {
      // Where the line does not begin at the side of the window, it begins at the other side: of all there is, or, in
      // a window from right to left, of the block that stands at the right.
      const float x = line.right_to_left == turned_ ? 0 : block - line.width;
      DrawLine({origin_.x + x, origin_.y + y}, line);
      widest = std::max(widest, x + line.width);
      y += pitch;
    }
    ImGui::SetCursorScreenPos(origin_);
    ImGui::Dummy({widest, y});
  }

 private:
  float Block(const std::vector<text::Line>& lines) const {
    if (!turned_) return width_;
    float widest = 0;
    for (const text::Line& line : lines) widest = std::max(widest, line.width);
    return widest;
  }

  using Glyphs = std::span<const text::PlacedGlyph>;

  const Stretch& StretchAt(size_t byte) const {
    const auto behind = [](size_t at, const Stretch& stretch) { return at < stretch.begin; };
    return *std::prev(std::upper_bound(stretches_.begin(), stretches_.end(), byte, behind));
  }

  // What stands together and belongs to one stretch is drawn at once.
  void DrawLine(ImVec2 at, const text::Line& line) {
    const Glyphs glyphs(line.glyphs);
    for (size_t begin = 0, end = 0; begin < glyphs.size(); begin = end) {
      const Stretch& stretch = StretchAt(glyphs[begin].byte);
      for (end = begin + 1; end < glyphs.size() && &StretchAt(glyphs[end].byte) == &stretch; ++end) {
      }
      DrawPart(at, line, glyphs.subspan(begin, end - begin), stretch);
    }
  }

  void DrawPart(ImVec2 at, const text::Line& line, Glyphs glyphs, const Stretch& stretch) {
    const ImVec4& colour = stretch.link != nullptr ? ui_.theme().link : ui_.ColourOf(style_);
    ui_.fonts().DrawPart(*ImGui::GetWindowDrawList(), at, line, glyphs, style_.face, ImGui::GetColorU32(colour));
    if (stretch.link == nullptr) return;
    const size_t begin = std::max(stretch.begin, line.begin), end = std::min(stretch.end, line.end);
    const float left = turned_ ? line.width - glyphs.back().right : glyphs.front().left;
    ImGui::SetCursorScreenPos({at.x + left, at.y});
    const ImVec2 size{glyphs.back().right - glyphs.front().left, ui_.fonts().height(style_.face)};
    if (ui_.LinkArea(text_.substr(begin, end - begin), stretch.link->address, size, colour))
      ui_.Open(stretch.link->address);
  }

  Ui& ui_;
  const std::string_view text_;
  const std::vector<Stretch> stretches_;
  const TextStyle style_;
  const float width_;
  const bool turned_;
  const ImVec2 origin_;
};

void Ui::Rich(std::string_view text, std::span<const PageLink> links, TextStyle style, float width) {
  if (width <= 0) width = ImGui::GetContentRegionAvail().x;
  RichText(*this, text, links, style, std::max(width, Px(40))).Draw();
  Record(Role::kText, text, "");
}

void Ui::Text(std::string_view text, TextStyle style, float width) { Rich(text, {}, style, width); }

}  // namespace daftar::ui
