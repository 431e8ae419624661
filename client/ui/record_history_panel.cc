// The history of a record: each change with the fields as they were and as they became, side by side.
#include "client/language/say.h"
#include "client/ui/panels.h"
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

void DrawStep(Ui& ui, const RecordHistory::Step& step) {
  const Theme& theme = ui.theme();
  ImGui::Dummy({0, ui.Px(10)});
  const std::string sign = step.revision == 0 ? "↑ " : "";
  ui.Heading(sign + step.head, Face::kBold);
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

void DrawRecordHistory(Ui& ui, const RecordHistory& page) {
  const Theme& theme = ui.theme();
  ui.Heading(Say("history.page_title", {{"name", page.title}}), Face::kTitle);
  const std::string back = Say("history.to_record");
  if (ui.LinkText(back, page.record.address)) ui.Open(page.record.address);
  ui.Text(page.words, {Face::kBody, &theme.muted});
  if (!page.limits.empty()) ui.Text(page.limits, {Face::kBody, &theme.amber});
  DrawParked(ui, page.parked);
  int number = 0;
  for (const RecordHistory::Step& step : page.steps) {
    ImGui::PushID(number++);
    DrawStep(ui, step);
    ImGui::PopID();
  }
  if (!page.more_words.empty()) ui.Text(page.more_words, {Face::kSmall, &theme.muted});
}

}  // namespace daftar::ui
