#include "client/model/name_likeness.h"

#include <algorithm>

#include "storage/search/analysis/fold.h"
#include "storage/search/analysis/typo.h"

namespace daftar {
namespace {

constexpr size_t kLettersOfAWordThatTells = 4;
constexpr size_t kLettersForAnError = 6;
constexpr size_t kConsonantsInOneScript = 4;
constexpr size_t kMostWords = 12;

// In which a folded word is written, as far as it matters here: by its first letter.
int ScriptOf(std::string_view word) {
  const auto first = static_cast<unsigned char>(word.empty() ? 0 : word.front());
  if (first < 0xD0) return 0;                      // Latin
  return first < 0xD8 ? 1 : first < 0xDC ? 2 : 3;  // Cyrillic, Arabic, any other
}

bool OneErrorApart(const std::string& a, const std::string& b) {
  if (LettersOf(a) < kLettersForAnError || LettersOf(b) < kLettersForAnError) return false;
  if (search::EditsFor(a) == 0 || search::EditsFor(b) == 0) return false;  // with digits
  return search::TypoMatcher(a, 1).Try(b, 0).distance.has_value();
}

}  // namespace

size_t LettersOf(std::string_view word) {
  return static_cast<size_t>(
      std::count_if(word.begin(), word.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

ComparedName::ComparedName(std::string_view text) : text_(text), words_(search::FoldedWords(text)) {
  if (words_.size() > kMostWords) words_.resize(kMostWords);
  std::sort(words_.begin(), words_.end());
  for (const std::string& word : words_) {
    skeletons_.push_back(search::Skeleton(word));
    tells_ = tells_ || LettersOf(word) >= kLettersOfAWordThatTells;
  }
}

Likeness Compare(const ComparedName& a, const ComparedName& b) {
  if (a.words_.empty() || b.words_.empty()) return Likeness::kNone;
  if (a.words_ == b.words_) return Likeness::kSame;
  const bool turned = a.words_.size() > b.words_.size();
  const ComparedName &few = turned ? b : a, &many = turned ? a : b;
  const auto alike = [&](size_t i, size_t j) {
    const std::string &one = few.words_[i], &other = many.words_[j];
    if (one == other) return true;
    const std::string& skeleton = few.skeletons_[i];
    const bool joined = !skeleton.empty() && skeleton == many.skeletons_[j] &&
                        (ScriptOf(one) != ScriptOf(other) || skeleton.size() >= kConsonantsInOneScript);
    return joined || OneErrorApart(one, other);
  };
  std::vector<bool> taken(many.words_.size());
  for (size_t i = 0; i < few.words_.size(); ++i) {
    size_t found = many.words_.size();
    for (size_t j = 0; j < many.words_.size() && found == many.words_.size(); ++j) {
      if (!taken[j] && alike(i, j)) found = j;
    }
    if (found == many.words_.size()) return Likeness::kNone;
    taken[found] = true;
  }
  return few.words_.size() == many.words_.size() ? Likeness::kSpelt : Likeness::kHolds;
}

}  // namespace daftar
