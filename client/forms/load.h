// A record put into a form, and a form kept as a draft and taken up again. Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>

#include "client/forms/form.h"
#include "storage/authoring/authoring.h"
#include "storage/base/status.h"

namespace daftar::v1 {
class TypedItem;
}

namespace daftar::forms {

// The form of a record that is there: each field holds the text that reads back as its value. `name`: what references
// are written as.
Form FormOn(std::string kind_word, const google::protobuf::Message& base, const IdNamer& name);

// The value as it is typed: EDTF, "4 (3–5)", "38.45, 70.81", an ID, a constant. `message` is that of the head or the
// one that holds the field; `index` of a list, else -1.
std::string TextOf(const FieldSpec& spec, const google::protobuf::Message& message, int index, const IdNamer& name);

// What is typed, as it differs from the base.
v1::TypedItem TypedOf(const Form& form);
// Puts what was typed into a form that stands on the same base. How much of it found no place: fields that this program
// does not know.
size_t TakeUp(const v1::TypedItem& typed, Form& form);

}  // namespace daftar::forms
