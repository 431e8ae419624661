// Ui::Rich: text set in lines, links among them.
#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "client/ui/text/caret.h"
#include "client/ui/widgets.h"
#include "imgui_internal.h"

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
    std::string paragraph;
    const std::vector<TextMark> marks = ui_.marks().NextParagraph(text_, paragraph);
    for (const text::Line& line : lines) {
      // Where the line does not begin at the side of the window, it begins at the other side: of all there is, or, in
      // a window from right to left, of the block that stands at the right.
      const float x = line.right_to_left == turned_ ? 0 : block - line.width;
      if (!marks.empty()) ui_.DrawMarks({origin_.x + x, origin_.y + y}, line, style_.face, marks);
      DrawLine({origin_.x + x, origin_.y + y}, line);
      widest = std::max(widest, x + line.width);
      y += pitch;
    }
    ImGui::SetCursorScreenPos(origin_);
    ImGui::Dummy({widest, y});
    Select(lines, block, pitch, paragraph);
  }

 private:
  float Block(const std::vector<text::Line>& lines) const {
    if (!turned_) return width_;
    float widest = 0;
    for (const text::Line& line : lines) widest = std::max(widest, line.width);
    return widest;
  }

  // The byte that is nearest to the mouse.
  size_t ByteAtMouse(const std::vector<text::Line>& lines, float block, float pitch) const {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const float row = std::floor((mouse.y - origin_.y) / pitch);
    const text::Line& line = lines[static_cast<size_t>(std::clamp(row, 0.0f, static_cast<float>(lines.size() - 1)))];
    const float left = origin_.x + (line.right_to_left == turned_ ? 0 : block - line.width);
    const float x = mouse.x - left;
    return text::ByteNear(line, turned_ ? line.width - x : x);
  }

  // What the mouse selects: pressed beside links, drawn along, pressed twice and three times.
  void Select(const std::vector<text::Line>& lines, float block, float pitch, const std::string& paragraph) {
    TextMarks& marks = ui_.marks();
    const bool here = ImGui::IsItemHovered() && !ImGui::IsAnyItemHovered();
    if (here) ImGui::SetMouseCursor(ImGuiMouseCursor_TextInput);
    if (here && ImGui::IsMouseClicked(0)) {
      marks.Press(paragraph, text_, ByteAtMouse(lines, block, pitch), ImGui::GetMouseClickedCount(0));
    } else if (marks.dragging() && ImGui::IsMouseDown(0)) {
      marks.Drag(paragraph, ByteAtMouse(lines, block, pitch));
    }
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

void Ui::DrawMarks(ImVec2 at, const text::Line& line, Face face, const std::vector<TextMark>& marks) const {
  const float height = fonts_->height(face);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (const TextMark& mark : marks) {
    std::optional<std::pair<float, float>> box;  // of what stands together
    const auto draw = [&] {
      if (!box) return;
      const ImVec2 low{at.x + box->first, at.y}, high{at.x + box->second, at.y + height};
      const bool selected = mark.what == TextMark::What::kSelected;
      list.AddRectFilled(low, high, ImGui::GetColorU32(selected ? theme_.selected : theme_.amber_paper));
      // The current one has a frame as well: not the colour alone tells it.
      if (mark.what == TextMark::What::kCurrent) {
        list.AddRect({low.x - 1, low.y - 1}, {high.x + 1, high.y + 1}, ImGui::GetColorU32(theme_.amber), 0, 0, Px(2));
        if (std::exchange(bring_mark_, false))
          ImGui::ScrollToBringRectIntoView(ImGui::GetCurrentWindow(),
                                           {{low.x, low.y - Px(40)}, {high.x, high.y + Px(60)}});
      }
      box.reset();
    };
    for (const text::PlacedGlyph& glyph : line.glyphs) {
      if (glyph.byte < std::max(mark.range.begin, line.begin) || glyph.byte >= std::min(mark.range.end, line.end)) {
        draw();
        continue;
      }
      const float left = sides_.turned() ? line.width - glyph.right : glyph.left;
      const float right = sides_.turned() ? line.width - glyph.left : glyph.right;
      box = box ? std::pair(std::min(box->first, left), std::max(box->second, right)) : std::pair(left, right);
    }
    draw();
  }
}

void Ui::Rich(std::string_view text, std::span<const PageLink> links, TextStyle style, float width) {
  if (width <= 0) width = ImGui::GetContentRegionAvail().x;
  RichText(*this, text, links, style, std::max(width, Px(40))).Draw();
  Record(Role::kText, text, "");
}

void Ui::Text(std::string_view text, TextStyle style, float width) { Rich(text, {}, style, width); }

}  // namespace daftar::ui
