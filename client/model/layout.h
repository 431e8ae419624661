// Text in columns, for this folder alone: widths as a terminal shows them, wrapping, columns side by side.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace daftar {

// Columns that the text takes: combining marks none, East Asian wide characters two. Invalid bytes take one each.
size_t DisplayWidth(std::string_view text);
// The text with spaces behind it up to the width.
std::string Pad(std::string text, size_t width);
// Lines of at most that width, broken at spaces, inside a word only where it is longer than a line. Line ends stay.
std::vector<std::string> Wrap(std::string_view text, size_t width);
// Wrapped, the first line after `first`, the others after as many columns of space; ends with a line end.
std::string Hanging(std::string_view first, std::string_view text, size_t width);
// Cells wrapped in columns of the widths, with two columns of space between; ends with a line end.
std::string SideBySide(const std::vector<std::string>& cells, const std::vector<size_t>& widths);
// "TITLE" underlined over the width of its words.
std::string Heading(std::string_view title);

}  // namespace daftar
