// Short items of a form as a grid: see form_parts.h.
#include <algorithm>
#include <string>
#include <vector>

#include "client/forms/passage.h"
#include "client/language/say.h"
#include "client/ui/form_parts.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

using forms::FieldType;
using forms::Node;

constexpr size_t kMostColumns = 6, kMostPastedRows = 1000;

// The leaf that a column shows of a field: itself, or the head of its group; 0: the field is no column.
Node LeafOf(const forms::Form& form, Node node) {
  const forms::Field& field = form.field(node);
  if (field.spec->list) return 0;
  if (field.spec->type != FieldType::kGroup) return node;
  const Node head = form.item(form.ItemOf(node)).fields.front();
  return form.field(head).spec->field == nullptr ? head : 0;
}

std::vector<Node> ColumnsOf(const forms::Form& form, Node item) {
  std::vector<Node> columns;
  for (const Node node : form.item(item).fields) {
    const Node leaf = form.field(node).spec->minor ? 0 : LeafOf(form, node);
    if (leaf != 0 && columns.size() < kMostColumns) columns.push_back(leaf);
  }
  return columns;
}

// Lines and tabs, as spreadsheets copy them, put into new items.
void PasteRows(FormParts& parts, Node list, const std::string& text) {
  forms::Form& form = parts.form();
  form.BeginTogether();
  size_t rows = 0;
  for (size_t from = 0; from < text.size() && rows < kMostPastedRows; ++rows) {
    const size_t end = std::min(text.find('\n', from), text.size());
    std::string line = text.substr(from, end - from);
    from = end + 1;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty()) continue;
    const Node item = form.AddItem(list, parts.now_ms);
    if (item == 0) break;
    size_t at = 0;
    for (const Node leaf : ColumnsOf(form, item)) {
      if (at > line.size()) break;
      const size_t tab = std::min(line.find('\t', at), line.size());
      std::string cell = line.substr(at, tab - at);
      at = tab + 1;
      if (!cell.empty()) form.SetText(leaf, std::move(cell), parts.now_ms);
      forms::Typed(form, leaf);
    }
  }
  form.EndTogether();
  parts.wishes.FormTyped(0);
}

void DrawCells(FormParts& parts, Node item, const std::vector<Node>& columns, Node& out) {
  Ui& ui = parts.ui;
  ImGui::TableNextRow();
  for (const Node leaf : columns) {
    ImGui::TableNextColumn();
    DrawFormControl(parts, leaf);
    DrawFormSuggestions(parts, leaf);
    DrawFormProblems(parts, leaf);
  }
  ImGui::TableNextColumn();
  const std::string number = forms::ItemNumberOf(parts.form(), item);
  if (ui.Button("…", true, false, Say("form.more_of", {{"item", number}}))) {
    if (!parts.editor.opened.erase(item)) parts.editor.opened.insert(item);
  }
  ImGui::SameLine(0, ui.Px(4));
  if (ui.Button("×", !parts.editor.busy, false, Say("form.take_out", {{"item", number}}))) out = item;
}

// Fields of lines that have no column of their own.
void DrawOpened(FormParts& parts, const std::vector<Node>& items) {
  for (const Node item : items) {
    if (!parts.editor.opened.contains(item)) continue;
    ImGui::PushID(static_cast<int>(item));
    parts.ui.Heading(forms::ItemLabelOf(parts.form(), item), Face::kBold);
    ImGui::Indent(parts.ui.Px(18));
    DrawFormItem(parts, item);
    ImGui::Unindent(parts.ui.Px(18));
    ImGui::PopID();
  }
}

// The lines that are in sight, and one on either side, which Tab can reach.
void DrawLines(FormParts& parts, const std::vector<Node>& items, Node& out) {
  const float height = ImGui::GetFrameHeight() + 2 * ImGui::GetStyle().CellPadding.y;
  const float top = ImGui::GetWindowPos().y, bottom = top + ImGui::GetWindowHeight();
  for (const Node item : items) {
    const float at = ImGui::GetCursorScreenPos().y;
    const std::vector<Node> columns = ColumnsOf(parts.form(), item);
    const bool wanted = std::find(columns.begin(), columns.end(), parts.editor.focus) != columns.end();
    if ((at + 2 * height < top || at - height > bottom) && !wanted) {
      ImGui::TableNextRow(0, height);
      continue;
    }
    ImGui::PushID(static_cast<int>(item));
    DrawCells(parts, item, columns, out);
    ImGui::PopID();
  }
}

}  // namespace

bool IsGrid(const forms::Form& form, Node list) {
  const forms::Field& field = form.field(list);
  if (field.spec->type != FieldType::kGroup) return false;
  size_t columns = 0;
  for (const forms::FieldSpec& spec : field.spec->group->fields) {
    if (spec.minor) continue;
    const bool leaf = spec.type != FieldType::kGroup || spec.group->fields.front().field == nullptr;
    if (spec.list || !leaf) return false;
    ++columns;
  }
  return columns > 0 && columns <= kMostColumns;
}

void DrawFormGrid(FormParts& parts, Node list) {
  Ui& ui = parts.ui;
  const std::vector<Node> items = parts.form().ItemsOf(list);
  Node out = 0;
  if (!items.empty()) {
    const std::vector<Node> first = ColumnsOf(parts.form(), items.front());
    const int columns = static_cast<int>(first.size()) + 1;
    ImGui::PushID(static_cast<int>(list));
    if (ImGui::BeginTable("grid", columns, ImGuiTableFlags_SizingStretchSame)) {
      for (size_t i = 0; i < first.size(); ++i) ImGui::TableSetupColumn("", ImGuiTableColumnFlags_WidthStretch);
      ImGui::TableSetupColumn("", ImGuiTableColumnFlags_WidthFixed,
                              ui.ButtonWidth("×") + ui.ButtonWidth("…") + ui.Px(4));
      ImGui::TableNextRow();
      for (const Node leaf : first) {
        ImGui::TableNextColumn();
        ui.Text(forms::LabelOf(parts.form(), leaf), {Face::kSmall, &ui.theme().muted});
      }
      DrawLines(parts, items, out);
      ImGui::EndTable();
    }
    ImGui::PopID();
    DrawOpened(parts, items);
  }
  // Long lists come from elsewhere; a name or a toll is typed.
  const std::string label = forms::FullLabelOf(parts.form(), list);
  bool paste = false;
  if (parts.field(list).spec->name == "seized") {
    ImGui::PushID(static_cast<int>(list));
    paste =
        ui.Button(Say("form.paste_rows", {{"item", label}}), !parts.editor.busy, false, Say("form.paste_rows_help"));
    ImGui::PopID();
    ui.Beside(ui.ButtonWidth(Say("form.add", {{"item", label}})));
  }
  if (out != 0) {
    forms::TakeOut(parts.form(), out, parts.now_ms);
    parts.wishes.FormTyped(0);
  }
  if (!paste) return;
  const char* text = ImGui::GetClipboardText();
  if (text != nullptr && *text != '\0') PasteRows(parts, list, text);
}

}  // namespace daftar::ui
