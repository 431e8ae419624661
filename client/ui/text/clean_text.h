// Text that is typed or pasted, made into such as a record may hold: UTF-8 in Unicode's normal form C, in which an
// accent is one with its letter, without control characters and without those that override directions. Pure functions,
// any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace daftar::text {

// Line ends become "\n"; control characters other than it and "\t", overrides of direction and byte order marks are
// left out. nullopt: it is not UTF-8. Not yet in normal form, which depends on what it comes to stand beside.
std::optional<std::string> CleanText(std::string_view text);
// The same for text that must be shown whatever it is: what is not UTF-8 becomes U+FFFD. In normal form.
std::string ShownText(std::string_view text);

// Of valid UTF-8: its normal form C.
std::string Composed(std::string_view text);
// Where in a text in normal form something begins to be composed anew if the text is changed behind that byte; and
// where it ends if it is changed before that byte.
size_t ComposingBegin(std::string_view text, size_t byte);
size_t ComposingEnd(std::string_view text, size_t byte);
// Whether the first character may become one with what stands before it.
bool ComposesBackwards(std::string_view text);

}  // namespace daftar::text
