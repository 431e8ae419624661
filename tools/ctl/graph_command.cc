// graph: who stands in what relation to whom, as text, as JSON and as a picture.
#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "client/model/graph.h"
#include "client/model/graph_svg.h"
#include "client/model/text_page.h"
#include "storage/base/new_file.h"
#include "storage/model/date.h"
#include "tools/ctl/commands.h"

namespace daftar::ctl {
namespace {

using Json = nlohmann::ordered_json;

struct GraphWish {
  std::string id, as_of, svg;
  std::vector<std::string> types;
  int hops = 1, min_sources = 1;
};

const char* LineWord(GraphLine line) {
  switch (line) {
    case GraphLine::kInDoubt:
      return "in_doubt";
    case GraphLine::kDenied:
      return "denied";
    case GraphLine::kStated:
      break;
  }
  return "stated";
}

Json NodeJson(const GraphNode& node) {
  return {{"id", node.id},
          {"ref", node.display_id},
          {"title", node.name},
          {"sort", node.kind_words},
          {"shape", GraphShapeWord(node.shape)},
          {"hop", node.hop},
          {"sources", node.sources},
          {"more", node.more},
          {"retired", node.retired},
          {"x", node.x},
          {"y", node.y}};
}

Json RelationJson(const GraphStrand& strand) {
  return {{"ref", strand.display_id},      {"type", strand.type},         {"words", strand.words},
          {"dates", strand.dates},         {"articles", strand.articles}, {"sources", strand.sources},
          {"line", LineWord(strand.line)}, {"forward", strand.forward},   {"note", strand.note}};
}

Json EdgeJson(const Graph& graph, const GraphEdge& edge) {
  Json json{{"from", graph.nodes[edge.from].id}, {"to", graph.nodes[edge.to].id}, {"line", LineWord(edge.line)}};
  json["relations"] = Json::array();
  for (const GraphStrand& strand : edge.strands) json["relations"].push_back(RelationJson(strand));
  return json;
}

void FillJson(const Graph& graph, const GraphWish& wish, Json& json) {
  json["id"] = graph.id;
  json["ref"] = graph.display_id;
  json["title"] = graph.title;
  json["address"] = graph.address;
  json["hops"] = graph.hops;
  json["as_of"] = graph.as_of ? Json(IsoDay(*graph.as_of)) : Json();
  json["min_sources"] = graph.min_sources;
  json["types"] = Json::array();
  for (const GraphType& type : graph.types) {
    json["types"].push_back({{"type", type.key}, {"count", type.count}, {"on", type.on}});
  }
  json["nodes"] = Json::array();
  for (const GraphNode& node : graph.nodes) json["nodes"].push_back(NodeJson(node));
  json["edges"] = Json::array();
  for (const GraphEdge& edge : graph.edges) json["edges"].push_back(EdgeJson(graph, edge));
  json["left_out"] = graph.said;
  json["svg"] = wish.svg.empty() ? Json() : Json(wish.svg);
}

Reply ShowGraph(const Context& context, Workstation& station, const GraphWish& wish) {
  std::map<std::string, std::string> params{
      {"as_of", wish.as_of}, {"hops", std::to_string(wish.hops)}, {"sources", std::to_string(wish.min_sources)}};
  for (const std::string& type : wish.types) params["types"] += (params["types"].empty() ? "" : ",") + type;
  DAFTAR_ASSIGN_OR_RETURN(const GraphOptions options, ReadGraphOptions(params));
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> read, station.Read());
  DAFTAR_ASSIGN_OR_RETURN(const Found found, FindRecord(*read, wish.id));
  DAFTAR_ASSIGN_OR_RETURN(const Graph graph, BuildGraph(*read, found.id.ToString(), options));
  Reply reply = Reply::Answer("graph");
  FillJson(graph, wish, reply.json);
  if (wish.svg.empty()) {
    reply.text = GraphAsText(graph, {.width = context.width});
    return reply;
  }
  DAFTAR_RETURN_IF_ERROR(WriteNewFile(wish.svg, GraphAsSvg(graph)));
  reply.text = wish.svg + "\n";
  reply.talk.push_back(graph.words);
  for (const std::string& said : graph.said) reply.talk.push_back(said);
  return reply;
}

}  // namespace

void AddGraphCommands(CLI::App& app, Context& context) {
  auto wish = std::make_shared<GraphWish>();
  CLI::App& verb = AddVerb(app, "graph", "Who stands in what relation to whom, nearest first; or a picture of it",
                           "  daftarctl graph sample:JA --hops 2 --as-of 2020-12-31\n"
                           "  daftarctl graph sample:JA --type base_in --type targets --svg ja.svg");
  verb.add_option("id", wish->id, "An actor, a place or an incident: a UUID, sample:JA, or JA")
      ->required()
      ->type_name("ID");
  verb.add_option("--hops", wish->hops, "How far: 1, 2 or 3; default 1")
      ->check(CLI::Range(1, kMostHops))
      ->type_name("N");
  verb.add_option("--as-of", wish->as_of, "What held on that day, such as 2024-10-02")->type_name("DATE");
  verb.add_option("--type", wish->types, "Only relations of this type, such as base_in; may be given again")
      ->type_name("TYPE");
  verb.add_option("--min-sources", wish->min_sources, "Only what so many independent sources state; default 1")
      ->check(CLI::Range(1, 1000))
      ->type_name("N");
  verb.add_option("--svg", wish->svg, "Writes a picture to this file, which must not be there yet")->type_name("FILE");
  verb.callback([&context, wish] {
    context.action = [&context, wish] {
      return WithWorkstation(context, [&](Workstation& station) { return ShowGraph(context, station, *wish); });
    };
  });
}

}  // namespace daftar::ctl
