// LmdbView: what a server cuts for replicas that have nothing, and what both sides compare.
#include <set>

#include "storage/model/derived.h"
#include "storage/view/lmdb_view.h"
#include "storage/view/view_writer.h"

namespace daftar {
namespace {

static_assert(kRidsPerCell % tables::kRidsPerLeaf == 0, "the digest of a cell is the sum of its leaves");
constexpr uint32_t kLeavesPerCell = kRidsPerCell / tables::kRidsPerLeaf;

constexpr size_t kMostInFront = 60;  // incidents

// Collects records with what they rest on, before them, each once.
class FrontCollector {
 public:
  explicit FrontCollector(const ReadView& view) : view_(view) {}

  Status Add(const Uuid& id, int depth) {
    if (depth > kDeepest || !seen_.insert(id).second) return OkStatus();
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> record, view_.Get(id));
    if (!record) return OkStatus();
    for (const std::string& target : TargetsOf(*record)) {
      const std::optional<Uuid> other = Uuid::FromBytes(target);
      if (other) DAFTAR_RETURN_IF_ERROR(Add(*other, depth + 1));
    }
    ids_.push_back(id);
    return OkStatus();
  }
  const std::vector<Uuid>& ids() const { return ids_; }

 private:
  static constexpr int kDeepest = 3;
  const ReadView& view_;
  std::set<Uuid> seen_;
  std::vector<Uuid> ids_;
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

StatusOr<ChangeSet> LmdbView::Front(size_t max_bytes) const {
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> view, Snapshot());
  FrontCollector front(*view);
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<Uuid> newest, view->List(v1::RecordKind::INCIDENT, kMostInFront));
  SearchRequest request;
  request.kind = v1::RecordKind::INCIDENT;
  request.limit = kMostInFront;
  request.sort = search::Sort::kSeverity;
  request.why = false;
  const StatusOr<SearchResult> severe = view->Search(request);
  for (size_t i = 0; i < kMostInFront; ++i) {
    if (i < newest.size()) DAFTAR_RETURN_IF_ERROR(front.Add(newest[i], 0));
    // A server whose text index is damaged fills replicas all the same.
    if (severe.ok() && i < severe->hits.size()) DAFTAR_RETURN_IF_ERROR(front.Add(severe->hits[i].id, 0));
  }
  std::vector<Rid> rids;
  {
    DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env_->BeginRead());
    for (const Uuid& id : front.ids()) {
      DAFTAR_ASSIGN_OR_RETURN(const std::optional<Rid> rid, LoadRid(*env_, txn, id));
      if (rid) rids.push_back(*rid);
    }
  }
  DAFTAR_ASSIGN_OR_RETURN(WholeBatch front_records, WholeRecords(rids, max_bytes, Scope()));
  return std::move(front_records.set);
}

}  // namespace daftar
