// What changed since a revision: how many of each kind, and each record with what became of its fields.
#include "client/language/say.h"
#include "client/ui/panels.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

constexpr float kMarkRoom = 120;

const char* SignOf(ChangedRow::What what) {
  if (what == ChangedRow::What::kNew) return "+ ";
  return what == ChangedRow::What::kRetired ? "✗ " : "≠ ";
}

void DrawField(Ui& ui, const ChangedField& field) {
  std::string before = field.before.empty() ? Say("changes.nothing") : field.before;
  if (!field.before_known) before = Say("changes.unknown");
  const std::string after = field.after.empty() ? Say("changes.nothing") : field.after;
  ui.Text(Say("changes.from_to", {{"field", field.label}, {"before", before}, {"after", after}}), {Face::kSmall});
}

void DrawChangedRow(Ui& ui, const ChangedRow& changed) {
  const Theme& theme = ui.theme();
  const auto row = ui.Row(changed.row.address, changed.row.title, ui.Px(34), false);
  if (row.chosen) ui.Open(changed.row.address);
  const float top = row.top_left.y + ui.Px(7), left = row.top_left.x + ui.Px(14);
  const float right = row.top_left.x + row.size.x - ui.Px(14);
  const bool gone = changed.what == ChangedRow::What::kRetired;
  ui.TextAt({left, top}, SignOf(changed.what) + changed.what_words,
            {Face::kSmall, changed.what == ChangedRow::What::kNew ? &theme.green
                           : gone                                 ? &theme.red
                                                                  : &theme.amber},
            ui.Px(kMarkRoom) - ui.Px(10));
  const float date = ui.Measure(changed.row.date).x, title = left + ui.Px(kMarkRoom);
  ui.TextAt({title, top}, changed.row.title, {Face::kBold}, right - title - date - ui.Px(16));
  ui.TextAt({right - date, top}, changed.row.date, {Face::kBody, &theme.muted}, 0);
  ImGui::Indent(ui.Px(14 + kMarkRoom));
  for (const ChangedField& field : changed.fields) DrawField(ui, field);
  if (!changed.more_words.empty()) ui.Text(changed.more_words, {Face::kSmall, &theme.muted});
  if (!changed.who.empty()) ui.Text(changed.who, {Face::kSmall, &theme.muted});
  ImGui::Unindent(ui.Px(14 + kMarkRoom));
  ImGui::Dummy({0, ui.Px(6)});
}

}  // namespace

void DrawChangedKinds(Ui& ui, const ChangesPage& changes) {
  const float right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
  bool first = true;
  for (const ChangedKind& kind : changes.kinds) {
    const float width = ui.Measure(kind.label).x + ui.Measure(kind.words, Face::kSmall).x + ui.Px(6);
    if (!first && ImGui::GetItemRectMax().x + ui.Px(22) + width < right) ImGui::SameLine(0, ui.Px(22));
    first = false;
    if (ui.LinkText(kind.label, kind.address)) ui.Open(kind.address);
    ImGui::SameLine(0, ui.Px(6));
    ui.Line(kind.words, {Face::kSmall, &ui.theme().muted}, 0);
  }
  ImGui::Dummy({0, ui.Px(6)});
}

void DrawChangedRows(Ui& ui, const std::vector<ChangedRow>& rows) {
  ImGui::PushID("changed");
  for (const ChangedRow& row : rows) DrawChangedRow(ui, row);
  ImGui::PopID();
}

void DrawChanges(Ui& ui, const ChangesPage& changes, Wishes& wishes) {
  ui.Heading(Say("changes.title"), Face::kTitle);
  ui.Text(changes.words, {Face::kBody, &ui.theme().muted});
  if (changes.total == 0) {
    if (ui.Button(Say("changes.none_action"))) wishes.SyncNow();
    return;
  }
  ImGui::Dummy({0, ui.Px(4)});
  DrawChangedKinds(ui, changes);
  if (!changes.all_kinds_address.empty()) {
    if (ui.LinkText(Say("changes.all_kinds"), changes.all_kinds_address, {Face::kSmall}))
      ui.Open(changes.all_kinds_address);
  }
  if (ui.Button(Say("changes.mark_read"), true, false, Say("changes.mark_read_help")))
    wishes.Keep({.what = OwnChange::What::kRead, .number = changes.revision});
  ImGui::Dummy({0, ui.Px(8)});
  DrawChangedRows(ui, changes.rows);
  if (!changes.more_words.empty()) ui.Text("… " + changes.more_words, {Face::kBody, &ui.theme().muted});
}

}  // namespace daftar::ui
