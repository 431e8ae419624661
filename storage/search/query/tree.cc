#include "storage/search/query/tree.h"

#include <algorithm>
#include <iterator>

namespace daftar::search::query {
namespace {

using Op = Node::Op;

Span Around(const std::vector<Node>& nodes) {
  Span span = nodes.front().span;
  for (const Node& node : nodes) {
    span.begin = std::min(span.begin, node.span.begin);
    span.end = std::max(span.end, node.span.end);
  }
  return span;
}

Node Group(Op op, std::vector<Node> nodes) {
  if (nodes.size() == 1) return std::move(nodes.front());
  Node group{.op = op, .span = Around(nodes)};
  group.children = std::move(nodes);
  return group;
}

// The nodes, with the children of those that are such a group themselves in their place.
std::vector<Node> Flattened(Op op, std::vector<Node> nodes) {
  std::vector<Node> flat;
  for (Node& node : nodes) {
    if (node.op == op) {
      std::move(node.children.begin(), node.children.end(), std::back_inserter(flat));
    } else {
      flat.push_back(std::move(node));
    }
  }
  return flat;
}

}  // namespace

Node Conjunction(std::vector<Node> nodes) {
  nodes = Flattened(Op::kAnd, std::move(nodes));
  std::erase_if(nodes, [](const Node& node) { return node.op == Op::kEverything; });
  if (nodes.size() > 1 && std::all_of(nodes.begin(), nodes.end(), [](const Node& n) { return n.op == Op::kNot; })) {
    nodes.insert(nodes.begin(), Node{.span = nodes.front().span});
  }
  return Group(Op::kAnd, std::move(nodes));
}

Node Disjunction(std::vector<Node> nodes) {
  if (nodes.size() == 1) return std::move(nodes.front());
  for (Node& node : nodes) node = Rooted(std::move(node));
  return Group(Op::kOr, Flattened(Op::kOr, std::move(nodes)));
}

Node Negation(Node node) {
  if (node.op == Op::kNot) {
    Node child = std::move(node.children.front());
    return child;
  }
  // Everything but a and b, negated, is a or b.
  if (node.op == Op::kAnd && node.children.front().op == Op::kEverything) {
    std::vector<Node> children;
    for (size_t i = 1; i < node.children.size(); ++i) children.push_back(std::move(node.children[i].children.front()));
    return Disjunction(std::move(children));
  }
  Node negation{.op = Op::kNot, .span = node.span};
  negation.children.push_back(std::move(node));
  return negation;
}

Node Rooted(Node node) {
  if (node.op != Op::kNot) return node;
  Node root{.op = Op::kAnd, .span = node.span};
  root.children.push_back({.span = node.span});
  root.children.push_back(std::move(node));
  return root;
}

size_t CountNodes(const Node& node) {
  size_t count = 1;
  for (const Node& child : node.children) count += CountNodes(child);
  return count;
}

size_t Depth(const Node& node) {
  size_t depth = 0;
  for (const Node& child : node.children) depth = std::max(depth, Depth(child));
  return depth + 1;
}

}  // namespace daftar::search::query
