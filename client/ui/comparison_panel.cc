// Two versions of a record beside each other, on the page of its history, and the way back to either.
#include <algorithm>
#include <string>

#include "client/language/say.h"
#include "client/ui/review_parts.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

using Action = forms::RecordAction;

std::string Number(uint64_t revision) { return SayNumber(static_cast<double>(revision)); }

void Value(Ui& ui, const std::string& words) {
  ImGui::TableNextColumn();
  if (words.empty()) return ui.Text(Say("changes.nothing"), {Face::kBody, &ui.theme().muted});
  ui.Text(words);
}

Action Back(uint64_t revision, const RecordHistory::Difference* part) {
  Action action{.what = Action::What::kRestore, .record = {}, .revision = revision};
  if (part != nullptr) action.part = {part->field, part->item};
  return action;
}

void DrawFields(Ui& ui, const RecordHistory& page, const RecordHistory::Difference& difference) {
  if (!ImGui::BeginTable("fields", 3, ImGuiTableFlags_BordersInnerH | ImGuiTableFlags_SizingStretchSame)) return;
  ImGui::TableNextColumn();
  ui.Text(Say("history.field_column"), {Face::kSmall, &ui.theme().muted});
  ImGui::TableNextColumn();
  ui.Text(Say("history.side_a", {{"revision", Number(page.a)}}), {Face::kSmall, &ui.theme().muted});
  ImGui::TableNextColumn();
  ui.Text(Say("history.side_b", {{"revision", Number(page.b)}}), {Face::kSmall, &ui.theme().muted});
  for (const ChangedField& field : difference.fields) {
    ImGui::TableNextColumn();
    ui.Text(field.label, {Face::kBody, &ui.theme().muted});
    Value(ui, field.before);
    Value(ui, field.after);
  }
  ImGui::EndTable();
}

void DrawDifference(const ReviewParts& parts, const RecordHistory& page, const RecordHistory::Difference& difference) {
  DrawFields(parts.ui, page, difference);
  const uint64_t older = std::min(page.a, page.b);
  const Action back = Back(older, &difference);
  ActionLink(parts, Say("history.restore_part", {{"part", difference.label}, {"revision", Number(older)}}), back, true,
             false);
  DrawAsked(parts, back, Say("history.restore_send"), Say("history.restore_hint"));
  ImGui::Dummy({0, parts.ui.Px(4)});
}

void DrawWhole(const ReviewParts& parts, const RecordHistory& page) {
  bool beside = false;
  for (const uint64_t revision : {page.a, page.b}) {
    const std::string label = Say("history.restore", {{"revision", Number(revision)}});
    if (beside) parts.ui.Beside(parts.ui.ButtonWidth(label));
    beside = true;
    ActionButton(parts, label, Back(revision, nullptr), true, Say("history.restore_help"));
  }
  for (const uint64_t revision : {page.a, page.b})
    DrawAsked(parts, Back(revision, nullptr), Say("history.restore_send"), Say("history.restore_hint"));
}

}  // namespace

void DrawComparison(const ReviewParts& parts, const RecordHistory& page) {
  Ui& ui = parts.ui;
  if (page.steps.size() < 2) return;
  if (page.compare_words.empty()) {
    ui.Text(Say("history.choose"), {Face::kBody, &ui.theme().muted});
    return;
  }
  ImGui::Dummy({0, ui.Px(8)});
  ui.Heading(Say("history.compare"));
  ui.Text(page.compare_words);
  ui.Record(Role::kMark, page.compare_words, "");
  const std::string end = Say("history.compare_end"), home = RecordHistoryAddress(page.id);
  if (ui.LinkText(end, home, {Face::kSmall})) parts.wishes.Replace(home);
  int number = 0;
  for (const RecordHistory::Difference& difference : page.differences) {
    ImGui::PushID(number++);
    DrawDifference(parts, page, difference);
    ImGui::PopID();
  }
  if (!page.compare_more.empty()) ui.Text(page.compare_more, {Face::kSmall, &ui.theme().muted});
  if (!page.differences.empty()) DrawWhole(parts, page);
  DrawFailure(parts);
}

}  // namespace daftar::ui
