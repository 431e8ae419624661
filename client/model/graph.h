// The graph of relations round a record: nodes with their place in the picture, and edges between them, as of a day.
//
// Relations between the same two records are one edge with several strands. Of an incident, those who took part in it
// are joined to it; of a place, those who took part in what happened there. Nothing is read beyond the limits, the
// nearest and the best attested come first, and what is left out is said in words.
// Places are units of the picture: pixels at a zoom of 1, on a screen of 96 dots an inch.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/model/graph_shape.h"
#include "storage/base/status.h"

namespace daftar {

class ReadView;

inline constexpr int kMostHops = 3;
inline constexpr size_t kMostGraphDays = 500;

struct GraphOptions {
  int hops = 1;                    // 1 to kMostHops; others count as the nearest of these
  std::optional<int32_t> as_of;    // only what some account says held on that day, since 1970-01-01
  std::vector<std::string> types;  // only these, as GraphType::key; empty: all
  int min_sources = 1;             // only what so many independent sources state
  std::string language;            // of names, where there is one; empty: the reader's
  size_t most_nodes = 300;
  size_t most_relations = 1000;
  // Relations and incidents that are looked at, of a node and in all. The newest come first.
  size_t most_of_node = 1000, most_looked_at = 5000;
};

// What a strand says of its relation.
enum class GraphLine {
  kStated,
  kInDoubt,  // disputed, alleged, expected or not established: nobody states it, or somebody denies it
  kDenied,   // the relation is that there is none, or every account denies it
};

// One relation, or one part that somebody took.
struct GraphStrand {
  std::string address;     // daftar:relation/UUID; of somebody's part, daftar:incident/UUID
  std::string display_id;  // "sample:R-JA-AFFILIATED-Taliban"
  std::string type;        // "affiliated"; of somebody's part "took_part"
  std::string words;       // "affiliated with (disputed)", "does not recognise", "denied: shelters"
  std::string dates;       // "since Nov 2020"; "no dates"
  std::string told_by;     // "4 articles, at most 3 independent"
  std::string note;        // who says so of when, as lists have it
  std::string sentence;    // "Tajikistan — does not recognise — Taliban; since Aug 2021; 2 articles, at most …"
  int articles = 0;
  int sources = 0;      // independent ones, at most
  bool forward = true;  // it leads from the edge's `from` to its `to`
  GraphLine line = GraphLine::kStated;
};

// All that is between two nodes.
struct GraphEdge {
  size_t from = 0, to = 0;           // nodes
  std::vector<GraphStrand> strands;  // best attested first; never empty
  std::string words;                 // of the first ones: "affiliated with, shelters, 2 more"
  int sources = 0;                   // of the best attested strand
  bool arrow_from = false, arrow_to = false;
  // Of the strands, where all agree; stated, where one is.
  GraphLine line = GraphLine::kStated;
  // In the picture: from rim to rim of the boxes, and the middle of its label, which is as much of the words as fits.
  int x1 = 0, y1 = 0, x2 = 0, y2 = 0;
  std::string label;
  int label_x = 0, label_y = 0, label_width = 0;
};

struct GraphNode {
  std::string id;          // UUID
  std::string address;     // daftar:actor/UUID; empty: the record is not here
  std::string display_id;  // "sample:JA"
  std::string name;        // all of it
  std::string label;       // as much of it as fits into the box
  std::string kind_words;  // "armed group", "district"
  std::string sentence;    // "Jamaat Ansarullah — armed group"
  GraphShape shape = GraphShape::kOther;
  int hop = 0;        // 0: the record that the graph is of
  int sources = 0;    // of the best attested relation to something nearer
  size_t edges = 0;   // in the picture
  bool more = false;  // it has relations that are not in the picture
  bool retired = false;
  int x = 0, y = 0;           // the middle of the box; the record that the graph is of is at 0, 0
  int width = 0, height = 0;  // of the box
};

// A type of relation that is found there, whatever the filter by type.
struct GraphType {
  std::string key;    // "affiliated"
  std::string words;  // "affiliated with"
  size_t count = 0;   // relations
  bool on = true;
};

// A line of the list that says the same as the picture: a node, then what joins it to those above.
struct GraphRow {
  bool is_node = true;
  size_t index = 0;  // of the node or edge
};

struct Graph {
  std::string id;       // UUID of the record
  std::string address;  // daftar:graph/UUID?hops=2
  std::string display_id;
  std::string title;  // "Jamaat Ansarullah"
  std::string kind;   // "actor"

  // As asked for, within what is allowed.
  int hops = 1;
  std::optional<int32_t> as_of;
  std::vector<std::string> type_filter;
  int min_sources = 1;

  std::vector<GraphNode> nodes;   // nearest first, then best attested; the first is the record itself
  std::vector<GraphEdge> edges;   // in the order of the rows
  std::vector<GraphRow> rows;     // every node and every edge once, nearest first
  std::vector<GraphType> types;   // most frequent first
  std::string words;              // "1 hop, as of 2 Oct 2024: 12 nodes, 14 edges"
  std::vector<std::string> said;  // what is left out and why, a sentence each; empty: nothing
  // Days between which the relations found begin and end; nullopt: none is dated.
  std::optional<int32_t> first_day, last_day;
  // Of these, those on which something begins or has just ended, at most kMostGraphDays of them.
  std::vector<int32_t> days;
  int left = 0, top = 0, right = 0, bottom = 0;  // round all boxes
};

// The graph round the record that `id` means (a UUID, a display id, a unique prefix); of a relation, round the record
// that it leads from. NotFound and InvalidArgument as ReadView::Resolve, errors of reading. Any thread that may use the
// view; bounded time and memory whatever the dataset holds.
StatusOr<Graph> BuildGraph(const ReadView& view, std::string_view id, const GraphOptions& options);

// "daftar:graph/ID?as_of=2024-10-02&hops=2&sources=2&types=affiliated,base_in"; what is as usual is left out.
std::string GraphAddress(std::string_view id, const GraphOptions& options);
// The same of the graph that is shown: what a control that changes one of them begins with.
GraphOptions OptionsOf(const Graph& graph);
// What the parameters of an address ask for. InvalidArgument for a day, a number or a type that cannot be.
StatusOr<GraphOptions> ReadGraphOptions(const std::map<std::string, std::string>& params);

}  // namespace daftar
