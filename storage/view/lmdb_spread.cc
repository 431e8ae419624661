// LmdbReadView: where everything lies that a query finds, and what lists show of a few of those.
#include <utility>

#include "storage/model/derived.h"
#include "storage/search/spread_terms.h"
#include "storage/view/lmdb_read_view.h"
#include "storage/view/row_finder.h"
#include "storage/view/tables.h"

namespace daftar {

StatusOr<search::Spread> LmdbReadView::SpreadOf(const SearchRequest& request) const {
  DAFTAR_ASSIGN_OR_RETURN(const auto run, OpenRun(request));
  search::SpreadCollector collector(search::TermsOfRecords());
  DAFTAR_RETURN_IF_ERROR(collector.LearnPlaces(run->segments()));
  std::vector<Uuid> laid;
  search::SearchOptions options;
  options.limit = 0;
  options.sort = search::Sort::kNewest;
  options.go_on = [&run] { return run->GoOn(); };
  options.meaning_of = [&](const search::Node& named) { return MeaningOf(named, request, options, run->segments()); };
  options.each = [&](uint32_t segment, uint32_t chunk, const search::DocSet& docs) -> Status {
    const search::Segment& own = *run->segments()[segment];
    const bool is_laid = run->IsLaid(segment);
    DAFTAR_RETURN_IF_ERROR(collector.Add(own, chunk, docs, !is_laid));
    if (!is_laid) return OkStatus();
    Status failed;
    docs.ForEach([&](uint16_t doc) {
      if (failed.ok()) failed = AddIdOf(own, chunk * search::kChunkDocs + doc, laid);
    });
    return failed;
  };
  StatusOr<search::IndexResult> found = search::SearchIndex(run->segments(), run->query(), options);
  if (found.status().code() == StatusCode::kCancelled) return run->Stopped();
  DAFTAR_RETURN_IF_ERROR(found.status());
  search::Spread spread = collector.Take();
  spread.ids = std::move(laid);
  spread.respellings = std::move(found->respellings);
  DAFTAR_ASSIGN_OR_RETURN(spread.behind, txn_.Count(table(tables::kBehind)));
  return spread;
}

Status LmdbReadView::AddIdOf(const search::Segment& segment, uint32_t doc, std::vector<Uuid>& ids) {
  DAFTAR_ASSIGN_OR_RETURN(const std::string_view bytes, segment.RowOf(doc));
  DAFTAR_ASSIGN_OR_RETURN(const search::RowView row, search::DecodeRow(bytes));
  ids.push_back(row.id);
  return OkStatus();
}

StatusOr<std::vector<std::optional<ListedRecord>>> LmdbReadView::RowsOf(std::span<const Rid> rids) const {
  DAFTAR_ASSIGN_OR_RETURN(const auto finder, RowFinder::Open(env_, txn_, cache_.get()));
  std::vector<std::optional<ListedRecord>> listed;
  listed.reserve(rids.size());
  for (const Rid rid : rids) {
    std::optional<ListedRecord>& own = listed.emplace_back();
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> record, records_.LoadRecord(txn_, rid));
    if (!record) continue;
    own.emplace(record->id());
    if (record->retirement() != nullptr) continue;
    DAFTAR_RETURN_IF_ERROR(finder->Find(rid, SortDay(*record).value_or(search::kNoDay), own->row));
  }
  return listed;
}

}  // namespace daftar
