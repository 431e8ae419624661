// Where in time, in space and among sorts everything lies that answers a query: columns of a million documents and
// more, for a map or a timeline, which count and place far more than a list shows.
//
// All of it comes from filters and columns of the index (filters.h, columns.h); no row and no record is read.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "storage/base/uuid.h"
#include "storage/search/index/index_doc.h"
#include "storage/search/index/plan.h"
#include "storage/search/index/segment.h"

namespace daftar::search {

// Columns: item i is [i] of each. In no order that means anything.
struct Spread {
  // Who it is. Items of the store have a rid; the last ones, which are laid over it (edits that wait), have an id:
  // that of item i is ids[i - rid.size()].
  std::vector<uint32_t> rid;
  std::vector<Uuid> ids;

  std::vector<uint8_t> kind;  // RecordKind code; 0: none that was asked for
  // What sort of its kind: the lowest code of its list (IncidentKind, ActorClass, PlaceKind, SourceType, RelationType)
  // that it has; 0: none. RELATED_TO is 0 too.
  std::vector<uint8_t> code;
  std::vector<uint8_t> in_doubt;  // 1: its accounts disagree on something that no editor has settled (has:conflict)
  // The first and last day on which it may lie, as `date:` asks for them; for what lasts (relations, alert periods) its
  // first and last known day. Both kNoDay: it has no date.
  std::vector<int32_t> first_day, last_day;
  // The least and most that accounts say were killed; both -1: no account gives a number. most is FLT_MAX where some
  // account says "at least".
  std::vector<float> killed_least, killed_most;

  // Points, several for an item whose accounts do not agree on one, none for many. Ascending items.
  std::vector<uint32_t> point_item;
  std::vector<int32_t> lat_e7, lon_e7;  // 1e-7 degrees
  // PlaceKind code of the place that has this very point, of which the point only says where about that is (of several
  // the one that is largest); 0: the point is an account's own.
  std::vector<uint8_t> point_level;

  std::vector<Respelling> respellings;  // as in a search
  uint64_t behind = 0;                  // records that the index does not hold yet: the spread may lack them

  size_t size() const { return kind.size(); }
  bool has_day(size_t item) const { return first_day[item] != kNoDay; }
};

// What the terms of the index stand for, which the index cannot know.
struct SpreadTerms {
  struct Numbered {
    std::string term;
    uint8_t number = 0;
  };
  std::vector<Numbered> kinds;         // each document has one
  std::vector<Numbered> codes;         // of several the first here counts
  std::string in_doubt;                // the term that says so
  std::string place;                   // the term of places
  std::vector<Numbered> place_levels;  // of several places at one point the first here counts
};

// Collects a spread from what a search finds, chunk by chunk. For one search; one thread. The segments must outlive it.
// DataLoss for blocks that are not what they should be.
class SpreadCollector {
 public:
  // `terms` must outlive it.
  explicit SpreadCollector(const SpreadTerms& terms) : terms_(terms) {}

  // Learns the points of the places of all segments. Once, before all else.
  Status LearnPlaces(std::span<const Segment* const> segments);
  // Adds the documents of a chunk. `has_rids`: they are of the store. REQUIRES: segments one after the other, those of
  // the store first; ascending chunks.
  Status Add(const Segment& segment, uint32_t chunk, const DocSet& docs, bool has_rids);
  // What was collected.
  Spread Take() { return std::move(spread_); }

 private:
  // A term of the segment at hand.
  struct Marked {
    uint8_t number = 0;
    PostingsCursor postings;
  };
  static StatusOr<std::vector<Marked>> Open(const Segment& segment, std::span<const SpreadTerms::Numbered> terms);
  Status LearnPlacesOf(const Segment& segment);
  void AddItems(const DocSet& docs);
  // Sets the column to the number of each term for those of the chunk's documents that have it; the first one stays.
  static Status Mark(uint32_t chunk, const DocSet& docs, std::vector<Marked>& terms, std::span<const uint32_t> item_of,
                     std::vector<uint8_t>& column);
  // Calls visit(item, first, second) for each value that a column has of the chunk's items.
  template <typename Half, typename Read, typename Visit>
  Status ForEachOfItems(const Segment& segment, uint32_t chunk, Read read, Visit visit) const;
  Status AddDays(const Segment& segment, uint32_t chunk, const DocSet& docs);
  Status AddPoints(const Segment& segment, uint32_t chunk);
  uint8_t LevelAt(int32_t lat_e7, int32_t lon_e7) const;

  const SpreadTerms& terms_;
  Spread spread_;
  const Segment* segment_ = nullptr;
  std::vector<Marked> kinds_, codes_, in_doubt_;      // of the segment
  std::vector<uint32_t> item_of_;                     // by document of the chunk; UINT32_MAX: not among them
  std::vector<bool> has_items_;                       // by block of the chunk's columns
  std::vector<std::pair<uint64_t, uint8_t>> learnt_;  // point, place in terms_.place_levels: while they are learnt
  std::vector<uint64_t> points_;                      // of places, ascending
  std::vector<uint8_t> levels_;                       // of each
};

}  // namespace daftar::search
