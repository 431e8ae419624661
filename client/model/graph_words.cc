#include "client/model/graph_words.h"

#include <cctype>

#include "client/model/words.h"

namespace daftar::graph_words {
namespace {

std::string Number(size_t count) { return NumberWords(static_cast<double>(count)); }

std::string Relations(size_t count) { return Number(count) + (count == 1 ? " relation" : " relations"); }

}  // namespace

std::string TypeKey(v1::RelationType::Code type) {
  std::string key = v1::RelationType::Code_Name(type);
  if (key.empty()) key = "TYPE_" + std::to_string(static_cast<int>(type));  // of a newer dataset
  for (char& c : key) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return key;
}

std::string TypeWords(const std::string& key) {
  if (key == kTookPart) return "took part";
  std::string name = key;
  for (char& c : name) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  v1::RelationType::Code type = v1::RelationType::RELATED_TO;
  return v1::RelationType::Code_Parse(name, &type) ? RelationWords(type, false) : CodeWords(name);
}

bool IsType(const std::string& key) {
  if (key == kTookPart || key.starts_with("type_")) return true;
  std::string name = key;
  for (char& c : name) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  v1::RelationType::Code type = v1::RelationType::RELATED_TO;
  return v1::RelationType::Code_Parse(name, &type);
}

std::string Denied(const std::string& words) { return "denied: " + words; }
std::string Disputed() { return "disputed"; }
std::string Alleged() { return "alleged"; }
std::string Expected() { return "expected only"; }
std::string NotEstablished() { return "not established"; }
std::string NoDates() { return "no dates"; }

std::string TookPart(const std::vector<std::string>& roles) {
  return roles.empty() ? "took part" : "took part (" + Join(roles, ", ") + ")";
}

std::string ToldBy(int articles, int sources) {
  if (articles == 0) return "no source";
  std::string words = Counted(static_cast<uint64_t>(articles), "article");
  if (articles > 1) words += ", at most " + std::to_string(sources) + " independent";
  return words;
}

std::string More(size_t count) { return Number(count) + " more"; }

std::string LineWords(GraphLine line) {
  switch (line) {
    case GraphLine::kInDoubt:
      return "in doubt";
    case GraphLine::kDenied:
      return "denied, or that there is none";
    case GraphLine::kStated:
      break;
  }
  return "stated";
}

std::string Hops(int hops) { return Counted(static_cast<uint64_t>(hops), "hop"); }
std::string DayOf(const std::optional<int32_t>& day) { return day ? "as of " + DayWords(*day) : "any day"; }

std::string Summary(const Graph& graph) {
  std::string words = Hops(graph.hops) + ", " + DayOf(graph.as_of);
  if (graph.min_sources > 1) {
    words += ", at least " + std::to_string(graph.min_sources) + " independent sources";
  }
  if (!graph.type_filter.empty()) {
    std::vector<std::string> types;
    for (const std::string& key : graph.type_filter) types.push_back(TypeWords(key));
    words += ", only: " + Join(types, ", ");
  }
  size_t relations = 0;
  for (const GraphEdge& edge : graph.edges) relations += edge.strands.size();
  return words + ". " + Counted(graph.nodes.size(), "node") + ", " + Counted(graph.edges.size(), "edge") + ", " +
         Relations(relations) + ".";
}

std::string OverLimit(size_t nodes, size_t relations, bool at_least) {
  std::string words = at_least ? "Too much to show all: left out are at least " : "Too much to show all: left out are ";
  return words + Counted(nodes, "node") + " and " + Relations(relations) +
         ". The nearest and the best attested are shown; fewer hops or a filter show others.";
}

std::string NotThen(size_t count) { return Relations(count) + " of other days hidden."; }
std::string Undated(size_t count) { return Relations(count) + " without dates hidden."; }
std::string FewSources(size_t count, int min_sources) {
  return Relations(count) + " with fewer than " + std::to_string(min_sources) + " independent sources hidden.";
}
std::string OtherType(size_t count) { return Relations(count) + " of other types hidden."; }
std::string WithItself(size_t count) { return Relations(count) + " of a record with itself not drawn."; }

std::string Nothing(bool filtered) {
  return filtered ? "Nothing is left: another day, fewer sources or all types show more."
                  : "No relations of it are known here.";
}

std::string Centre() { return "in the middle"; }
std::string MoreThere() { return "more beyond"; }
std::string Title(const std::string& name) { return "Relations of " + name; }

}  // namespace daftar::graph_words
