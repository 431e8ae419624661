// The model: records folded from the server's log, entry by entry, by other code than the stores'. What a replica shows
// at a revision has to be what this says of it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "daftar/v1/store.pb.h"
#include "storage/model/digest.h"
#include "storage/view/changes.h"

namespace daftar::sim {

class Model {
 public:
  // Who set a part, and when.
  struct Setter {
    Revision revision = 0;
    std::string client;
  };
  struct Value {
    std::string bytes;  // empty: removed
    Setter setter;
  };

  // The next entry. False if its revision is not the one after the head's.
  bool Fold(const v1::LogEntry& entry);

  Revision head() const { return proofs_.size() - 1; }
  // The digest that a replica at that revision has to have. REQUIRES: revision <= head().
  const std::string& ProofAt(Revision revision) const { return proofs_[revision]; }
  // Null if nobody ever set it.
  const Value* Find(const Uuid& record, PartId part) const;

  // The proof of what a replica holds, from its records' bytes.
  static std::string ProofOfRecords(const ChangeSet& whole);
  // What a replica at the head holds that it should not, or the other way round; empty: nothing. `revisions`: also
  // whether each part is of the revision that set it.
  std::string Difference(const ChangeSet& whole, bool revisions) const;

 private:
  struct RecordModel {
    Kind kind = v1::RecordKind::UNSET;
    std::map<PartId, Value> parts;
  };
  std::map<Uuid, RecordModel> records_;
  Digest sum_;
  std::vector<std::string> proofs_ = {ProofOf(Digest())};  // by revision
};

}  // namespace daftar::sim
