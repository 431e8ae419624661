// Textproto into messages, with line and column for everything that is wrong, and ID text into references.
#pragma once

#include <google/protobuf/message.h>
#include <google/protobuf/text_format.h>

#include <string>
#include <string_view>
#include <vector>

#include "storage/authoring/authoring.h"

namespace daftar {

// Where each value of a message stood in its text.
using TextLocations = google::protobuf::TextFormat::ParseInfoTree;

// A problem and where it stands in the text. Lines and columns count from 1; 0: not known.
struct LocatedProblem {
  int line = 0, column = 0;
  FieldProblem problem;
};

// Reads the text into the message; what is wrong with the syntax, unknown fields and unknown codes.
std::vector<LocatedProblem> ParseTextproto(std::string_view text, google::protobuf::Message* message,
                                           TextLocations* locations);

// Replaces ID text in every reference field by the 16 bytes that `resolve` finds. A value that is an id already stays.
// `locations` may be null.
void ResolveReferences(google::protobuf::Message* message, const TextLocations* locations, const IdResolver& resolve,
                       std::vector<LocatedProblem>& problems);

}  // namespace daftar
