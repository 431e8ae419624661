#include "client/ui/passage_keys.h"

#include <algorithm>
#include <string>
#include <vector>

#include "client/forms/passage.h"
#include "client/ui/keys.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

using forms::Node;

bool Pressed(int key) { return ImGui::IsKeyPressed(key); }

bool Overlaps(const WordRange& a, const WordRange& b) { return a.begin < b.end && b.begin < a.end; }

void Select(PassageParts& parts, WordRange words) { parts.passage.box.buffer.Select({words.begin, words.end}); }

// Something of the form has been set from outside of its field.
void Changed(PassageParts& parts, Node field) {
  ++parts.form.editor.generation;
  parts.form.wishes.FormTyped(field);
}

// The kind of the role whose actor was chosen; 0: it was no role.
Node KindBeside(const forms::Form& form, Node actor) {
  if (form.field(actor).spec->name != "actor") return 0;
  return form.FieldOf(form.field(actor).item, "kind");
}

// The reader chooses among what is listed below the passage.
void Ask(PassageParts& parts, Node field) {
  parts.passage.asking = field;
  if (field != 0 && parts.form.field(field).spec->type == forms::FieldType::kReference)
    parts.form.wishes.FormComplete(field);
}

// The words from the first to the last of a selection and the next one.
void Step(PassageParts& parts, bool forward, bool extend) {
  const std::vector<WordRange> words = WordsIn(parts.form.editor.open.passage);
  if (words.empty()) return;
  const WordRange now = SelectedWords(parts);
  const size_t caret = parts.passage.box.buffer.caret().byte;
  const WordRange at = now.end > now.begin ? now : WordRange{caret, caret};
  const auto behind = std::find_if(words.begin(), words.end(), [&](const WordRange& w) {
    return at.end > at.begin ? w.begin >= at.end : w.end > at.end;
  });
  const auto before = std::find_if(words.rbegin(), words.rend(), [&](const WordRange& w) { return w.end <= at.begin; });
  parts.passage.candidate.reset();
  if (forward && behind != words.end()) {
    Select(parts, extend && now.end > now.begin ? WordRange{now.begin, behind->end} : *behind);
  } else if (!forward && before != words.rend()) {
    Select(parts, extend && now.end > now.begin ? WordRange{before->begin, now.end} : *before);
  }
}

void HandleAnswers(PassageParts& parts) {
  const FormParts& form = parts.form;
  std::vector<std::string> values;
  const forms::FieldSpec& spec = *form.field(parts.passage.asking).spec;
  if (spec.type == forms::FieldType::kCode) {
    values.assign(spec.codes.begin() + 1, spec.codes.end());
  } else if (form.editor.completing == parts.passage.asking) {
    for (const PageLink& link : form.editor.suggestions) values.push_back(link.id);
  }
  for (size_t i = 0; i < values.size() && i < kMostAnswers; ++i) {
    if (Pressed(static_cast<unsigned char>(AnswerKey(i)))) return Answer(parts, &values[i]);
  }
  if (Pressed(keys::kSpace) || Pressed(keys::kEnter)) Answer(parts, nullptr);
}

}  // namespace

WordRange SelectedWords(const PassageParts& parts) {
  const text::EditBuffer& buffer = parts.passage.box.buffer;
  const text::ByteRange selected = buffer.selection();
  // Words at both ends decide: a selection by the mouse may begin with a comma.
  const std::string_view text(buffer.text());
  const std::vector<WordRange> words = WordsIn(text.substr(selected.begin, selected.end - selected.begin));
  if (words.empty()) return {selected.begin, selected.begin};
  return {selected.begin + words.front().begin, selected.begin + words.back().end};
}

void MarkSelected(PassageParts& parts, const forms::Attribute& attribute) {
  PassageScreen& passage = parts.passage;
  const WordRange words = SelectedWords(parts);
  if (words.end <= words.begin) return;
  const auto known =
      std::find_if(passage.candidates.begin(), passage.candidates.end(),
                   [&](const forms::Candidate& one) { return !one.record.empty() && one.words == words; });
  const forms::Marked marked = forms::Mark(parts.form.form(), parts.account, parts.form.editor.open.passage, words,
                                           attribute, parts.form.now_ms);
  passage.too_long = marked.field == 0;
  passage.last = marked.field;
  if (marked.field == 0) return;
  Changed(parts, marked.field);
  if (!marked.is_record) return;
  Ask(parts, marked.field);
  if (known != passage.candidates.end()) Answer(parts, &known->record);
}

void SelectCandidate(PassageParts& parts, bool next) {
  PassageScreen& passage = parts.passage;
  const WordRange now = SelectedWords(parts);
  std::optional<size_t> found;
  for (size_t i = 0; i < passage.candidates.size(); ++i) {
    const WordRange& words = passage.candidates[i].words;
    if (next && words.begin >= now.end && !found && !(words == now)) found = i;
    if (!next && words.end <= now.begin) found = i;
  }
  if (!found && next && !passage.candidates.empty()) found = 0;  // round again
  if (!found) return;
  passage.candidate = found;
  Select(parts, passage.candidates[*found].words);
}

void TakeCandidate(PassageParts& parts) {
  if (!parts.passage.candidate) return SelectCandidate(parts, true);
  const std::string field = parts.passage.candidates[*parts.passage.candidate].field;
  for (const forms::Attribute& attribute : forms::Attributes()) {
    if (attribute.field == field) return MarkSelected(parts, attribute);
  }
}

void UnmarkSelected(PassageParts& parts) {
  const WordRange words = SelectedWords(parts);
  forms::Form& form = parts.form.form();
  form.BeginTogether();
  for (const forms::MarkedWords& one : forms::MarkedIn(form, parts.account, parts.form.editor.open.passage)) {
    if (Overlaps(one.words, words)) form.RemoveItem(one.excerpt, parts.form.now_ms);
  }
  form.EndTogether();
  Changed(parts, 0);
}

void Answer(PassageParts& parts, const std::string* value) {
  FormParts& form = parts.form;
  const Node field = parts.passage.asking;
  parts.passage.asking = 0;
  form.editor.completing = 0;
  parts.passage.focus = true;
  if (value == nullptr) return;
  form.form().SetText(field, *value, form.now_ms);
  Changed(parts, field);
  if (const Node kind = KindBeside(form.form(), field); kind != 0) Ask(parts, kind);
}

void HandlePassageKeys(PassageParts& parts) {
  const ImGuiIO& io = ImGui::GetIO();
  if (io.KeyCtrl || io.KeyAlt) return;
  if (parts.passage.asking != 0) return HandleAnswers(parts);
  const bool turned = parts.form.ui.sides().turned();
  const bool from_right = forms::RunsRightToLeft(parts.form.editor.open.passage);
  if (Pressed(keys::kRight)) Step(parts, turned == from_right, io.KeyShift);
  if (Pressed(keys::kLeft)) Step(parts, turned != from_right, io.KeyShift);
  if (Pressed(keys::kSpace)) SelectCandidate(parts, !io.KeyShift);
  if (Pressed(keys::kEnter)) TakeCandidate(parts);
  if (Pressed(keys::kDelete) || Pressed(keys::kBackspace)) UnmarkSelected(parts);
  for (const forms::Attribute& attribute : forms::Attributes()) {
    if (Pressed(static_cast<unsigned char>(attribute.letter))) MarkSelected(parts, attribute);
  }
}

}  // namespace daftar::ui
