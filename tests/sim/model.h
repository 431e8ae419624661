// The model: records folded from the server's log, entry by entry, by other code than the stores'. What a replica shows
// at a revision has to be what this says of it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "daftar/v1/store.pb.h"
#include "storage/model/digest.h"
#include "storage/view/changes.h"
#include "storage/view/scope.h"

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

  // The next entry. False if it does not fit to what is there: its revision is not the one after the head's, or it ends
  // what was not retired.
  bool Fold(const v1::LogEntry& entry);

  Revision head() const { return proofs_.size() - 1; }
  // The digest that a replica of everything has to have at that revision. REQUIRES: revision <= head().
  const std::string& ProofAt(Revision revision) const { return proofs_[revision]; }
  // What the part is now. Null if nobody ever set it, or its record ended.
  const Value* Find(const Uuid& record, PartId part) const;
  // Whether there was such a record at that revision; whether there was one, and it ended.
  bool HadAt(Revision revision, const Uuid& record) const;
  bool HasEnded(const Uuid& record) const;
  // The highest rid that was ever given.
  Rid last_rid() const { return records_.empty() ? 0 : records_.rbegin()->first; }

  // What a scope holds at a revision.
  struct HeldRecord {
    Kind kind = v1::RecordKind::UNSET;
    bool stub = false;
    std::map<PartId, const Value*> parts;
  };
  using Slice = std::map<Uuid, HeldRecord>;
  // REQUIRES: revision <= head().
  Slice SliceAt(Revision revision, const Scope& scope) const;
  static std::string ProofOfSlice(const Slice& slice);

  // What a replica holds that it should not, or the other way round; empty: nothing. `revisions`: also whether each
  // part is of the revision that set it.
  static std::string Difference(const Slice& expected, const ChangeSet& whole, bool revisions);

 private:
  struct RecordModel {
    Uuid id;
    Kind kind = v1::RecordKind::UNSET;
    Revision created = 0;
    Revision ended = 0;                           // 0: it has not
    std::map<PartId, std::vector<Value>> values;  // all that it ever was
  };
  static const Value* ValueAt(const std::vector<Value>& values, Revision revision);
  static bool IsThere(const RecordModel& record, Revision revision);
  // Every part that is there.
  static HeldRecord WholeAt(const RecordModel& record, Revision revision);
  std::optional<Record> Lookup(const Uuid& id, Revision revision) const;
  bool End(Rid rid, Revision revision);

  std::map<Rid, RecordModel> records_;
  std::map<Uuid, Rid> rids_;  // the last one of each
  Digest sum_;
  std::vector<std::string> proofs_ = {ProofOf(Digest())};  // by revision
};

}  // namespace daftar::sim
