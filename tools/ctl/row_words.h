// A stored row as a person can read it: for support. What is not known is shown as hex.
#pragma once

#include <string>
#include <string_view>

namespace daftar::ctl {

// "rid 7, revision 3"; empty if the table or this key is of no known form.
std::string KeyWords(std::string_view table, std::string_view key);
// The message that the value is, in one line, or hex.
std::string ValueWords(std::string_view table, std::string_view key, std::string_view value);

}  // namespace daftar::ctl
