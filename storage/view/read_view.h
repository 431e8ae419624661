// Reading a dataset: one consistent state, as all of it was at one revision.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daftar/v1/commit.pb.h"
#include "daftar/v1/store.pb.h"
#include "storage/base/status.h"
#include "storage/base/uuid.h"
#include "storage/model/compare.h"
#include "storage/model/record.h"

namespace daftar {

// One hit of a search.
struct SearchHit {
  Uuid id;
  Kind kind;
  double score = 0;  // larger is better; comparable inside one result only
  std::string why;   // for people: "name: Ансоруллоҳ", "text: … cordon …"
};
struct SearchResult {
  uint64_t total = 0;
  std::vector<SearchHit> hits;  // best first, at most the limit
};

// What a search looks for.
struct SearchRequest {
  std::string query;         // words; the last one may be the beginning of a word
  std::optional<Kind> kind;  // only this kind
  size_t limit = 20;
  const std::atomic<bool>* stop = nullptr;  // set from any thread: the search ends with Cancelled
};

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

  // nullopt if there is no such record. Retired records are found too.
  virtual StatusOr<std::optional<Record>> Get(const Uuid& id) const = 0;
  // The kind only.
  virtual StatusOr<std::optional<Kind>> KindOf(const Uuid& id) const = 0;

  // The record meant by an ID: a UUID or a unique prefix of one (6 digits and more), "system:key" of an external id, or
  // the key alone where it is unique. NotFound; InvalidArgument if several are meant, naming them.
  virtual StatusOr<Uuid> Resolve(std::string_view id) const = 0;

  // Records of a kind, newest first (by date; those without a date last). Retired ones are left out unless asked for.
  virtual StatusOr<std::vector<Uuid>> List(Kind kind, size_t limit, bool with_retired = false) const = 0;
  // Records of a kind that point at `target` in any field, newest first.
  virtual StatusOr<std::vector<Uuid>> Referrers(const Uuid& target, Kind kind, size_t limit) const = 0;
  // How many there are of each kind, retired ones not counted.
  virtual StatusOr<std::map<Kind, uint64_t>> CountByKind() const = 0;

  virtual StatusOr<SearchResult> Search(const SearchRequest& request) const = 0;

  // Who made a revision; nullopt if this replica has not heard of it.
  virtual StatusOr<std::optional<v1::CommitInfo>> CommitOf(Revision revision) const = 0;
  // What is known here of a record's changes, newest first. A replica knows each state that it has shown.
  virtual StatusOr<std::vector<HistoryStep>> History(const Uuid& id) const = 0;

  // Get, as storage/model wants it.
  RecordLookup Lookup() const {
    return [this](const Uuid& id) { return Get(id); };
  }
};

}  // namespace daftar
