// What is typed into one field, put into the message. For build.cc alone.
#pragma once

#include <optional>
#include <string>

#include "client/forms/field_spec.h"
#include "storage/authoring/authoring.h"

namespace daftar::forms {

// Sets the field of the spec (of a head: what the head says) in `message`; an empty text clears it; of a list, appends
// to it. What is wrong with the text, and what would be right; then nothing is changed.
std::optional<std::string> ReadText(const FieldSpec& spec, const std::string& text, const IdResolver& resolve,
                                    bool append, google::protobuf::Message& message);

// Without white space around it, in NFC. As it is where it is no UTF-8.
std::string Tidy(const std::string& text);

}  // namespace daftar::forms
