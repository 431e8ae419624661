#include "storage/search/analysis/tokenizer.h"

#include "storage/search/analysis/fold.h"

namespace daftar::search {

void Tokenizer::Tokenize(std::string_view text, std::vector<Token>* out) {
  out->clear();
  for (const std::string& word : FoldedWords(text)) out->push_back({Intern(word), 0, 0});
}

uint32_t Tokenizer::Intern(std::string_view folded) {
  if (auto at = numbers_.find(folded); at != numbers_.end()) return at->second;
  const uint32_t number = static_cast<uint32_t>(words_.size());
  words_.emplace_back(folded);
  numbers_.emplace(words_.back(), number);
  return number;
}

}  // namespace daftar::search
