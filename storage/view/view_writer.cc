#include "storage/view/view_writer.h"

#include <algorithm>

#include "storage/model/derived.h"
#include "storage/model/parts.h"
#include "storage/search/record_doc.h"
#include "storage/view/index_rows.h"

namespace daftar {
namespace {

using tables::U32Key;
using tables::U64Key;

// Whether this program knows the kind; records of a newer schema's kinds are kept and not indexed.
bool IsKnown(Kind kind) { return kind != v1::RecordKind::UNSET && v1::RecordKind::Code_IsValid(kind); }

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
  DAFTAR_RETURN_IF_ERROR(WriteRows(change.rid, before, after));
  if (!replaces_damaged) DAFTAR_RETURN_IF_ERROR(WriteHistory(change, before));
  DAFTAR_RETURN_IF_ERROR(UpdateDigest(change.rid, before, after));
  if (!before && !replaces_damaged) head_.mutable_checkpoint()->set_records(head_.checkpoint().records() + 1);
  return Add(tables::kRecord, U32Key(change.rid), records_->Encode(after));
}

Status ViewWriter::Insert(Rid rid, const v1::StoredRecord& record) {
  if (!Uuid::FromBytes(record.id())) return InvalidArgument("a record has no id");
  StatusOr<std::optional<v1::StoredRecord>> loaded = records_->Load(*txn_, rid);
  if (loaded.status().code() == StatusCode::kDataLoss) {
    // It came ahead and was damaged since: what is at hand replaces it, and the session brings what is newer.
    DAFTAR_RETURN_IF_ERROR(Remove(rid).status());
    loaded = std::optional<v1::StoredRecord>();
  }
  DAFTAR_RETURN_IF_ERROR(loaded.status());
  const std::optional<v1::StoredRecord>& before = *loaded;
  if (before && before->revision() >= record.revision()) return OkStatus();
  DAFTAR_RETURN_IF_ERROR(WriteRows(rid, before, record));
  DAFTAR_RETURN_IF_ERROR(UpdateDigest(rid, before, record));
  if (!before) head_.mutable_checkpoint()->set_records(head_.checkpoint().records() + 1);
  return Add(tables::kRecord, U32Key(rid), records_->Encode(record));
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
  DAFTAR_RETURN_IF_ERROR(txn_->Delete(table(tables::kLatest), tables::LatestKey(stored.revision(), rid)));
  DAFTAR_RETURN_IF_ERROR(txn_->Delete(table(tables::kId), stored.id()));
  TextIndexWriter::Before text_before;
  if (IsKnown(stored.kind())) {
    DAFTAR_ASSIGN_OR_RETURN(const Record record, Record::FromStored(stored));
    for (const IndexRow& row : IndexRowsOf(rid, record)) {
      DAFTAR_RETURN_IF_ERROR(txn_->Delete(table(row.table), row.key));
    }
    text_before.day = SortDay(record);
    text_before.others_depend = search::OthersDependOn(record.kind());
    CountKind(head_, record, -1);
    if (text_index_) text_.Touch(rid, text_before);
  }
  DAFTAR_ASSIGN_OR_RETURN(Digest* const leaf, LeafOf(rid));
  DAFTAR_ASSIGN_OR_RETURN(const Digest own, BodyDigest(*Uuid::FromBytes(stored.id()), stored.kind(), stored.body()));
  leaf->Subtract(own);
  digest_.Subtract(own);
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

Status ViewWriter::WriteRows(Rid rid, const std::optional<v1::StoredRecord>& before, const v1::StoredRecord& after) {
  std::set<IndexRow> old_rows, new_rows;
  TextIndexWriter::Before text_before;
  text_before.is_new = !before;
  if (before) {
    DAFTAR_RETURN_IF_ERROR(txn_->Delete(table(tables::kLatest), tables::LatestKey(before->revision(), rid)));
  } else {
    DAFTAR_RETURN_IF_ERROR(Add(tables::kId, after.id(), U32Key(rid)));
  }
  if (IsKnown(after.kind())) {
    if (before) {
      DAFTAR_ASSIGN_OR_RETURN(const Record old, Record::FromStored(*before));
      old_rows = IndexRowsOf(rid, old);
      text_before.day = SortDay(old);
      CountKind(head_, old, -1);
    }
    DAFTAR_ASSIGN_OR_RETURN(const Record record, Record::FromStored(after));
    new_rows = IndexRowsOf(rid, record);
    text_before.others_depend = search::OthersDependOn(record.kind());
    CountKind(head_, record, +1);
    if (text_index_) text_.Touch(rid, text_before, record);
  }
  for (const IndexRow& row : old_rows) {
    if (!new_rows.contains(row)) DAFTAR_RETURN_IF_ERROR(txn_->Delete(table(row.table), row.key));
  }
  for (const IndexRow& row : new_rows) {
    if (!old_rows.contains(row)) DAFTAR_RETURN_IF_ERROR(txn_->Put(table(row.table), row.key, row.value));
  }
  return Add(tables::kLatest, tables::LatestKey(after.revision(), rid), "");
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

Status ViewWriter::UpdateDigest(Rid rid, const std::optional<v1::StoredRecord>& before, const v1::StoredRecord& after) {
  DAFTAR_ASSIGN_OR_RETURN(Digest* const leaf, LeafOf(rid));
  if (before) {
    DAFTAR_ASSIGN_OR_RETURN(Digest old, BodyDigest(*Uuid::FromBytes(before->id()), before->kind(), before->body()));
    leaf->Subtract(old);
    digest_.Subtract(old);
  }
  std::optional<Uuid> id = Uuid::FromBytes(after.id());
  if (!id) return DataLoss("a record has no id");
  DAFTAR_ASSIGN_OR_RETURN(Digest now, BodyDigest(*id, after.kind(), after.body()));
  leaf->Add(now);
  digest_.Add(now);
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
