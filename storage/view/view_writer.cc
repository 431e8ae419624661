#include "storage/view/view_writer.h"

#include <algorithm>

#include "storage/model/derived.h"
#include "storage/model/parts.h"
#include "storage/search/record_doc.h"

namespace daftar {
namespace {

using tables::U32Key;
using tables::U64Key;

// The stored form after a patch.
StatusOr<v1::StoredRecord> Patched(const v1::StoredRecord& old, const RecordChange& change) {
  std::vector<v1::PartEdit> edits;
  std::map<PartId, Revision> revisions;
  for (const v1::PartRevision& part : old.part()) revisions[{part.field(), part.key()}] = part.revision();
  for (const PartChange& part : change.parts) {
    v1::PartEdit& edit = edits.emplace_back();
    edit.set_field(part.id.first);
    edit.set_key(part.id.second);
    edit.set_value(part.value);
    revisions[part.id] = part.revision;
  }
  v1::StoredRecord stored = old;
  DAFTAR_ASSIGN_OR_RETURN(*stored.mutable_body(), PatchBody(old.body(), edits));
  stored.clear_part();
  for (const auto& [id, revision] : revisions) {
    v1::PartRevision& entry = *stored.add_part();
    entry.set_field(id.first);
    entry.set_key(id.second);
    entry.set_revision(revision);
  }
  stored.set_revision(std::max(old.revision(), change.revision));
  return stored;
}

}  // namespace

StatusOr<v1::StoredHead> LoadHead(const lmdb::Environment& env, const lmdb::ReadTxn& txn) {
  DAFTAR_ASSIGN_OR_RETURN(std::optional<std::string_view> bytes, txn.Get(env.table(tables::kMeta), "head"));
  v1::StoredHead head;
  if (bytes && !head.ParseFromArray(bytes->data(), static_cast<int>(bytes->size())))
    return DataLoss("the head of the store does not parse");
  return head;
}

StatusOr<std::optional<Rid>> LoadRid(const lmdb::Environment& env, const lmdb::ReadTxn& txn, const Uuid& id) {
  DAFTAR_ASSIGN_OR_RETURN(std::optional<std::string_view> bytes, txn.Get(env.table(tables::kId), id.bytes()));
  if (!bytes) return std::optional<Rid>();
  uint32_t rid = 0;
  std::string_view rest = *bytes;
  if (!TakeU32(rest, rid)) return DataLoss("the table of ids is damaged");
  return std::optional<Rid>(rid);
}

v1::StoredRecord StoredFormOf(const RecordChange& change) {
  v1::StoredRecord stored;
  stored.set_id(change.id.str());
  stored.set_kind(change.kind);
  stored.set_created(change.created);
  stored.set_revision(change.revision);
  stored.set_stub(change.stub);
  for (const PartChange& part : change.parts) {
    stored.mutable_body()->append(part.value);
    if (part.revision == change.created && !part.value.empty()) continue;
    v1::PartRevision& entry = *stored.add_part();
    entry.set_field(part.id.first);
    entry.set_key(part.id.second);
    entry.set_revision(part.revision);
  }
  return stored;
}

void CountKind(v1::StoredHead& head, const Record& record, int by) {
  if (record.retirement() != nullptr) return;
  const int kind = record.kind();
  while (head.kind_count_size() <= kind) head.add_kind_count(0);
  head.set_kind_count(kind, head.kind_count(kind) + static_cast<uint64_t>(by));
}

StatusOr<ViewWriter> ViewWriter::Begin(lmdb::Environment& env, const RecordTable& records, lmdb::WriteTxn& txn,
                                       bool text_index) {
  DAFTAR_ASSIGN_OR_RETURN(v1::StoredHead head, LoadHead(env, txn));
  return ViewWriter(env, records, txn, std::move(head), text_index);
}

ViewWriter::ViewWriter(lmdb::Environment& env, const RecordTable& records, lmdb::WriteTxn& txn, v1::StoredHead head,
                       bool text_index)
    : env_(&env),
      records_(&records),
      txn_(&txn),
      head_(std::move(head)),
      text_(env, records, txn),
      text_index_(text_index),
      digest_(head_.sum()) {}

StatusOr<std::optional<v1::StoredRecord>> ViewWriter::LoadOld(const RecordChange& change, bool* replaced) {
  auto old = records_->Load(*txn_, change.rid);
  // What was noted may have vanished, or be older than what was derived from it.
  const bool noted = change.whole && txn_->Has(table(tables::kDamaged), U32Key(change.rid));
  if (old.ok() && !noted) {
    if (*old || change.whole) return old;
    damaged_.push_back(change.rid);
    return DataLoss("record " + std::to_string(change.rid) + " is missing and cannot be patched");
  }
  if (!noted && (old.status().code() != StatusCode::kDataLoss || !change.whole)) {
    if (old.status().code() == StatusCode::kDataLoss) damaged_.push_back(change.rid);
    return old;
  }
  // Damaged, and about to be replaced: what was derived from it can only be found by its rid.
  if (++replaced_ <= kMostPurged) DAFTAR_RETURN_IF_ERROR(PurgeRows(change.rid));
  dirty_leaves_.push_back(change.rid / tables::kRidsPerLeaf);
  *replaced = true;
  return std::optional<v1::StoredRecord>();
}

Status ViewWriter::Apply(const RecordChange& change) {
  bool replaces_damaged = false;
  DAFTAR_ASSIGN_OR_RETURN(std::optional<v1::StoredRecord> before, LoadOld(change, &replaces_damaged));
  // The number belongs to another record now: the server was restored, and gave it out again.
  if (before && change.whole && before->id() != change.id.bytes()) {
    DAFTAR_RETURN_IF_ERROR(Remove(change.rid).status());
    before.reset();
  }
  v1::StoredRecord after;
  if (change.whole) {
    after = StoredFormOf(change);
  } else {
    DAFTAR_ASSIGN_OR_RETURN(after, Patched(*before, change));
  }
  if (!replaces_damaged) DAFTAR_RETURN_IF_ERROR(WriteHistory(change, before));
  if (!before && !replaces_damaged) head_.mutable_checkpoint()->set_records(head_.checkpoint().records() + 1);
  DAFTAR_ASSIGN_OR_RETURN(const PreparedRecord prepared, PrepareRecord(*records_, change.rid, std::move(after)));
  return Replace(before, prepared);
}

bool ViewWriter::Wants(const PreparedRecord& prepared) const {
  const StatusOr<std::optional<v1::StoredRecord>> before = records_->Load(*txn_, prepared.rid);
  return !before.ok() || !*before || (*before)->revision() < prepared.stored.revision();
}

Status ViewWriter::Insert(const PreparedRecord& prepared) {
  const Rid rid = prepared.rid;
  StatusOr<std::optional<v1::StoredRecord>> loaded = records_->Load(*txn_, rid);
  if (loaded.status().code() == StatusCode::kDataLoss) {
    // It came ahead and was damaged since: what is at hand replaces it, and the session brings what is newer.
    DAFTAR_RETURN_IF_ERROR(Remove(rid).status());
    loaded = std::optional<v1::StoredRecord>();
  }
  DAFTAR_RETURN_IF_ERROR(loaded.status());
  const std::optional<v1::StoredRecord>& before = *loaded;
  if (before && before->revision() >= prepared.stored.revision()) return OkStatus();
  if (!before) head_.mutable_checkpoint()->set_records(head_.checkpoint().records() + 1);
  return Replace(before, prepared);
}

StatusOr<bool> ViewWriter::Remove(Rid rid) {
  const StatusOr<std::optional<v1::StoredRecord>> loaded = records_->Load(*txn_, rid);
  const bool damaged = loaded.status().code() == StatusCode::kDataLoss;
  if (!damaged) DAFTAR_RETURN_IF_ERROR(loaded.status());
  if (!damaged && !*loaded) return false;
  if (damaged) {
    DAFTAR_RETURN_IF_ERROR(PurgeRows(rid));
    DAFTAR_RETURN_IF_ERROR(PurgeId(rid));
    dirty_leaves_.push_back(rid / tables::kRidsPerLeaf);
  } else {
    DAFTAR_RETURN_IF_ERROR(RemoveRows(rid, **loaded));
  }
  std::vector<std::string> past;
  {
    lmdb::Cursor cursor = txn_->SeekPrefix(table(tables::kHistory), U32Key(rid));
    for (; cursor.valid(); cursor.Next()) past.emplace_back(cursor.key());
    DAFTAR_RETURN_IF_ERROR(cursor.status());
  }
  for (const std::string& key : past) DAFTAR_RETURN_IF_ERROR(txn_->Delete(table(tables::kHistory), key));
  DAFTAR_RETURN_IF_ERROR(txn_->Delete(table(tables::kDamaged), U32Key(rid)));
  head_.mutable_checkpoint()->set_records(head_.checkpoint().records() - 1);
  DAFTAR_RETURN_IF_ERROR(txn_->Delete(table(tables::kRecord), U32Key(rid)));
  return true;
}

Status ViewWriter::RemoveRows(Rid rid, const v1::StoredRecord& stored) {
  DAFTAR_ASSIGN_OR_RETURN(const Derived derived, DeriveFrom(rid, stored));
  DAFTAR_RETURN_IF_ERROR(txn_->Delete(table(tables::kLatest), tables::LatestKey(stored.revision(), rid)));
  DAFTAR_RETURN_IF_ERROR(txn_->Delete(table(tables::kId), stored.id()));
  DAFTAR_RETURN_IF_ERROR(WriteRows(derived.rows, {}));
  if (derived.record) {
    TextIndexWriter::Before text_before;
    text_before.day = SortDay(*derived.record);
    text_before.others_depend = search::OthersDependOn(stored.kind());
    CountKind(head_, *derived.record, -1);
    if (text_index_) text_.Touch(rid, text_before);
  }
  DAFTAR_ASSIGN_OR_RETURN(Digest* const leaf, LeafOf(rid));
  leaf->Subtract(derived.digest);
  digest_.Subtract(derived.digest);
  return OkStatus();
}

StatusOr<Digest*> ViewWriter::LeafOf(Rid rid) {
  const uint32_t number = rid / tables::kRidsPerLeaf;
  const auto known = leaves_.find(number);
  if (known != leaves_.end()) return &known->second;
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<std::string_view> bytes, txn_->Get(table(tables::kLeaf), U32Key(number)));
  return &leaves_.emplace(number, Digest(bytes.value_or(""))).first->second;
}

Status ViewWriter::WriteLeaves() {
  for (const auto& [number, sum] : leaves_)
    DAFTAR_RETURN_IF_ERROR(txn_->Put(table(tables::kLeaf), U32Key(number), sum.bytes()));
  leaves_.clear();
  return OkStatus();
}

Status ViewWriter::Replace(const std::optional<v1::StoredRecord>& before, const PreparedRecord& after) {
  const Rid rid = after.rid;
  Derived old;
  TextIndexWriter::Before text_before;
  text_before.is_new = !before;
  if (before) {
    DAFTAR_ASSIGN_OR_RETURN(old, DeriveFrom(rid, *before));
    if (old.record) {
      text_before.day = SortDay(*old.record);
      CountKind(head_, *old.record, -1);
    }
    DAFTAR_RETURN_IF_ERROR(txn_->Delete(table(tables::kLatest), tables::LatestKey(before->revision(), rid)));
  } else {
    DAFTAR_RETURN_IF_ERROR(Add(tables::kId, after.stored.id(), U32Key(rid)));
  }
  DAFTAR_ASSIGN_OR_RETURN(Digest* const leaf, LeafOf(rid));
  for (Digest* const sum : {leaf, &digest_}) {
    sum->Subtract(old.digest);
    sum->Add(after.derived.digest);
  }
  DAFTAR_RETURN_IF_ERROR(WriteRows(old.rows, after.derived.rows));
  DAFTAR_RETURN_IF_ERROR(Add(tables::kLatest, tables::LatestKey(after.stored.revision(), rid), ""));
  DAFTAR_RETURN_IF_ERROR(Add(tables::kRecord, U32Key(rid), after.row));
  if (!after.derived.record) return OkStatus();
  text_before.others_depend = search::OthersDependOn(after.stored.kind());
  CountKind(head_, *after.derived.record, +1);
  if (text_index_) text_.Touch(rid, text_before, after.derived.record);
  return OkStatus();
}

Status ViewWriter::WriteRows(const std::vector<IndexRow>& old_rows, const std::vector<IndexRow>& new_rows) {
  for (const IndexRow& row : old_rows) {
    if (!std::binary_search(new_rows.begin(), new_rows.end(), row))
      DAFTAR_RETURN_IF_ERROR(txn_->Delete(table(row.table), row.key));
  }
  for (const IndexRow& row : new_rows) {
    if (!std::binary_search(old_rows.begin(), old_rows.end(), row))
      DAFTAR_RETURN_IF_ERROR(txn_->Put(table(row.table), row.key, row.value));
  }
  return OkStatus();
}

Status ViewWriter::WriteHistory(const RecordChange& change, const std::optional<v1::StoredRecord>& before) {
  if (!before) return OkStatus();  // the record itself says which revision created it
  if (change.whole && change.stub != before->stub()) return OkStatus();  // the scope changed, not the record
  std::map<Revision, v1::HistoryEntry> entries;
  DAFTAR_ASSIGN_OR_RETURN(std::vector<Part> parts, SplitParts(before->body()));
  for (const PartChange& part : change.parts) {
    std::string_view old = FindPart(parts, part.id);
    if (old == part.value) continue;
    v1::PartEdit& edit = *entries[part.revision].add_before();
    edit.set_field(part.id.first);
    edit.set_key(part.id.second);
    edit.set_value(std::string(old));
  }
  for (const auto& [revision, entry] : entries) {
    DAFTAR_RETURN_IF_ERROR(
        txn_->Put(table(tables::kHistory), tables::HistoryKey(change.rid, revision), entry.SerializeAsString()));
  }
  return OkStatus();
}

Status ViewWriter::Add(tables::Index index, std::string_view key, std::string_view value) {
  auto last = last_keys_.find(index);
  if (last == last_keys_.end()) {
    const lmdb::Cursor cursor = txn_->SeekLast(table(index), "");
    // Behind a damaged row nothing is appended.
    const bool damaged = !cursor.status().ok();
    const std::string behind_all(8, '\xff');
    last = last_keys_.emplace(index, damaged ? behind_all : cursor.valid() ? std::string(cursor.key()) : "").first;
  }
  if (key <= last->second) return txn_->Put(table(index), key, value);
  last->second = key;
  return txn_->Append(table(index), key, value);
}

Status ViewWriter::PurgeRows(Rid rid) {
  TextIndexWriter::Before before;
  before.unknown = true;
  if (text_index_) text_.Touch(rid, before);
  for (tables::Index index : tables::kKeyedByRid) {
    std::vector<std::string> stale;
    lmdb::Cursor cursor = txn_->Seek(table(index), "");
    while (cursor.valid() || cursor.at_damaged()) {
      if (tables::RidOf(cursor.key()) == rid) {
        stale.emplace_back(cursor.key());
        const int kind = index == tables::kByKind ? cursor.key()[0] : -1;
        const bool counted = cursor.valid() && cursor.value().starts_with('\0');
        if (counted && kind >= 0 && kind < head_.kind_count_size())
          head_.set_kind_count(kind, head_.kind_count(kind) - 1);
      }
      cursor.valid() ? cursor.Next() : cursor.SkipDamaged();
    }
    DAFTAR_RETURN_IF_ERROR(cursor.status());
    for (const std::string& key : stale) DAFTAR_RETURN_IF_ERROR(txn_->Delete(table(index), key));
  }
  return OkStatus();
}

Status ViewWriter::PurgeId(Rid rid) {
  const std::string value = U32Key(rid);
  std::vector<std::string> stale;
  lmdb::Cursor cursor = txn_->Seek(table(tables::kId), "");
  while (cursor.valid() || cursor.at_damaged()) {
    if (cursor.valid() && cursor.value() == value) stale.emplace_back(cursor.key());
    cursor.valid() ? cursor.Next() : cursor.SkipDamaged();
  }
  DAFTAR_RETURN_IF_ERROR(cursor.status());
  for (const std::string& id : stale) DAFTAR_RETURN_IF_ERROR(txn_->Delete(table(tables::kId), id));
  return OkStatus();
}

Status ViewWriter::PutCommit(const v1::CommitInfo& commit) {
  return txn_->Put(table(tables::kCommit), U64Key(commit.revision()), commit.SerializeAsString());
}

StatusOr<Digest> ViewWriter::CurrentDigest() {
  if (dirty_leaves_.empty()) return digest_;
  DAFTAR_RETURN_IF_ERROR(WriteLeaves());
  std::sort(dirty_leaves_.begin(), dirty_leaves_.end());
  dirty_leaves_.erase(std::unique(dirty_leaves_.begin(), dirty_leaves_.end()), dirty_leaves_.end());
  for (uint32_t leaf : dirty_leaves_) {
    Digest sum;
    uint32_t first = leaf * tables::kRidsPerLeaf;
    for (uint32_t rid = first; rid < first + tables::kRidsPerLeaf; ++rid) {
      DAFTAR_ASSIGN_OR_RETURN(std::optional<v1::StoredRecord> record, records_->Load(*txn_, rid));
      if (!record) continue;
      DAFTAR_ASSIGN_OR_RETURN(Digest own, BodyDigest(*Uuid::FromBytes(record->id()), record->kind(), record->body()));
      sum.Add(own);
    }
    DAFTAR_RETURN_IF_ERROR(txn_->Put(table(tables::kLeaf), U32Key(leaf), sum.bytes()));
  }
  dirty_leaves_.clear();
  digest_ = Digest();
  lmdb::Cursor cursor = txn_->Seek(table(tables::kLeaf), "");
  for (; cursor.valid(); cursor.Next()) digest_.Add(Digest(cursor.value()));
  DAFTAR_RETURN_IF_ERROR(cursor.status());
  return digest_;
}

Status ViewWriter::Finish(const v1::Cursor& cursor, int64_t server_ms) {
  DAFTAR_RETURN_IF_ERROR(text_.Finish());
  DAFTAR_ASSIGN_OR_RETURN(Digest digest, CurrentDigest());
  DAFTAR_RETURN_IF_ERROR(WriteLeaves());
  v1::Checkpoint& checkpoint = *head_.mutable_checkpoint();
  *checkpoint.mutable_cursor() = cursor;
  checkpoint.set_digest(ProofOf(digest));
  head_.set_sum(std::string(digest.bytes()));
  checkpoint.set_server_ms(server_ms);
  return txn_->Put(table(tables::kMeta), "head", head_.SerializeAsString());
}

}  // namespace daftar
