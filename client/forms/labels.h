// What fields and items of a form are called, in the reader's language. Pure functions; any thread.
#pragma once

#include <string>

#include "client/forms/form.h"

namespace daftar::forms {

// "Date"; of a head the name of its group: "Killed" of a toll's figure.
std::string LabelOf(const Form& form, Node field);
// The same with where it stands, so that no two fields are called alike: "Account 2, Killed 1, Of".
std::string FullLabelOf(const Form& form, Node field);
// "Account 2 (sample:S1)": an item of a list, with what names it.
std::string ItemLabelOf(const Form& form, Node item);
// "Account 2": the same without what names it.
std::string ItemNumberOf(const Form& form, Node item);
// What to put into the field, in a line; empty: nothing to say.
std::string HelpOf(const FieldSpec& spec);
// What the codebook says that a constant of its list means; empty: nothing.
std::string MeaningOf(const FieldSpec& spec, const std::string& constant);
// What may be typed, while nothing is: "night of 30 Aug 2023, mid-September 2024, 2023?"; empty: nothing to say.
std::string HintOf(const FieldSpec& spec);
// A text mirror of the form: each field that is shown or filled in, one line each.
std::string FormAsText(const Form& form);

}  // namespace daftar::forms
