#include "tests/ui/typist.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "client/forms/labels.h"
#include "client/language/language.h"
#include "client/language/say.h"
#include "client/ui/panels.h"
#include "imgui.h"

namespace daftar {
namespace {

using forms::FieldType;
using forms::Node;
using ui::Role;
using ui::Widget;

constexpr int kMostTurns = 40, kMostFrames = 12;
constexpr float kInSight = 5;  // pixels of a control that must be seen
constexpr float kBeside = 12;  // before a field, on the paper

bool IsSeen(const Widget& widget) { return widget.bottom - widget.top > kInSight; }
float Middle(const Widget& widget) { return (widget.top + widget.bottom) / 2; }

}  // namespace

void Typist::Frame() {
  stage_.Frame();
  ++frames_;
}

std::optional<Widget> Typist::Find(Role role, std::string_view label) const {
  for (const Widget& widget : stage_.widgets()) {
    if (widget.role == role && widget.label == label) return widget;
  }
  return std::nullopt;
}

std::optional<Widget> Typist::FindByValue(Role role, std::string_view value) const {
  for (const Widget& widget : stage_.widgets()) {
    if (widget.role == role && widget.value == value) return widget;
  }
  return std::nullopt;
}

std::optional<Widget> Typist::Reveal(Finder find, Role role, std::string_view what) {
  ImGuiIO& io = ImGui::GetIO();
  std::optional<Widget> widget = (this->*find)(role, what);
  for (int turn = 0; turn < kMostTurns && widget && !IsSeen(*widget); ++turn) {
    // What is offered may stand in a list that is open over the page: the mouse is put where some of it can be seen.
    const Widget* seen = nullptr;
    for (const Widget& other : stage_.widgets()) {
      const bool offered = other.role == Role::kRow && !other.value.starts_with("daftar:");
      if (role == Role::kRow && offered && IsSeen(other)) seen = &other;
    }
    const float at = seen != nullptr ? Middle(*seen) : io.DisplaySize.y / 2;
    const float beside = RightToLeft(CurrentLanguage()) ? widget->right + kBeside : widget->left - kBeside;
    io.MousePos = {seen != nullptr ? (seen->left + seen->right) / 2 : beside, at};
    Frame();
    io.MouseWheel = (at - widget->top) / (5 * ImGui::GetFontSize());
    if (std::abs(io.MouseWheel) < 1) io.MouseWheel = io.MouseWheel < 0 ? -1.0f : 1.0f;
    Frame();
    Frame();
    widget = (this->*find)(role, what);
  }
  return widget && IsSeen(*widget) ? widget : std::nullopt;
}

void Typist::ClickAt(const Widget& widget) {
  ImGuiIO& io = ImGui::GetIO();
  io.MousePos = {(widget.left + widget.right) / 2, Middle(widget)};
  Frame();
  io.MouseDown[0] = true;
  Frame();
  io.MouseDown[0] = false;
  Frame();
  Frame();
}

bool Typist::Click(Finder find, Role role, std::string_view what) {
  for (int turn = 0; turn < kMostTurns; ++turn) {
    const std::optional<Widget> widget = Reveal(find, role, what);
    if (!widget) return false;
    // What was added or chosen just now may still move it.
    Frame();
    const std::optional<Widget> again = (this->*find)(role, what);
    if (!again || std::abs(again->top - widget->top) > 1) continue;
    ClickAt(*again);
    return true;
  }
  return false;
}

bool Typist::Begin(const std::string& kind) {
  if (!Click(&Typist::FindByValue, Role::kRow, "daftar:list/" + kind)) return false;
  const std::string begin = Say("form.new_of", {{"kind", ui::KindLabel(kind)}});
  for (int i = 0; i < kMostFrames && !Find(Role::kButton, begin); ++i) Frame();
  if (!Click(&Typist::Find, Role::kButton, begin)) return false;
  const std::string all = Say("form.all_fields");
  for (int i = 0; i < kMostFrames && !Find(Role::kButton, all); ++i) Frame();
  if (!stage_.screen().editor) return false;
  return stage_.screen().editor->all || Click(&Typist::Find, Role::kButton, all);
}

bool Typist::AddItems(std::string_view path) {
  for (size_t open = path.find('['); open != std::string_view::npos; open = path.find('[', open + 1)) {
    const size_t close = path.find(']', open);
    size_t number = 0;
    const auto read = std::from_chars(path.data() + open + 1, path.data() + close, number);
    const Node list = form().Find(path.substr(0, open));
    if (read.ec != std::errc() || list == 0) return false;
    const std::string add = Say("form.add", {{"item", forms::FullLabelOf(form(), list)}});
    const size_t there = form().ItemsOf(list).size();
    if (number > there) return false;
    if (number == there && !Click(&Typist::Find, Role::kButton, add)) return false;
    if (form().ItemsOf(list).size() <= number) return false;
  }
  return true;
}

bool Typist::OpenLine(Node field) {
  // Groups such as a date stand in the line as their heads do.
  Node item = form().field(field).item;
  while (form().item(item).field != 0 && !form().field(form().item(item).field).spec->list)
    item = form().field(form().item(item).field).item;
  if (form().item(item).field == 0) return false;
  std::optional<Widget> first;
  for (const Node column : form().item(item).fields) {
    const std::string label = forms::FullLabelOf(form(), column);
    for (const Role role : {Role::kField, Role::kChoice}) {
      if (!first) first = Reveal(&Typist::Find, role, label);
    }
  }
  if (!first) return false;
  for (const Widget& widget : stage_.widgets()) {
    const bool same_line = widget.top < first->bottom && widget.bottom > first->top;
    if (widget.role != Role::kButton || widget.label != "…" || !same_line) continue;
    ClickAt(Widget(widget));
    return true;
  }
  return false;
}

bool Typist::Type(const std::string& label, const std::string& text) {
  if (!Click(&Typist::Find, Role::kField, label)) return false;
  ImGui::GetIO().AddInputCharactersUTF8(text.c_str());
  Frame();
  const std::optional<Widget> field = Find(Role::kField, label);
  return field && field->value == text;
}

bool Typist::Choose(const std::string& label, const std::string& code) {
  if (!Click(&Typist::Find, Role::kChoice, label)) return false;
  for (int i = 0; i < kMostFrames && !FindByValue(Role::kRow, code); ++i) Frame();
  if (!Click(&Typist::FindByValue, Role::kRow, code)) return false;
  const std::optional<Widget> choice = Find(Role::kChoice, label);
  return choice && choice->value == code;
}

bool Typist::PickRecord(const std::string& label, const std::string& name) {
  if (!Type(label, name)) return false;
  // A place is offered with what it lies in: "Darvoz, Gorno-Badakhshan".
  const auto offered = [&]() -> std::optional<Widget> {
    for (const Widget& widget : stage_.widgets()) {
      const bool called = widget.label == name || (widget.label.starts_with(name) && widget.label[name.size()] == ',');
      if (widget.role == Role::kRow && called && !widget.value.starts_with("daftar:")) return widget;
    }
    return std::nullopt;
  };
  for (int i = 0; i < kMostFrames && !offered(); ++i) Frame();
  const std::optional<Widget> row = offered();
  if (!row) {
    for (const Widget& widget : stage_.widgets()) {
      if (widget.role == Role::kRow) ADD_FAILURE() << "offered for " << name << ": " << widget.label;
    }
  }
  if (!row || !Click(&Typist::FindByValue, Role::kRow, row->value)) return false;
  Frame();
  const std::optional<Widget> field = Find(Role::kField, label);
  return field && field->value == row->value;
}

bool Typist::Fill(const SeedField& field) {
  if (!AddItems(field.path)) return false;
  const Node node = form().Find(field.path);
  if (node == 0) return false;
  const std::string label = forms::FullLabelOf(form(), node);
  const FieldType type = form().field(node).spec->type;
  const bool chosen = type == FieldType::kCode || type == FieldType::kFlag;
  const Role role = chosen ? Role::kChoice : Role::kField;
  if (!Find(role, label) && !OpenLine(node)) return false;
  if (chosen) return Choose(label, field.text);
  return field.by_name ? PickRecord(label, field.text) : Type(label, field.text);
}

bool Typist::Send(const std::string& reason) {
  if (!Type(Say("window.reason"), reason) || !Click(&Typist::Find, Role::kButton, Say("form.send"))) return false;
  for (int i = 0; i < kMostFrames && stage_.screen().editor; ++i) Frame();
  if (!stage_.screen().editor) return true;
  for (const Widget& widget : stage_.widgets()) {
    if (widget.role == Role::kMark) ADD_FAILURE() << widget.label;
  }
  return false;
}

}  // namespace daftar
