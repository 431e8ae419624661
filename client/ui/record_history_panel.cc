// The history of a record: each change with the fields as they were and as they became, side by side.
#include "client/language/say.h"
#include "client/ui/keys.h"
#include "client/ui/panels.h"
#include "client/ui/review_parts.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

bool BeginSides(Ui& ui, const char* id, std::initializer_list<std::string_view> keys) {
  const int columns = static_cast<int>(keys.size());
  if (!ImGui::BeginTable(id, columns, ImGuiTableFlags_BordersInnerH | ImGuiTableFlags_SizingStretchSame)) return false;
  ImGui::TableNextRow();
  for (const std::string_view key : keys) {
    ImGui::TableNextColumn();
    ui.Text(Say(key), {Face::kSmall, &ui.theme().muted});
  }
  ImGui::TableNextRow();
  return true;
}

// A value; what is not there is said in words, and quietly.
void Value(Ui& ui, const std::string& words, bool known) {
  ImGui::TableNextColumn();
  const TextStyle quiet{Face::kBody, &ui.theme().muted};
  if (!known) {
    ui.Text(Say("changes.unknown"), quiet);
  } else if (words.empty()) {
    ui.Text(Say("changes.nothing"), quiet);
  } else {
    ui.Text(words);
  }
}

void DrawFields(Ui& ui, const RecordHistory::Step& step) {
  if (step.fields.empty() || !BeginSides(ui, "fields", {"history.field_column", "history.before", "history.after"}))
    return;
  for (const ChangedField& field : step.fields) {
    ImGui::TableNextColumn();
    ui.Text(field.label, {Face::kBody, &ui.theme().muted});
    Value(ui, field.before, field.before_known);
    Value(ui, field.after, true);
  }
  ImGui::EndTable();
}

// The head of a version, which can be chosen to be compared: by a click or Enter, as A by 1 and as B by 2.
void DrawChoosable(Ui& ui, const RecordHistory& page, const RecordHistory::Step& step, Wishes& wishes) {
  const bool is_a = step.revision == page.a, is_b = step.revision == page.b;
  const std::string mark = std::string(is_a ? " A" : "") + (is_b ? " B" : "");
  const std::string label = mark.empty() ? step.head : "✓" + mark + "  ·  " + step.head;
  const float height = ui.Measure(label, Face::kBold).y + ui.Px(8);
  const Ui::RowPlace row = ui.Row(std::to_string(step.revision), label, height, is_a || is_b);
  const bool here = ImGui::IsItemFocused() || ImGui::IsItemHovered();
  ui.Help(Say("history.choose_help"));
  ui.TextAt({row.top_left.x, row.top_left.y + ui.Px(4)}, label, {Face::kBold}, row.size.x);
  const bool typing = ImGui::GetIO().WantTextInput || ImGui::GetIO().KeyCtrl;
  const bool one = here && !typing && ImGui::IsKeyPressed(keys::kOne, false);
  const bool two = here && !typing && ImGui::IsKeyPressed(keys::kOne + 1, false);
  // A click chooses what is missing; with both chosen it begins anew.
  const bool anew = page.a != 0 && page.b != 0;
  if (one || (row.chosen && (anew || page.a == 0))) {
    wishes.Replace(RecordHistoryAddress(page.id, step.revision, anew && !one ? 0 : page.b));
  } else if (two || row.chosen) {
    wishes.Replace(RecordHistoryAddress(page.id, page.a, step.revision));
  }
}

void DrawStep(Ui& ui, const RecordHistory& page, const RecordHistory::Step& step, Wishes& wishes) {
  const Theme& theme = ui.theme();
  ImGui::Dummy({0, ui.Px(10)});
  if (step.revision == 0) {
    ui.Heading("↑ " + step.head, Face::kBold);
  } else {
    DrawChoosable(ui, page, step, wishes);
  }
  ui.Text(step.who, {Face::kSmall, &theme.muted});
  if (!step.why.empty()) ui.Text(Say("window.reason_was", {{"reason", step.why}}));
  if (!step.made.empty()) ui.Text("+ " + step.made, {Face::kBody, &theme.green});
  DrawFields(ui, step);
  if (!step.more_words.empty()) ui.Text(step.more_words, {Face::kSmall, &theme.muted});
}

// A side of what is parked, with who made it.
void Side(Ui& ui, const std::string& words, const std::string& who) {
  Value(ui, words, true);
  if (!who.empty()) ui.Text(who, {Face::kSmall, &ui.theme().muted});
}

void DrawParked(Ui& ui, const std::vector<ParkedChange>& parked) {
  if (parked.empty()) return;
  ImGui::Dummy({0, ui.Px(10)});
  ui.Heading("≠ " + Say("history.parked"));
  if (!BeginSides(ui, "parked", {"history.field_column", "history.base", "history.mine", "history.theirs"})) return;
  for (const ParkedChange& change : parked) {
    ImGui::TableNextColumn();
    ui.Text(change.label, {Face::kBody, &ui.theme().muted});
    if (change.settling) ui.Text(Say("history.settling"), {Face::kSmall, &ui.theme().amber});
    Side(ui, change.base, "");
    Side(ui, change.mine, change.mine_who);
    Side(ui, change.theirs, change.theirs_who);
  }
  ImGui::EndTable();
}

}  // namespace

void DrawRecordHistory(Ui& ui, const RecordHistory& page, ReviewScreen& review, Wishes& wishes) {
  const Theme& theme = ui.theme();
  ui.Heading(Say("history.page_title", {{"name", page.title}}), Face::kTitle);
  const std::string back = Say("history.to_record");
  if (ui.LinkText(back, page.record.address)) ui.Open(page.record.address);
  ui.Text(page.words, {Face::kBody, &theme.muted});
  if (!page.limits.empty()) ui.Text(page.limits, {Face::kBody, &theme.amber});
  DrawComparison({ui, review, wishes}, page);
  DrawParked(ui, page.parked);
  int number = 0;
  for (const RecordHistory::Step& step : page.steps) {
    ImGui::PushID(number++);
    DrawStep(ui, page, step, wishes);
    ImGui::PopID();
  }
  if (!page.more_words.empty()) ui.Text(page.more_words, {Face::kSmall, &theme.muted});
}

}  // namespace daftar::ui
