// Typing errors: which folded words could have been meant by one that was typed.
//
// The distance of two words is the number of letters left out, put in, replaced, or swapped with their neighbour, where
// no letter is touched twice (optimal string alignment). Letters are code points; bytes that are no UTF-8 count as
// letters too.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace daftar::search {

// How many errors a word of this length is forgiven: none below 4 letters, 1 from 4, 2 from 8; none if it has a digit.
int EditsFor(std::string_view folded_word);

// Compares one word with many. Terms that come sorted share prefixes, and what was computed for a prefix is used again.
// A walk over a dictionary:
//
//   TypoMatcher matcher(word, EditsFor(word));
//   for (std::string_view term = first; ...; term = next) {
//     TypoMatcher::Step step = matcher.Try(term, CommonPrefix(term, term_before));
//     if (step.distance) found(term, *step.distance);
//     if (step.dead_bytes > 0) skip all terms that begin with term.substr(0, step.dead_bytes);
//   }
//
// One thread at a time. Holds no view after a call returns.
class TypoMatcher {
 public:
  static constexpr int kMaxEdits = 2;

  struct Step {
    std::optional<int> distance;  // nullopt: more than the limit
    size_t dead_bytes = 0;        // no word that begins with so many bytes of the term can match; 0: one may
  };

  // REQUIRES: 0 <= edits <= kMaxEdits.
  TypoMatcher(std::string_view word, int edits);

  // `shared_bytes`: how many bytes at least the term has in common with the term of the call before, 0 at first.
  // REQUIRES: it is no more than they have in common; the smaller, the slower.
  Step Try(std::string_view term, size_t shared_bytes);

 private:
  static constexpr int kBand = 2 * kMaxEdits + 1;

  // The table of distances has a row for each letter of the term and a column for each letter of the word. Cells
  // further than edits_ from the diagonal are beyond the limit, so that a row holds those in reach only.
  struct Row {
    uint8_t cells[kBand];  // of columns row - edits_ and on; values beyond the limit are edits_ + 1
    bool is_dead;          // no cell is within the limit
    uint32_t letter;       // the last letter of the prefix
    size_t end;            // its bytes
  };

  void FillRow(size_t row);

  const int edits_;
  std::vector<uint32_t> word_;
  std::vector<Row> rows_;  // of all prefixes that may matter
  size_t depth_ = 0;       // rows_[0, depth_] are of the term before
};

}  // namespace daftar::search
