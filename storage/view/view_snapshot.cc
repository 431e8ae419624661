// LmdbView: what a server cuts for replicas that have nothing, and what both sides compare.
#include <set>

#include "storage/model/derived.h"
#include "storage/search/record_doc.h"
#include "storage/view/lmdb_view.h"
#include "storage/view/view_writer.h"

namespace daftar {
namespace {

static_assert(kRidsPerCell % tables::kRidsPerLeaf == 0, "the digest of a cell is the sum of its leaves");
constexpr uint32_t kLeavesPerCell = kRidsPerCell / tables::kRidsPerLeaf;

constexpr size_t kNewestInFront = 50, kSevereInFront = 25;  // incidents

// Collects records with what they rest on, before them, each once, in batches.
class FrontCollector {
 public:
  explicit FrontCollector(const ReadView& view) : view_(view) {}

  // With its places and sources: what its row in a list rests on.
  Status AddRow(const Uuid& id) {
    DAFTAR_ASSIGN_OR_RETURN(const std::vector<Uuid> targets, TargetsOfStored(id));
    for (const Uuid& target : targets) {
      DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> record, view_.Get(target));
      if (record && search::OthersDependOn(record->kind())) Take(target);
    }
    Take(id);
    return OkStatus();
  }

  // With all that it rests on: enough for its page.
  Status AddWhole(const Uuid& id, int depth = 0) {
    if (depth > kDeepest || !whole_.insert(id).second) return OkStatus();
    DAFTAR_ASSIGN_OR_RETURN(const std::vector<Uuid> targets, TargetsOfStored(id));
    for (const Uuid& target : targets) DAFTAR_RETURN_IF_ERROR(AddWhole(target, depth + 1));
    Take(id);
    return OkStatus();
  }

  // What was added since the last time.
  std::vector<Uuid> TakeBatch() { return std::exchange(batch_, {}); }

 private:
  StatusOr<std::vector<Uuid>> TargetsOfStored(const Uuid& id) const {
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> record, view_.Get(id));
    std::vector<Uuid> targets;
    if (!record) return targets;
    for (const std::string& bytes : TargetsOf(*record)) {
      if (const std::optional<Uuid> target = Uuid::FromBytes(bytes)) targets.push_back(*target);
    }
    return targets;
  }
  void Take(const Uuid& id) {
    if (taken_.insert(id).second) batch_.push_back(id);
  }

  static constexpr int kDeepest = 3;
  const ReadView& view_;
  std::set<Uuid> whole_, taken_;
  std::vector<Uuid> batch_;
};

}  // namespace

StatusOr<Sums> LmdbView::TakeSums(const Scope& scope) const {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::ReadTxn txn, env_->BeginRead());
  return Sums(*env_, records_, std::move(txn), scope);
}

StatusOr<View::Cell> LmdbView::CutCell(uint32_t cell, int level) const {
  DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env_->BeginRead());
  Cell cut;
  DAFTAR_ASSIGN_OR_RETURN(cut.chunks, daftar::CutCell(*env_, records_, txn, cell, level));
  for (uint32_t leaf = cell * kLeavesPerCell; leaf < (cell + 1) * kLeavesPerCell; ++leaf) {
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<std::string_view> sum,
                            txn.Get(table(tables::kLeaf), tables::U32Key(leaf)));
    if (sum) cut.sum.Add(Digest(*sum));
  }
  return cut;
}

StatusOr<std::map<uint32_t, Digest>> LmdbView::CellSums(v1::Checkpoint* head) const {
  DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env_->BeginRead());
  DAFTAR_ASSIGN_OR_RETURN(const v1::StoredHead stored, LoadHead(*env_, txn));
  *head = stored.checkpoint();
  std::map<uint32_t, Digest> sums;
  lmdb::Cursor cursor = txn.Seek(table(tables::kLeaf), "");
  for (; cursor.valid(); cursor.Next()) sums[tables::RidOf(cursor.key()) / kLeavesPerCell].Add(Digest(cursor.value()));
  DAFTAR_RETURN_IF_ERROR(cursor.status());
  return sums;
}

StatusOr<std::vector<std::vector<Rid>>> LmdbView::Front() const {
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> view, Snapshot());
  DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env_->BeginRead());
  FrontCollector front(*view);
  std::vector<std::vector<Rid>> batches;
  const auto end_batch = [&]() -> Status {
    std::vector<Rid>& batch = batches.emplace_back();
    for (const Uuid& id : front.TakeBatch()) {
      DAFTAR_ASSIGN_OR_RETURN(const std::optional<Rid> rid, LoadRid(*env_, txn, id));
      if (rid) batch.push_back(*rid);
    }
    if (batch.empty()) batches.pop_back();
    return OkStatus();
  };
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<Uuid> newest, view->List(v1::RecordKind::INCIDENT, kNewestInFront));
  for (const Uuid& id : newest) DAFTAR_RETURN_IF_ERROR(front.AddRow(id));
  DAFTAR_RETURN_IF_ERROR(end_batch());
  for (const Uuid& id : newest) DAFTAR_RETURN_IF_ERROR(front.AddWhole(id));
  DAFTAR_RETURN_IF_ERROR(end_batch());
  SearchRequest request;
  request.kind = v1::RecordKind::INCIDENT;
  request.limit = kSevereInFront;
  request.sort = search::Sort::kSeverity;
  request.why = false;
  // A server whose text index is damaged fills replicas all the same.
  if (const StatusOr<SearchResult> severe = view->Search(request); severe.ok()) {
    for (const SearchHit& hit : severe->hits) DAFTAR_RETURN_IF_ERROR(front.AddWhole(hit.id));
  }
  DAFTAR_RETURN_IF_ERROR(end_batch());
  return batches;
}

}  // namespace daftar
