// The page "your edits": forms, conflicts with a way to decide each, what was refused, what waits.
#include <algorithm>
#include <optional>
#include <string>

#include "client/language/say.h"
#include "client/ui/keys.h"
#include "client/ui/panels.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

void DrawForms(Ui& ui, std::string_view heading, const std::vector<WorkPage::Form>& forms) {
  if (forms.empty()) return;
  ImGui::Dummy({0, ui.Px(14)});
  ui.Heading(Say(heading));
  for (const WorkPage::Form& form : forms) {
    const auto row = ui.Row(form.address, form.title, ui.Px(44), false);
    ui.TextAt({row.top_left.x + ui.Px(12), row.top_left.y + ui.Px(4)}, form.title, {}, row.size.x - ui.Px(24));
    ui.TextAt({row.top_left.x + ui.Px(12), row.top_left.y + ui.Px(24)}, form.note, {Face::kSmall, &ui.theme().muted},
              row.size.x - ui.Px(24));
    if (row.chosen) ui.Open(form.address);
  }
}

void Value(Ui& ui, const std::string& words) {
  ImGui::TableNextColumn();
  if (words.empty()) return ui.Text(Say("changes.nothing"), {Face::kBody, &ui.theme().muted});
  ui.Text(words);
}

// Holds it back, or lets it go.
void DrawHold(Ui& ui, const WorkPage::Edit& edit, Wishes& wishes) {
  if (!edit.waits) return;
  const std::string label = Say(edit.held ? "work.release" : "work.hold");
  if (ui.Button(label, true, false, Say("work.hold_help"))) wishes.Hold(edit.number, !edit.held);
}

void DrawEdits(Ui& ui, std::string_view heading, const std::vector<WorkPage::Edit>& edits, Wishes& wishes) {
  if (edits.empty()) return;
  ImGui::Dummy({0, ui.Px(14)});
  ui.Heading(Say(heading));
  ImGui::PushID(heading.data());
  int number = 0;
  for (const WorkPage::Edit& edit : edits) {
    ImGui::PushID(number++);
    ImGui::Dummy({0, ui.Px(6)});
    if (ui.LinkText(edit.record.text, edit.record.address)) ui.Open(edit.record.address);
    ui.Text(edit.head + (edit.state.empty() ? "" : "  ·  " + edit.state), {Face::kSmall, &ui.theme().muted});
    if (!edit.why.empty()) ui.Text(Say("window.reason_was", {{"reason", edit.why}}));
    for (const std::string& problem : edit.problems) ui.Text("✗ " + problem, {Face::kBody, &ui.theme().red});
    if (!edit.fields.empty() &&
        ImGui::BeginTable("fields", 3, ImGuiTableFlags_BordersInnerH | ImGuiTableFlags_SizingStretchSame)) {
      for (const ChangedField& field : edit.fields) {
        ImGui::TableNextColumn();
        ui.Text(field.label, {Face::kBody, &ui.theme().muted});
        Value(ui, field.before);
        Value(ui, field.after);
      }
      ImGui::EndTable();
    }
    if (!edit.more_words.empty()) ui.Text(edit.more_words, {Face::kSmall, &ui.theme().muted});
    DrawHold(ui, edit, wishes);
    if (edit.may_propose && ui.Button(Say("work.propose"), true, false, Say("work.propose_help")))
      wishes.Act({.what = forms::RecordAction::What::kProposeInstead, .record = {}, .key = edit.number});
    ImGui::PopID();
  }
  ImGui::PopID();
}

struct Decision {
  uint64_t number = 0;
  daftar::Side side = daftar::Side::kTheirs;
};

// One of the three values, with the button that takes it.
void DrawSide(Ui& ui, std::string_view name, std::string_view take, const std::string& words, const std::string& who,
              bool free, bool& taken) {
  ImGui::TableNextColumn();
  ui.Text(Say(name), {Face::kSmall, &ui.theme().muted});
  ui.Text(words.empty() ? Say("changes.nothing") : words);
  if (!who.empty()) ui.Text(who, {Face::kSmall, &ui.theme().muted});
  if (free) taken = ui.Button(Say(take));
}

void DrawConflict(Ui& ui, const WorkPage::Conflict& conflict, bool current, std::optional<Decision>& decided) {
  const ParkedChange& change = conflict.change;
  ImGui::Dummy({0, ui.Px(8)});
  if (current) {
    const std::string sign = ui.sides().right_to_left() ? "◀ " : "▶ ";
    ui.Mark(sign + Say("work.current"), ui.theme().text, ui.theme().selected);
    ui.Record(Role::kMark, Say("work.current"), change.label);
  }
  if (ui.LinkText(conflict.record.text, conflict.record.address)) ui.Open(conflict.record.address);
  ui.Text("≠ " + change.label, {Face::kBold});
  ui.Text(conflict.cause, {Face::kSmall, &ui.theme().muted});
  if (change.settling) ui.Text(Say("history.settling"), {Face::kSmall, &ui.theme().amber});
  if (!ImGui::BeginTable("sides", 3, ImGuiTableFlags_BordersInnerV | ImGuiTableFlags_SizingStretchSame)) return;
  const bool free = !change.settling;
  bool base = false, mine = false, theirs = false;
  DrawSide(ui, "history.base", "work.take_base", change.base, "", free, base);
  DrawSide(ui, "history.mine", "work.take_mine", change.mine, change.mine_who, free, mine);
  DrawSide(ui, "history.theirs", "work.take_theirs", change.theirs, change.theirs_who, free, theirs);
  ImGui::EndTable();
  if (base) decided = Decision{conflict.number, daftar::Side::kBase};
  if (mine) decided = Decision{conflict.number, daftar::Side::kMine};
  if (theirs) decided = Decision{conflict.number, daftar::Side::kTheirs};
}

// 1, 2 and 3 decide the conflict at hand, 4 leaves it for later; 0 goes back to the first.
void HandleKeys(const WorkPage& page, Screen& screen, std::optional<Decision>& decided) {
  const ImGuiIO& io = ImGui::GetIO();
  if (io.WantTextInput || io.KeyCtrl || io.KeyAlt) return;
  const auto pressed = [](int digit) { return ImGui::IsKeyPressed(keys::kOne - 1 + digit, false); };
  const WorkPage::Conflict& at = page.conflicts[screen.conflict];
  constexpr daftar::Side kSides[] = {daftar::Side::kBase, daftar::Side::kMine, daftar::Side::kTheirs};
  for (int i = 0; i < 3; ++i) {
    if (pressed(i + 1) && !at.change.settling) decided = Decision{at.number, kSides[i]};
  }
  if (pressed(4)) screen.conflict = (screen.conflict + 1) % page.conflicts.size();
  if (pressed(0)) screen.conflict = 0;
}

void DrawConflicts(Ui& ui, const WorkPage& page, Screen& screen, Wishes& wishes) {
  if (page.conflicts.empty()) return;
  ImGui::Dummy({0, ui.Px(14)});
  ui.Heading("≠ " + Say("work.conflicts"));
  ui.Text(Say("work.conflicts_help"), {Face::kBody, &ui.theme().muted});
  ui.Text(Say("window.reason_required"), {Face::kBold});
  FieldOptions options{.hint = Say("work.reason_hint")};
  const bool asked = std::exchange(screen.ask_reason, false);
  options.focus = asked;
  ui.Field(Say("window.reason"), screen.decision_reason, options);
  screen.conflict = std::min(screen.conflict, page.conflicts.size() - 1);
  std::optional<Decision> decided;
  HandleKeys(page, screen, decided);
  for (size_t i = 0; i < page.conflicts.size(); ++i) {
    ImGui::PushID(static_cast<int>(i));
    DrawConflict(ui, page.conflicts[i], i == screen.conflict, decided);
    ImGui::PopID();
  }
  if (!decided) return;
  // Nothing is decided without saying why; what is drawn here is read anew once it is.
  if (screen.decision_reason.empty()) {
    screen.ask_reason = true;
  } else {
    wishes.Decide(decided->number, decided->side);
  }
}

}  // namespace

void DrawWork(Ui& ui, const WorkPage& page, Screen& screen, Wishes& wishes) {
  ui.Heading(Say("work.title"), Face::kTitle);
  const bool nothing = page.recovered.empty() && page.forms.empty() && page.templates.empty() &&
                       page.conflicts.empty() && page.refused.empty() && page.outbox.empty();
  ui.Text(Say(nothing ? "work.nothing" : "work.intro"), {Face::kBody, &ui.theme().muted});
  DrawForms(ui, "work.recovered", page.recovered);
  DrawConflicts(ui, page, screen, wishes);
  DrawForms(ui, "work.forms", page.forms);
  DrawEdits(ui, "work.refused", page.refused, wishes);
  DrawEdits(ui, "work.outbox", page.outbox, wishes);
  if (!page.outbox.empty()) {
    ImGui::Dummy({0, ui.Px(6)});
    ui.Text(page.sync_words, {Face::kSmall, &ui.theme().muted});
    if (ui.Button(Say("work.export"), true, false, Say("work.export_help"))) wishes.ExportOutbox();
  }
  DrawForms(ui, "work.templates", page.templates);
  if (!page.more_words.empty()) ui.Text(page.more_words, {Face::kSmall, &ui.theme().muted});
}

}  // namespace daftar::ui
