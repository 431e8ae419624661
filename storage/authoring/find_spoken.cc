#include "storage/authoring/find_spoken.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <string>

#include "storage/authoring/spoken_amount.h"
#include "storage/authoring/spoken_date.h"

namespace daftar {
namespace {

// So many words has the longest date: "probably between 30 August 2023 and 4 September 2023".
constexpr size_t kMostDateWords = 9, kMostFigureWords = 6;

UChar32 At(std::string_view text, size_t& byte) {
  UChar32 c = 0;
  U8_NEXT_OR_FFFD(text.data(), byte, text.size(), c);
  return c;
}

// What may stand at the end of a word without being part of it. "%" and "$" belong to a figure.
bool IsPunctuation(UChar32 c) { return u_ispunct(c) && c != '%' && c != '#'; }

bool HasDigits(std::string_view text, int least) {
  int digits = 0;
  for (size_t byte = 0; byte < text.size() && digits < least;) {
    digits = u_charDigitValue(At(text, byte)) >= 0 ? digits + 1 : 0;
  }
  return digits >= least;
}

// What the words are read as, in a form that can be compared; empty: they cannot be read.
using Reads = std::string (*)(std::string_view);

std::string AsDate(std::string_view words) {
  if (!HasDigits(words, 4)) return "";
  const StatusOr<v1::FuzzyDate> date = ReadDate(words);
  return date.ok() ? date->SerializeAsString() : "";
}

std::string AsMeasure(std::string_view words) {
  const StatusOr<v1::Amount> amount = ReadAmount(words);
  const bool any = amount.ok() && (amount->has_low() || amount->has_best() || amount->has_high());
  return any ? amount->SerializeAsString() : "";
}

std::string AsFigure(std::string_view words) {
  const StatusOr<v1::Amount> amount = ReadAmount(words);
  return amount.ok() && amount->unit() == v1::Unit::COUNT ? AsMeasure(words) : "";
}

struct Search {
  std::string_view text;
  std::vector<WordRange> words;
  Reads reads;
  size_t most;

  explicit Search(std::string_view all, Reads reading, size_t most_words)
      : text(all.substr(0, kMostSearchedBytes)), words(WordsIn(text)), reads(reading), most(most_words) {}

  std::string_view Words(size_t first, size_t count) const {
    return text.substr(words[first].begin, words[first + count - 1].end - words[first].begin);
  }

  // How many words from there on are read; 0: none.
  size_t LongestAt(size_t first) const {
    for (size_t count = std::min(most, words.size() - first); count > 0; --count) {
      if (!reads(Words(first, count)).empty()) return count;
    }
    return 0;
  }

  // Without the words at its ends that change nothing: "on the 4th of".
  WordRange Trimmed(size_t first, size_t count) const {
    const std::string means = reads(Words(first, count));
    while (count > 1 && reads(Words(first + 1, count - 1)) == means) {
      ++first;
      --count;
    }
    while (count > 1 && reads(Words(first, count - 1)) == means) --count;
    return {words[first].begin, words[first + count - 1].end};
  }

  std::optional<WordRange> Longest() const {
    size_t best = 0, at = 0;
    for (size_t i = 0; i < words.size(); ++i) {
      const size_t count = LongestAt(i);
      if (count > best) {
        best = count;
        at = i;
      }
    }
    return best == 0 ? std::nullopt : std::optional(Trimmed(at, best));
  }

  std::vector<WordRange> All() const {
    std::vector<WordRange> found;
    for (size_t i = 0; i < words.size();) {
      const size_t count = LongestAt(i);
      if (count > 0) found.push_back(Trimmed(i, count));
      i += std::max<size_t>(count, 1);
    }
    return found;
  }
};

}  // namespace

std::vector<WordRange> WordsIn(std::string_view text) {
  std::vector<WordRange> words;
  // Of the word that is being read: where its first and last letters are.
  std::optional<WordRange> word;
  for (size_t byte = 0; byte < text.size();) {
    const size_t begin = byte;
    const UChar32 c = At(text, byte);
    if (u_isUWhiteSpace(c)) {
      if (word) words.push_back(*word);
      word.reset();
    } else if (!IsPunctuation(c)) {
      word = WordRange{word ? word->begin : begin, byte};
    }
  }
  if (word) words.push_back(*word);
  return words;
}

std::optional<WordRange> FindDate(std::string_view text) { return Search(text, AsDate, kMostDateWords).Longest(); }

std::optional<WordRange> FindFigure(std::string_view text) {
  return Search(text, AsFigure, kMostFigureWords).Longest();
}

std::optional<WordRange> FindMeasure(std::string_view text) {
  return Search(text, AsMeasure, kMostFigureWords).Longest();
}

std::vector<WordRange> DatesIn(std::string_view text) { return Search(text, AsDate, kMostDateWords).All(); }

std::vector<WordRange> FiguresIn(std::string_view text) {
  std::vector<WordRange> figures = Search(text, AsFigure, kMostFigureWords).All();
  const std::vector<WordRange> dates = DatesIn(text);
  std::erase_if(figures, [&](const WordRange& figure) {
    return std::any_of(dates.begin(), dates.end(),
                       [&](const WordRange& date) { return figure.begin < date.end && date.begin < figure.end; });
  });
  return figures;
}

}  // namespace daftar
