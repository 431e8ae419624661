// What is found round a record, before it is a picture: for this folder alone.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "client/model/graph.h"
#include "client/model/names.h"

namespace daftar {

// Why a strand is not shown: for the day, and for the filters.
enum class GraphDay { kThen, kNotThen, kUndated };
enum class GraphFilter { kPasses, kFewSources, kOtherType };

// One relation between two records, or one part that somebody took.
struct FoundStrand {
  std::string from, to;  // the 16 bytes of each end
  Uuid record;           // the relation or incident
  GraphStrand strand;    // without its note
  GraphDay day = GraphDay::kThen;
  GraphFilter filter = GraphFilter::kPasses;
  std::optional<int32_t> first_day, last_day;  // that its accounts speak of

  bool shown() const { return day == GraphDay::kThen && filter == GraphFilter::kPasses; }
};

struct FoundNode {
  std::string id;  // 16 bytes
  int hop = 0;
  int sources = 0;    // of the best attested strand to something nearer
  bool more = false;  // it has relations beyond the hops
};

struct GraphFound {
  std::vector<FoundNode> nodes;      // the first is the record itself; nearer ones first
  std::vector<FoundStrand> strands;  // between these; those of other days among them if asked for
  std::map<std::string, GraphType> types;
  std::optional<int32_t> first_day, last_day;  // of all strands that were looked at
  std::set<int32_t> days;                      // on which they begin, or have just ended

  // What is left out: for the limits, and for the filters.
  size_t nodes_over = 0, strands_over = 0;
  bool not_all_looked_at = false;  // there may be more of both
  size_t not_then = 0, undated = 0, few_sources = 0, other_type = 0, with_itself = 0;
  bool whole() const { return nodes_over == 0 && strands_over == 0 && !not_all_looked_at; }
};

// Walks from the record over `options.hops`. `any_day`: over relations of other days, too; they are marked.
// Names keeps the first error.
GraphFound WalkGraph(const Record& record, const GraphOptions& options, bool any_day, Names& names);

// Of these, what is reached from the first one over strands that are not hidden: its nodes with their hops as of the
// filters, and its strands. The places of the nodes in `found` go into `kept`.
GraphFound VisibleOf(const GraphFound& found, int hops, std::vector<size_t>& kept);

// A relation as a strand. REQUIRES: a relation.
FoundStrand StrandOf(const Record& relation, const GraphOptions& options, Names& names);
// The parts that actors took in an incident, leading to `to` (16 bytes): the incident itself, or its place.
std::vector<FoundStrand> PartsIn(const Record& incident, const std::string& to, const GraphOptions& options,
                                 Names& names);

}  // namespace daftar
