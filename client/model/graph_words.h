// What a graph says, and how its types are written: for this folder alone. Pure functions.
#pragma once

#include <string>
#include <vector>

#include "client/model/graph.h"
#include "storage/model/record.h"

namespace daftar::graph_words {

// The type of somebody's part in an incident, which is no relation.
inline constexpr char kTookPart[] = "took_part";
// "base_in": how a type is written in an address.
std::string TypeKey(v1::RelationType::Code type);
// "has a base in"; of any key that TypeKey gives, and of kTookPart.
std::string TypeWords(const std::string& key);
// Whether there is such a type.
bool IsType(const std::string& key);

std::string TookPart(const std::vector<std::string>& roles);  // "took part (side A, speaker)"
std::string ToldBy(int articles, int sources);                // "4 articles, at most 3 independent"
// What a line means: "denied, or said not to be".
std::string LineWords(GraphLine line);

// What there is to see and what it was asked for: "1 hop, as of 2 Oct 2024: 12 nodes, 14 relations."
std::string Summary(const Graph& graph);
std::string OverLimit(size_t nodes, size_t relations, bool at_least);
// "Jamaat Ansarullah — armed group".
std::string NodeSentence(const GraphNode& node);
// "Tajikistan — does not recognise — Taliban; since Aug 2021; 2 articles, at most 2 independent".
std::string StrandSentence(const Graph& graph, const GraphEdge& edge, const GraphStrand& strand);

}  // namespace daftar::graph_words
