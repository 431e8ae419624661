// ReadView::SpreadOf for views without an index: by reading every record that is found. Also what the index is held
// against in tests.
#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "storage/search/query/query.h"
#include "storage/search/record_doc.h"
#include "storage/search/spread_terms.h"
#include "storage/view/read_view.h"

namespace daftar {
namespace {

using search::IndexDoc;
using search::SpreadTerms;

bool Has(const IndexDoc& doc, const std::string& term) {
  return std::binary_search(doc.terms.begin(), doc.terms.end(), term);
}

uint8_t FirstOf(const IndexDoc& doc, const std::vector<SpreadTerms::Numbered>& terms) {
  const auto at = std::find_if(terms.begin(), terms.end(), [&doc](const auto& term) { return Has(doc, term.term); });
  return at == terms.end() ? 0 : at->number;
}

class SpreadMaker {
 public:
  explicit SpreadMaker(const ReadView& view) : view_(view) {}

  Status LearnPlaces() {
    DAFTAR_ASSIGN_OR_RETURN(const std::vector<Uuid> places,
                            view_.List(v1::RecordKind::PLACE, std::numeric_limits<size_t>::max()));
    for (const Uuid& id : places) {
      DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> record, view_.Get(id));
      if (!record || !record->place().has_point()) continue;
      const std::pair point(record->place().point().lat_e7(), record->place().point().lon_e7());
      size_t order = 0;
      while (order < terms_.place_levels.size() && terms_.place_levels[order].number != record->place().kind()) ++order;
      if (order == terms_.place_levels.size()) continue;
      const auto at = order_of_.emplace(point, order).first;
      at->second = std::min(at->second, order);
    }
    return OkStatus();
  }

  Status Add(const Uuid& id) {
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> record, view_.Get(id));
    if (!record) return OkStatus();
    DAFTAR_ASSIGN_OR_RETURN(const IndexDoc doc, search::DocOf(0, *record, view_.Lookup()));
    const uint32_t item = static_cast<uint32_t>(spread_.size());
    spread_.ids.push_back(id);
    spread_.kind.push_back(static_cast<uint8_t>(record->kind()));
    spread_.code.push_back(FirstOf(doc, terms_.codes));
    spread_.in_doubt.push_back(Has(doc, terms_.in_doubt) ? 1 : 0);
    int32_t first = doc.day, last = doc.day;
    for (const IndexDoc::Span& span : doc.spans) {
      first = first == search::kNoDay ? span.first : std::min(first, span.first);
      last = std::max(last, span.last);
    }
    spread_.first_day.push_back(first);
    spread_.last_day.push_back(last);
    float least = -1, most = -1;
    for (const search::NumberRange& range : doc.numbers) {
      if (range.metric != static_cast<uint8_t>(search::Metric::kKilled)) continue;
      least = most < 0 ? range.low : std::min(least, range.low);
      most = std::max(most, range.high);
    }
    spread_.killed_least.push_back(least);
    spread_.killed_most.push_back(most);
    for (const IndexDoc::Point& point : doc.points) {
      const auto at = order_of_.find({point.lat_e7, point.lon_e7});
      spread_.point_item.push_back(item);
      spread_.lat_e7.push_back(point.lat_e7);
      spread_.lon_e7.push_back(point.lon_e7);
      spread_.point_level.push_back(at == order_of_.end() ? 0 : terms_.place_levels[at->second].number);
    }
    return OkStatus();
  }

  search::Spread Take() { return std::move(spread_); }

 private:
  const ReadView& view_;
  const SpreadTerms& terms_ = search::TermsOfRecords();
  std::map<std::pair<int32_t, int32_t>, size_t> order_of_;
  search::Spread spread_;
};

}  // namespace

StatusOr<search::Spread> ReadView::SpreadOf(const SearchRequest& request) const {
  SearchRequest all = request;
  all.limit = std::numeric_limits<uint32_t>::max();
  all.sort = search::Sort::kNewest;
  all.facets = all.why = all.rows = false;
  DAFTAR_ASSIGN_OR_RETURN(SearchResult found, Search(all));
  SpreadMaker maker(*this);
  DAFTAR_RETURN_IF_ERROR(maker.LearnPlaces());
  for (const SearchHit& hit : found.hits) {
    if (request.stop != nullptr && request.stop->load(std::memory_order_relaxed)) {
      return Cancelled("the search was stopped");
    }
    DAFTAR_RETURN_IF_ERROR(maker.Add(hit.id));
  }
  search::Spread spread = maker.Take();
  spread.respellings = std::move(found.respellings);
  spread.behind = found.behind;
  return spread;
}

StatusOr<std::vector<std::optional<ListedRecord>>> ReadView::RowsOf(std::span<const Rid> rids) const {
  return std::vector<std::optional<ListedRecord>>(rids.size());
}

}  // namespace daftar
