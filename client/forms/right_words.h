// What is wrong with what somebody typed, in the reader's language, always with what would be right there. Pure
// functions of what is typed and of the language; any thread.
#pragma once

#include <optional>
#include <string>

#include "client/forms/field_spec.h"

namespace daftar::forms {

// What may be typed there, as the field shows while it is empty: "30 Aug 2023, mid-September 2024, 2023?"; of a code
// its constant. Empty for a text that may say anything.
std::string ExampleOf(const FieldSpec& spec);

// The text cannot be read as what the field holds. `detail`: why, in English, which a reader of English is told.
std::string NotRead(const FieldSpec& spec, const std::string& text, const std::string& detail);
// Nothing stands there, and something has to. `line`: it is a line of a list, which can be taken out.
std::string NotThere(const FieldSpec& spec, bool line);
// The record that is named may not stand there: it is of another kind, or itself.
std::string NotThatKind(const FieldSpec& spec, const std::string& text);
std::string NotItself(const std::string& text);
// A rule about whole records forbids the text; `detail` as above.
std::string NotAllowed(const FieldSpec& spec, const std::string& text, const std::string& detail);

// What is wrong with a text by its length, its characters, and what the field is for: an address, a language, a
// country, a script.
std::optional<std::string> WrongText(const FieldSpec& spec, const std::string& text);

}  // namespace daftar::forms
