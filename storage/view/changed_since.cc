// What changed since a revision, by the table of latest changes; and which revision stood when.
#include <algorithm>

#include "storage/model/parts.h"
#include "storage/view/lmdb_read_view.h"
#include "storage/view/tables.h"

namespace daftar {

StatusOr<ChangedRecords> LmdbReadView::ChangedSince(Revision revision, size_t limit) const {
  ChangedRecords changed;
  lmdb::Cursor cursor = txn_.SeekLast(table(tables::kLatest), tables::U32Key(tables::kWholePartition));
  for (; cursor.valid(); cursor.Prev()) {
    const Revision latest = tables::RevisionOfRow(cursor.key());
    if (latest <= revision) break;
    if (cursor.value() == tables::kEnded) continue;
    if (changed.total == kMostChangesCounted) {
      changed.more = true;
      break;
    }
    ++changed.total;
    if (changed.records.size() >= limit) continue;
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> record, records_.LoadRecord(txn_, tables::RidOf(cursor.key())));
    if (!record) return DataLoss("the table of latest changes names a record that is not there");
    const bool retired = record->retirement() != nullptr && record->revision_of({kRetiredField, 0}) > revision;
    changed.records.push_back({record->id(), record->kind(), latest, record->created() > revision, retired});
  }
  DAFTAR_RETURN_IF_ERROR(cursor.status());
  return changed;
}

StatusOr<Revision> LmdbReadView::RevisionAt(int64_t ms) const {
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, Head());
  Revision low = 0, high = head.cursor().revision();  // the answer lies from one to the other
  while (low < high) {
    const Revision middle = low + (high - low + 1) / 2;
    const lmdb::Cursor known = txn_.Seek(table(tables::kCommit), tables::U64Key(middle));
    DAFTAR_RETURN_IF_ERROR(known.status());
    v1::CommitInfo commit;
    const bool parsed =
        known.valid() && commit.ParseFromArray(known.value().data(), static_cast<int>(known.value().size()));
    if (known.valid() && !parsed) return DataLoss("a stored commit does not parse");
    const bool by_then = known.valid() && commit.revision() <= high && commit.accepted_ms() <= ms;
    if (by_then) {
      low = std::max(middle, commit.revision());
    } else {
      high = middle - 1;
    }
  }
  return low;
}

}  // namespace daftar
