#include "client/ui/widgets.h"

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <utility>

#include "client/model/address.h"
#include "client/ui/keys.h"
#include "client/ui/sight.h"
#include "client/ui/typed_text.h"
#include "imgui_internal.h"
#include "imgui_stdlib.h"

namespace daftar::ui {
namespace {

// An id for ImGui from any text; "##" in data means nothing here.
struct ScopedId {
  explicit ScopedId(std::string_view text) { ImGui::PushID(text.data(), text.data() + text.size()); }
  ~ScopedId() { ImGui::PopID(); }
};

}  // namespace

void Ui::BeginFrame() {
  registry_.Clear();
  ForgetLongFields();
  tab_order_.BeginFrame();
  links_.clear();
  focused_record_.clear();
  hovered_record_.clear();
  marks_.BeginFrame();
  fonts_->set_turned(sides_.turned());
}

void Ui::BeginAsIs(ImVec2 low, ImVec2 high) {
  sides_.BeginAsIs(low, high);
  fonts_->set_turned(sides_.turned());
}

void Ui::EndAsIs() {
  sides_.EndAsIs();
  fonts_->set_turned(sides_.turned());
}

ImVec2 Ui::Measure(std::string_view text, Face face) const {
  return {fonts_->Set(text, face).width, fonts_->height(face)};
}

void Ui::TextAt(ImVec2 at, std::string_view text, TextStyle style, float width) const {
  const std::vector<TextMark> marks = marks_.Next(text);
  // Most rows of a page are scrolled away: what is found in them has to be brought into sight, all else is not set.
  if (marks.empty() && !IsLineSeen(*ImGui::GetWindowDrawList(), at.y, fonts_->height(style.face))) return;
  const text::Line& line = width > 0 ? fonts_->SetWithin(text, style.face, width) : fonts_->Set(text, style.face);
  DrawMarks(at, line, style.face, marks);
  fonts_->Draw(*ImGui::GetWindowDrawList(), at, line, style.face, ImGui::GetColorU32(ColourOf(style)));
}

void Ui::Record(Role role, std::string_view label, std::string_view value, bool enabled) {
  const bool control = role != Role::kHeading && role != Role::kText && role != Role::kMark;
  if (control && enabled) tab_order_.Control(role == Role::kField, role == Role::kRow);
  const bool leads = role == Role::kLink || role == Role::kRow;
  if (leads && value.starts_with("daftar:") && ImGui::IsItemHovered() && ImGui::IsMouseClicked(2))
    opened_ = {std::string(value), true};
  ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
  if (ImGui::IsItemVisible()) {
    // What is seen of it: the rest is scrolled away.
    const ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImVec2 from = list.GetClipRectMin(), to = list.GetClipRectMax();
    low = {std::max(low.x, from.x), std::max(low.y, from.y)};
    high = {std::max(std::min(high.x, to.x), low.x), std::max(std::min(high.y, to.y), low.y)};
  } else {
    high = low;
  }
  const Sides::Span seen = sides_.OnScreen(low.x, high.x);
  registry_.Add({role, std::string(label), std::string(value), seen.left, low.y, seen.right, high.y, enabled,
                 ImGui::IsItemFocused() || ImGui::IsItemActive()});
}

void Ui::Line(std::string_view text, TextStyle style, float width) {
  ImVec2 at = ImGui::GetCursorScreenPos(), size = Measure(text, style.face);
  TextAt(at, text, style, width);
  ImGui::Dummy({width > 0 ? std::min(width, size.x) : size.x, size.y});
  Record(Role::kText, text, "");
}

void Ui::Heading(std::string_view text, Face face) {
  Text(text, {face});
  Record(Role::kHeading, text, "");
}

float Ui::MarkWidth(std::string_view words) const { return Measure(words, Face::kSmall).x + Px(16); }

void Ui::Mark(std::string_view words, const ImVec4& ink, const ImVec4& paper) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float room = std::max(ImGui::GetContentRegionAvail().x - Px(16), Px(40));
  // Most are a few words. A long one, such as a notice, has several lines.
  const std::vector<text::Line>& lines = fonts_->Wrap(words, Face::kSmall, room);
  const float pitch = fonts_->height(Face::kSmall) * 1.32f;
  float widest = 0;
  for (const text::Line& line : lines) widest = std::max(widest, line.width);
  const ImVec2 size{widest + Px(16),
                    fonts_->height(Face::kSmall) + pitch * static_cast<float>(lines.size() - 1) + Px(6)};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(at, {at.x + size.x, at.y + size.y}, ImGui::GetColorU32(paper), Px(5));
  float y = at.y + Px(3);
  for (const text::Line& line : lines) {
    const float x = line.right_to_left == sides_.turned() ? 0 : widest - line.width;
    fonts_->Draw(list, {at.x + Px(8) + x, y}, line, Face::kSmall, ImGui::GetColorU32(ink));
    y += pitch;
  }
  ImGui::Dummy(size);
  Record(Role::kMark, words, "");
}

void Ui::FocusRing() {
  if (!ImGui::IsItemFocused() || !ImGui::GetIO().NavVisible) return;
  ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
  ImGui::GetWindowDrawList()->AddRect({low.x - 2, low.y - 2}, {high.x + 2, high.y + 2},
                                      ImGui::GetColorU32(theme_.accent), Px(6), 0, Px(2));
}

void Ui::Beside(float width, float gap) {
  const float right = ImGui::GetWindowPos().x + ImGui::GetContentRegionMax().x;
  if (ImGui::GetItemRectMax().x + Px(gap) + width <= right) ImGui::SameLine(0, Px(gap));
}

bool Ui::Button(std::string_view label, bool enabled, bool primary, std::string_view help) {
  ScopedId id(label);
  ImVec2 inner = Measure(label), at = ImGui::GetCursorScreenPos();
  ImVec2 size{inner.x + Px(26), inner.y + Px(13)};
  ImGui::BeginDisabled(!enabled);
  bool chosen = ImGui::InvisibleButton("button", size);
  ImGui::EndDisabled();
  bool hovered = ImGui::IsItemHovered();
  ImVec4 paper = primary                 ? theme_.accent
                 : ImGui::IsItemActive() ? theme_.selected
                 : hovered               ? theme_.hover
                                         : theme_.raised;
  if (primary && hovered) paper.w = 0.88f;
  ImVec4 ink = !enabled ? theme_.muted : primary ? theme_.accent_text : theme_.text;
  if (!enabled) paper = theme_.panel, ink.w = 0.55f;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled(at, {at.x + size.x, at.y + size.y}, ImGui::GetColorU32(paper), Px(6));
  if (!primary || !enabled) draw->AddRect(at, {at.x + size.x, at.y + size.y}, ImGui::GetColorU32(theme_.line), Px(6));
  TextAt({at.x + Px(13), at.y + Px(6.5f)}, label, {Face::kBody, &ink}, 0);
  FocusRing();
  Record(Role::kButton, label, "", enabled);
  if (!help.empty()) Help(help);
  return chosen && enabled;
}

bool Ui::OpensRecord(std::string_view address, bool chosen) {
  if (!IsRecordAddress(address)) return chosen;
  if (ImGui::IsItemFocused()) focused_record_ = address;
  if (ImGui::IsItemHovered()) hovered_record_ = address;
  if (!chosen || !ImGui::IsKeyDown(keys::kSpace) || ImGui::IsMouseReleased(0)) return chosen;
  previewed_ = address;
  return false;
}

bool Ui::LinkText(std::string_view label, std::string_view address, TextStyle style, float width) {
  const ImVec4& colour = style.colour != nullptr ? *style.colour : theme_.link;
  TextAt(ImGui::GetCursorScreenPos(), label, {style.face, &colour}, width);
  ImVec2 size = Measure(label, style.face);
  if (width > 0) size.x = std::min(size.x, width);
  return LinkArea(label, address, size, colour);
}

bool Ui::LinkArea(std::string_view label, std::string_view address, ImVec2 size, const ImVec4& colour) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  // The same record may be named many times on a page: they are counted.
  ScopedId id(address);
  ImGui::PushID(links_[std::string(address)]++);
  const bool chosen = ImGui::InvisibleButton("link", {std::max(size.x, 1.0f), std::max(size.y, 1.0f)});
  ImGui::PopID();
  if (ImGui::IsItemHovered()) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    const float below = std::floor(at.y + size.y * 0.94f);
    ImGui::GetWindowDrawList()->AddLine({at.x, below}, {at.x + size.x, below}, ImGui::GetColorU32(colour), Px(1));
  }
  FocusRing();
  const bool opens = OpensRecord(address, chosen);
  Record(Role::kLink, label, address);
  return opens;
}

Ui::RowPlace Ui::Row(std::string_view id, std::string_view label, float height, bool selected) {
  ScopedId scope(id);
  RowPlace place;
  place.top_left = ImGui::GetCursorScreenPos();
  place.size = {std::max(ImGui::GetContentRegionAvail().x, 1.0f), height};
  place.chosen = OpensRecord(id, ImGui::InvisibleButton("row", place.size));
  ImVec2 end{place.top_left.x + place.size.x, place.top_left.y + height};
  if (ImGui::IsItemHovered()) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  if (selected || ImGui::IsItemHovered()) {
    ImGui::GetWindowDrawList()->AddRectFilled(place.top_left, end,
                                              ImGui::GetColorU32(selected ? theme_.selected : theme_.hover), Px(6));
  }
  FocusRing();
  Record(Role::kRow, label, id);
  return place;
}

bool Ui::Field(std::string_view label, std::string& value, const FieldOptions& options) {
  ScopedId id(label);
  // ImGui keeps the text of an active field to itself; a field with another id begins anew from the value.
  ImGui::PushID(options.generation);
  bool changed = false;
  if (options.long_text) {
    changed = LongField(label, value, options);
    ImGui::PopID();
    return changed;
  }
  if (options.focus) ImGui::SetKeyboardFocusHere();
  const std::string before = value;
  ImGui::SetNextItemWidth(options.width > 0 ? options.width : -FLT_MIN);
  ImGuiInputTextFlags flags = ImGuiInputTextFlags_AutoSelectAll;
  // To ImGui, a field with a history is one that Up and Down belong to.
  if (options.keep_arrows) flags |= ImGuiInputTextFlags_CallbackHistory;
  {
    TypedText typed(*fonts_, theme_, value, sides_.turned());
    changed = ImGui::InputText("##field", &value, flags, [](ImGuiInputTextCallbackData*) { return 0; });
    typed.Draw();
  }
  if (changed && ImGui::IsKeyPressed(keys::kEscape)) {
    // ImGui takes Esc as "undo what was typed"; here it never loses text.
    value = before;
    changed = false;
  }
  ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
  if (ImGui::IsItemActive()) {
    ImGui::GetWindowDrawList()->AddRect(low, high, ImGui::GetColorU32(theme_.accent), Px(6), 0, Px(2));
  } else {
    FocusRing();
  }
  if (value.empty()) {
    TextAt({low.x + Px(11), low.y + Px(7)}, options.hint, {Face::kBody, &theme_.muted}, high.x - low.x - Px(22));
  }
  Record(Role::kField, label, value);
  ImGui::PopID();
  return changed;
}

bool Ui::Choice(std::string_view label, std::string& code, std::span<const Option> options) {
  ScopedId id(label);
  auto chosen = std::find_if(options.begin(), options.end(), [&](const Option& o) { return o.code == code; });
  bool changed = false;
  ImGui::SetNextItemWidth(-FLT_MIN);
  const ImVec2 at = ImGui::GetCursorScreenPos(), padding = ImGui::GetStyle().FramePadding;
  ImDrawList* const list = ImGui::GetWindowDrawList();  // that of the box, also while its list is open
  const bool open = ImGui::BeginCombo("##choice", "", ImGuiComboFlags_HeightLarge);
  if (chosen != options.end()) {
    const text::Line& words = fonts_->Set(chosen->words, Face::kBody);
    fonts_->Draw(*list, {at.x + padding.x, at.y + padding.y}, words, Face::kBody, ImGui::GetColorU32(theme_.text));
  }
  if (!open) {
    FocusRing();
    Record(Role::kChoice, label, code);
    return false;
  }
  for (const Option& option : options) {
    ScopedId each(option.code);
    const ImVec2 top_left = ImGui::GetCursorScreenPos();
    const bool taken = ImGui::Selectable("##option", option.code == code, 0, Measure(option.words));
    TextAt(top_left, option.words, {}, 0);
    if (!option.help.empty() && (ImGui::IsItemHovered() || ImGui::IsItemFocused())) Tooltip(option.help, {}, Px(420));
    if (taken) {
      changed = option.code != code;
      code = option.code;
    }
    Record(Role::kRow, option.words, option.code);
  }
  ImGui::EndCombo();
  return changed;
}

void Ui::Help(std::string_view text) {
  if (!ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled)) return;
  Tooltip(text, {}, Px(420));
}

void Ui::Tooltip(std::string_view text, TextStyle style, float width) {
  // Its own window, whatever part of the picture it belongs to.
  const bool suspended = sides_.Suspend();
  fonts_->set_turned(sides_.turned());
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {Px(12), Px(9)});
  ImGui::BeginTooltip();
  Text(text, style, std::min(Measure(text, style.face).x + 1, width));
  ImGui::EndTooltip();
  ImGui::PopStyleVar();
  if (suspended) sides_.Resume();
  fonts_->set_turned(sides_.turned());
}

std::optional<Ui::Opened> Ui::TakeOpened() { return std::exchange(opened_, std::nullopt); }

std::optional<std::string> Ui::TakePreviewed() { return std::exchange(previewed_, std::nullopt); }

void Ui::Open(std::string address) { opened_ = {std::move(address), ImGui::GetIO().KeyCtrl}; }

}  // namespace daftar::ui
