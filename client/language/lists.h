// Lists in a line of text, with the signs and words that the language puts between their items. Thread-safe.
#pragma once

#include <string>
#include <vector>

namespace daftar {

// What stands between items: ", ", "; ", " and ", " or ".
enum class Joint { kComma, kSemicolon, kAnd, kOr };
std::string SayJoint(Joint joint);

// "a", "a and b", "a, b and c"; with signs alone "a, b, c". Items are taken as they are.
std::string SayList(const std::vector<std::string>& items, Joint last = Joint::kAnd);

}  // namespace daftar
