#include "client/model/graph_walk.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "client/model/graph_words.h"

namespace daftar {
namespace {

// Of a place, those inside it whose incidents count.
constexpr size_t kMostPlacesInside = 64;

class Walk {
 public:
  Walk(const GraphOptions& options, bool any_day, Names& names) : options_(options), any_day_(any_day), names_(names) {}

  GraphFound From(const Record& record);

 private:
  // Ends of strands that are not nodes yet, with what speaks for each.
  struct Candidate {
    int sources = 0;
    size_t strands = 0;
  };

  void Expand(size_t node, bool last);
  // `last`: only what leads to a node that is known already.
  void Look(const ListedRecord& listed, size_t node, bool last);
  void LookAtParts(const Record& centre);
  std::vector<Uuid> IncidentsAt(const Uuid& place);
  // Counts it, and keeps it if it is to be walked over.
  void Take(FoundStrand strand);
  void AddRing(int hop);
  void Limit();
  bool Known(const std::string& id) const { return places_.contains(id); }

  const GraphOptions& options_;
  const bool any_day_;
  Names& names_;
  GraphFound found_;
  std::map<std::string, size_t> places_;  // of nodes, by their id
  std::map<std::string, Candidate> candidates_;
  std::set<Uuid> seen_;
  size_t looked_at_ = 0;
};

void Walk::Take(FoundStrand strand) {
  if (strand.from == strand.to) {
    ++found_.with_itself;
    return;
  }
  if (strand.first_day) {
    found_.first_day = found_.first_day ? std::min(*found_.first_day, *strand.first_day) : strand.first_day;
    found_.last_day = found_.last_day ? std::max(*found_.last_day, *strand.last_day) : strand.last_day;
    found_.days.insert({*strand.first_day, *strand.last_day + 1});
  }
  if (strand.day == GraphDay::kThen && strand.filter != GraphFilter::kFewSources) {
    GraphType& type = found_.types[strand.strand.type];
    type.key = strand.strand.type;
    ++type.count;
  }
  if (strand.filter == GraphFilter::kFewSources) ++found_.few_sources;
  if (strand.filter == GraphFilter::kOtherType) ++found_.other_type;
  if (strand.filter != GraphFilter::kPasses) return;
  if (strand.day == GraphDay::kNotThen) ++found_.not_then;
  if (strand.day == GraphDay::kUndated) ++found_.undated;
  if (strand.day != GraphDay::kThen && !any_day_) return;
  for (const std::string& end : {strand.from, strand.to}) {
    if (Known(end)) continue;
    Candidate& candidate = candidates_[end];
    candidate.sources = std::max(candidate.sources, strand.strand.sources);
    ++candidate.strands;
  }
  found_.strands.push_back(std::move(strand));
}

void Walk::Look(const ListedRecord& listed, size_t node, bool last) {
  if (seen_.contains(listed.id)) return;
  const std::string& self = found_.nodes[node].id;
  // Whether it is a relation of the node, and one to be read.
  const auto wanted = [&](const std::string& from, const std::string& to) {
    if (from != self && to != self) return false;
    if (!last || Known(from == self ? to : from)) return true;
    found_.nodes[node].more = true;
    return false;
  };
  // The row of the index says it without the record.
  if (listed.row && listed.row->relation && !wanted(listed.row->relation->from, listed.row->relation->to)) return;
  const Record* record = names_.Find(listed.id);
  if (record == nullptr || record->kind() != v1::RecordKind::RELATION) return;
  if (!wanted(record->relation().from(), record->relation().to())) return;
  seen_.insert(listed.id);
  Take(StrandOf(*record, options_, names_));
}

void Walk::Expand(size_t node, bool last) {
  const std::optional<Uuid> id = Uuid::FromBytes(found_.nodes[node].id);
  if (!id) return;
  std::vector<ListedRecord> listed =
      names_.Take(names_.view().ReferrerRows(*id, v1::RecordKind::RELATION, options_.most_of_node + 1));
  if (listed.size() > options_.most_of_node) {
    found_.not_all_looked_at = true;
    listed.resize(options_.most_of_node, ListedRecord(*id));
  }
  for (const ListedRecord& one : listed) {
    if (looked_at_ == options_.most_looked_at) {
      found_.not_all_looked_at = true;
      return;
    }
    ++looked_at_;
    Look(one, node, last);
  }
}

std::vector<Uuid> Walk::IncidentsAt(const Uuid& place) {
  std::vector<Uuid> places = {place};
  for (size_t at = 0; at < places.size() && places.size() < kMostPlacesInside; ++at) {
    const auto inside =
        names_.Take(names_.view().Referrers(places[at], v1::RecordKind::PLACE, kMostPlacesInside - places.size()));
    for (const Uuid& one : inside) {
      if (std::find(places.begin(), places.end(), one) == places.end()) places.push_back(one);
    }
  }
  std::vector<Uuid> incidents;
  std::set<Uuid> seen;
  for (const Uuid& one : places) {
    const size_t room = options_.most_of_node - incidents.size();
    std::vector<Uuid> there = names_.Take(names_.view().Referrers(one, v1::RecordKind::INCIDENT, room + 1));
    if (there.size() > room) {
      found_.not_all_looked_at = true;
      there.resize(room, one);
    }
    for (const Uuid& incident : there) {
      if (seen.insert(incident).second) incidents.push_back(incident);
    }
  }
  return incidents;
}

void Walk::LookAtParts(const Record& centre) {
  std::vector<Uuid> incidents;
  if (centre.kind() == v1::RecordKind::INCIDENT) incidents.push_back(centre.id());
  if (centre.kind() == v1::RecordKind::PLACE) incidents = IncidentsAt(centre.id());
  for (const Uuid& id : incidents) {
    const Record* incident = names_.Find(id);
    if (incident == nullptr) continue;
    ++looked_at_;
    for (FoundStrand& part : PartsIn(*incident, centre.id().str(), options_, names_)) Take(std::move(part));
  }
}

void Walk::AddRing(int hop) {
  std::vector<std::pair<std::string, Candidate>> ring(candidates_.begin(), candidates_.end());
  candidates_.clear();
  std::sort(ring.begin(), ring.end(), [](const auto& a, const auto& b) {
    return std::tuple(-a.second.sources, ~a.second.strands, std::string_view(a.first)) <
           std::tuple(-b.second.sources, ~b.second.strands, std::string_view(b.first));
  });
  const size_t room = options_.most_nodes - found_.nodes.size();
  if (ring.size() > room) {
    found_.nodes_over += ring.size() - room;
    ring.resize(room);
  }
  for (const auto& [id, candidate] : ring) {
    places_[id] = found_.nodes.size();
    found_.nodes.push_back({id, hop, candidate.sources, false});
  }
}

// Leaves out strands to nodes that are left out, and those over the limit.
void Walk::Limit() {
  std::vector<FoundStrand>& strands = found_.strands;
  const auto hop = [&](const std::string& id) { return found_.nodes[places_.at(id)].hop; };
  const size_t before = strands.size();
  std::erase_if(strands, [&](const FoundStrand& one) { return !Known(one.from) || !Known(one.to); });
  found_.strands_over += before - strands.size();

  const auto rank = [&](const FoundStrand& one) {
    const int from = hop(one.from), to = hop(one.to), near = std::min(from, to), far = std::max(from, to);
    return std::tuple(!one.shown(), near, far, -one.strand.sources, -one.strand.articles,
                      -int64_t{one.last_day.value_or(INT32_MIN)}, std::string_view(one.strand.display_id),
                      std::string_view(one.from), one.record);
  };
  std::sort(strands.begin(), strands.end(),
            [&](const FoundStrand& a, const FoundStrand& b) { return rank(a) < rank(b); });
  if (strands.size() <= options_.most_relations) return;
  // First the strand by which each node hangs on something nearer, so that none stands alone.
  std::set<std::string> hanging;
  std::stable_partition(strands.begin(), strands.end(), [&](const FoundStrand& one) {
    const int from = hop(one.from), to = hop(one.to);
    return from != to && hanging.insert(from > to ? one.from : one.to).second;
  });
  found_.strands_over += strands.size() - options_.most_relations;
  strands.resize(options_.most_relations);
  std::sort(strands.begin(), strands.end(),
            [&](const FoundStrand& a, const FoundStrand& b) { return rank(a) < rank(b); });
}

GraphFound Walk::From(const Record& record) {
  const std::string centre = record.id().str();
  places_[centre] = 0;
  found_.nodes.push_back({centre, 0, 0, false});
  LookAtParts(record);
  size_t next = 0;
  for (int hop = 0; hop <= options_.hops && names_.status().ok(); ++hop) {
    const bool last = hop == options_.hops;
    const size_t end = found_.nodes.size();
    for (; next < end; ++next) Expand(next, last);
    if (!last) AddRing(hop + 1);
  }
  Limit();
  return std::move(found_);
}

}  // namespace

GraphFound WalkGraph(const Record& record, const GraphOptions& options, bool any_day, Names& names) {
  return Walk(options, any_day, names).From(record);
}

GraphFound VisibleOf(const GraphFound& found, int hops, std::vector<size_t>& kept) {
  std::map<std::string, size_t> places;
  for (size_t i = 0; i < found.nodes.size(); ++i) places[found.nodes[i].id] = i;
  // Hops over what is shown; -1: not reached.
  std::vector<int> hop(found.nodes.size(), -1);
  hop[0] = 0;
  for (int round = 1; round <= hops; ++round) {
    std::vector<size_t> reached;
    for (const FoundStrand& strand : found.strands) {
      if (!strand.shown()) continue;
      const size_t from = places[strand.from], to = places[strand.to];
      if (hop[from] == round - 1 && hop[to] < 0) reached.push_back(to);
      if (hop[to] == round - 1 && hop[from] < 0) reached.push_back(from);
    }
    for (size_t node : reached) hop[node] = round;
  }

  GraphFound visible = found;
  visible.nodes.clear();
  kept.clear();
  for (size_t i = 0; i < found.nodes.size(); ++i) {
    if (hop[i] < 0) continue;
    visible.nodes.push_back(found.nodes[i]);
    visible.nodes.back().hop = hop[i];
    visible.nodes.back().sources = 0;
    kept.push_back(i);
  }
  std::map<size_t, size_t> place_of;
  for (size_t i = 0; i < kept.size(); ++i) place_of[kept[i]] = i;
  std::erase_if(visible.strands, [&](const FoundStrand& strand) {
    return !strand.shown() || hop[places[strand.from]] < 0 || hop[places[strand.to]] < 0;
  });
  for (const FoundStrand& strand : visible.strands) {
    const size_t from = places[strand.from], to = places[strand.to];
    if (hop[from] == hop[to]) continue;
    FoundNode& far = visible.nodes[place_of[hop[from] > hop[to] ? from : to]];
    far.sources = std::max(far.sources, strand.strand.sources);
  }
  return visible;
}

}  // namespace daftar
