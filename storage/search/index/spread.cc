#include "storage/search/index/spread.h"

#include <algorithm>

#include "storage/search/index/columns.h"
#include "storage/search/query/query.h"

namespace daftar::search {
namespace {

constexpr uint32_t kNoItem = UINT32_MAX;
constexpr uint32_t kBlocksPerChunk = kChunkDocs / kColumnDocs;

uint64_t PointKey(int32_t lat_e7, int32_t lon_e7) {
  return uint64_t{static_cast<uint32_t>(lat_e7)} << 32 | static_cast<uint32_t>(lon_e7);
}

Status Damaged() { return DataLoss("a column of the text index is damaged"); }

}  // namespace

StatusOr<std::vector<SpreadCollector::Marked>> SpreadCollector::Open(const Segment& segment,
                                                                     std::span<const SpreadTerms::Numbered> terms) {
  std::vector<Marked> found;
  for (const SpreadTerms::Numbered& term : terms) {
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<TermRef> ref, segment.Find(term.term));
    if (ref) found.push_back({term.number, segment.Postings(*ref)});
  }
  return found;
}

Status SpreadCollector::LearnPlaces(std::span<const Segment* const> segments) {
  for (const Segment* segment : segments) DAFTAR_RETURN_IF_ERROR(LearnPlacesOf(*segment));
  std::sort(learnt_.begin(), learnt_.end());
  for (const auto& [point, order] : learnt_) {
    if (!points_.empty() && points_.back() == point) continue;
    points_.push_back(point);
    levels_.push_back(terms_.place_levels[order].number);
  }
  learnt_.clear();
  return OkStatus();
}

Status SpreadCollector::LearnPlacesOf(const Segment& segment) {
  const SpreadTerms::Numbered place{terms_.place, 1};
  DAFTAR_ASSIGN_OR_RETURN(std::vector<Marked> places, Open(segment, std::span(&place, 1)));
  if (places.empty()) return OkStatus();
  std::vector<SpreadTerms::Numbered> orders = terms_.place_levels;
  for (size_t i = 0; i < orders.size(); ++i) orders[i].number = static_cast<uint8_t>(i + 1);
  DAFTAR_ASSIGN_OR_RETURN(std::vector<Marked> levels, Open(segment, orders));
  while (true) {
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<uint32_t> chunk, places[0].postings.Next());
    if (!chunk) return OkStatus();
    if (*chunk >= segment.header().chunks()) return DataLoss("the text index names a document that is not there");
    DAFTAR_ASSIGN_OR_RETURN(const ChunkPostings* postings, places[0].postings.Load());
    DocSet docs = postings->all();
    DAFTAR_ASSIGN_OR_RETURN(const DocSet deleted, segment.Deleted(*chunk));
    docs.AndNot(deleted);
    if (docs.empty()) continue;
    // Documents stand for items here.
    std::vector<uint8_t> order_of(kChunkDocs, 0);
    item_of_.assign(kChunkDocs, kNoItem);
    has_items_.assign(kBlocksPerChunk, false);
    docs.ForEach([&](uint16_t doc) {
      item_of_[doc] = doc;
      has_items_[doc / kColumnDocs] = true;
    });
    DAFTAR_RETURN_IF_ERROR(Mark(*chunk, docs, levels, item_of_, order_of));
    DAFTAR_RETURN_IF_ERROR(ForEachOfItems<int32_t>(
        segment, *chunk, [&](uint32_t block) { return segment.Points(block); },
        [&](uint32_t doc, int32_t lat, int32_t lon) {
          if (order_of[doc] > 0) learnt_.emplace_back(PointKey(lat, lon), order_of[doc] - 1);
        }));
  }
}

Status SpreadCollector::Add(const Segment& segment, uint32_t chunk, const DocSet& docs, bool has_rids) {
  if (segment_ != &segment) {
    segment_ = &segment;
    const SpreadTerms::Numbered in_doubt{terms_.in_doubt, 1};
    DAFTAR_ASSIGN_OR_RETURN(kinds_, Open(segment, terms_.kinds));
    DAFTAR_ASSIGN_OR_RETURN(codes_, Open(segment, terms_.codes));
    DAFTAR_ASSIGN_OR_RETURN(in_doubt_, Open(segment, std::span(&in_doubt, 1)));
  }
  Status failed;
  if (has_rids) {
    docs.ForEach([&](uint16_t doc) {
      if (!failed.ok()) return;
      const StatusOr<uint32_t> rid = segment.RidOf(chunk * kChunkDocs + doc);
      failed = rid.status();
      if (rid.ok()) spread_.rid.push_back(*rid);
    });
  }
  DAFTAR_RETURN_IF_ERROR(failed);
  AddItems(docs);
  DAFTAR_RETURN_IF_ERROR(Mark(chunk, docs, kinds_, item_of_, spread_.kind));
  DAFTAR_RETURN_IF_ERROR(Mark(chunk, docs, codes_, item_of_, spread_.code));
  DAFTAR_RETURN_IF_ERROR(Mark(chunk, docs, in_doubt_, item_of_, spread_.in_doubt));
  DAFTAR_RETURN_IF_ERROR(AddDays(segment, chunk, docs));
  DAFTAR_RETURN_IF_ERROR(ForEachOfItems<float>(
      segment, chunk, [&](uint32_t block) { return segment.Numbers(static_cast<uint32_t>(Metric::kKilled), block); },
      [&](uint32_t item, float low, float high) {
        float& least = spread_.killed_least[item];
        least = spread_.killed_most[item] < 0 ? low : std::min(least, low);
        spread_.killed_most[item] = std::max(spread_.killed_most[item], high);
      }));
  return AddPoints(segment, chunk);
}

void SpreadCollector::AddItems(const DocSet& docs) {
  uint32_t item = static_cast<uint32_t>(spread_.size());
  item_of_.assign(kChunkDocs, kNoItem);
  has_items_.assign(kBlocksPerChunk, false);
  docs.ForEach([&](uint16_t doc) {
    item_of_[doc] = item++;
    has_items_[doc / kColumnDocs] = true;
  });
  for (std::vector<uint8_t>* column : {&spread_.kind, &spread_.code, &spread_.in_doubt}) column->resize(item, 0);
  for (std::vector<float>* column : {&spread_.killed_least, &spread_.killed_most}) column->resize(item, -1);
}

Status SpreadCollector::Mark(uint32_t chunk, const DocSet& docs, std::vector<Marked>& terms,
                             std::span<const uint32_t> item_of, std::vector<uint8_t>& column) {
  for (Marked& term : terms) {
    DAFTAR_ASSIGN_OR_RETURN(const bool there, term.postings.Seek(chunk));
    if (!there) continue;
    DAFTAR_ASSIGN_OR_RETURN(const ChunkPostings* postings, term.postings.Load());
    DocSet both = postings->all();
    both.And(docs);
    both.ForEach([&](uint16_t doc) {
      uint8_t& mark = column[item_of[doc]];
      if (mark == 0) mark = term.number;
    });
  }
  return OkStatus();
}

template <typename Half, typename Read, typename Visit>
Status SpreadCollector::ForEachOfItems(const Segment& segment, uint32_t chunk, Read read, Visit visit) const {
  const uint32_t blocks = (segment.docs() + kColumnDocs - 1) / kColumnDocs;
  for (uint32_t own = 0; own < kBlocksPerChunk; ++own) {
    const uint32_t block = chunk * kBlocksPerChunk + own;
    if (block >= blocks) break;
    if (!has_items_[own]) continue;
    DAFTAR_ASSIGN_OR_RETURN(const std::string_view bytes, read(block));
    if (bytes.empty()) continue;
    const uint32_t* const items = item_of_.data() + own * kColumnDocs;
    const bool sound = ForEachValue<Half>(bytes, [&](uint16_t doc, Half first, Half second) {
      if (items[doc] != kNoItem) visit(items[doc], first, second);
    });
    if (!sound) return Damaged();
  }
  return OkStatus();
}

Status SpreadCollector::AddDays(const Segment& segment, uint32_t chunk, const DocSet& docs) {
  const auto& days = segment.header().days;
  size_t day = 0;
  docs.ForEach([&](uint16_t doc) {
    const uint32_t number = chunk * kChunkDocs + doc;
    if (day == 0) {
      day = static_cast<size_t>(
          std::partition_point(days.begin(), days.end(), [&](const auto& own) { return own.second <= number; }) -
          days.begin());
    }
    while (day < days.size() && days[day].second <= number) ++day;
    const int32_t own = day == 0 ? kNoDay : days[day - 1].first;
    spread_.first_day.push_back(own);
    spread_.last_day.push_back(own);
  });
  return ForEachOfItems<int32_t>(
      segment, chunk, [&](uint32_t block) { return segment.Spans(block); },
      [&](uint32_t item, int32_t first, int32_t last) {
        if (first == kNoDay || last < first) return;
        const bool undated = spread_.first_day[item] == kNoDay;
        spread_.first_day[item] = undated ? first : std::min(spread_.first_day[item], first);
        spread_.last_day[item] = undated ? last : std::max(spread_.last_day[item], last);
      });
}

Status SpreadCollector::AddPoints(const Segment& segment, uint32_t chunk) {
  return ForEachOfItems<int32_t>(
      segment, chunk, [&](uint32_t block) { return segment.Points(block); },
      [&](uint32_t item, int32_t lat, int32_t lon) {
        spread_.point_item.push_back(item);
        spread_.lat_e7.push_back(lat);
        spread_.lon_e7.push_back(lon);
        spread_.point_level.push_back(LevelAt(lat, lon));
      });
}

uint8_t SpreadCollector::LevelAt(int32_t lat_e7, int32_t lon_e7) const {
  if (points_.empty()) return 0;
  const uint64_t key = PointKey(lat_e7, lon_e7);
  // The last that is not greater, without a branch that the processor would guess wrong half the time.
  size_t at = 0;
  for (size_t left = points_.size(); left > 1;) {
    const size_t half = left / 2;
    at = points_[at + half] <= key ? at + half : at;
    left -= half;
  }
  return points_[at] == key ? levels_[at] : 0;
}

}  // namespace daftar::search
