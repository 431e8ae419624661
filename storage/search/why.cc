#include "storage/search/why.h"

#include <algorithm>

#include "storage/search/analysis/fold.h"
#include "storage/search/analysis/stem.h"
#include "storage/search/index/plan.h"
#include "storage/search/texts.h"

namespace daftar::search {
namespace {

constexpr size_t kSnippetBytes = 110;
// So much of a snippet comes before the first word that was met.
constexpr size_t kLeadBytes = 35;

}  // namespace

Explainer::Explainer(const Node& query, const std::vector<Respelling>& respellings) {
  Collect(query, respellings);
  remembered_.resize(sought_.size());
}

void Explainer::Collect(const Node& node, const std::vector<Respelling>& respellings) {
  if (node.op == Node::Op::kNot) return;
  for (const Node& child : node.children) Collect(child, respellings);
  const bool words = node.op == Node::Op::kWord || node.op == Node::Op::kPhrase;
  const bool names = node.op == Node::Op::kNamed && !NamesDocs(node.field);
  if (!words && !names) return;
  for (const std::string& word : FoldedWords(node.text)) {
    Sought sought{word, Stem(word), Skeleton(word), node.prefix, {}};
    for (const Respelling& respelling : respellings) {
      if (respelling.word == word) sought.instead = respelling.instead;
    }
    sought_.push_back(std::move(sought));
  }
}

int Explainer::Likeness(const Sought& sought, std::string_view word) {
  if (word == sought.word) return 3;
  if (sought.prefix && word.starts_with(sought.word)) return 2;
  const auto is_word = [word](const std::string& other) { return other == word; };
  if (std::any_of(sought.instead.begin(), sought.instead.end(), is_word)) return 1;
  if (Stem(word) == sought.stem) return 1;
  return !sought.skeleton.empty() && Skeleton(word) == sought.skeleton ? 1 : 0;
}

int Explainer::Remembered(size_t sought, uint32_t word) {
  std::vector<int8_t>& known = remembered_[sought];
  if (known.size() <= word) known.resize(tokenizer_->size(), -1);
  if (known[word] < 0) known[word] = static_cast<int8_t>(Likeness(sought_[sought], tokenizer_->word(word)));
  return known[word];
}

int Explainer::Likeness(size_t* first) {
  int likeness = 0;
  *first = tokens_.size();
  for (size_t sought = 0; sought < sought_.size(); ++sought) {
    int best = 0;
    for (size_t i = 0; i < tokens_.size() && best < 3; ++i) {
      const int own = Remembered(sought, tokens_[i].word);
      if (own <= best) continue;
      best = own;
      *first = std::min(*first, i);
    }
    likeness += best;
  }
  return likeness;
}

std::string Explainer::Snippet(std::string_view text, size_t first) const {
  if (text.size() <= kSnippetBytes) return std::string(text);
  size_t begin = first;
  while (begin > 0 && tokens_[first].begin - tokens_[begin - 1].begin <= kLeadBytes) --begin;
  size_t end = begin;
  while (end < tokens_.size() && (end == begin || tokens_[end].end - tokens_[begin].begin <= kSnippetBytes)) ++end;
  const size_t from = begin == 0 ? 0 : tokens_[begin].begin;
  const size_t to = end == tokens_.size() ? text.size() : tokens_[end - 1].end;
  return (begin == 0 ? "" : "… ") + std::string(text.substr(from, to - from)) + (to == text.size() ? "" : " …");
}

std::string Explainer::Why(const Record& record) {
  int most = 0;
  std::string why;
  if (sought_.empty()) return why;
  if (!tokenizer_) tokenizer_.emplace();
  for (const FieldText& text : TextsOf(record)) {
    tokenizer_->Tokenize(text.text, &tokens_);
    size_t first = 0;
    const int likeness = Likeness(&first);
    if (likeness <= most) continue;
    most = likeness;
    why = text.label + ": " + Snippet(text.text, first);
  }
  return why;
}

}  // namespace daftar::search
