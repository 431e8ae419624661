// Fields by path for those who write paths: scripts and tests.
#pragma once

#include <string>
#include <string_view>

#include "client/forms/form.h"
#include "storage/base/status.h"

namespace daftar::forms {

// The field at the path. An item one past the end of its list is added: "accounts[1].date" of a form with one account.
// InvalidArgument says what of the path is not there.
StatusOr<Node> Reach(Form& form, std::string_view path, int64_t now_ms);

}  // namespace daftar::forms
