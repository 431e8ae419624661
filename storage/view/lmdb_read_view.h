// A ReadView over one LMDB read transaction.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "storage/lmdb/lmdb.h"
#include "storage/search/match.h"
#include "storage/view/read_view.h"

namespace daftar {

class LmdbReadView final : public ReadView {
 public:
  LmdbReadView(const lmdb::Environment& env, lmdb::ReadTxn txn) : env_(env), txn_(std::move(txn)) {}

  StatusOr<v1::Checkpoint> Head() const override;
  StatusOr<std::optional<Record>> Get(const Uuid& id) const override;
  StatusOr<std::optional<Kind>> KindOf(const Uuid& id) const override;
  StatusOr<Uuid> Resolve(std::string_view id) const override;
  StatusOr<std::vector<Uuid>> List(Kind kind, size_t limit, bool with_retired) const override;
  StatusOr<std::vector<Uuid>> Referrers(const Uuid& target, Kind kind, size_t limit) const override;
  StatusOr<std::map<Kind, uint64_t>> CountByKind() const override;
  StatusOr<SearchResult> Search(const SearchRequest& request) const override;
  StatusOr<std::optional<v1::CommitInfo>> CommitOf(Revision revision) const override;
  StatusOr<std::vector<HistoryStep>> History(const Uuid& id) const override;

 private:
  struct Candidate {
    double score = 0;
    Kind kind = v1::RecordKind::UNSET;
  };
  using Candidates = std::map<Rid, Candidate>;

  StatusOr<std::optional<v1::StoredRecord>> Stored(const Uuid& id, Rid* rid) const;
  // Ids in the values of the rows under a prefix.
  StatusOr<std::vector<Uuid>> Walk(lmdb::Table table, std::string_view prefix, size_t limit, bool with_retired) const;
  StatusOr<std::vector<Uuid>> ByExternal(std::string_view id) const;
  StatusOr<std::vector<Uuid>> ByUuidPrefix(std::string_view digits) const;
  Status Collect(const SearchRequest& request, const std::string& term, bool prefix, search::Meeting meeting,
                 Candidates& out) const;
  StatusOr<Candidates> MatchWord(const SearchRequest& request, const search::Query& query, size_t word) const;
  lmdb::Table table(size_t index) const { return env_.table(index); }

  const lmdb::Environment& env_;
  const lmdb::ReadTxn txn_;
};

}  // namespace daftar
