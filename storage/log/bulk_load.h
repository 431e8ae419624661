// Fills a new dataset with whole records, thousands in a transaction, without judging them: for generated and converted
// data, never beside a server.
//
// Every batch is one commit with a revision, a log entry, a link of the chain and the digest, so that `daftard check`,
// histories and clients find what they expect. The log entry names the records of the batch (rid) and holds no edits:
// the records stand whole in their own table with that revision as `created`, the history says that it made them, and
// everything that reads the log (who made a revision, whose push it was) needs no more.
//
//   DAFTAR_ASSIGN_OR_RETURN(auto load, BulkLoad::Create(folder, clock, random, {}));
//   for (…) DAFTAR_RETURN_IF_ERROR(load->Add(record));
//   DAFTAR_ASSIGN_OR_RETURN(BulkLoaded loaded, load->Finish());
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "daftar/v1/commit.pb.h"
#include "storage/base/clock.h"
#include "storage/base/files.h"
#include "storage/base/random.h"
#include "storage/base/status.h"
#include "storage/lmdb/lmdb.h"
#include "storage/model/record.h"
#include "storage/view/lmdb_view.h"

namespace daftar {

struct BulkLoadOptions {
  // Of the commits.
  std::string author = "bulk load";
  std::string reason = "loaded in bulk";
  // False: a view alone, as a client's replica holds it, at the same checkpoint that the dataset would have.
  bool with_log = true;
  // A transaction ends at the first of these.
  size_t records_per_batch = 10'000;
  size_t bytes_per_batch = 32 << 20;
  // Joining the segments of the text index leaves a third of the file in free pages.
  CompactWhen compact = CompactWhen::kIfWorth;
};

// What a load has made.
struct BulkLoaded {
  v1::Checkpoint head;
  uint64_t file_bytes = 0;
  std::vector<lmdb::TableStats> tables;
};

// One thread. Nothing that was not finished should be used: give the folder up, or load it anew.
class BulkLoad {
 public:
  // Makes a dataset in the folder and locks it. AlreadyExists if there is one. The epoch is made of clock and random;
  // the same of both, and the same records, give the same checkpoint.
  static StatusOr<std::unique_ptr<BulkLoad>> Create(const std::string& folder, const Clock& clock, Random& random,
                                                    const BulkLoadOptions& options);
  ~BulkLoad();
  BulkLoad(const BulkLoad&) = delete;
  BulkLoad& operator=(const BulkLoad&) = delete;

  // The record gets the next rid. REQUIRES: valid, and what it refers to is in the load. InvalidArgument if its id is
  // not behind that of the one before, or its message is malformed. After any error the load cannot go on.
  Status Add(const Record& record);
  // The same with the wire form of its message.
  Status Add(const Uuid& id, Kind kind, std::string_view body);
  // Indexes the texts, and compacts. Everything is on disk when this returns, and the folder is closed; a file that was
  // compacted is small. `progress` gets how many records are still to be indexed; false stops with Cancelled.
  StatusOr<BulkLoaded> Finish(const std::function<bool(uint64_t behind)>& progress = nullptr);

  uint64_t records() const { return records_; }

 private:
  BulkLoad(std::unique_ptr<FolderLock> lock, std::unique_ptr<LmdbView> view, const Clock& clock,
           const BulkLoadOptions& options);
  Status CommitBatch();
  Status CommitRange(size_t from, size_t count);

  const BulkLoadOptions options_;
  const Clock& clock_;
  std::unique_ptr<FolderLock> lock_;
  std::unique_ptr<LmdbView> view_;
  std::vector<RecordChange> batch_;
  size_t batch_bytes_ = 0;
  size_t records_per_commit_;  // less than the batch where a transaction turned out too small for it
  uint64_t records_ = 0;
  Uuid last_;
};

}  // namespace daftar
