// Rules of single value messages (dates, points, numbers), for validate.cc alone: what their fields must be to one
// another, beyond what field options say.
#pragma once

#include <google/protobuf/message.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/model/validate.h"

namespace daftar {

// Appends what is wrong with the message itself; its fields are not entered. `path` is where it stands.
void CheckValue(const google::protobuf::Message& message, std::string_view path, std::vector<FieldProblem>& problems);

}  // namespace daftar
