#include "client/model/graph_svg.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "client/language/say.h"
#include "client/model/graph.h"
#include "client/model/graph_edges.h"
#include "client/model/graph_words.h"

namespace daftar {
namespace {

constexpr int kMargin = 24, kTitleSize = 18, kLineHeight = 18;
// Beyond these, labels would only cover each other; every line still tells its words to who points at it.
constexpr size_t kMostLabels = 150;

// Ink and paper of each shape: dark on light, contrast 7 and more.
struct Colours {
  const char* ink;
  const char* paper;
};
Colours ColoursOf(GraphShape shape) {
  switch (shape) {
    case GraphShape::kState:
      return {"#1f3d7a", "#e3ebfa"};
    case GraphShape::kStateBody:
      return {"#24508f", "#eef4fd"};
    case GraphShape::kArmedGroup:
      return {"#8a1f11", "#fdeae6"};
    case GraphShape::kPerson:
      return {"#4d3a00", "#fbf3d9"};
    case GraphShape::kOrganisation:
      return {"#4a2a75", "#f2eafb"};
    case GraphShape::kPlace:
      return {"#1d5232", "#e5f5ea"};
    case GraphShape::kIncident:
      return {"#7a3d00", "#fdeeda"};
    default:
      return {"#333333", "#f3f3f3"};
  }
}

std::string Number(double number) {
  // Halves are all that there is.
  const auto twice = static_cast<int64_t>(std::floor(number * 2 + 0.5));
  std::string text = std::to_string(std::abs(twice) / 2) + (twice % 2 != 0 ? ".5" : "");
  return twice < 0 ? "-" + text : text;
}

std::string Attribute(const char* name, const std::string& value) {
  return " " + std::string(name) + "=\"" + XmlText(value) + "\"";
}
std::string Attribute(const char* name, double value) { return Attribute(name, Number(value)); }

std::string TextElement(double x, double y, const char* style, const std::string& text) {
  return "<text" + Attribute("x", x) + Attribute("y", y) + Attribute("class", style) + ">" + XmlText(text) +
         "</text>\n";
}

const char* ClassOf(GraphLine line) {
  switch (line) {
    case GraphLine::kInDoubt:
      return "doubt";
    case GraphLine::kDenied:
      return "denied";
    case GraphLine::kStated:
      break;
  }
  return "stated";
}

std::string Shape(GraphShape shape, double x, double y, double width, double height, bool strong) {
  const GraphOutline outline = OutlineOf(shape, width, height);
  const Colours colours = ColoursOf(shape);
  std::string paint =
      Attribute("fill", colours.paper) + Attribute("stroke", colours.ink) + Attribute("stroke-width", strong ? 2.5 : 1);
  if (outline.radius > 0) {
    return "<rect" + Attribute("x", x - width / 2) + Attribute("y", y - height / 2) + Attribute("width", width) +
           Attribute("height", height) + Attribute("rx", outline.radius) + paint + "/>\n";
  }
  std::string points;
  for (const GraphOutline::Point& corner : outline.corners) {
    points += (points.empty() ? "" : " ") + Number(x + corner.x) + "," + Number(y + corner.y);
  }
  return "<polygon" + Attribute("points", points) + paint + "/>\n";
}

class SvgWriter {
 public:
  explicit SvgWriter(const Graph& graph) : graph_(graph) {}
  std::string Write();

 private:
  void Head(int width, int height);
  void Edge(const GraphEdge& edge);
  void Node(const GraphNode& node);
  void Signs(int x, int y);
  std::vector<std::string> Notes() const;

  const Graph& graph_;
  std::string out_;
};

void SvgWriter::Head(int width, int height) {
  out_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\"";
  out_ += Attribute("width", width) + Attribute("height", height) +
          Attribute("viewBox", "0 0 " + std::to_string(width) + " " + std::to_string(height)) +
          " role=\"img\" aria-labelledby=\"title desc\">\n";
  std::string description = graph_.words;
  for (const std::string& said : graph_.said) description += " " + said;
  out_ += "<title id=\"title\">" + XmlText(Say("graph.title", {{"name", graph_.title}})) + "</title>\n";
  out_ += "<desc id=\"desc\">" + XmlText(description) + "</desc>\n";
  out_ +=
      "<style>\n"
      "text { font-family: sans-serif; fill: #1a1a1a; unicode-bidi: plaintext; }\n"
      ".title { font-size: 18px; font-weight: bold; }\n"
      ".note { font-size: 12px; fill: #444444; }\n"
      ".name { font-size: 13px; font-weight: bold; text-anchor: middle; }\n"
      ".kind { font-size: 11px; text-anchor: middle; }\n"
      ".label { font-size: 11px; text-anchor: middle; stroke: #ffffff; stroke-width: 4px; paint-order: stroke; }\n"
      "line { stroke: #4a4a4a; stroke-width: 1.5; }\n"
      ".denied { stroke: #a02010; stroke-dasharray: 9 5; }\n"
      ".doubt { stroke: #7a5200; stroke-dasharray: 2 4; }\n"
      "</style>\n"
      "<defs><marker id=\"arrow\" viewBox=\"0 0 10 10\" refX=\"10\" refY=\"5\" markerWidth=\"8\" markerHeight=\"8\""
      " orient=\"auto-start-reverse\"><path d=\"M 0 0 L 10 5 L 0 10 z\" fill=\"#4a4a4a\"/></marker></defs>\n"
      "<rect x=\"0\" y=\"0\" width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n";
}

void SvgWriter::Edge(const GraphEdge& edge) {
  out_ += "<g><title>";
  for (size_t i = 0; i < edge.strands.size(); ++i) {
    const GraphStrand& strand = edge.strands[i];
    out_ += (i > 0 ? "\n" : "") + XmlText(strand.sentence);
  }
  out_ += "</title><line" + Attribute("class", ClassOf(edge.line)) + Attribute("x1", edge.x1) +
          Attribute("y1", edge.y1) + Attribute("x2", edge.x2) + Attribute("y2", edge.y2);
  if (edge.arrow_to) out_ += " marker-end=\"url(#arrow)\"";
  if (edge.arrow_from) out_ += " marker-start=\"url(#arrow)\"";
  out_ += "/></g>\n";
}

void SvgWriter::Node(const GraphNode& node) {
  out_ += "<g" + Attribute("id", "n" + node.id) + "><title>" + XmlText(node.sentence) + "</title>\n";
  out_ += Shape(node.shape, node.x, node.y, node.width, node.height, node.hop == 0);
  out_ += TextElement(node.x, node.y - 3, "name", node.label);
  out_ += TextElement(node.x, node.y + 13, "kind", node.kind_words) + "</g>\n";
}

// What lines mean; the boxes say in words what they are.
void SvgWriter::Signs(int x, int y) {
  for (const GraphLine line : {GraphLine::kStated, GraphLine::kInDoubt, GraphLine::kDenied}) {
    out_ += "<line" + Attribute("class", ClassOf(line)) + Attribute("x1", x) + Attribute("y1", y - 4) +
            Attribute("x2", x + 44) + Attribute("y2", y - 4) + "/>\n";
    out_ += TextElement(x + 52, y, "note", graph_words::LineWords(line));
    y += kLineHeight;
  }
}

std::vector<std::string> SvgWriter::Notes() const {
  std::vector<std::string> notes = {graph_.words};
  notes.insert(notes.end(), graph_.said.begin(), graph_.said.end());
  if (graph_.edges.size() > kMostLabels) notes.push_back(Say("graph.no_labels"));
  return notes;
}

std::string SvgWriter::Write() {
  const std::vector<std::string> notes = Notes();
  const std::string title = Say("graph.title", {{"name", graph_.title}});
  double widest = AboutWidth(title, kTitleSize);
  for (const std::string& note : notes) widest = std::max(widest, AboutWidth(note, 12));
  // Labels may reach beyond the boxes.
  int left = graph_.left, right = graph_.right;
  for (const GraphEdge& edge : graph_.edges) {
    left = std::min(left, edge.label_x - edge.label_width / 2);
    right = std::max(right, edge.label_x + edge.label_width / 2);
  }
  const int top = kMargin + kTitleSize + kMargin;
  const int picture = graph_.bottom - graph_.top;
  const int width = std::max(right - left, static_cast<int>(widest)) + 2 * kMargin;
  const int foot = top + picture + kMargin + kLineHeight;
  const int height = foot + kLineHeight * (static_cast<int>(notes.size()) + 3) + kMargin;
  Head(width, height);
  out_ += TextElement(kMargin, kMargin + kTitleSize, "title", title);
  out_ += "<g transform=\"translate(" + std::to_string(kMargin - left + (width - 2 * kMargin - (right - left)) / 2) +
          " " + std::to_string(top - graph_.top) + ")\">\n";
  for (const GraphEdge& edge : graph_.edges) Edge(edge);
  for (const GraphNode& node : graph_.nodes) Node(node);
  if (graph_.edges.size() <= kMostLabels) {
    for (const GraphEdge& edge : graph_.edges) {
      out_ += TextElement(edge.label_x, edge.label_y + 4, "label", edge.label);
    }
  }
  out_ += "</g>\n";
  int y = foot;
  for (const std::string& note : notes) {
    out_ += TextElement(kMargin, y, "note", note);
    y += kLineHeight;
  }
  Signs(kMargin, y);
  return out_ + "</svg>\n";
}

}  // namespace

std::string GraphAsSvg(const Graph& graph) { return SvgWriter(graph).Write(); }

std::string XmlText(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const unsigned char lead = static_cast<unsigned char>(text[at]);
    const size_t length = lead < 0x80 ? 1 : lead >= 0xF0 && lead < 0xF5 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
    uint32_t code = length < 2 ? lead : lead & (0x7Fu >> length);
    bool good = length > 0 && lead < 0xF5 && at + length <= text.size();
    for (size_t i = 1; good && i < length; ++i) {
      const unsigned char next = static_cast<unsigned char>(text[at + i]);
      good = (next & 0xC0) == 0x80;
      code = code << 6 | (next & 0x3F);
    }
    good = good && !(length == 3 && code < 0x800) && !(length == 4 && (code < 0x10000 || code > 0x10FFFF)) &&
           !(code >= 0xD800 && code < 0xE000);
    if (!good) {
      out += "\uFFFD";
      ++at;
      continue;
    }
    const bool barred = (code < 0x20 && code != '\t' && code != '\n') || code == 0xFFFE || code == 0xFFFF;
    if (code == '&') {
      out += "&amp;";
    } else if (code == '<') {
      out += "&lt;";
    } else if (code == '>') {
      out += "&gt;";
    } else if (code == '"') {
      out += "&quot;";
    } else if (!barred) {
      out += text.substr(at, length);
    }
    at += length;
  }
  return out;
}

}  // namespace daftar
