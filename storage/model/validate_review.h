// Rules of what leads to a review (comments, proposals, and the words of a source that values were taken from), for
// validate.cc alone. Pure functions; any thread.
#pragma once

#include <google/protobuf/message.h>

#include <cstddef>
#include <string_view>
#include <vector>

#include "daftar/v1/account.pb.h"
#include "storage/model/validate.h"

namespace daftar {

// Appends what is wrong with the comments and proposals of a whole record, beyond what holds for every field.
void CheckReviewing(Kind kind, const google::protobuf::Message& record, std::vector<FieldProblem>& problems);

// Appends what is wrong with the excerpts of an account. `path` is where the account stands.
void CheckExcerpts(const v1::Account& account, std::string_view path, std::vector<FieldProblem>& problems);

}  // namespace daftar
