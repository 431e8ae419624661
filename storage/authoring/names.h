// Names that people type: fields and codes, found as written, and the nearest known ones when they are not.
#pragma once

#include <google/protobuf/descriptor.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace daftar {

// The field of that JSON name or proto name; nullptr if there is none.
const google::protobuf::FieldDescriptor* FindField(const google::protobuf::Descriptor& message, std::string_view name);
// "unknown field; did you mean "accounts"?", or a list of the known ones where nothing is near.
std::string UnknownField(const google::protobuf::Descriptor& message, std::string_view name);

// The number of the code, in any case and with "-" or " " for "_"; nullopt if the list has no such code.
std::optional<int> FindCode(const google::protobuf::EnumDescriptor& list, std::string_view name);
// ""CLAHS" is not a known code; did you mean CLASH? Known: CLASH, INFILTRATION, SEIZURE …".
std::string UnknownCode(const google::protobuf::EnumDescriptor& list, std::string_view name);

// The candidates nearest to the word by edit distance, nearest first; only those near enough to be meant.
std::vector<std::string> Nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace daftar
