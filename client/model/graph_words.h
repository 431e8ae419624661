// What a graph says: for this folder alone. Pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "client/model/graph.h"
#include "daftar/v1/codes.pb.h"

namespace daftar::graph_words {

// The type of somebody's part in an incident, which is no relation.
inline constexpr char kTookPart[] = "took_part";
// "base_in": how a type is written in an address.
std::string TypeKey(v1::RelationType::Code type);
// "base in"; of any key that TypeKey gives, and of kTookPart.
std::string TypeWords(const std::string& key);
// Whether there is such a type.
bool IsType(const std::string& key);

std::string Denied(const std::string& words);  // "denied: shelters"
std::string Disputed();
std::string Alleged();
std::string Expected();
std::string NotEstablished();
std::string NoDates();
std::string TookPart(const std::vector<std::string>& roles);  // "took part (side A, speaker)"
std::string ToldBy(int articles, int sources);                // "4 articles, at most 3 independent"
std::string More(size_t count);                               // "2 more"
// What a line means: "denied, or the relation is that there is none".
std::string LineWords(GraphLine line);

// "1 hop, as of 2 Oct 2024, at least 2 independent sources: 12 nodes, 14 edges".
std::string Summary(const Graph& graph);
// "as of 2 Oct 2024", or "any day".
std::string DayOf(const std::optional<int32_t>& day);
std::string OverLimit(size_t nodes, size_t relations, bool at_least);
std::string NotThen(size_t count);
std::string Undated(size_t count);
std::string FewSources(size_t count, int min_sources);
std::string OtherType(size_t count);
std::string WithItself(size_t count);
std::string Nothing(bool filtered);
std::string Centre();           // of the node that the graph is of
std::string Hops(int hops);     // "1 hop", "2 hops"
std::string MoreThere();        // the node has relations beyond the picture
std::string Title(const std::string& name);  // "Relations of Jamaat Ansarullah"

}  // namespace daftar::graph_words
