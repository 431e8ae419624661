// Compresses records: makes dictionaries where there are records enough, and writes older rows anew with them.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "daftar/v1/store.pb.h"
#include "storage/base/status.h"
#include "storage/lmdb/lmdb.h"
#include "storage/view/record_table.h"

namespace daftar {

// A kind gets a dictionary when there are this many records of it: fewer are not worth one.
inline constexpr uint64_t kFewestForDictionary = 2000;
// At most; a tenth of the records at hand where that is less.
inline constexpr size_t kDictionaryBytes = 112 << 10;

// Collects records and makes dictionaries of them. Of many it keeps some thousand of each kind, evenly.
class DictionaryTrainer {
 public:
  // Kinds that have a dictionary are passed over.
  explicit DictionaryTrainer(const RecordTable& records) : records_(records) {}

  void Offer(const v1::StoredRecord& record);
  // Adds a dictionary for each kind of which enough records were offered; how many. `repack` as in AddDictionary. Takes
  // about a tenth of a second of processor time a dictionary.
  StatusOr<size_t> Train(RecordTable& records, bool repack);

 private:
  struct Samples {
    uint64_t offered = 0;
    uint64_t stride = 1;  // every stride-th is kept
    std::vector<std::string> kept;
  };
  const RecordTable& records_;
  std::map<Kind, Samples> samples_;
};

// Before a replica is filled: makes dictionaries of the records in the frames of kStage, so that they are written
// compressed at once. Nothing where there are records already. What is wrong with a frame is left to who applies it.
// Not while a write transaction of this thread is open.
Status TrainFromStaged(lmdb::Environment& env, RecordTable& records);

// Does one piece of the work; false if there is nothing to do. Each piece is whole or not done at all, whenever the
// program ends. One thread at a time per environment; readers and writers go on meanwhile. `go_on` may be null; false
// ends with Cancelled.
StatusOr<bool> TidyRecords(lmdb::Environment& env, RecordTable& records, const std::function<bool()>& go_on);

}  // namespace daftar
