// The parts of a page that is a form: for the form_*.cc files alone.
#pragma once

#include <string>

#include "client/forms/labels.h"
#include "client/ui/screen.h"
#include "client/ui/widgets.h"

namespace daftar::ui {

// What the parts are given.
struct FormParts {
  Ui& ui;
  EditorScreen& editor;
  Wishes& wishes;
  float label = 0;  // width of the labels' column
  int64_t now_ms = 0;

  forms::Form& form() const { return editor.open.form; }
  const forms::Field& field(forms::Node node) const { return editor.open.form.field(node); }
};

// A field that holds text, with its label at its side, what it is read as, and what is wrong with it.
void DrawFormField(FormParts& parts, forms::Node node);
// The control alone, as wide as there is room; true if it was changed.
bool DrawFormControl(FormParts& parts, forms::Node node);
// What is wrong with a field, one line each; what a codebook would question.
void DrawFormProblems(FormParts& parts, forms::Node node);
// Records that complete what is typed in the field. `here`: the keyboard is in it, and Enter takes the first one.
void DrawFormSuggestions(FormParts& parts, forms::Node node, bool here = false);
// Whether the record is of no use without it; of many records, each has it.
bool IsRequiredInForm(const FormParts& parts, forms::Node node);
// Whether the field is drawn: it is no rare one, or is filled in, wrong, or asked for.
bool IsShownInForm(const FormParts& parts, forms::Node node);
// The fields of an item, one below the other.
void DrawFormItem(FormParts& parts, forms::Node item);
// The passage that is being read into an account, with what its words become.
void DrawFormPassage(FormParts& parts, forms::Node account);
// A way to read one into it, for an account that none is being read into.
void DrawPassageLink(FormParts& parts, forms::Node account);
// Whether it is sent as an edit, or put forward for an editor to accept.
void DrawFormSendAs(FormParts& parts);
// Of a form of many records (form_bulk.cc): which ones, and the bulk edit before; what would change; what its button
// says. A way to have a field of the record emptied, or an item taken out of its lists; whether it is.
void DrawBulkHead(FormParts& parts);
void DrawBulkPreview(FormParts& parts);
std::string BulkSendWords(const FormParts& parts);
void DrawBulkOut(FormParts& parts, forms::Node node);
bool IsEmptiedInBulk(const FormParts& parts, forms::Node node);
// A list of short items as a grid, a line each.
bool IsGrid(const forms::Form& form, forms::Node list);
void DrawFormGrid(FormParts& parts, forms::Node list);

}  // namespace daftar::ui
