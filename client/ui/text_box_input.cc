// What keys and the mouse do in a text box.
#include <algorithm>
#include <cmath>

#include "client/language/say.h"
#include "client/ui/keys.h"
#include "client/ui/text_box_view.h"

namespace daftar::ui {
namespace {

using Erasing = text::EditBuffer::Erasing;
using Held = TextBoxState::Held;
using text::Motion;

constexpr ImWchar kCannotBeTyped = 0xFFFD;  // what ImGui makes of characters outside of the basic plane
constexpr float kLinesOfWheel = 3;
// The mouse may be dragged far out of the box: so many lines on, or back, in a frame.
constexpr float kMostLinesOutside = 30;

// ImGui's, which is the desktop's.
class DesktopClipboard final : public text::Clipboard {
 public:
  std::string Get() override {
    const char* text = ImGui::GetClipboardText();
    return text == nullptr ? "" : text;
  }
  void Set(const std::string& text) override { ImGui::SetClipboardText(text.c_str()); }
};

int64_t NowMs() { return static_cast<int64_t>(ImGui::GetTime() * 1000); }
bool Pressed(int key) { return ImGui::IsKeyPressed(key); }
// With AltGr, which is Ctrl and Alt, characters are typed.
bool Ctrl() { return ImGui::GetIO().KeyCtrl && !ImGui::GetIO().KeyAlt; }
bool Shift() { return ImGui::GetIO().KeyShift; }

}  // namespace

void TextBoxView::Acted() {
  follow_ = true;
  state_.acted_s = ImGui::GetTime();
}

void TextBoxView::Do(Outcome outcome) {
  if (outcome == Outcome::kDone) state_.notice.clear();
  if (outcome == Outcome::kTooLong) state_.notice = Say("form.box_full");
  if (outcome == Outcome::kNotText) state_.notice = Say("form.box_not_text");
  Acted();
}

void TextBoxView::HandleKeyboard() {
  if (options_.read_only) {
    ImGui::GetIO().InputQueueCharacters.resize(0);
  } else {
    HandleTyping();
    HandleErasing();
  }
  HandleClipboard();
  // What was typed is wrapped before the caret goes through it.
  Update();
  HandleMotion();
  if (Pressed(keys::kEscape)) ImGui::ClearActiveID();
}

void TextBoxView::HandleTyping() {
  ImGuiIO& io = ImGui::GetIO();
  std::string typed;
  if (!Ctrl()) {
    for (const ImWchar c : io.InputQueueCharacters) {
      char utf8[5];
      if (c == kCannotBeTyped) {
        state_.notice = Say("form.box_cannot_type");
      } else {
        typed += ImTextCharToUtf8(utf8, c);
      }
    }
    if (Pressed(keys::kEnter) || Pressed(keys::kPadEnter)) typed += '\n';
  }
  io.InputQueueCharacters.resize(0);
  if (!typed.empty()) Do(state_.buffer.Insert(typed, true, NowMs()));
}

void TextBoxView::HandleErasing() {
  const bool word = Ctrl();
  if (Pressed(keys::kBackspace))
    Do(state_.buffer.Erase(word ? Erasing::kWordBefore : Erasing::kCharacterBefore, NowMs()));
  if (Pressed(keys::kDelete) && !Shift())
    Do(state_.buffer.Erase(word ? Erasing::kWordBehind : Erasing::kCharacterBehind, NowMs()));
}

void TextBoxView::HandleClipboard() {
  text::EditBuffer& buffer = state_.buffer;
  DesktopClipboard clipboard;
  const bool ctrl = Ctrl(), shift = Shift();
  if ((ctrl && Pressed(keys::kC)) || (ctrl && Pressed(keys::kInsert))) buffer.Copy(clipboard);
  if (ctrl && Pressed(keys::kA)) buffer.SelectAll();
  if (options_.read_only) return;
  if ((ctrl && Pressed(keys::kX)) || (shift && Pressed(keys::kDelete))) Do(buffer.Cut(clipboard, NowMs()));
  if ((ctrl && Pressed(keys::kV)) || (shift && Pressed(keys::kInsert))) Do(buffer.Paste(clipboard, NowMs()));
  if (ctrl && Pressed(keys::kZ)) Do(shift ? buffer.Redo() : buffer.Undo());
  if (ctrl && Pressed(keys::kY)) Do(buffer.Redo());
}

void TextBoxView::HandleMotion() {
  // Alt with an arrow goes back and forward in the window.
  if (ImGui::GetIO().KeyAlt) return;
  const bool ctrl = Ctrl(), shift = Shift();
  const auto move = [&](int key, Motion motion) {
    if (!Pressed(key)) return;
    state_.buffer.Move(motion, shift, state_.flow);
    Acted();
  };
  // In a window that is turned over, the arrows have changed places for the layout; on the screen they have not.
  if (!options_.read_only) {
    move(turned_ ? keys::kRight : keys::kLeft, ctrl ? Motion::kWordLeft : Motion::kLeft);
    move(turned_ ? keys::kLeft : keys::kRight, ctrl ? Motion::kWordRight : Motion::kRight);
  }
  move(keys::kUp, Motion::kUp);
  move(keys::kDown, Motion::kDown);
  move(keys::kHome, ctrl ? Motion::kTextBegin : Motion::kLineBegin);
  move(keys::kEnd, ctrl ? Motion::kTextEnd : Motion::kLineEnd);
  // With Ctrl they go from tab to tab.
  if (ctrl) return;
  move(keys::kPageUp, Motion::kPageUp);
  move(keys::kPageDown, Motion::kPageDown);
}

text::Caret TextBoxView::CaretAtMouse() {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const float x = turned_ ? width_ - (mouse.x - inner_.x) : mouse.x - inner_.x;
  const float row = std::clamp(std::floor((mouse.y - inner_.y) / pitch_), -kMostLinesOutside,
                               static_cast<float>(rows_) + kMostLinesOutside);
  const float y = (mouse.y < inner_.y || mouse.y >= inner_.y + view()) ? row * pitch_ : mouse.y - inner_.y;
  size_t paragraph = state_.top, line = 0;
  state_.flow.Step(paragraph, line, static_cast<int64_t>(std::floor((y + state_.hidden) / pitch_)));
  return state_.flow.CaretIn(paragraph, line, x);
}

void TextBoxView::HandleMouse() {
  const ImGuiIO& io = ImGui::GetIO();
  Held& held = state_.held;
  if (!active() || !io.MouseDown[0] || !ImGui::IsMousePosValid()) held = Held::kNothing;
  if (!active()) return;
  text::EditBuffer& buffer = state_.buffer;
  if (hovered_ && ImGui::IsMouseClicked(0)) {
    const bool at_bar = io.MousePos.x > box_.Max.x - ui_.Px(14) && Overflows();
    held = at_bar ? Held::kBar : Held::kText;
    if (at_bar) return DragBar();
    if (io.KeyShift) {
      buffer.PressOn(CaretAtMouse());
    } else {
      const int times = ImGui::GetMouseClickedCount(0);
      buffer.Press(CaretAtMouse(), options_.read_only ? std::max(times, 2) : times);
    }
    return Acted();
  }
  if (held == Held::kBar) DragBar();
  if (held != Held::kText) return;
  const text::Caret before = buffer.caret();
  const text::ByteRange selected = buffer.selection();
  buffer.Drag(CaretAtMouse());
  if (buffer.caret() != before || buffer.selection() != selected) Acted();
}

void TextBoxView::HandleWheel() {
  ImGuiContext& context = *ImGui::GetCurrentContext();
  if (context.HoveredId != id_ || !Overflows()) return;
  // The page stays where it is.
  context.HoveredIdUsingMouseWheel = true;
  const float wheel = ImGui::GetIO().MouseWheel;
  if (wheel != 0 && !ImGui::GetIO().KeyCtrl) Scroll(-wheel * kLinesOfWheel * pitch_);
}

void TextBoxView::DragBar() {
  const auto lines = static_cast<float>(state_.flow.CountBefore(state_.flow.paragraphs()));
  const float place = std::clamp((ImGui::GetIO().MousePos.y - inner_.y) / view(), 0.0f, 1.0f);
  const auto line = static_cast<int64_t>(place * std::max(lines - static_cast<float>(rows_), 0.0f));
  state_.top = state_.flow.WithLine(line);
  state_.hidden = static_cast<float>(line - state_.flow.CountBefore(state_.top)) * pitch_;
}

}  // namespace daftar::ui
