// How alike two names are, in any script: for this folder alone. Pure functions, any thread.
//
// Two words are alike if they fold to the same; if their skeletons are equal, which joins scripts (in one script only
// skeletons of four consonants and more, for short ones join too much); or if one letter tells them apart and both have
// six letters at least ("Iran" and "Iraq" are two). Two names are alike if their words are, whatever their order.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace daftar {

enum class Likeness {
  kNone,
  kHolds,  // all words of the one are words of the other, which has more
  kSpelt,  // alike, but spelt differently
  kSame,   // the same but for case and accents
};

// A name made ready to be compared with many.
class ComparedName {
 public:
  explicit ComparedName(std::string_view text);

  const std::string& text() const { return text_; }
  // Folded.
  const std::vector<std::string>& words() const { return words_; }
  // Says something: it has a word of four letters, which a mere abbreviation has not.
  bool tells() const { return tells_; }

 private:
  friend Likeness Compare(const ComparedName& a, const ComparedName& b);

  std::string text_;
  std::vector<std::string> words_, skeletons_;
  bool tells_ = false;
};

Likeness Compare(const ComparedName& a, const ComparedName& b);

// Letters of a folded word.
size_t LettersOf(std::string_view word);

}  // namespace daftar
