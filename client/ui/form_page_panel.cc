// A page that is a form: what it is, its fields, and what is done with it.
#include <algorithm>
#include <utility>

#include "client/language/say.h"
#include "client/ui/form_parts.h"
#include "client/ui/keys.h"
#include "client/ui/panels.h"
#include "imgui.h"
#include "imgui_internal.h"

namespace daftar::ui {
namespace {

constexpr float kLabel = 170, kMilliseconds = 1000;

void DrawHead(FormParts& parts) {
  Ui& ui = parts.ui;
  const EditorScreen& editor = parts.editor;
  const std::string kind = SayCode(editor.open.kind_constant());
  const bool bulk = editor.open.bulk.has_value();
  const std::string title = editor.open.create ? Say("form.new", {{"kind", kind}}) : editor.open.title;
  ui.Heading(bulk ? Say("bulk.head", {{"kind", KindsLabel(editor.open.form.kind())}}) : title, Face::kTitle);
  const char* const intro = bulk ? "bulk.intro" : editor.open.create ? "form.intro_new" : "form.intro";
  ui.Text(Say(intro, {{"kind", kind}}), {Face::kSmall, &ui.theme().muted});
  const std::string state = editor.state.empty() ? Say("own.kept") : editor.state;
  ui.Text(state, {Face::kSmall, &ui.theme().muted});
  ui.Record(Role::kMark, state, "");
  for (const std::string& note : editor.open.notes) {
    ui.Text("⚠ " + note, {Face::kSmall, &ui.theme().amber});
    ui.Record(Role::kMark, note, "");
  }
}

void DrawTools(FormParts& parts) {
  Ui& ui = parts.ui;
  const bool free = !parts.editor.busy;
  if (ui.Button(Say("form.undo"), free && parts.form().can_undo(), false, Say("form.undo_help")))
    parts.wishes.UndoForm(false);
  ui.Beside(ui.ButtonWidth(Say("form.redo")));
  if (ui.Button(Say("form.redo"), free && parts.form().can_redo(), false, Say("form.redo_help")))
    parts.wishes.UndoForm(true);
  const std::string all = Say(parts.editor.all ? "form.fewer" : "form.all_fields");
  ui.Beside(ui.ButtonWidth(all));
  if (ui.Button(all)) parts.editor.all = !parts.editor.all;
}

void DrawReason(FormParts& parts) {
  Ui& ui = parts.ui;
  EditorScreen& editor = parts.editor;
  ui.Text(Say("window.reason_required"), {Face::kBold});
  FieldOptions options{.hint = Say("window.reason_hint")};
  options.generation = editor.generation;
  if (ui.Field(Say("window.reason"), editor.open.reason, options)) parts.wishes.FormTyped(0);
  if (!editor.asked) return;
  for (const std::string& problem : editor.open.reason_problems) {
    ui.Text("✗ " + problem, {Face::kSmall, &ui.theme().red});
    ui.Record(Role::kMark, problem, "");
  }
}

// How much is wrong, with a way to the first of it.
void DrawWrong(FormParts& parts) {
  Ui& ui = parts.ui;
  if (!parts.editor.asked) return;
  forms::Node first = 0;
  size_t count = parts.form().problems().size();
  for (const forms::Node node : parts.form().AllFields()) {
    if (parts.field(node).problems.empty()) continue;
    if (first == 0) first = node;
    ++count;
  }
  for (const std::string& problem : parts.form().problems()) {
    ui.Text("✗ " + problem, {Face::kBody, &ui.theme().red});
    ui.Record(Role::kMark, problem, "");
  }
  if (first == 0) return;
  const std::string words = Say("form.wrong", {{"count", count}, {"field", forms::FullLabelOf(parts.form(), first)}});
  if (ui.LinkText("✗ " + words, "")) parts.editor.focus = first;
}

void DrawEnd(FormParts& parts) {
  Ui& ui = parts.ui;
  const bool free = !parts.editor.busy;
  if (!parts.editor.failure.empty()) ui.Text("✗ " + parts.editor.failure, {Face::kBody, &ui.theme().red});
  const bool bulk = parts.editor.open.bulk.has_value();
  const std::string send = bulk ? BulkSendWords(parts) : Say("form.send"), drop = Say("form.drop");
  if (ui.Button(send, free, true, Say(bulk ? "bulk.send_help" : "form.send_help"))) parts.wishes.SendForm();
  ui.Beside(ui.ButtonWidth(drop));
  if (parts.editor.dropping) {
    ui.Text(Say("form.drop_sure"), {Face::kBody, &ui.theme().amber});
    if (ui.Button(Say("form.drop_yes"), free)) parts.wishes.DropForm();
    ui.Beside(ui.ButtonWidth(Say("form.drop_no")));
    if (ui.Button(Say("form.drop_no"), free)) parts.editor.dropping = false;
  } else if (ui.Button(drop, free, false, Say("form.drop_help"))) {
    parts.editor.dropping = true;
  }
}

void HandleKeys(FormParts& parts) {
  const ImGuiIO& io = ImGui::GetIO();
  if (!io.KeyCtrl) return;
  if (ImGui::IsKeyPressed(keys::kEnter, false)) parts.wishes.SendForm();
  if (ImGui::IsKeyPressed(keys::kS, false)) parts.wishes.KeepForm();
  const bool undo = ImGui::IsKeyPressed(keys::kZ), again = ImGui::IsKeyPressed(keys::kY);
  if (!undo && !again) return;
  // The form knows every step; the field only its own.
  ImGui::ClearActiveID();
  parts.wishes.UndoForm(again || io.KeyShift);
}

// Where somebody would begin: the first empty line of text.
forms::Node FirstEmpty(const FormParts& parts) {
  for (const forms::Node node : parts.form().AllFields()) {
    const forms::Field& field = parts.field(node);
    const bool text = field.items.empty() && !field.spec->list && field.spec->type != forms::FieldType::kCode &&
                      field.spec->type != forms::FieldType::kFlag;
    if (text && field.text.empty() && IsShownInForm(parts, node)) return node;
  }
  return 0;
}

void Begin(FormParts& parts) {
  EditorScreen& editor = parts.editor;
  const forms::Node reading = editor.open.reading;
  editor.focus = reading == 0 ? FirstEmpty(parts) : parts.form().FieldOf(reading, "source");
  if (reading == 0) return;
  // The account that is being added is what the reader came for.
  for (const forms::Node account : parts.form().ItemsOf(parts.form().item(reading).field)) {
    if (account != reading) editor.folded.insert(account);
  }
}

}  // namespace

void DrawFormPage(Ui& ui, EditorScreen& editor, Wishes& wishes) {
  FormParts parts{ui, editor, wishes, ui.Px(kLabel), static_cast<int64_t>(ImGui::GetTime() * kMilliseconds)};
  HandleKeys(parts);
  ui.tab_order().TakeCtrlEnter();
  DrawHead(parts);
  if (editor.open.bulk) DrawBulkHead(parts);
  DrawTools(parts);
  ImGui::Dummy({0, ui.Px(8)});
  if (std::exchange(editor.fresh, false)) Begin(parts);
  ImGui::PushID(static_cast<int>(editor.open.number));
  DrawFormItem(parts, forms::Form::kRecord);
  ImGui::PopID();
  ImGui::Dummy({0, ui.Px(8)});
  DrawReason(parts);
  if (!editor.open.bulk) DrawFormSendAs(parts);
  DrawWrong(parts);
  if (editor.open.bulk) DrawBulkPreview(parts);
  ImGui::Dummy({0, ui.Px(4)});
  DrawEnd(parts);
}

}  // namespace daftar::ui
