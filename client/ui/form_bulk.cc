// A form of many records: which ones, what of them goes, and what would change.
#include <string>
#include <utility>
#include <vector>

#include "client/language/say.h"
#include "client/ui/form_parts.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

using forms::Node;

constexpr float kIndent = 18;

// The states that a reviewer gives, behind that of each record.
std::vector<Ui::Option> ReviewOptions() {
  std::vector<Ui::Option> options{{"", Say("bulk.review_same")}};
  for (const char* code : {"PROPOSED", "IN_REVIEW", "ACCEPTED", "RETURNED", "ON_HOLD"})
    options.push_back({code, SayCode(code)});
  return options;
}

// Its label in the labels' column; the cursor stands behind it.
float BeginLine(FormParts& parts, const std::string& label) {
  Ui& ui = parts.ui;
  const float left = ImGui::GetCursorPosX(), top = ImGui::GetCursorPosY();
  ImGui::SetCursorPosY(top + ui.Px(6));
  ui.Text(label, {Face::kBold}, parts.label - ui.Px(12));
  ImGui::SetCursorPos({left + parts.label, top});
  return left;
}

void DrawRow(FormParts& parts, const forms::BulkPreview::Row& row) {
  Ui& ui = parts.ui;
  std::set<Uuid>& left_out = parts.editor.open.bulk->left_out;
  const bool out = left_out.contains(row.id);
  ImGui::PushID(row.record.address.c_str());
  if (ui.LinkText(row.record.text, row.record.address)) ui.Open(row.record.address);
  const std::string toggle = Say(out ? "bulk.take_in" : "bulk.leave_out", {{"id", row.record.id}});
  ui.Beside(ui.Measure(toggle, Face::kSmall).x, 14);
  const bool toggled = ui.LinkText(toggle, "", {Face::kSmall});
  ImGui::Indent(ui.Px(kIndent));
  if (out) {
    ui.Text(Say("bulk.is_left_out"), {Face::kSmall, &ui.theme().muted});
  } else {
    for (const ChangedField& field : row.fields) {
      const auto words = [](const std::string& value) { return value.empty() ? Say("changes.nothing") : value; };
      const std::string line =
          Say("bulk.becomes", {{"field", field.label}, {"before", words(field.before)}, {"after", words(field.after)}});
      ui.Text(line, {Face::kSmall});
      ui.Record(Role::kMark, line, row.record.id);
    }
    if (!row.more_words.empty()) ui.Text(row.more_words, {Face::kSmall, &ui.theme().muted});
  }
  ImGui::Unindent(ui.Px(kIndent));
  ImGui::Dummy({0, ui.Px(4)});
  ImGui::PopID();
  if (!toggled) return;
  if (out) {
    left_out.erase(row.id);
  } else {
    left_out.insert(row.id);
  }
  parts.wishes.FormTyped(0);
  parts.wishes.PreviewBulk();
}

}  // namespace

void DrawBulkHead(FormParts& parts) {
  Ui& ui = parts.ui;
  forms::Bulk& bulk = *parts.editor.open.bulk;
  if (!bulk.last.empty()) {
    ui.Text(bulk.last, {Face::kSmall, &ui.theme().muted}, ui.Measure(bulk.last, Face::kSmall).x + 1);
    const std::string undo = Say("bulk.undo");
    ui.Beside(ui.Measure(undo, Face::kSmall).x, 14);
    if (ui.LinkText(undo, "", {Face::kSmall})) {
      bulk.last.clear();
      parts.wishes.Act({.what = forms::RecordAction::What::kUndoBulk, .record = {}});
    }
  }
  ImGui::Dummy({0, ui.Px(8)});
  float left = BeginLine(parts, Say("bulk.query"));
  FieldOptions options{.hint = Say("bulk.query_hint")};
  options.generation = parts.editor.generation;
  if (ui.Field(Say("bulk.query"), bulk.query, options)) parts.wishes.FormTyped(0);
  ImGui::SetCursorPosX(left);
  left = BeginLine(parts, Say("bulk.review"));
  if (ui.Choice(Say("bulk.review"), bulk.review, ReviewOptions())) parts.wishes.FormTyped(0);
  ImGui::SetCursorPosX(left);
}

void DrawBulkOut(FormParts& parts, Node node) {
  if (!parts.editor.open.bulk) return;
  Ui& ui = parts.ui;
  std::set<Node>& out = parts.editor.open.bulk->out;
  const bool item = parts.form().is_item(node), is_out = out.contains(node);
  const std::string of = item ? forms::ItemNumberOf(parts.form(), node) : forms::LabelOf(parts.form(), node);
  const char* const key = item ? (is_out ? "bulk.put" : "bulk.out") : (is_out ? "bulk.keep" : "bulk.empty");
  if (is_out) {
    const std::string words = Say(item ? "bulk.is_out" : "bulk.is_empty", {{"what", of}});
    ui.Text(words, {Face::kSmall, &ui.theme().amber});
    ui.Record(Role::kMark, words, "");
  }
  if (!item && !is_out) ImGui::SetCursorPosX(ImGui::GetCursorPosX() + parts.label);
  ImGui::PushID(static_cast<int>(node));
  if (ui.LinkText(Say(key, {{"what", of}}), "", {Face::kSmall})) {
    if (!out.erase(node)) out.insert(node);
    parts.wishes.FormTyped(0);
  }
  ImGui::PopID();
}

bool IsEmptiedInBulk(const FormParts& parts, Node node) {
  return parts.editor.open.bulk && parts.editor.open.bulk->out.contains(node);
}

void DrawBulkPreview(FormParts& parts) {
  if (!parts.editor.preview) return;
  Ui& ui = parts.ui;
  const forms::BulkPreview preview = *parts.editor.preview;
  ImGui::Dummy({0, ui.Px(8)});
  ui.Heading(preview.words);
  if (std::exchange(parts.editor.show_preview, false)) ImGui::SetScrollHereY(0.3f);
  ui.Record(Role::kMark, preview.words, "");
  if (!parts.editor.shows_preview()) ui.Text("⚠ " + Say("bulk.stale"), {Face::kBody, &ui.theme().amber});
  if (!preview.warnings.empty()) ui.Text("⚠ " + preview.warnings, {Face::kSmall, &ui.theme().amber});
  for (const std::string& problem : preview.problems) {
    ui.Text("✗ " + problem, {Face::kSmall, &ui.theme().red});
    ui.Record(Role::kMark, problem, "");
  }
  ImGui::Dummy({0, ui.Px(4)});
  for (const forms::BulkPreview::Row& row : preview.rows) DrawRow(parts, row);
  if (!preview.more_words.empty()) ui.Text(preview.more_words, {Face::kSmall, &ui.theme().muted});
  ImGui::Dummy({0, ui.Px(8)});
}

std::string BulkSendWords(const FormParts& parts) {
  if (!parts.editor.shows_preview()) return Say("bulk.preview");
  return Say("bulk.send", {{"count", parts.editor.preview->changes}});
}

}  // namespace daftar::ui
