// The form "add an account", beside the page.
#include <utility>

#include "client/language/say.h"
#include "client/ui/panels.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

void Label(Ui& ui, const FormField& field) {
  ui.Text(field.required ? Say("window.required", {{"label", field.label}}) : field.label, {Face::kBold});
}

void Problems(Ui& ui, const std::vector<std::string>& problems, const ImVec4& ink, const char* sign) {
  for (const std::string& problem : problems) {
    ui.Text(sign + problem, {Face::kSmall, &ink});
    ui.Record(Role::kMark, problem, "");
  }
}

void DrawChoice(Ui& ui, FormField& field) {
  std::vector<Ui::Option> options;
  for (const CodeChoice& choice : field.choices) options.push_back({choice.code, choice.words});
  ui.Choice(field.label, field.value, options);
}

// Records that complete what is typed.
void DrawSuggestions(Ui& ui, FormScreen& form, FormField& field) {
  if (form.completing != field.name) return;
  for (const PageLink& link : form.suggestions) {
    // By its id: Space chooses it, and does not show it at the side.
    auto row = ui.Row(link.id, link.text, ui.Px(30), false);
    ui.TextAt({row.top_left.x + ui.Px(12), row.top_left.y + ui.Px(6)}, link.text + "  ·  " + link.id, {},
              row.size.x - ui.Px(24));
    if (!row.chosen) continue;
    field.value = link.id;
    form.completing.clear();
  }
}

void DrawField(Ui& ui, FormScreen& form, FormField& field, bool first, Wishes& wishes) {
  Label(ui, field);
  if (!field.choices.empty()) {
    DrawChoice(ui, field);
  } else {
    FieldOptions options{.hint = field.hint, .long_text = field.long_text};
    options.focus = first && std::exchange(form.fresh, false);
    if (ui.Field(field.label, field.value, options)) {
      AccountForm::Typed(field);
      if (!field.refers.empty()) wishes.Complete(field.name);
    }
    if (!field.understood.empty()) {
      ui.Text(field.understood, {Face::kSmall, &ui.theme().muted});
      ui.Record(Role::kMark, field.understood, "");
    }
    DrawSuggestions(ui, form, field);
  }
  Problems(ui, field.problems, ui.theme().red, "✗ ");
  Problems(ui, field.warnings, ui.theme().amber, "⚠ ");
  ImGui::Dummy({0, ui.Px(4)});
}

void DrawReason(Ui& ui, FormScreen& form) {
  ui.Text(Say("window.reason_required"), {Face::kBold});
  ui.Field(Say("window.reason"), form.reason, {.hint = Say("window.reason_hint")});
  if (form.reason_problem.empty()) return;
  ui.Text("✗ " + form.reason_problem, {Face::kSmall, &ui.theme().red});
  ui.Record(Role::kMark, form.reason_problem, "");
}

}  // namespace

void DrawForm(Ui& ui, FormScreen& form, Wishes& wishes) {
  ui.Heading(Say("window.add_account"));
  ui.Text(form.title, {Face::kSmall, &ui.theme().muted});
  ImGui::Dummy({0, ui.Px(8)});
  bool first = true;
  for (FormField& field : form.form.fields()) {
    DrawField(ui, form, field, first, wishes);
    first = false;
  }
  DrawReason(ui, form);
  ImGui::Dummy({0, ui.Px(6)});
  Problems(ui, form.form.problems(), ui.theme().red, "✗ ");
  if (!form.failure.empty()) ui.Text("✗ " + form.failure, {Face::kBody, &ui.theme().red});
  if (ui.Button(Say("window.submit"), !form.busy, true, Say("window.submit_help"))) {
    wishes.Submit();
  }
  ui.Beside(ui.ButtonWidth(Say("window.cancel")));
  if (ui.Button(Say("window.cancel"), !form.busy)) wishes.CloseForm();
  ImGui::Dummy({0, ui.Px(20)});
}

}  // namespace daftar::ui
