// Reading a dataset: one consistent state, as all of it was at one revision.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "daftar/v1/commit.pb.h"
#include "daftar/v1/store.pb.h"
#include "storage/base/clock.h"
#include "storage/base/status.h"
#include "storage/base/uuid.h"
#include "storage/model/compare.h"
#include "storage/model/record.h"
#include "storage/search/index/index_doc.h"
#include "storage/search/index/searcher.h"
#include "storage/search/index/spread.h"
#include "storage/search/query/query.h"
#include "storage/search/row.h"

namespace daftar {

// A record in a list.
struct ListedRecord {
  explicit ListedRecord(const Uuid& of) : id(of) {}
  Uuid id;
  // What a list shows of it, as this state has it, with names in English. nullopt: read the record. So it is for those
  // that are retired, that the index does not hold yet, and of which an edit waits.
  std::optional<search::Row> row;
};

// Which part of a list is asked for.
struct ListWindow {
  size_t first = 0;  // so many are passed over, which costs little but not nothing: 50 ns each
  size_t limit = 0;
  bool with_retired = false;
  std::span<const Uuid> without = {};  // a few that do not belong to the list
};

// One hit of a search.
struct SearchHit {
  Uuid id;
  Kind kind;
  double score = 0;   // larger is better; comparable inside one result only
  std::string title;  // in English if there is one
  std::string why;    // for people: "name: Ансоруллоҳ", "account: … the cordon …"; empty if not asked for
  std::optional<search::Row> row;  // as in ListedRecord; only if asked for
};
// How many of all records that answer have a value.
struct SearchFacet {
  std::string field;  // as in a query: "type", "year", "actor" …
  std::string value;  // what a query would say: "type:" + value
  std::string label;  // for people
  uint64_t count = 0;
};
struct SearchResult {
  uint64_t total = 0;
  std::vector<SearchHit> hits;                  // best first, at most the limit
  std::vector<SearchFacet> facets;              // by field, most frequent first, at most kMostFacetValues of each
  std::vector<search::Respelling> respellings;  // words that stand nowhere, and what was taken for them
  uint64_t behind = 0;                          // records that the index does not hold yet: the result may lack them
  bool changes_cut = false;                     // more changed than kMostChangesSearched: the result may lack some
};
inline constexpr size_t kMostFacetValues = 20;

// Records that are laid over those of a snapshot: edits that wait.
struct SearchOverlay {
  struct Laid {
    Uuid id;
    search::IndexDoc doc;  // its rid does not matter
  };
  std::vector<Laid> laid;
  std::vector<Uuid> hidden;  // ids of records of the snapshot that do not count
};

// What a search looks for.
struct SearchRequest {
  std::string query;         // storage/search/query/README.md has the grammar
  std::optional<Kind> kind;  // only this kind
  size_t limit = 20;
  search::Sort sort = search::Sort::kRelevance;
  bool facets = false;
  bool why = true;
  bool rows = false;                        // what lists show of the hits
  std::optional<int32_t> today;             // what relative dates count from; absent: the day of the checkpoint
  const std::atomic<bool>* stop = nullptr;  // set from any thread: the search ends with Cancelled
  const Clock* clock = nullptr;             // with a deadline:
  int64_t deadline_ms = 0;                  // on clock->MonotonicMs(): the search ends with DeadlineExceeded
  const SearchOverlay* overlay = nullptr;   // must outlive the call
  // What the asker keeps of records: the ids that a node with the field kNote, kIs or kTag means. Empty: nothing.
  std::function<StatusOr<std::vector<Uuid>>(const search::Node& node)> own_of;
  std::optional<Revision> changed_since;  // only what was changed after that revision
};

// A record that was changed.
struct ChangedRecord {
  Uuid id;
  Kind kind;
  Revision revision = 0;  // of its latest change
  bool created = false;   // it came into being since
  bool retired = false;   // it was retired since, and is still
};
struct ChangedRecords {
  std::vector<ChangedRecord> records;  // the latest change first, at most the limit
  uint64_t total = 0;                  // how many there are, counted up to kMostChangesCounted
  bool more = false;                   // there are more than `total`
};
inline constexpr uint64_t kMostChangesCounted = 100'000;
// So many of the latest changes are looked at by a search among what changed.
inline constexpr size_t kMostChangesSearched = 10'000;

// A change of a record, newest first in a history.
struct HistoryStep {
  v1::CommitInfo commit;             // revision 0: waits in the outbox
  bool created = false;              // the record came into being
  bool before_known = true;          // false: this replica came later and knows only what became of the parts
  std::vector<v1::PartEdit> before;  // the parts changed, with what they were before; empty: absent
  std::vector<v1::PartEdit> after;   // the same parts, with what they became
};

// A snapshot. Cheap to take; take one for each question and let it go: it holds back the reuse of storage.
// One thread at a time. Errors: DataLoss when stored bytes are damaged; the next sync after `verify` repairs them.
class ReadView {
 public:
  virtual ~ReadView() = default;

  // The state: epoch, revision, chain, digest, number of records. All zero before the first checkpoint.
  virtual StatusOr<v1::Checkpoint> Head() const = 0;
  // It holds a slice (scope.h): what a record points at may be elsewhere.
  virtual StatusOr<bool> HoldsSlice() const { return false; }

  // nullopt if there is no such record. Retired records are found too.
  virtual StatusOr<std::optional<Record>> Get(const Uuid& id) const = 0;
  // The kind only.
  virtual StatusOr<std::optional<Kind>> KindOf(const Uuid& id) const = 0;

  // The record meant by an ID: a UUID or a unique prefix of one (6 digits and more), "system:key" of an external id, or
  // the key alone where it is unique. NotFound; InvalidArgument if several are meant, naming them.
  virtual StatusOr<Uuid> Resolve(std::string_view id) const = 0;

  // Records of a kind, newest first (by date; those without a date last). Retired ones are left out unless asked for.
  virtual StatusOr<std::vector<Uuid>> List(Kind kind, size_t limit, bool with_retired = false) const = 0;
  // The same with what a list shows of them, which takes much less than reading them. A view without an index gives no
  // rows.
  virtual StatusOr<std::vector<ListedRecord>> Rows(Kind kind, const ListWindow& window) const;
  StatusOr<std::vector<ListedRecord>> Rows(Kind kind, size_t limit, bool with_retired = false) const {
    return Rows(kind, ListWindow{.first = 0, .limit = limit, .with_retired = with_retired});
  }
  // Records of a kind that point at `target` in any field, newest first.
  virtual StatusOr<std::vector<Uuid>> Referrers(const Uuid& target, Kind kind, size_t limit) const = 0;
  // The same with what a list shows of them.
  virtual StatusOr<std::vector<ListedRecord>> ReferrerRows(const Uuid& target, Kind kind, size_t limit) const {
    DAFTAR_ASSIGN_OR_RETURN(const std::vector<Uuid> ids, Referrers(target, kind, limit));
    return WithoutRows(ids);
  }
  // How many there are of each kind, retired ones not counted.
  virtual StatusOr<std::map<Kind, uint64_t>> CountByKind() const = 0;

  // InvalidArgument for a query that is not understood: it names the column and suggests.
  virtual StatusOr<SearchResult> Search(const SearchRequest& request) const = 0;
  // Where all lies that Search finds, however much that is: for maps and timelines. Of the request its query, kind,
  // today, stop, deadline and overlay count. Errors as Search. A view without an index reads every record that it
  // finds, and gives ids.
  virtual StatusOr<search::Spread> SpreadOf(const SearchRequest& request) const;
  // What a list shows of some records of a spread, in that order; nullopt for what is not there any more. By the rids
  // of a spread of this dataset.
  virtual StatusOr<std::vector<std::optional<ListedRecord>>> RowsOf(std::span<const Rid> rids) const;

  // Who made a revision; nullopt if this replica has not heard of it.
  virtual StatusOr<std::optional<v1::CommitInfo>> CommitOf(Revision revision) const = 0;
  // What is known here of a record's changes, newest first. A replica knows each state that it has shown.
  virtual StatusOr<std::vector<HistoryStep>> History(const Uuid& id) const = 0;

  // The records that were changed after a revision. Those that have ended are not here any more. Takes as long as what
  // changed is much, never as what there is.
  virtual StatusOr<ChangedRecords> ChangedSince(Revision revision, size_t limit) const = 0;
  // The newest revision that the server had accepted by that time (milliseconds UTC), as far as commits are known here;
  // 0 if there is none.
  virtual StatusOr<Revision> RevisionAt(int64_t ms) const = 0;

  // Two views of one store that give the same number show the same state; 0: nobody knows.
  virtual uint64_t state() const { return 0; }

  // Get, as storage/model wants it.
  RecordLookup Lookup() const {
    return [this](const Uuid& id) { return Get(id); };
  }

 protected:
  static std::vector<ListedRecord> WithoutRows(const std::vector<Uuid>& ids) {
    std::vector<ListedRecord> listed;
    for (const Uuid& id : ids) listed.emplace_back(id);
    return listed;
  }
};

}  // namespace daftar
