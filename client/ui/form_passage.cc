// A passage that is being read into an account: pasted, its words marked by a letter each, and what they become. See
// passage_keys.h, client/forms/passage.h.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "client/forms/passage.h"
#include "client/language/say.h"
#include "client/ui/passage_keys.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

using forms::Node;

// So many bytes at once are pasted, and not typed.
constexpr size_t kPasted = 8;
constexpr float kFromTop = 0.1f;  // of the window's height

PassageScreen& PassageOf(EditorScreen& editor) {
  if (!editor.passage) {
    editor.passage = std::make_shared<PassageScreen>();
    editor.passage->changing = editor.open.passage.empty();
  }
  return *editor.passage;
}

void DrawBox(PassageParts& parts) {
  FormParts& form = parts.form;
  PassageScreen& passage = parts.passage;
  text::EditBuffer& buffer = passage.box.buffer;
  std::string& text = form.editor.open.passage;
  if (buffer.text() != text) {
    buffer.Reset(text);
    form.wishes.FormPassage();
  }
  std::vector<text::LabelledRange> marks;
  for (const forms::MarkedWords& one : forms::MarkedIn(form.form(), parts.account, text)) {
    const std::string label = one.field == 0 ? Say("passage.gone") : forms::LabelOf(form.form(), one.field);
    marks.push_back({{one.words.begin, one.words.end}, label});
  }
  buffer.set_marks(std::move(marks));
  TextBoxOptions options{.hint = Say("passage.hint")};
  options.focus = std::exchange(passage.focus, false);
  options.read_only = !passage.changing;
  const size_t before = text.size();
  if (form.ui.TextBox(Say("passage.label"), passage.box, options)) {
    text = buffer.text();
    if (text.size() >= before + kPasted) passage.changing = false;
    passage.candidates.clear();
    passage.candidate.reset();
    form.wishes.FormTyped(0);
    form.wishes.FormPassage();
  }
  if (passage.box.active && !passage.changing) HandlePassageKeys(parts);
}

// What the marked words have become, or what the selected ones look like.
void DrawOutcome(PassageParts& parts) {
  FormParts& form = parts.form;
  Ui& ui = form.ui;
  const PassageScreen& passage = parts.passage;
  const auto say = [&ui](const std::string& words, const ImVec4& ink) {
    ui.Text(words, {Face::kSmall, &ink});
    ui.Record(Role::kMark, words, "");
  };
  if (passage.too_long) say("✗ " + Say("passage.too_long"), ui.theme().red);
  if (passage.candidate && passage.asking == 0) {
    const forms::Candidate& candidate = passage.candidates[*passage.candidate];
    const Node field = candidate.field.empty() ? 0 : form.form().FieldOf(parts.account, candidate.field);
    const WordRange words = candidate.words;
    const std::string text = form.editor.open.passage.substr(words.begin, words.end - words.begin);
    if (field == 0) {
      say(Say("passage.looks_like_figure", {{"words", text}}), ui.theme().muted);
    } else {
      say(Say("passage.looks_like", {{"words", text}, {"field", forms::LabelOf(form.form(), field)}}),
          ui.theme().muted);
    }
  }
  if (passage.last == 0 || form.form().PathOf(passage.last).empty()) return;
  const forms::Field& last = form.field(passage.last);
  std::string became =
      Say("passage.became", {{"field", forms::FullLabelOf(form.form(), passage.last)}, {"text", last.text}});
  if (!last.understood.empty()) became += " — " + Say("form.read_as", {{"what", last.understood}});
  say(became, ui.theme().muted);
  DrawFormProblems(form, passage.last);
}

// What can be chosen by a key for the field that is asked for.
std::vector<Ui::Option> AnswersTo(const PassageParts& parts) {
  std::vector<Ui::Option> answers;
  const FormParts& form = parts.form;
  const forms::FieldSpec& spec = *form.field(parts.passage.asking).spec;
  if (spec.type == forms::FieldType::kCode) {
    for (size_t i = 1; i < spec.codes.size(); ++i)
      answers.push_back({spec.codes[i], SayCode(spec.codes[i]), forms::MeaningOf(spec, spec.codes[i])});
  } else if (form.editor.completing == parts.passage.asking) {
    for (const PageLink& link : form.editor.suggestions)
      answers.push_back({link.id, link.text + "  ·  " + link.id, ""});
  }
  if (answers.size() > kMostAnswers) answers.resize(kMostAnswers);
  return answers;
}

void DrawQuestion(PassageParts& parts) {
  const Node asking = parts.passage.asking;
  if (asking == 0) return;
  FormParts& form = parts.form;
  Ui& ui = form.ui;
  const bool code = form.field(asking).spec->type == forms::FieldType::kCode;
  ui.Text(Say(code ? "passage.which_code" : "passage.which",
              {{"field", forms::FullLabelOf(form.form(), asking)}, {"words", form.field(asking).text}}),
          {Face::kBold});
  const std::vector<Ui::Option> answers = AnswersTo(parts);
  if (answers.empty()) ui.Text(Say("passage.nobody"), {Face::kSmall, &ui.theme().muted});
  std::string chosen;
  ImGui::PushID("answers");
  for (size_t i = 0; i < answers.size(); ++i) {
    const std::string words = std::string(1, AnswerKey(i)) + "   " + answers[i].words;
    if (i > 0) ui.Beside(ui.ButtonWidth(words));
    if (ui.Button(words, true, false, answers[i].help)) chosen = answers[i].code;
  }
  const std::string skip = Say("passage.skip");
  ui.Beside(ui.ButtonWidth(skip));
  const bool skipped = ui.Button(skip);
  ImGui::PopID();
  if (skipped || !chosen.empty()) Answer(parts, skipped ? nullptr : &chosen);
}

void DrawTools(PassageParts& parts) {
  FormParts& form = parts.form;
  Ui& ui = form.ui;
  const WordRange words = SelectedWords(parts);
  const bool any = words.end > words.begin;
  bool first = true;
  for (const forms::Attribute& attribute : forms::Attributes()) {
    const Node field = form.form().FieldOf(parts.account, attribute.field);
    if (field == 0) continue;
    const std::string label = Say(
        "passage.as", {{"field", forms::LabelOf(form.form(), field)}, {"letter", std::string(1, attribute.letter)}});
    if (!std::exchange(first, false)) ui.Beside(ui.ButtonWidth(label));
    if (!ui.Button(label, any)) continue;
    MarkSelected(parts, attribute);
    parts.passage.focus = true;
  }
}

}  // namespace

void DrawFormPassage(FormParts& form, Node account) {
  Ui& ui = form.ui;
  PassageParts parts{form, PassageOf(form.editor), account};
  PassageScreen& passage = parts.passage;
  // What was asked for may have been undone.
  if (passage.asking != 0 && form.form().PathOf(passage.asking).empty()) passage.asking = 0;
  ImGui::PushID("passage");
  // All of it is to be seen with what stands below: questions, and what the words become.
  if (passage.focus) ImGui::SetScrollHereY(kFromTop);
  ui.Text(Say("passage.title"), {Face::kBold});
  ui.Text(Say(passage.changing ? "passage.paste" : "passage.help"), {Face::kSmall, &ui.theme().muted});
  DrawBox(parts);
  DrawQuestion(parts);
  DrawOutcome(parts);
  if (!passage.changing) DrawTools(parts);
  const std::string change = Say(passage.changing ? "passage.mark" : "passage.change");
  if (!form.editor.open.passage.empty()) {
    if (ui.LinkText(change, "", {Face::kSmall})) {
      passage.changing = !passage.changing;
      passage.focus = true;
    }
    ui.Beside(ui.Measure(Say("passage.close"), Face::kSmall).x, 14);
  }
  if (ui.LinkText(Say("passage.close"), "", {Face::kSmall})) form.editor.open.reading = 0;
  ImGui::PopID();
  ImGui::Dummy({0, ui.Px(6)});
}

void DrawPassageLink(FormParts& parts, Node account) {
  EditorScreen& editor = parts.editor;
  const bool is_account = parts.field(parts.form().item(account).field).spec->name == "accounts";
  if (!is_account || editor.open.reading == account || parts.form().FieldOf(account, "excerpts") == 0) return;
  const std::string read = Say("passage.read", {{"item", forms::ItemNumberOf(parts.form(), account)}});
  ImGui::SameLine(0, parts.ui.Px(14));
  if (!parts.ui.LinkText(read, "", {Face::kSmall})) return;
  editor.open.reading = account;
  PassageOf(editor).focus = true;
  editor.passage->last = editor.passage->asking = 0;
  editor.folded.erase(account);
  parts.wishes.FormTyped(0);
}

}  // namespace daftar::ui
