#include "storage/search/analysis/typo.h"

#include <algorithm>

#include "storage/base/status.h"

namespace daftar::search {
namespace {

// Letters are told apart by their bytes, which need no decoding. Their length is told by the first byte alone, so that
// a prefix is the same letters whatever follows it.
size_t LetterSize(char first) {
  const auto byte = static_cast<unsigned char>(first);
  return byte < 0xc0 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

uint32_t LetterAt(std::string_view text, size_t at, size_t size) {
  uint32_t letter = 0;
  for (size_t i = at; i < std::min(at + size, text.size()); ++i) {
    letter = letter << 8 | static_cast<unsigned char>(text[i]);
  }
  return letter;
}

}  // namespace

int EditsFor(std::string_view folded_word) {
  size_t letters = 0;
  for (size_t at = 0; at < folded_word.size(); at += LetterSize(folded_word[at])) {
    if ('0' <= folded_word[at] && folded_word[at] <= '9') return 0;
    ++letters;
  }
  return letters < 4 ? 0 : letters < 8 ? 1 : 2;
}

TypoMatcher::TypoMatcher(std::string_view word, int edits) : edits_(edits) {
  DAFTAR_CHECK(0 <= edits && edits <= kMaxEdits);
  for (size_t at = 0; at < word.size();) {
    const size_t size = LetterSize(word[at]);
    word_.push_back(LetterAt(word, at, size));
    at += size;
  }
  rows_.resize(word_.size() + edits_ + 2);  // the last one is dead in any case
  Row& first = rows_[0];
  first = {};
  const int letters = static_cast<int>(word_.size());
  for (int b = 0; b <= 2 * edits_; ++b) {
    const int column = b - edits_;
    first.cells[b] = static_cast<uint8_t>(0 <= column && column <= letters ? column : edits_ + 1);
  }
}

void TypoMatcher::FillRow(size_t row) {
  const int beyond = edits_ + 1, letters = static_cast<int>(word_.size()), i = static_cast<int>(row);
  Row& now = rows_[row];
  const Row& above = rows_[row - 1];
  now.is_dead = true;
  for (int b = 0; b <= 2 * edits_; ++b) {
    const int column = i - edits_ + b;
    int cell = beyond;
    if (column == 0) {
      cell = i;
    } else if (column > 0 && column <= letters) {
      cell = above.cells[b] + (word_[column - 1] != now.letter);
      if (b > 0) cell = std::min(cell, now.cells[b - 1] + 1);
      if (b < 2 * edits_) cell = std::min(cell, above.cells[b + 1] + 1);
      if (i > 1 && column > 1 && word_[column - 1] == above.letter && word_[column - 2] == now.letter) {
        cell = std::min(cell, rows_[row - 2].cells[b] + 1);
      }
    }
    now.cells[b] = static_cast<uint8_t>(std::min(cell, beyond));
    now.is_dead = now.is_dead && cell > edits_;
  }
}

TypoMatcher::Step TypoMatcher::Try(std::string_view term, size_t shared_bytes) {
  while (depth_ > 0 && rows_[depth_].end > shared_bytes) --depth_;
  size_t at = rows_[depth_].end;
  // A row that is dead is the last one: rows below it are never filled.
  while (!rows_[depth_].is_dead && at < term.size()) {
    Row& next = rows_[++depth_];
    const size_t size = LetterSize(term[at]);
    next.letter = LetterAt(term, at, size);
    at += size;
    next.end = at;  // of a letter that is cut off beyond the term: it is never shared
    FillRow(depth_);
  }
  const Row& last = rows_[depth_];
  if (last.is_dead) return {std::nullopt, last.end <= term.size() ? last.end : 0};
  const int b = static_cast<int>(word_.size()) - static_cast<int>(depth_) + edits_;
  if (b < 0 || b > 2 * edits_ || last.cells[b] > edits_) return {};
  return {last.cells[b], 0};
}

}  // namespace daftar::search
