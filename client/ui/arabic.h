// Text as it is seen: joined Arabic letters, right-to-left runs turned round. What is stored and edited stays logical.
#pragma once

#include <string>
#include <string_view>

namespace daftar::ui {

// For drawing left to right, character by character, by a font with Arabic presentation forms. Text without
// right-to-left letters comes back as it is; so does text that is not UTF-8.
std::string Visual(std::string_view logical);

}  // namespace daftar::ui
