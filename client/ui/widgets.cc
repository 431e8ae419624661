#include "client/ui/widgets.h"

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <utility>

#include "client/ui/arabic.h"
#include "client/ui/keys.h"
#include "imgui.h"
#include "imgui_stdlib.h"

namespace daftar::ui {
namespace {

// An id for ImGui from any text; "##" in data means nothing here.
struct ScopedId {
  explicit ScopedId(std::string_view text) { ImGui::PushID(text.data(), text.data() + text.size()); }
  ~ScopedId() { ImGui::PopID(); }
};

// The length of the longest beginning that is no wider than `width`.
size_t FittingLength(ImFont* font, const std::string& text, float width) {
  const char* end = nullptr;
  font->CalcTextSizeA(font->FontSize, width, 0, text.data(), text.data() + text.size(), &end);
  return static_cast<size_t>(end - text.data());
}

}  // namespace

ImVec2 Ui::Measure(std::string_view text, Face face) const {
  std::string seen = Visual(text);
  ImFont* font = fonts_.of(face);
  return font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, seen.data(), seen.data() + seen.size());
}

void Ui::TextAt(ImVec2 at, std::string_view text, TextStyle style, float width) const {
  std::string seen = Visual(text);
  ImFont* font = fonts_.of(style.face);
  if (width > 0 && Measure(text, style.face).x > width) {
    // A cut name is shown by its beginning, which of right-to-left text is not the beginning of what is seen.
    static constexpr char kEllipsis[] = "…";
    std::string logical(
        text.substr(0, FittingLength(font, std::string(text), width - Measure(kEllipsis, style.face).x)));
    seen = Visual(logical) + kEllipsis;
  }
  ImGui::GetWindowDrawList()->AddText(font, font->FontSize, {std::floor(at.x), std::floor(at.y)},
                                      ImGui::GetColorU32(ColourOf(style)), seen.data(), seen.data() + seen.size());
}

void Ui::Record(Role role, std::string_view label, std::string_view value, bool enabled) {
  ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
  if (!ImGui::IsItemVisible()) high = low;
  registry_.Add({role, std::string(label), std::string(value), low.x, low.y, high.x, high.y, enabled,
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

void Ui::Mark(std::string_view words, const ImVec4& text, const ImVec4& paper) {
  ImVec2 at = ImGui::GetCursorScreenPos(), inner = Measure(words, Face::kSmall);
  ImVec2 size{inner.x + Px(16), inner.y + Px(6)};
  ImGui::GetWindowDrawList()->AddRectFilled(at, {at.x + size.x, at.y + size.y}, ImGui::GetColorU32(paper), Px(5));
  TextAt({at.x + Px(8), at.y + Px(3)}, words, {Face::kSmall, &text}, 0);
  ImGui::Dummy(size);
  Record(Role::kMark, words, "");
}

void Ui::FocusRing() {
  if (!ImGui::IsItemFocused() || !ImGui::GetIO().NavVisible) return;
  ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
  ImGui::GetWindowDrawList()->AddRect({low.x - 2, low.y - 2}, {high.x + 2, high.y + 2},
                                      ImGui::GetColorU32(theme_.accent), Px(6), 0, Px(2));
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
  if (!help.empty()) Help(help);
  Record(Role::kButton, label, "", enabled);
  return chosen && enabled;
}

bool Ui::LinkText(std::string_view label, std::string_view address, TextStyle style) {
  ImVec2 at = ImGui::GetCursorScreenPos(), size = Measure(label, style.face);
  // The same record may be named many times on a page: where it stands tells them apart.
  ScopedId id(address);
  ImGui::PushID(static_cast<int>(at.x - ImGui::GetWindowPos().x + ImGui::GetScrollX()));
  ImGui::PushID(static_cast<int>(at.y - ImGui::GetWindowPos().y + ImGui::GetScrollY()));
  bool chosen = ImGui::InvisibleButton("link", {std::max(size.x, 1.0f), std::max(size.y, 1.0f)});
  ImGui::PopID();
  ImGui::PopID();
  TextStyle ink{style.face, style.colour != nullptr ? style.colour : &theme_.link};
  TextAt(at, label, ink, 0);
  if (ImGui::IsItemHovered()) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    float below = std::floor(at.y + size.y * 0.94f);
    ImGui::GetWindowDrawList()->AddLine({at.x, below}, {at.x + size.x, below}, ImGui::GetColorU32(*ink.colour), Px(1));
  }
  FocusRing();
  Record(Role::kLink, label, address);
  return chosen;
}

Ui::RowPlace Ui::Row(std::string_view id, std::string_view label, float height, bool selected) {
  ScopedId scope(id);
  RowPlace place;
  place.top_left = ImGui::GetCursorScreenPos();
  place.size = {std::max(ImGui::GetContentRegionAvail().x, 1.0f), height};
  place.chosen = ImGui::InvisibleButton("row", place.size);
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
  if (options.focus) ImGui::SetKeyboardFocusHere();
  bool changed = false;
  const std::string before = value;
  if (options.long_text) {
    changed = ImGui::InputTextMultiline("##field", &value, {-FLT_MIN, fonts_.body->FontSize * 3 + Px(18)});
  } else {
    ImGui::SetNextItemWidth(options.width > 0 ? options.width : -FLT_MIN);
    ImGuiInputTextFlags flags = ImGuiInputTextFlags_AutoSelectAll;
    // To ImGui, a field with a history is one that Up and Down belong to.
    if (options.keep_arrows) flags |= ImGuiInputTextFlags_CallbackHistory;
    changed = ImGui::InputText("##field", &value, flags, [](ImGuiInputTextCallbackData*) { return 0; });
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
  bool open =
      ImGui::BeginCombo("##choice", chosen == options.end() ? "" : chosen->words.c_str(), ImGuiComboFlags_HeightLarge);
  if (!open) {
    FocusRing();
    Record(Role::kChoice, label, code);
  }
  if (!open) return false;
  for (const Option& option : options) {
    ScopedId each(option.code);
    if (ImGui::Selectable(option.words.c_str(), option.code == code)) {
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
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {Px(12), Px(9)});
  ImGui::BeginTooltip();
  std::string seen(text);
  ImVec2 size = fonts_.body->CalcTextSizeA(fonts_.body->FontSize, FLT_MAX, Px(420), seen.data());
  Text(text, {}, std::min(size.x + 1, Px(420)));
  ImGui::EndTooltip();
  ImGui::PopStyleVar();
}

std::optional<std::string> Ui::TakeOpened() { return std::exchange(opened_, std::nullopt); }

}  // namespace daftar::ui
