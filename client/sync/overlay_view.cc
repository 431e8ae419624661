#include "client/sync/overlay_view.h"

#include <algorithm>

#include "storage/base/bytes.h"
#include "storage/model/derived.h"
#include "storage/search/why.h"

namespace daftar {
namespace {

std::vector<Uuid> IdsOf(const std::vector<ListedRecord>& listed) {
  std::vector<Uuid> ids;
  for (const ListedRecord& record : listed) ids.push_back(record.id);
  return ids;
}

}  // namespace

std::unique_ptr<ReadView> OverlayView::Create(std::unique_ptr<ReadView> base, std::shared_ptr<const LaidEdits> edits) {
  if (edits->records().empty()) return base;
  return std::unique_ptr<ReadView>(new OverlayView(std::move(base), std::move(edits)));
}

StatusOr<std::optional<Record>> OverlayView::Get(const Uuid& id) const {
  if (auto at = laid_.find(id); at != laid_.end()) return std::optional<Record>(at->second.record);
  return base_->Get(id);
}

StatusOr<std::optional<Kind>> OverlayView::KindOf(const Uuid& id) const {
  if (auto at = laid_.find(id); at != laid_.end()) return std::optional<Kind>(at->second.record.kind());
  return base_->KindOf(id);
}

StatusOr<Uuid> OverlayView::Resolve(std::string_view id) const {
  StatusOr<Uuid> found = base_->Resolve(id);
  if (found.ok() || found.status().code() != StatusCode::kNotFound) return found;
  std::vector<Uuid> matches;
  for (const auto& [uuid, laid] : laid_) {
    bool by_uuid = id.size() >= 6 && (uuid.ToString().starts_with(id) || ToHex(uuid.bytes()).starts_with(id));
    const auto& externals = laid.record.externals();
    bool by_external = std::any_of(externals.begin(), externals.end(), [id](const v1::External& external) {
      return id == external.id() || id == external.system() + ":" + external.id();
    });
    if (by_uuid || by_external) matches.push_back(uuid);
  }
  if (matches.size() > 1)
    return InvalidArgument("several records that wait to be sent are meant by " + std::string(id));
  return matches.empty() ? found : StatusOr<Uuid>(matches[0]);
}

std::vector<Uuid> OverlayView::Created(Kind kind, bool with_retired) const {
  std::vector<Uuid> created;
  for (const auto& [id, laid] : laid_) {
    const bool hidden = laid.record.retirement() != nullptr && !with_retired;
    if (laid.record.kind() == kind && laid.created && !hidden) created.push_back(id);
  }
  std::reverse(created.begin(), created.end());  // ids are ordered by time: newest first
  return created;
}

std::vector<Uuid> OverlayView::Retired(Kind kind) const {
  std::vector<Uuid> retired;
  for (const auto& [id, laid] : laid_) {
    if (laid.record.kind() == kind && laid.record.retirement() != nullptr) retired.push_back(id);
  }
  return retired;
}

StatusOr<std::vector<Uuid>> OverlayView::List(Kind kind, size_t limit, bool with_retired) const {
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<ListedRecord> rows,
                          Rows(kind, ListWindow{.limit = limit, .with_retired = with_retired}));
  return IdsOf(rows);
}

StatusOr<std::vector<ListedRecord>> OverlayView::Rows(Kind kind, const ListWindow& window) const {
  std::vector<ListedRecord> list;
  const std::vector<Uuid> created = Created(kind, window.with_retired);
  for (size_t i = window.first; i < created.size() && list.size() < window.limit; ++i) list.emplace_back(created[i]);
  std::vector<Uuid> retired(window.without.begin(), window.without.end());
  if (!window.with_retired) {
    const std::vector<Uuid> own = Retired(kind);
    retired.insert(retired.end(), own.begin(), own.end());
  }
  ListWindow below = window;
  below.first = window.first > created.size() ? window.first - created.size() : 0;
  below.limit = window.limit - list.size();
  below.without = retired;
  DAFTAR_ASSIGN_OR_RETURN(std::vector<ListedRecord> base, base_->Rows(kind, below));
  for (ListedRecord& own : base) {
    if (!KeepsRow(own.id)) own.row.reset();
    list.push_back(std::move(own));
  }
  return list;
}

std::vector<ListedRecord> OverlayView::LayReferrers(std::vector<ListedRecord> base, const Uuid& target, Kind kind,
                                                    size_t limit) const {
  std::vector<ListedRecord> list;
  for (const auto& [id, laid] : laid_) {
    if (laid.record.kind() != kind || laid.record.retirement() != nullptr) continue;
    const std::vector<std::string> targets = TargetsOf(laid.record);
    if (std::binary_search(targets.begin(), targets.end(), target.str())) list.emplace_back(id);
  }
  for (ListedRecord& own : base) {
    if (laid_.contains(own.id)) continue;
    if (!KeepsRow(own.id)) own.row.reset();
    list.push_back(std::move(own));
  }
  if (list.size() > limit) list.erase(list.begin() + static_cast<std::ptrdiff_t>(limit), list.end());
  return list;
}

StatusOr<std::vector<Uuid>> OverlayView::Referrers(const Uuid& target, Kind kind, size_t limit) const {
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<Uuid> ids, base_->Referrers(target, kind, limit));
  return IdsOf(LayReferrers(WithoutRows(ids), target, kind, limit));
}

StatusOr<std::vector<ListedRecord>> OverlayView::ReferrerRows(const Uuid& target, Kind kind, size_t limit) const {
  DAFTAR_ASSIGN_OR_RETURN(std::vector<ListedRecord> rows, base_->ReferrerRows(target, kind, limit));
  return LayReferrers(std::move(rows), target, kind, limit);
}

StatusOr<std::map<Kind, uint64_t>> OverlayView::CountByKind() const {
  DAFTAR_ASSIGN_OR_RETURN(auto counts, base_->CountByKind());
  for (const auto& [id, laid] : laid_) {
    DAFTAR_ASSIGN_OR_RETURN(std::optional<Record> before, base_->Get(id));
    int was = before && before->retirement() == nullptr;
    int is = laid.record.retirement() == nullptr;
    counts[laid.record.kind()] += static_cast<uint64_t>(is - was);
  }
  return counts;
}

StatusOr<SearchRequest> OverlayView::WithOverlay(SearchRequest request) const {
  if (request.overlay != nullptr) return Internal("an overlay cannot be laid over another one");
  DAFTAR_ASSIGN_OR_RETURN(request.overlay, edits_->ForSearch(Lookup()));
  return request;
}

StatusOr<search::Spread> OverlayView::SpreadOf(const SearchRequest& request) const {
  DAFTAR_ASSIGN_OR_RETURN(const SearchRequest own, WithOverlay(request));
  return base_->SpreadOf(own);
}

StatusOr<std::vector<std::optional<ListedRecord>>> OverlayView::RowsOf(std::span<const Rid> rids) const {
  DAFTAR_ASSIGN_OR_RETURN(std::vector<std::optional<ListedRecord>> rows, base_->RowsOf(rids));
  for (std::optional<ListedRecord>& row : rows) {
    if (row && !KeepsRow(row->id)) row->row.reset();
  }
  return rows;
}

StatusOr<SearchResult> OverlayView::Search(const SearchRequest& request) const {
  DAFTAR_ASSIGN_OR_RETURN(const SearchRequest own, WithOverlay(request));
  DAFTAR_ASSIGN_OR_RETURN(SearchResult result, base_->Search(own));
  for (SearchHit& hit : result.hits) {
    if (!KeepsRow(hit.id)) hit.row.reset();
  }
  if (!request.why) return result;
  DAFTAR_ASSIGN_OR_RETURN(const search::Query query, search::ParseQuery(request.query, request.today.value_or(0)));
  search::Explainer explainer(query.root, result.respellings);
  for (SearchHit& hit : result.hits) {
    if (const auto at = laid_.find(hit.id); at != laid_.end()) hit.why = explainer.Why(at->second.record);
  }
  return result;
}

StatusOr<std::vector<HistoryStep>> OverlayView::History(const Uuid& id) const {
  auto at = laid_.find(id);
  std::vector<HistoryStep> steps;
  if (at != laid_.end()) steps.assign(at->second.steps.rbegin(), at->second.steps.rend());
  if (at != laid_.end() && at->second.created) return steps;
  DAFTAR_ASSIGN_OR_RETURN(std::vector<HistoryStep> older, base_->History(id));
  steps.insert(steps.end(), older.begin(), older.end());
  return steps;
}

}  // namespace daftar
