// Finds what reading records cannot show: records that vanished, and records that are older than what was written last.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "storage/lmdb/lmdb.h"
#include "storage/model/digest.h"
#include "storage/model/record.h"
#include "storage/view/view.h"

namespace daftar {

// Told of every record that a walk through the table found; then compares. Memory: four bytes a record.
class RecordCensus {
 public:
  // One that can be read, with what it contributes to the digest.
  void Add(Rid rid, const Digest& own);
  void AddDamaged(Rid rid);

  // Adds to the report: records that are listed by their id or their latest change and were not found; if the records
  // do not add up to the digest of the head, also all records of each leaf that does not add up. Leaves that disagree
  // with records which do add up are a damaged index.
  Status Compare(const lmdb::Environment& env, bool adds_up, VerifyReport& report);

 private:
  Status FindMissing(const lmdb::Environment& env, VerifyReport& report);
  Status CompareLeaves(const lmdb::Environment& env, bool adds_up, VerifyReport& report);
  bool Found(Rid rid) const;

  std::vector<Rid> found_;
  std::map<uint32_t, Digest> leaves_;
};

}  // namespace daftar
