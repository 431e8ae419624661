// One field of a form: see form_parts.h.
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "client/language/language.h"
#include "client/language/say.h"
#include "client/ui/form_parts.h"
#include "client/ui/keys.h"
#include "client/ui/passage_screen.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

using forms::FieldType;

const std::vector<Ui::Option>& YesAndNo() {
  static std::map<Language, std::vector<Ui::Option>>* const kSaid = new std::map<Language, std::vector<Ui::Option>>();
  std::vector<Ui::Option>& said = (*kSaid)[CurrentLanguage()];
  if (said.empty()) said = {{"", Say("form.no"), ""}, {"yes", Say("form.yes"), ""}};
  return said;
}

// The constants of a field in the reader's words: said once, since a form has hundreds of such fields.
const std::vector<Ui::Option>& OptionsOf(const forms::FieldSpec& spec) {
  using Key = std::pair<const forms::FieldSpec*, Language>;
  static auto* const kSaid = new std::map<Key, std::vector<Ui::Option>>();
  std::vector<Ui::Option>& said = (*kSaid)[{&spec, CurrentLanguage()}];
  if (!said.empty()) return said;
  for (const std::string& code : spec.codes) {
    const bool nothing = code == "UNSET";
    said.push_back({code, nothing ? Say("form.not_said") : SayCode(code), forms::MeaningOf(spec, code)});
  }
  return said;
}

bool DrawText(FormParts& parts, forms::Node node, const std::string& label, std::string& value) {
  const forms::Field& field = parts.field(node);
  FieldOptions options{.hint = forms::HintOf(*field.spec)};
  options.long_text = field.spec->type == FieldType::kLongText;
  options.generation = parts.editor.generation;
  options.focus = parts.editor.focus == node;
  if (options.focus) {
    parts.editor.focus = 0;
    ImGui::SetScrollHereY();
  }
  return parts.ui.Field(label, value, options);
}

}  // namespace

bool DrawFormControl(FormParts& parts, forms::Node node) {
  const forms::Field& field = parts.field(node);
  const std::string label = forms::FullLabelOf(parts.form(), node);
  std::string value = field.text;
  ImGui::PushID(static_cast<int>(node));
  bool changed = false;
  switch (field.spec->type) {
    case FieldType::kCode:
      // A list's item that is not chosen yet stands at nothing.
      changed = parts.ui.Choice(label, value, OptionsOf(*field.spec));
      break;
    case FieldType::kFlag:
      changed = parts.ui.Choice(label, value, YesAndNo());
      break;
    default:
      changed = DrawText(parts, node, label, value);
  }
  ImGui::PopID();
  if (!changed) return false;
  parts.form().SetText(node, std::move(value), parts.now_ms);
  parts.wishes.FormTyped(node);
  const FieldType type = parts.field(node).spec->type;
  if (type == FieldType::kReference || type == FieldType::kPoint) parts.wishes.FormComplete(node);
  return true;
}

void DrawFormProblems(FormParts& parts, forms::Node node) {
  Ui& ui = parts.ui;
  const forms::Field& field = parts.field(node);
  // An empty form need not be told that it is empty.
  const bool told = parts.editor.asked || field.text != field.base_text;
  const auto draw = [&](const std::vector<std::string>& lines, const char* sign, const ImVec4& ink) {
    for (const std::string& line : lines) {
      ui.Text(sign + line, {Face::kSmall, &ink});
      ui.Record(Role::kMark, line, "");
    }
  };
  if (told) draw(field.problems, "✗ ", ui.theme().red);
  draw(field.warnings, "⚠ ", ui.theme().amber);
}

void DrawFormSuggestions(FormParts& parts, forms::Node node, bool here) {
  if (parts.editor.completing != node) return;
  Ui& ui = parts.ui;
  std::string chosen;
  // Enter in the field takes the first one.
  const bool first = here && ImGui::IsKeyPressed(keys::kEnter, false) && !ImGui::GetIO().KeyCtrl;
  if (first && !parts.editor.suggestions.empty()) chosen = parts.editor.suggestions.front().id;
  for (const PageLink& link : parts.editor.suggestions) {
    const auto row = ui.Row(link.id, link.text, ui.Px(30), false);
    ui.TextAt({row.top_left.x + ui.Px(12), row.top_left.y + ui.Px(6)}, link.text + "  ·  " + link.id, {},
              row.size.x - ui.Px(24));
    if (row.chosen) chosen = link.id;
  }
  if (chosen.empty()) return;
  parts.form().SetText(node, chosen, parts.now_ms);
  parts.editor.completing = 0;
  ++parts.editor.generation;
  // Where a passage is read, it comes behind its source.
  const forms::Field& field = parts.field(node);
  if (field.item == parts.editor.open.reading && field.spec->name == "source" && parts.editor.passage) {
    parts.editor.passage->focus = true;
  } else {
    parts.editor.focus = node;
  }
  parts.wishes.FormTyped(node);
}

bool IsRequiredInForm(const FormParts& parts, forms::Node node) {
  return parts.field(node).spec->required && !parts.editor.open.bulk;
}

void DrawFormField(FormParts& parts, forms::Node node) {
  Ui& ui = parts.ui;
  const forms::Field& field = parts.field(node);
  std::string label = forms::LabelOf(parts.form(), node);
  const bool required = IsRequiredInForm(parts, node);
  if (required) label = Say("window.required", {{"label", label}});
  const float left = ImGui::GetCursorPosX(), top = ImGui::GetCursorPosY();
  ImGui::SetCursorPosY(top + ui.Px(6));
  ui.Text(label, {required ? Face::kBold : Face::kBody}, parts.label - ui.Px(12));
  const std::string help = forms::HelpOf(*field.spec);
  if (!help.empty()) ui.Help(help);
  const float below = ImGui::GetCursorPosY();
  ImGui::SetCursorPos({left + parts.label, top});
  ImGui::BeginGroup();
  DrawFormControl(parts, node);
  const std::vector<Widget>& drawn = ui.registry().widgets();
  const bool here = !drawn.empty() && drawn.back().focused;
  const forms::Field& now = parts.field(node);
  if (now.spec->type == FieldType::kCode) {
    const std::string meaning = forms::MeaningOf(*now.spec, now.text);
    const bool said = parts.form().IsFilled(node) && now.text != now.base_text;
    if (said && !meaning.empty()) ui.Text(meaning, {Face::kSmall, &ui.theme().muted});
  }
  if (!now.understood.empty() && now.understood != now.text) {
    const std::string words = Say("form.read_as", {{"what", now.understood}});
    ui.Text(words, {Face::kSmall, &ui.theme().muted});
    ui.Record(Role::kMark, words, "");
  }
  DrawFormSuggestions(parts, node, here);
  if (now.spec->type == FieldType::kPoint) {
    ImGui::PushID(static_cast<int>(node));
    if (ui.LinkText(Say("form.on_map"), "", {Face::kSmall})) parts.wishes.PickOnMap(node);
    ImGui::PopID();
  }
  DrawFormProblems(parts, node);
  ImGui::EndGroup();
  ImGui::SetCursorPos({left, std::max(ImGui::GetCursorPosY(), below) + ui.Px(2)});
}

}  // namespace daftar::ui
