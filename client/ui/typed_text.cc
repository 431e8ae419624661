#include "client/ui/typed_text.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "client/ui/text/caret.h"
#include "imgui_internal.h"

namespace daftar::ui {
namespace {

// Hebrew, Arabic, Syriac, Thaana and N'Ko begin with the bytes D6 … DF in UTF-8; presentation forms with EF.
bool MayRunRightToLeft(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte >= 0xD6 && byte <= 0xDF) || byte == 0xEF;
  });
}

bool BeginsCharacter(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

// ImGui counts characters.
size_t ByteOf(const std::string& text, int character) {
  size_t byte = 0;
  for (; byte < text.size(); ++byte) {
    if (BeginsCharacter(text[byte]) && character-- == 0) break;
  }
  return byte;
}

int CharacterAt(const std::string& text, size_t byte) {
  return static_cast<int>(std::count_if(text.begin(), text.begin() + static_cast<ptrdiff_t>(byte), BeginsCharacter));
}

// Puts the caret where the mouse is, or draws the selection there.
void FollowMouse(ImGuiInputTextState& state, int character) {
  state.Stb.cursor = state.Stb.select_end = character;
  if (ImGui::IsMouseClicked(0)) state.Stb.select_start = character;
}

}  // namespace

TypedText::TypedText(Fonts& fonts, const Theme& theme, const std::string& value, bool turned)
    : fonts_(fonts), theme_(theme), value_(value), turned_(turned), shaped_(turned || MayRunRightToLeft(value)) {
  if (!shaped_) return;
  // In a window that is turned over they have changed places already.
  mirrored_ = fonts_.Set(value_, Face::kBody).right_to_left != turned_;
  if (mirrored_) std::swap(ImGui::GetIO().KeyMap[ImGuiKey_LeftArrow], ImGui::GetIO().KeyMap[ImGuiKey_RightArrow]);
  ImGui::PushStyleColor(ImGuiCol_Text, {0, 0, 0, 0});
  ImGui::PushStyleColor(ImGuiCol_TextSelectedBg, {0, 0, 0, 0});
  hidden_ = true;
}

TypedText::~TypedText() { Restore(); }

void TypedText::Restore() {
  if (hidden_) ImGui::PopStyleColor(2);
  if (mirrored_) std::swap(ImGui::GetIO().KeyMap[ImGuiKey_LeftArrow], ImGui::GetIO().KeyMap[ImGuiKey_RightArrow]);
  hidden_ = mirrored_ = false;
}

void TypedText::Draw() {
  Restore();
  if (!shaped_) return;
  const ImVec2 padding = ImGui::GetStyle().FramePadding;
  const ImVec2 low{ImGui::GetItemRectMin().x + padding.x, ImGui::GetItemRectMin().y + padding.y};
  const ImVec2 high{ImGui::GetItemRectMax().x - padding.x, ImGui::GetItemRectMax().y - padding.y};
  const text::Line& line = fonts_.Set(value_, Face::kBody);
  ImGuiInputTextState* const state = ImGui::IsItemActive() ? ImGui::GetInputTextState(ImGui::GetItemID()) : nullptr;

  float left = line.right_to_left && !turned_ ? high.x - line.width : low.x;
  // Of the layout, from one of the line, and back.
  const auto turn = [&](float x) { return turned_ ? line.width - x : x; };
  const auto caret_x = [&] { return left + turn(text::CaretAt(line, ByteOf(value_, state->Stb.cursor))); };
  if (state != nullptr) left += std::clamp(caret_x(), low.x, high.x - 1) - caret_x();
  if (state != nullptr && ImGui::IsMouseDown(0))
    FollowMouse(*state, CharacterAt(value_, text::ByteNear(line, turn(ImGui::GetIO().MousePos.x - left))));

  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.PushClipRect({low.x - 1, low.y}, {high.x + 1, high.y}, true);
  if (state != nullptr && state->HasSelection()) {
    const auto [from, to] = std::minmax(state->Stb.select_start, state->Stb.select_end);
    const size_t begin = ByteOf(value_, from), end = ByteOf(value_, to);
    for (const text::PlacedGlyph& glyph : line.glyphs) {
      if (glyph.byte < begin || glyph.byte >= end) continue;
      const auto [begin_x, end_x] = std::minmax({turn(glyph.left), turn(glyph.right)});
      list.AddRectFilled({left + begin_x, low.y}, {left + end_x, high.y}, ImGui::GetColorU32(ImGuiCol_TextSelectedBg));
    }
  }
  fonts_.Draw(list, {left, low.y}, line, Face::kBody, ImGui::GetColorU32(theme_.text));
  // As ImGui's own caret blinks.
  const bool hidden = ImGui::GetIO().ConfigInputTextCursorBlink && state != nullptr && state->CursorAnim > 0 &&
                      std::fmod(state->CursorAnim, 1.2f) > 0.8f;
  if (state != nullptr && !hidden) {
    const float x = std::floor(caret_x()) + 0.5f;
    list.AddLine({x, low.y}, {x, high.y}, ImGui::GetColorU32(theme_.text));
  }
  list.PopClipRect();
}

}  // namespace daftar::ui
