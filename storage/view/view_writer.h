// Writes records with everything that is derived from them, inside one write transaction.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "storage/lmdb/lmdb.h"
#include "storage/model/digest.h"
#include "storage/view/changes.h"
#include "storage/view/prepared_record.h"
#include "storage/view/record_table.h"
#include "storage/view/tables.h"
#include "storage/view/text_index.h"

namespace daftar {

// The head as stored: all zero in a fresh environment.
StatusOr<v1::StoredHead> LoadHead(const lmdb::Environment& env, const lmdb::ReadTxn& txn);
StatusOr<std::optional<Rid>> LoadRid(const lmdb::Environment& env, const lmdb::ReadTxn& txn, const Uuid& id);

// The stored form of a whole change.
v1::StoredRecord StoredFormOf(const RecordChange& change);

// Counts the record's kind up or down, unless it is retired.
void CountKind(v1::StoredHead& head, const Record& record, int by);

// Dies before its transaction. Call Finish before committing.
class ViewWriter {
 public:
  // Without `text_index`, that is left as it is (LmdbView::Options).
  static StatusOr<ViewWriter> Begin(lmdb::Environment& env, const RecordTable& records, lmdb::WriteTxn& txn,
                                    bool text_index = true);

  // Puts a record's change into the record table, every index, the history and the digest. A whole change replaces what
  // is there, damaged or not. DataLoss for a patch of a damaged or missing record; its rid is then in damaged().
  Status Apply(const RecordChange& change);
  // Puts a whole record in as it is stored elsewhere, without history. One that is there, no older, stays.
  Status Insert(const PreparedRecord& prepared);
  // Whether Insert would put it in.
  bool Wants(const PreparedRecord& prepared) const;
  // Takes a record away with everything that was derived from it. False if there is none.
  StatusOr<bool> Remove(Rid rid);
  Status PutCommit(const v1::CommitInfo& commit);
  // Texts are put behind, whatever their number, for Tidy to index.
  void IndexTextsLater() { text_.IndexLater(); }
  // See TextIndexWriter.
  void Outline(const Outlines& outlines) { text_.Outline(outlines); }

  // Of the records as they are now. Recomputes the leaves in which a damaged record was replaced.
  StatusOr<Digest> CurrentDigest();
  // Indexes the texts, stores digest and counts, and the head with that cursor.
  Status Finish(const v1::Cursor& cursor, int64_t server_ms);

  v1::StoredHead& head() { return head_; }
  const std::vector<Rid>& damaged() const { return damaged_; }
  // So many damaged records were replaced that what was derived from them was left to be rebuilt.
  bool replaced_many() const { return replaced_ > kMostPurged; }

 private:
  ViewWriter(lmdb::Environment& env, const RecordTable& records, lmdb::WriteTxn& txn, v1::StoredHead head,
             bool text_index);

  // What there is; nullopt also for a damaged record that is about to be replaced, and then `replaced` is set.
  StatusOr<std::optional<v1::StoredRecord>> LoadOld(const RecordChange& change, bool* replaced);
  // Puts a record and all its rows in the place of what there is.
  Status Replace(const std::optional<v1::StoredRecord>& before, const PreparedRecord& after);
  Status WriteRows(const std::vector<IndexRow>& old_rows, const std::vector<IndexRow>& new_rows);
  // The sum of the leaf that holds a rid, as this transaction will leave it; written at the end.
  StatusOr<Digest*> LeafOf(Rid rid);
  Status WriteLeaves();
  Status RemoveRows(Rid rid, const v1::StoredRecord& stored);
  Status WriteHistory(const RecordChange& change, const std::optional<v1::StoredRecord>& before);
  // Takes away what was derived from a record that cannot be read: all but its id; its id, which only its rid leads to.
  Status PurgeRows(Rid rid);
  Status PurgeId(Rid rid);
  // Puts a row; behind the last one of its table it is appended, which keeps pages full.
  Status Add(tables::Index index, std::string_view key, std::string_view value);
  lmdb::Table table(tables::Index index) const { return env_->table(index); }

  lmdb::Environment* env_;
  const RecordTable* records_;
  lmdb::WriteTxn* txn_;
  v1::StoredHead head_;
  TextIndexWriter text_;
  bool text_index_;
  Digest digest_;
  std::map<tables::Index, std::string> last_keys_;  // of tables that Add has written to
  std::vector<Rid> damaged_;
  // Each purge looks at every row that is derived.
  static constexpr size_t kMostPurged = 32;
  size_t replaced_ = 0;
  std::map<uint32_t, Digest> leaves_;   // that have changed
  std::vector<uint32_t> dirty_leaves_;  // whose sums have lost a record that could not be read
};

}  // namespace daftar
