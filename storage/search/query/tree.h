// Putting nodes together so that the same question always is the same tree: see Query for what holds of one.
#pragma once

#include <vector>

#include "storage/search/query/query.h"

namespace daftar::search::query {

// All, any, none of the nodes. REQUIRES: at least one. What Conjunction and Negation give may be a kNot, which the next
// of these calls, or Rooted, takes in.
Node Conjunction(std::vector<Node> nodes);
Node Disjunction(std::vector<Node> nodes);
Node Negation(Node node);

// A tree that may be a query's root.
Node Rooted(Node node);

size_t CountNodes(const Node& node);
size_t Depth(const Node& node);

}  // namespace daftar::search::query
