#include "client/model/graph.h"

#include <algorithm>
#include <charconv>
#include <tuple>
#include <utility>

#include "client/language/say.h"
#include "client/model/address.h"
#include "client/model/graph_edges.h"
#include "client/model/graph_layout.h"
#include "client/model/graph_walk.h"
#include "client/model/graph_words.h"
#include "client/model/rows.h"
#include "client/model/words.h"
#include "storage/model/date.h"

namespace daftar {
namespace {

// Of a box: its letters, its two lines with what is round them.
constexpr double kNameSize = 13, kKindSize = 11, kWidestName = 190, kNarrowest = 76, kSides = 34;
constexpr int kHeight = 46;
constexpr size_t kWordsOfLabel = 2;

GraphShape ShapeOfActor(v1::ActorClass::Code sort) {
  switch (sort) {
    case v1::ActorClass::STATE:
      return GraphShape::kState;
    case v1::ActorClass::STATE_BODY:
    case v1::ActorClass::SECURITY_FORCE:
    case v1::ActorClass::OFFICE:
      return GraphShape::kStateBody;
    case v1::ActorClass::ARMED_GROUP:
      return GraphShape::kArmedGroup;
    case v1::ActorClass::PERSON:
      return GraphShape::kPerson;
    case v1::ActorClass::UNSET:
      return GraphShape::kOther;
    default:
      return GraphShape::kOrganisation;
  }
}

GraphShape ShapeOf(const Record& record) {
  switch (record.kind()) {
    case v1::RecordKind::ACTOR:
      return ShapeOfActor(record.actor().class_());
    case v1::RecordKind::PLACE:
      return GraphShape::kPlace;
    case v1::RecordKind::INCIDENT:
      return GraphShape::kIncident;
    case v1::RecordKind::SOURCE:
      return GraphShape::kSource;
    default:
      return GraphShape::kOther;
  }
}

class Builder {
 public:
  Builder(const ReadView& view, const GraphOptions& options) : options_(options), names_(view, options.language) {
    options_.hops = std::clamp(options_.hops, 1, kMostHops);
    options_.min_sources = std::max(options_.min_sources, 1);
    options_.most_nodes = std::max<size_t>(options_.most_nodes, 1);
  }

  StatusOr<Graph> Build(std::string_view id);

 private:
  GraphNode NodeOf(const FoundNode& found);
  void AddNodes(const GraphFound& all, const std::vector<size_t>& kept, const GraphFound& visible);
  void AddEdges(const GraphFound& visible);
  void AddStrand(const FoundStrand& found, GraphEdge& edge);
  void Finish(GraphEdge& edge) const;
  void AddRows();
  void AddTypes(const GraphFound& visible);
  void SayWhatIsLeftOut(const GraphFound& visible);

  GraphOptions options_;
  Names names_;
  Graph graph_;
  std::map<std::string, size_t> places_;  // of the nodes, by their 16 bytes
};

GraphNode Builder::NodeOf(const FoundNode& found) {
  GraphNode node;
  node.hop = found.hop;
  node.sources = found.sources;
  node.more = found.more;
  node.id = found.id;
  if (const std::optional<Uuid> id = Uuid::FromBytes(found.id)) node.id = id->ToString();
  const Record* record = names_.Find(found.id);
  if (record == nullptr) {
    node.name = names_.Missing();
  } else {
    PageLink link = names_.LinkTo(*record);
    node.name = std::move(link.text);
    node.address = std::move(link.address);
    node.display_id = std::move(link.id);
    node.kind_words = SortWords(*record);
    if (node.kind_words.empty()) node.kind_words = KindWords(record->kind());
    node.shape = ShapeOf(*record);
    node.retired = record->retirement() != nullptr;
  }
  node.sentence = graph_words::NodeSentence(node);
  node.label = CutToWidth(node.name, kNameSize, kWidestName);
  node.kind_words = CutToWidth(node.kind_words, kKindSize, kWidestName);
  const double widest =
      std::max({AboutWidth(node.label, kNameSize), AboutWidth(node.kind_words, kKindSize), kNarrowest});
  node.width = static_cast<int>(widest + kSides) / 2 * 2;
  node.height = kHeight;
  return node;
}

// The places are those in the picture of all days, so that nothing moves while the day does.
void Builder::AddNodes(const GraphFound& all, const std::vector<size_t>& kept, const GraphFound& visible) {
  std::vector<LayoutBox> boxes;
  std::map<std::string, size_t> at;
  for (const FoundNode& found : all.nodes) {
    const GraphNode node = NodeOf(found);
    at[found.id] = boxes.size();
    boxes.push_back({node.id, found.hop, node.width, node.height});
  }
  std::vector<LayoutLink> links;
  for (const FoundStrand& strand : all.strands) {
    const auto [one, other] = std::minmax(at[strand.from], at[strand.to]);
    links.push_back({one, other});
  }
  std::sort(links.begin(), links.end(), [](const LayoutLink& a, const LayoutLink& b) {
    return std::tie(a.one, a.other) < std::tie(b.one, b.other);
  });
  links.erase(
      std::unique(links.begin(), links.end(),
                  [](const LayoutLink& a, const LayoutLink& b) { return a.one == b.one && a.other == b.other; }),
      links.end());
  const std::vector<LayoutPlace> places = LayOut(boxes, links);

  std::vector<std::pair<GraphNode, std::string>> nodes;
  for (size_t i = 0; i < visible.nodes.size(); ++i) {
    GraphNode node = NodeOf(visible.nodes[i]);
    node.x = places[kept[i]].x;
    node.y = places[kept[i]].y;
    nodes.emplace_back(std::move(node), visible.nodes[i].id);
  }
  std::sort(nodes.begin(), nodes.end(), [](const auto& a, const auto& b) {
    return std::tuple(a.first.hop, -a.first.sources, std::string_view(a.first.name), std::string_view(a.first.id)) <
           std::tuple(b.first.hop, -b.first.sources, std::string_view(b.first.name), std::string_view(b.first.id));
  });
  for (auto& [node, id] : nodes) {
    places_[id] = graph_.nodes.size();
    graph_.left = std::min(graph_.left, node.x - node.width / 2);
    graph_.right = std::max(graph_.right, node.x + node.width / 2);
    graph_.top = std::min(graph_.top, node.y - node.height / 2);
    graph_.bottom = std::max(graph_.bottom, node.y + node.height / 2);
    graph_.nodes.push_back(std::move(node));
  }
}

void Builder::AddStrand(const FoundStrand& found, GraphEdge& edge) {
  GraphStrand strand = found.strand;
  strand.forward = places_[found.from] == edge.from;
  const Record* record = names_.Find(found.record);
  if (record != nullptr && record->kind() == v1::RecordKind::RELATION) {
    strand.note = RelationNote(*record, options_.as_of, names_);
  }
  edge.strands.push_back(std::move(strand));
}

void Builder::Finish(GraphEdge& edge) const {
  std::stable_sort(edge.strands.begin(), edge.strands.end(), [](const GraphStrand& a, const GraphStrand& b) {
    return std::tuple(-a.sources, -a.articles) < std::tuple(-b.sources, -b.articles);
  });
  std::vector<std::string> words;
  edge.line = edge.strands.front().line;
  for (const GraphStrand& strand : edge.strands) {
    edge.sources = std::max(edge.sources, strand.sources);
    (strand.forward ? edge.arrow_to : edge.arrow_from) = true;
    if (strand.line != edge.line) {
      // Something is stated, or else in doubt.
      edge.line = strand.line == GraphLine::kStated || edge.line == GraphLine::kStated ? GraphLine::kStated
                                                                                       : GraphLine::kInDoubt;
    }
    if (std::find(words.begin(), words.end(), strand.words) == words.end()) words.push_back(strand.words);
  }
  const size_t more = words.size() > kWordsOfLabel ? words.size() - kWordsOfLabel : 0;
  words.resize(words.size() - more);
  if (more > 0) words.push_back(Say("graph.more", {{"count", more}}));
  edge.words = Join(words, ", ");
}

void Builder::AddEdges(const GraphFound& visible) {
  std::map<std::pair<size_t, size_t>, size_t> edges;
  for (const FoundStrand& found : visible.strands) {
    const size_t from = places_[found.from], to = places_[found.to];
    const auto [at, fresh] = edges.try_emplace(std::minmax(from, to), graph_.edges.size());
    if (fresh) graph_.edges.push_back({.from = from, .to = to});
    AddStrand(found, graph_.edges[at->second]);
  }
  for (GraphEdge& edge : graph_.edges) {
    Finish(edge);
    ++graph_.nodes[edge.from].edges;
    ++graph_.nodes[edge.to].edges;
  }
  // By the further node, then by the nearer one: as the rows go.
  std::sort(graph_.edges.begin(), graph_.edges.end(), [](const GraphEdge& a, const GraphEdge& b) {
    const auto one = std::minmax(a.from, a.to), other = std::minmax(b.from, b.to);
    return std::pair(one.second, one.first) < std::pair(other.second, other.first);
  });
}

void Builder::AddRows() {
  size_t edge = 0;
  for (size_t node = 0; node < graph_.nodes.size(); ++node) {
    graph_.rows.push_back({true, node});
    for (; edge < graph_.edges.size() && std::max(graph_.edges[edge].from, graph_.edges[edge].to) == node; ++edge) {
      graph_.rows.push_back({false, edge});
    }
  }
}

void Builder::AddTypes(const GraphFound& visible) {
  for (const auto& [key, type] : visible.types) graph_.types.push_back(type);
  const auto& filter = options_.types;
  // One that is asked for can be switched off again, even if nothing is of it.
  for (const std::string& key : filter) {
    if (!visible.types.contains(key)) graph_.types.push_back({.key = key});
  }
  for (GraphType& type : graph_.types) {
    type.words = graph_words::TypeWords(type.key);
    type.on = filter.empty() || std::find(filter.begin(), filter.end(), type.key) != filter.end();
  }
  std::stable_sort(graph_.types.begin(), graph_.types.end(),
                   [](const GraphType& a, const GraphType& b) { return a.count > b.count; });
}

void Builder::SayWhatIsLeftOut(const GraphFound& visible) {
  auto& said = graph_.said;
  if (!visible.whole()) {
    said.push_back(graph_words::OverLimit(visible.nodes_over, visible.strands_over, visible.not_all_looked_at));
  }
  if (visible.not_then > 0) said.push_back(Say("graph.not_then", {{"count", visible.not_then}}));
  if (visible.undated > 0) said.push_back(Say("graph.undated", {{"count", visible.undated}}));
  if (visible.few_sources > 0) said.push_back(Say("graph.few_sources", {{"count", visible.few_sources}}));
  if (visible.other_type > 0) said.push_back(Say("graph.other_type", {{"count", visible.other_type}}));
  if (visible.with_itself > 0) said.push_back(Say("graph.with_itself", {{"count", visible.with_itself}}));
  const bool filtered = visible.not_then + visible.undated + visible.few_sources + visible.other_type > 0;
  if (graph_.edges.empty()) said.push_back(filtered ? Say("graph.nothing_left") : Say("graph.nothing"));
  graph_.words = graph_words::Summary(graph_);
}

StatusOr<Graph> Builder::Build(std::string_view id) {
  DAFTAR_ASSIGN_OR_RETURN(const Uuid resolved, names_.view().Resolve(id));
  const Record* record = names_.Find(resolved);
  if (record != nullptr && record->kind() == v1::RecordKind::RELATION) {
    const Record* from = names_.Find(record->relation().from());
    if (from != nullptr) record = from;
  }
  if (!names_.status().ok()) return names_.status();
  if (record == nullptr) return NotFound("no record " + std::string(id));

  GraphFound all = WalkGraph(*record, options_, options_.as_of.has_value(), names_);
  // Too much over all days is no reason to leave out what there is on that one.
  if (options_.as_of && !all.whole()) all = WalkGraph(*record, options_, false, names_);
  std::vector<size_t> kept;
  const GraphFound visible = VisibleOf(all, options_.hops, kept);

  const PageLink link = names_.LinkTo(*record);
  graph_.id = record->id().ToString();
  graph_.address = GraphAddress(graph_.id, options_);
  graph_.display_id = link.id;
  graph_.title = link.text;
  graph_.kind = KindWord(record->kind());
  graph_.hops = options_.hops;
  graph_.as_of = options_.as_of;
  graph_.type_filter = options_.types;
  graph_.min_sources = options_.min_sources;
  graph_.first_day = visible.first_day;
  graph_.last_day = visible.last_day;
  for (const int32_t day : visible.days) {
    if (graph_.days.size() < kMostGraphDays && day <= *visible.last_day) graph_.days.push_back(day);
  }
  AddNodes(all, kept, visible);
  AddEdges(visible);
  for (GraphEdge& edge : graph_.edges) {
    for (GraphStrand& strand : edge.strands) strand.sentence = graph_words::StrandSentence(graph_, edge, strand);
  }
  DrawEdges(graph_);
  AddRows();
  AddTypes(visible);
  SayWhatIsLeftOut(visible);
  if (!names_.status().ok()) return names_.status();
  return std::move(graph_);
}

StatusOr<int> ReadNumber(const std::string& text, const char* what) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 1) {
    return InvalidArgument("\"" + text + "\" is no number of " + what + ": write 1 or more");
  }
  return number;
}

}  // namespace

StatusOr<Graph> BuildGraph(const ReadView& view, std::string_view id, const GraphOptions& options) {
  return Builder(view, options).Build(id);
}

std::string GraphAddress(std::string_view id, const GraphOptions& options) {
  Address address{"graph", std::string(id), {}};
  if (options.hops != 1) address.params["hops"] = std::to_string(options.hops);
  if (options.as_of) address.params["as_of"] = IsoDay(*options.as_of);
  if (options.min_sources > 1) address.params["sources"] = std::to_string(options.min_sources);
  if (!options.types.empty()) address.params["types"] = Join(options.types, ",");
  return address.ToString();
}

GraphOptions OptionsOf(const Graph& graph) {
  GraphOptions options;
  options.hops = graph.hops;
  options.as_of = graph.as_of;
  options.types = graph.type_filter;
  options.min_sources = graph.min_sources;
  return options;
}

StatusOr<GraphOptions> ReadGraphOptions(const std::map<std::string, std::string>& params) {
  const auto param = [&](const char* name) {
    const auto at = params.find(name);
    return at == params.end() ? std::string() : at->second;
  };
  GraphOptions options;
  if (const std::string hops = param("hops"); !hops.empty()) {
    DAFTAR_ASSIGN_OR_RETURN(options.hops, ReadNumber(hops, "hops"));
  }
  if (const std::string sources = param("sources"); !sources.empty()) {
    DAFTAR_ASSIGN_OR_RETURN(options.min_sources, ReadNumber(sources, "sources"));
  }
  if (const std::string day = param("as_of"); !day.empty()) {
    DAFTAR_ASSIGN_OR_RETURN(options.as_of, ParseIsoDay(day));
  }
  for (std::string rest = param("types"); !rest.empty();) {
    const size_t comma = rest.find(',');
    const std::string type = rest.substr(0, comma);
    rest = comma == std::string::npos ? "" : rest.substr(comma + 1);
    if (type.empty()) continue;
    if (!graph_words::IsType(type)) return InvalidArgument("\"" + type + "\" is no type of relation");
    if (std::find(options.types.begin(), options.types.end(), type) == options.types.end()) {
      options.types.push_back(type);
    }
  }
  return options;
}

}  // namespace daftar
