// A graph as text: see text_page.h. Every box and every line of the picture is a line here, nearest first.
#include "client/language/say.h"
#include "client/model/graph.h"
#include "client/model/layout.h"
#include "client/model/text_page.h"
#include "client/model/text_rows.h"

namespace daftar {
namespace {

std::string NodeText(const GraphNode& node, const TextOptions& options) {
  std::string text = node.sentence;
  if (options.ids && !node.display_id.empty()) text += "  [" + node.display_id + "]";
  return text;
}

std::string StrandText(const GraphStrand& strand, const TextOptions& options) {
  std::string text = strand.sentence;
  if (!strand.note.empty()) text += "\n" + strand.note;
  if (options.ids) text += "  [" + strand.display_id + "]";
  return text;
}

}  // namespace

std::string GraphAsText(const Graph& graph, const TextOptions& options) {
  const size_t width = TextWidth(options);
  std::string out = Hanging("", Say("graph.title", {{"name", graph.title}}), width) + Hanging("", graph.words, width);
  for (const std::string& said : graph.said) out += Hanging("!! ", said, width);
  int hop = -1;
  for (const GraphRow& row : graph.rows) {
    if (!row.is_node) {
      const GraphEdge& edge = graph.edges[row.index];
      for (const GraphStrand& strand : edge.strands) {
        out += Hanging("    ", StrandText(strand, options), width);
      }
      continue;
    }
    const GraphNode& node = graph.nodes[row.index];
    if (node.hop != hop) {
      hop = node.hop;
      out += Heading(hop == 0 ? Say("graph.centre") : Say("graph.ring", {{"hops", hop}}));
    }
    out += Hanging("- ", NodeText(node, options), width);
  }
  return out;
}

}  // namespace daftar
