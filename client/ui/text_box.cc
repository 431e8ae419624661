#include "client/ui/text_box.h"

#include <algorithm>
#include <cmath>

#include "client/ui/text_box_view.h"

namespace daftar::ui {
namespace {

constexpr float kLineSpacing = 1.32f, kBar = 6;

}  // namespace

TextBoxView::TextBoxView(Ui& ui, TextBoxState& state, const TextBoxOptions& options)
    : ui_(ui),
      state_(state),
      options_(options),
      turned_(ui.sides().turned()),
      id_(ImGui::GetID("##box")),
      window_(ImGui::GetCurrentWindow()) {
  const float height = ui.fonts().height(Face::kBody);
  label_ = state.buffer.marks().empty() ? 0 : std::ceil(ui.fonts().height(Face::kSmall));
  pitch_ = std::floor(height * kLineSpacing) + label_;
}

void TextBoxView::Update() {
  Fonts& fonts = ui_.fonts();
  const text::TextFlow::Room room{width_, fonts.height(Face::kBody), std::max(rows_ - 1, 1), turned_};
  state_.flow.Update(state_.buffer.text(), state_.buffer.revision(), room,
                     [&fonts, width = width_](std::string_view paragraph) -> const std::vector<text::Line>& {
                       return fonts.Wrap(paragraph, Face::kBody, width, text::SpacesAtEnd::kKept);
                     });
}

int TextBoxView::Rows() {
  int rows = 0;
  for (size_t i = 0; i < state_.flow.paragraphs() && rows < options_.most_lines; ++i) rows += state_.flow.Count(i);
  return std::clamp(rows, options_.least_lines, std::max(options_.most_lines, options_.least_lines));
}

bool TextBoxView::Overflows() {
  return state_.top > 0 || state_.hidden > 0 || state_.flow.CountBefore(state_.flow.paragraphs()) > rows_;
}

void TextBoxView::TakeKeyboard() {
  if (active()) return;
  ImGuiContext& context = *ImGui::GetCurrentContext();
  ImGui::SetActiveID(id_, window_);
  ImGui::SetFocusID(id_, window_);
  ImGui::FocusWindow(window_);
  // Keys that ImGui would otherwise lead out of the box with.
  context.ActiveIdUsingNavDirMask = 1 << ImGuiDir_Left | 1 << ImGuiDir_Right | 1 << ImGuiDir_Up | 1 << ImGuiDir_Down;
  context.ActiveIdUsingNavInputMask = 1 << ImGuiNavInput_Cancel;
  context.ActiveIdUsingKeyInputMask = ImU64{1} << ImGuiKey_Home | ImU64{1} << ImGuiKey_End |
                                      ImU64{1} << ImGuiKey_PageUp | ImU64{1} << ImGuiKey_PageDown;
  Acted();
}

void TextBoxView::HandleFocus() {
  ImGuiContext& context = *ImGui::GetCurrentContext();
  hovered_ = ImGui::ItemHoverable(box_, id_);
  if (hovered_) ImGui::SetMouseCursor(ImGuiMouseCursor_TextInput);
  const bool by_key = context.NavActivateId == id_ || context.NavActivateInputId == id_;
  const bool clicked = ImGui::IsMouseClicked(0);
  if (options_.focus || by_key || (hovered_ && clicked)) TakeKeyboard();
  if (active() && clicked && !hovered_) ImGui::ClearActiveID();
  if (!active()) return;
  ImGui::KeepAliveID(id_);
  context.WantTextInputNextFrame = 1;
}

bool TextBoxView::Draw(std::string_view label) {
  const ImVec2 padding = ImGui::GetStyle().FramePadding, at = ImGui::GetCursorScreenPos();
  const uint64_t before = state_.buffer.revision();
  const float wide = options_.width > 0 ? options_.width : ImGui::GetContentRegionAvail().x;
  width_ = std::max(std::floor(wide - 2 * padding.x - ui_.Px(kBar)), ui_.Px(40));
  rows_ = options_.most_lines;
  Update();
  // Before it takes its place: it grows in the frame in which a line is added.
  if (active()) HandleKeyboard();
  Update();
  rows_ = Rows();
  Update();

  const ImVec2 size{width_ + 2 * padding.x + ui_.Px(kBar), view() + 2 * padding.y};
  box_ = {at, {at.x + size.x, at.y + size.y}};
  inner_ = {at.x + padding.x, at.y + padding.y};
  ImGui::ItemSize(size);
  const bool seen = ImGui::ItemAdd(box_, id_);
  HandleFocus();
  HandleMouse();
  HandleWheel();
  Scroll(0);
  if (std::exchange(follow_, false)) ScrollToCaret();
  if (seen) {
    DrawPaper();
    DrawLines();
    DrawBar();
    DrawNotice();
  }
  state_.active = active();
  const bool changed = state_.buffer.revision() != before;
  if (changed && active()) ImGui::MarkItemEdited(id_);
  ui_.Record(Role::kField, label, state_.buffer.text());
  RecordMarks();
  return changed;
}

void TextBoxView::Scroll(float pixels) {
  text::TextFlow& flow = state_.flow;
  size_t& top = state_.top;
  float& hidden = state_.hidden;
  const auto height = [&](size_t paragraph) { return static_cast<float>(flow.Count(paragraph)) * pitch_; };
  const auto settle = [&] {
    for (; hidden < 0 && top > 0; hidden += height(top)) --top;
    hidden = std::max(hidden, 0.0f);
    for (; top + 1 < flow.paragraphs() && hidden >= height(top); ++top) hidden -= height(top);
  };
  top = std::min(top, flow.paragraphs() - 1);
  hidden += pixels;
  settle();
  // The last line stands at the bottom at the highest.
  float filled = -hidden;
  size_t next = top;
  while (next < flow.paragraphs() && filled < view()) filled += height(next++);
  if (filled >= view()) return;
  hidden -= view() - filled;
  settle();
}

void TextBoxView::ScrollToCaret() {
  text::TextFlow& flow = state_.flow;
  const text::Spot spot = flow.SpotOf(state_.buffer.caret());
  const float line = static_cast<float>(spot.line) * pitch_;
  // How far its line is below the first in sight, if it is in sight.
  float below = line - state_.hidden;
  for (size_t i = state_.top; i < spot.paragraph && below < view(); ++i)
    below += static_cast<float>(flow.Count(i)) * pitch_;
  const bool above = spot.paragraph < state_.top || (spot.paragraph == state_.top && below < 0);
  if (above || below + pitch_ > view()) {
    state_.top = spot.paragraph;
    state_.hidden = line;
    Scroll(above ? 0 : pitch_ - view());
    below = above ? 0 : view() - pitch_;
  }
  if (state_.held != TextBoxState::Held::kNothing) return;
  const float y = inner_.y + below;
  ImGui::ScrollToBringRectIntoView(window_, {{box_.Min.x, y - pitch_}, {box_.Min.x + 1, y + 2 * pitch_}});
}

struct Ui::LongFieldState {
  TextBoxState box;
  std::string value;   // what the field was given last, or gave
  bool drawn = false;  // in this frame
};

Ui::Ui(Registry& registry, Theme theme) : registry_(registry), theme_(std::move(theme)) {}

Ui::~Ui() = default;

bool Ui::TextBox(std::string_view label, TextBoxState& state, const TextBoxOptions& options) {
  ImGui::PushID(label.data(), label.data() + label.size());
  const bool changed = TextBoxView(*this, state, options).Draw(label);
  ImGui::PopID();
  return changed;
}

bool Ui::LongField(std::string_view label, std::string& value, const FieldOptions& options) {
  std::unique_ptr<LongFieldState>& kept = long_fields_[ImGui::GetID("##box")];
  const bool is_new = kept == nullptr;
  if (is_new) kept = std::make_unique<LongFieldState>();
  if (is_new || kept->value != value) {
    kept->box.buffer.Reset(value);
    kept->value = value;
  }
  kept->drawn = true;
  const TextBoxOptions box{.hint = options.hint, .focus = options.focus, .width = options.width};
  if (!TextBoxView(*this, kept->box, box).Draw(label)) return false;
  value = kept->value = kept->box.buffer.text();
  return true;
}

void Ui::ForgetLongFields() {
  std::erase_if(long_fields_, [](const auto& each) { return !std::exchange(each.second->drawn, false); });
}

}  // namespace daftar::ui
