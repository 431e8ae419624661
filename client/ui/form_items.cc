// Items of a form and the groups and lists in them: see form_parts.h.
#include <algorithm>
#include <string>

#include "client/forms/passage.h"
#include "client/language/say.h"
#include "client/ui/form_parts.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

using forms::FieldType;
using forms::Node;

constexpr float kIndent = 18;

bool HasProblem(const forms::Form& form, Node node) {
  const forms::Field& field = form.field(node);
  if (!field.problems.empty() || !field.warnings.empty()) return true;
  return std::any_of(field.items.begin(), field.items.end(), [&](Node item) {
    const forms::Item& one = form.item(item);
    return !one.removed &&
           std::any_of(one.fields.begin(), one.fields.end(), [&](Node in) { return HasProblem(form, in); });
  });
}

// A group that people write as one line, of which nothing else is shown.
bool IsOneLine(const FormParts& parts, Node group) {
  const forms::Form& form = parts.form();
  const forms::Item& item = form.item(form.ItemOf(group));
  return form.field(item.fields.front()).spec->field == nullptr;
}

void DrawGroup(FormParts& parts, Node node) {
  const forms::Form& form = parts.form();
  const Node item = form.ItemOf(node);
  if (IsOneLine(parts, node)) return DrawFormItem(parts, item);
  parts.ui.Text(forms::LabelOf(form, node), {Face::kBold});
  ImGui::Indent(parts.ui.Px(kIndent));
  DrawFormItem(parts, item);
  ImGui::Unindent(parts.ui.Px(kIndent));
}

// What can be done with an item of a list; true: it is to be taken out.
bool DrawItemHead(FormParts& parts, Node item) {
  Ui& ui = parts.ui;
  const std::string label = forms::ItemLabelOf(parts.form(), item);
  const bool folded = parts.editor.folded.contains(item);
  ui.Heading(label, Face::kBold);
  ImGui::SameLine(0, ui.Px(14));
  const std::string number = forms::ItemNumberOf(parts.form(), item);
  const std::string fold = Say(folded ? "form.unfold" : "form.fold", {{"item", number}});
  ImGui::PushID("fold");
  if (ui.LinkText(fold, "", {Face::kSmall})) {
    if (folded) {
      parts.editor.folded.erase(item);
    } else {
      parts.editor.folded.insert(item);
    }
  }
  ImGui::PopID();
  ImGui::SameLine(0, ui.Px(14));
  return ui.LinkText(Say("form.take_out", {{"item", number}}), "", {Face::kSmall});
}

// In a form of many records, an item of one of its own lists can be what is taken out of theirs.
void DrawItemOut(FormParts& parts, Node list, Node item) {
  if (parts.field(list).item == forms::Form::kRecord) DrawBulkOut(parts, item);
}

// A list of single values: a line each.
void DrawValues(FormParts& parts, Node list, Node& out) {
  Ui& ui = parts.ui;
  const float button = ui.ButtonWidth("×");
  for (const Node item : parts.form().ItemsOf(list)) {
    const Node node = parts.form().item(item).fields.front();
    ImGui::PushID(static_cast<int>(item));
    const float room = ImGui::GetContentRegionAvail().x;
    ImGui::BeginChild("value", {room - button - ui.Px(8), ImGui::GetFrameHeight()}, false,
                      ImGuiWindowFlags_NoScrollbar);
    DrawFormControl(parts, node);
    ImGui::EndChild();
    ImGui::SameLine(0, ui.Px(8));
    if (ui.Button("×", true, false, Say("form.take_out", {{"item", forms::FullLabelOf(parts.form(), node)}})))
      out = item;
    DrawFormSuggestions(parts, node);
    DrawFormProblems(parts, node);
    DrawItemOut(parts, list, item);
    ImGui::PopID();
  }
}

void DrawGroups(FormParts& parts, Node list, Node& out) {
  Ui& ui = parts.ui;
  for (const Node item : parts.form().ItemsOf(list)) {
    ImGui::PushID(static_cast<int>(item));
    if (DrawItemHead(parts, item)) out = item;
    DrawItemOut(parts, list, item);
    if (!parts.editor.open.bulk) DrawPassageLink(parts, item);
    if (!parts.editor.folded.contains(item)) {
      ImGui::Indent(ui.Px(kIndent));
      DrawFormItem(parts, item);
      ImGui::Unindent(ui.Px(kIndent));
    }
    ImGui::PopID();
    ImGui::Dummy({0, ui.Px(4)});
  }
}

void DrawList(FormParts& parts, Node list) {
  Ui& ui = parts.ui;
  const forms::Field& field = parts.field(list);
  const std::string label = forms::LabelOf(parts.form(), list);
  const bool values = field.spec->type != FieldType::kGroup;
  // An empty list is one line.
  const bool aside = values || parts.form().ItemsOf(list).empty();
  const float left = ImGui::GetCursorPosX(), top = ImGui::GetCursorPosY();
  ui.Text(IsRequiredInForm(parts, list) ? Say("window.required", {{"label", label}}) : label, {Face::kBold},
          aside ? parts.label - ui.Px(12) : 0);
  if (aside) {
    ImGui::SetCursorPos({left + parts.label, top});
    ImGui::BeginGroup();
  }
  Node out = 0;
  if (values) {
    DrawValues(parts, list, out);
  } else if (IsGrid(parts.form(), list) && !(parts.editor.open.bulk && field.item == forms::Form::kRecord)) {
    DrawFormGrid(parts, list);
  } else {
    DrawGroups(parts, list, out);
  }
  const std::string add = Say("form.add", {{"item", forms::FullLabelOf(parts.form(), list)}});
  ImGui::PushID(static_cast<int>(list));
  const bool wanted = ui.Button(add, !parts.editor.busy);
  ImGui::PopID();
  DrawFormProblems(parts, list);
  if (aside) {
    ImGui::EndGroup();
    ImGui::SetCursorPosX(left);
  }
  ImGui::Dummy({0, ui.Px(4)});
  // What is drawn is changed once it is drawn.
  if (out != 0) {
    if (out == parts.editor.open.reading) parts.editor.open.reading = 0;
    forms::TakeOut(parts.form(), out, parts.now_ms);
    parts.wishes.FormTyped(0);
  }
  if (wanted) {
    const Node item = parts.form().AddItem(list, parts.now_ms);
    if (item != 0) parts.editor.focus = parts.form().item(item).fields.front();
    parts.wishes.FormTyped(0);
  }
}

}  // namespace

bool IsShownInForm(const FormParts& parts, Node node) {
  const forms::Field& field = parts.field(node);
  return !field.spec->minor || parts.editor.all || parts.form().IsFilled(node) || HasProblem(parts.form(), node) ||
         parts.editor.focus == node || parts.editor.wanted.contains(node);
}

void DrawFormItem(FormParts& parts, Node item) {
  // By number: a list that is added to moves the others.
  const std::vector<Node> fields = parts.form().item(item).fields;
  std::vector<Node> left_out;
  for (const Node node : fields) {
    if (!IsShownInForm(parts, node)) {
      left_out.push_back(node);
      continue;
    }
    const forms::FieldSpec& spec = *parts.field(node).spec;
    const bool of_record = item == forms::Form::kRecord;
    if (of_record && IsEmptiedInBulk(parts, node)) {
      DrawBulkOut(parts, node);
      continue;
    }
    if (spec.list) {
      DrawList(parts, node);
    } else if (spec.type == FieldType::kGroup) {
      DrawGroup(parts, node);
    } else {
      DrawFormField(parts, node);
    }
    // What the sources say is taken out account by account.
    const bool may_be_emptied = of_record && !spec.required && spec.name != "accounts";
    if (may_be_emptied && !parts.form().IsFilled(node)) DrawBulkOut(parts, node);
    // The words that the rest is taken from stand behind their source.
    if (item == parts.editor.open.reading && spec.name == "source") DrawFormPassage(parts, item);
  }
  if (left_out.empty()) return;
  // Each of the rare ones is one step away.
  Ui& ui = parts.ui;
  ui.Text(Say("form.more_fields"), {Face::kSmall, &ui.theme().muted});
  for (const Node node : left_out) {
    const std::string label = forms::FullLabelOf(parts.form(), node);
    const std::string shown = forms::LabelOf(parts.form(), node);
    ui.Beside(ui.Measure(shown, Face::kSmall).x, 12);
    ImGui::PushID(static_cast<int>(node));
    if (ui.LinkText(shown, "", {Face::kSmall})) parts.editor.wanted.insert(node);
    ImGui::PopID();
  }
}

}  // namespace daftar::ui
