#include "client/model/graph_words.h"

#include <cctype>
#include <optional>

#include "client/language/dates.h"
#include "client/language/say.h"
#include "client/model/words.h"

namespace daftar::graph_words {
namespace {

std::optional<v1::RelationType::Code> TypeOf(std::string key) {
  for (char& c : key) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  v1::RelationType::Code type = v1::RelationType::RELATED_TO;
  if (!v1::RelationType::Code_Parse(key, &type)) return std::nullopt;
  return type;
}

// A type that this program does not know yet, from a newer dataset, has its number for a name.
constexpr char kUnknown[] = "type_";

}  // namespace

std::string TypeKey(v1::RelationType::Code type) {
  std::string key = v1::RelationType::Code_Name(type);
  if (key.empty()) return kUnknown + std::to_string(static_cast<int>(type));
  for (char& c : key) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return key;
}

std::string TypeWords(const std::string& key) {
  if (key == kTookPart) return Say("graph.took_part");
  const std::optional<v1::RelationType::Code> type = TypeOf(key);
  return type ? RelationWords(*type, false) : SayCode(key);
}

bool IsType(const std::string& key) { return key == kTookPart || key.starts_with(kUnknown) || TypeOf(key); }

std::string TookPart(const std::vector<std::string>& roles) {
  return roles.empty() ? Say("graph.took_part") : Say("graph.took_part_as", {{"roles", Join(roles, ", ")}});
}

std::string ToldBy(int articles, int sources) {
  if (articles == 0) return Say("graph.no_source");
  if (articles == 1 && sources <= 1) return Say("graph.told_by_one", {{"articles", articles}});
  return Say("graph.told_by", {{"articles", articles}, {"sources", sources}});
}

std::string LineWords(GraphLine line) {
  switch (line) {
    case GraphLine::kInDoubt:
      return Say("graph.in_doubt");
    case GraphLine::kDenied:
      return Say("graph.line_denied");
    case GraphLine::kStated:
      break;
  }
  return Say("graph.stated");
}

std::string Summary(const Graph& graph) {
  size_t relations = 0;
  for (const GraphEdge& edge : graph.edges) relations += edge.strands.size();
  const std::string when = graph.as_of ? Say("graph.as_of", {{"day", SayDay(*graph.as_of)}}) : Say("graph.any_day");
  std::string words = Say(
      "graph.summary", {{"hops", graph.hops}, {"when", when}, {"nodes", graph.nodes.size()}, {"relations", relations}});
  if (graph.min_sources > 1) words += " " + Say("graph.only_sources", {{"count", graph.min_sources}});
  if (graph.type_filter.empty()) return words;
  std::vector<std::string> types;
  for (const std::string& key : graph.type_filter) types.push_back(TypeWords(key));
  return words + " " + Say("graph.only_types", {{"types", Join(types, ", ")}});
}

std::string OverLimit(size_t nodes, size_t relations, bool at_least) {
  if (at_least) return Say("graph.over_limit_at_least", {{"nodes", nodes}, {"relations", relations}});
  return Say("graph.over_limit", {{"nodes", nodes}, {"relations", relations}});
}

std::string NodeSentence(const GraphNode& node) {
  if (node.retired) return Say("graph.node_retired", {{"name", node.name}, {"kind", node.kind_words}});
  if (node.more) return Say("graph.node_more", {{"name", node.name}, {"kind", node.kind_words}});
  return Say("graph.node", {{"name", node.name}, {"kind", node.kind_words}});
}

std::string StrandSentence(const Graph& graph, const GraphEdge& edge, const GraphStrand& strand) {
  const size_t from = strand.forward ? edge.from : edge.to, to = strand.forward ? edge.to : edge.from;
  return Say("graph.strand", {{"from", graph.nodes[from].name},
                              {"words", strand.words},
                              {"to", graph.nodes[to].name},
                              {"dates", strand.dates},
                              {"told", strand.told_by}});
}

}  // namespace daftar::graph_words
