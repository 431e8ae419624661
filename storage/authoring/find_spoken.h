// Dates and figures in the words of a text: "on the night of 30 August 2023 four men" has "night of 30 August 2023" and
// "four". Pure functions; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace daftar {

// Where words stand: bytes [begin, end) of the text.
struct WordRange {
  size_t begin = 0, end = 0;
  bool operator==(const WordRange&) const = default;
};

// So many bytes of a text are searched at most.
inline constexpr size_t kMostSearchedBytes = 64 << 10;

// The longest run of whole words that ReadDate (spoken_date.h) reads, or ReadAmount (spoken_amount.h): a figure, which
// counts, or a measure, which may have a unit. Of equal ones the first, without the words at its ends that say nothing.
// nullopt: there is none.
std::optional<WordRange> FindDate(std::string_view text);
std::optional<WordRange> FindFigure(std::string_view text);
std::optional<WordRange> FindMeasure(std::string_view text);

// All of them, one behind the other. A date has a year; what stands in a date is no figure.
std::vector<WordRange> DatesIn(std::string_view text);
std::vector<WordRange> FiguresIn(std::string_view text);

// The words of a text: between white space, without punctuation at their ends.
std::vector<WordRange> WordsIn(std::string_view text);

}  // namespace daftar
