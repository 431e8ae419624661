#include "storage/search/index/second_chance.h"

#include <algorithm>

#include "storage/search/analysis/fold.h"

namespace daftar::search {
namespace {

using Op = Node::Op;

// More words than this are not tried joined.
constexpr size_t kMostWords = 8;

bool IsFreeWord(const Node& node) { return node.op == Op::kWord && !node.exact; }

// The words of the query side by side, where it is nothing but words and conditions: those first.
Node Apart(const Node& node, bool* changed) {
  if (node.op == Op::kPhrase && node.forgiving) {
    Node apart;
    apart.op = Op::kAnd;
    apart.span = node.span;
    for (const std::string& folded : FoldedWords(node.text)) {
      Node& word = apart.children.emplace_back();
      word.op = Op::kWord;
      word.span = node.span;
      word.field = node.field;
      word.text = folded;
    }
    *changed = true;
    return apart;
  }
  Node copy = node;
  copy.children.clear();
  for (const Node& child : node.children) {
    Node own = node.op == Op::kNot ? child : Apart(child, changed);
    const bool merges = node.op == Op::kAnd && own.op == Op::kAnd;
    if (!merges) copy.children.push_back(std::move(own));
    for (size_t i = 0; merges && i < own.children.size(); ++i) copy.children.push_back(std::move(own.children[i]));
  }
  return copy;
}

// The conjunction, or the same with two neighbours joined.
Node WithJoined(const Node& all, bool* changed) {
  std::vector<Node> ways{all};
  const auto words = std::count_if(all.children.begin(), all.children.end(), IsFreeWord);
  for (size_t i = 0; static_cast<size_t>(words) <= kMostWords && i + 1 < all.children.size(); ++i) {
    const Node& first = all.children[i];
    const Node& second = all.children[i + 1];
    if (!IsFreeWord(first) || !IsFreeWord(second) || first.field != second.field) continue;
    Node joined = all;
    joined.children.erase(joined.children.begin() + static_cast<long>(i));
    joined.children[i].text = first.text + second.text;
    ways.push_back(std::move(joined));
  }
  if (ways.size() == 1) return all;
  *changed = true;
  Node any;
  any.op = Op::kOr;
  any.span = all.span;
  any.children = std::move(ways);
  return any;
}

bool HasFreeWord(const Node& node) {
  if (node.op == Op::kNot) return false;
  return IsFreeWord(node) || std::any_of(node.children.begin(), node.children.end(), HasFreeWord);
}

}  // namespace

std::optional<Node> TakenFreely(const Node& query) {
  bool changed = false;
  Node taken = Apart(query, &changed);
  if (taken.op == Op::kAnd) taken = WithJoined(taken, &changed);
  return changed || HasFreeWord(taken) ? std::optional<Node>(std::move(taken)) : std::nullopt;
}

}  // namespace daftar::search
