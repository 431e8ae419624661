#include "storage/log/judge.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "storage/model/bounded_parse.h"
#include "storage/model/merge.h"
#include "storage/model/parts.h"
#include "storage/model/validate.h"
#include "storage/view/tables.h"
#include "storage/view/view_writer.h"

namespace daftar {
namespace {

class Judge {
 public:
  Judge(const lmdb::Environment& env, const RecordTable& records, const lmdb::ReadTxn& txn,
        const v1::Mutation& mutation, Revision revision, uint32_t next_rid)
      : env_(env), records_(records), txn_(txn), mutation_(mutation), revision_(revision) {
    verdict_.next_rid = next_rid;
  }

  StatusOr<Verdict> Run();

 private:
  // Finds the conflicts that the mutation decides. One that is gone was decided by somebody else: nothing is left to
  // do.
  Status FindSettled();
  // What the editor of that record had seen: of a part whose conflict is decided, what the conflict showed.
  SeenState SeenOf(const v1::RecordEdit& edit) const;
  Status JudgeEdit(const v1::RecordEdit& edit);
  // Validates the record as it would become, and notes what is wrong.
  void ValidateBody(const v1::RecordEdit& edit, const Uuid& id, const std::string& body);
  Status Park(const v1::RecordEdit& edit, const v1::StoredRecord& stored, const std::vector<ParkedEdit>& parts);
  // The part as it was after that revision, from the history.
  StatusOr<std::string> PartAt(Revision revision, Rid rid, const v1::StoredRecord& stored, PartId part) const;
  void Note(const v1::RecordEdit& edit, const std::string& path, const std::string& message);
  // Whether that revision was made by the same client.
  StatusOr<bool> IsOwn(Revision revision) const;
  std::optional<Kind> KindOf(const Uuid& id) const;

  const lmdb::Environment& env_;
  const RecordTable& records_;
  const lmdb::ReadTxn& txn_;
  const v1::Mutation& mutation_;
  const Revision revision_;
  Verdict verdict_;
  std::map<Uuid, Kind> created_;  // by this mutation
  bool merged_ = false;
};

void Judge::Note(const v1::RecordEdit& edit, const std::string& path, const std::string& message) {
  v1::FieldError& error = verdict_.errors.emplace_back();
  error.set_record(edit.record());
  error.set_path(path);
  error.set_message(message);
}

std::optional<Kind> Judge::KindOf(const Uuid& id) const {
  if (auto at = created_.find(id); at != created_.end()) return at->second;
  auto rid = LoadRid(env_, txn_, id);
  if (!rid.ok() || !*rid) return std::nullopt;
  auto stored = records_.Load(txn_, **rid);
  return stored.ok() && *stored ? std::optional<Kind>((*stored)->kind()) : std::nullopt;
}

StatusOr<bool> Judge::IsOwn(Revision revision) const {
  DAFTAR_ASSIGN_OR_RETURN(std::optional<std::string_view> bytes,
                          txn_.Get(env_.table(tables::kLog), tables::U64Key(revision)));
  v1::LogEntry entry;
  return bytes && entry.ParseFromArray(bytes->data(), static_cast<int>(bytes->size())) &&
         entry.client() == mutation_.client();
}

StatusOr<std::string> Judge::PartAt(Revision revision, Rid rid, const v1::StoredRecord& stored, PartId part) const {
  // The oldest change after it says what the part was before that change.
  std::string from = tables::HistoryKey(rid, revision + 1);
  lmdb::Cursor cursor = txn_.Seek(env_.table(tables::kHistory), from, tables::U32Key(rid));
  for (; cursor.valid(); cursor.Next()) {
    v1::HistoryEntry entry;
    if (!entry.ParseFromArray(cursor.value().data(), static_cast<int>(cursor.value().size())))
      return DataLoss("a history entry does not parse");
    for (const v1::PartEdit& before : entry.before()) {
      if (PartId{before.field(), before.key()} == part) return before.value();
    }
  }
  DAFTAR_RETURN_IF_ERROR(cursor.status());
  DAFTAR_ASSIGN_OR_RETURN(std::vector<Part> parts, SplitParts(stored.body()));
  return std::string(FindPart(parts, part));
}

Status Judge::FindSettled() {
  if (mutation_.settles_size() > kMaxSettledPerMutation) {
    Note(v1::RecordEdit(), "", "a push may decide at most " + std::to_string(kMaxSettledPerMutation) + " conflicts");
    return OkStatus();
  }
  std::set<std::string> met;
  for (const v1::ConflictId& id : mutation_.settles()) {
    if (id.client().size() != Uuid::kSize) {
      Note(v1::RecordEdit(), "", "the push names a conflict that cannot exist");
      continue;
    }
    const std::string key = ConflictKey(id);
    DAFTAR_ASSIGN_OR_RETURN(std::optional<std::string_view> bytes, txn_.Get(env_.table(tables::kConflict), key));
    if (!bytes || !met.insert(key).second) continue;
    v1::Conflict& conflict = verdict_.settled.emplace_back();
    if (!conflict.ParseFromArray(bytes->data(), static_cast<int>(bytes->size())))
      return DataLoss("a parked conflict does not parse");
    *conflict.mutable_id() = id;
  }
  return OkStatus();
}

SeenState Judge::SeenOf(const v1::RecordEdit& edit) const {
  SeenState seen{mutation_.base_revision(), {}};
  const auto note = [&seen](PartId part, Revision revision) {
    Revision& known = seen.parts.try_emplace(part, revision).first->second;
    known = std::max(known, revision);
  };
  for (const v1::Conflict& conflict : verdict_.settled) {
    if (conflict.record() != edit.record()) continue;
    note({conflict.field(), conflict.key()}, conflict.theirs_revision());
    if (conflict.cause() == v1::Conflict::Cause::RETIRED) note({kRetiredField, 0}, conflict.theirs_revision());
  }
  return seen;
}

Status Judge::Park(const v1::RecordEdit& edit, const v1::StoredRecord& stored, const std::vector<ParkedEdit>& parked) {
  if (parked.empty()) return OkStatus();
  std::optional<Uuid> id = Uuid::FromBytes(edit.record());
  DAFTAR_ASSIGN_OR_RETURN(std::optional<Rid> rid, LoadRid(env_, txn_, *id));
  DAFTAR_ASSIGN_OR_RETURN(std::vector<Part> parts, SplitParts(stored.body()));
  const SeenState seen = SeenOf(edit);
  for (const ParkedEdit& mine : parked) {
    PartId part{mine.edit.field(), mine.edit.key()};
    v1::Conflict& conflict = verdict_.conflicts.emplace_back();
    conflict.mutable_id()->set_client(mutation_.client());
    conflict.mutable_id()->set_seq(mutation_.seq());
    conflict.mutable_id()->set_number(static_cast<uint32_t>(verdict_.conflicts.size() - 1));
    conflict.set_record(edit.record());
    conflict.set_kind(edit.kind());
    conflict.set_field(mine.edit.field());
    conflict.set_key(mine.edit.key());
    DAFTAR_ASSIGN_OR_RETURN(*conflict.mutable_base(), PartAt(seen.Of(part), *rid, stored, part));
    conflict.set_mine(mine.edit.value());
    conflict.set_theirs(std::string(FindPart(parts, part)));
    conflict.set_theirs_revision(mine.in_the_way);
    conflict.set_cause(mine.cause);
    conflict.set_mine_author(mutation_.author());
    conflict.set_mine_at_ms(mutation_.at_ms());
    DAFTAR_ASSIGN_OR_RETURN(std::optional<std::string_view> bytes,
                            txn_.Get(env_.table(tables::kCommit), tables::U64Key(conflict.theirs_revision())));
    v1::CommitInfo commit;
    if (!bytes || !commit.ParseFromArray(bytes->data(), static_cast<int>(bytes->size()))) continue;
    conflict.set_theirs_author(commit.author());
    conflict.set_theirs_at_ms(commit.at_ms());
  }
  return OkStatus();
}

void Judge::ValidateBody(const v1::RecordEdit& edit, const Uuid& id, const std::string& body) {
  if (body.size() > kMaxRecordBytes) {
    return Note(
        edit, "",
        "the record would take " + std::to_string(body.size()) + " bytes; at most " + std::to_string(kMaxRecordBytes));
  }
  std::unique_ptr<google::protobuf::Message> message = NewMessage(edit.kind());
  if (const Status parsed = ParseBounded(body, *message); !parsed.ok()) return Note(edit, "", Message(parsed));
  auto kind_of = [this](const Uuid& other) { return KindOf(other); };
  for (const FieldProblem& problem : Validate(edit.kind(), *message, id, kind_of))
    Note(edit, problem.path, problem.message);
}

Status Judge::JudgeEdit(const v1::RecordEdit& edit) {
  std::optional<Uuid> id = Uuid::FromBytes(edit.record());
  if (!id || id->is_nil() || edit.kind() == v1::RecordKind::UNSET || !v1::RecordKind::Code_IsValid(edit.kind())) {
    Note(edit, "", "the edit names no record of a known kind");
    return OkStatus();
  }
  for (const v1::PartEdit& part : edit.part()) {
    Status form = CheckPartValue({part.field(), part.key()}, part.value());
    if (!form.ok()) Note(edit, "", Message(form));
  }
  DAFTAR_ASSIGN_OR_RETURN(std::optional<Rid> rid, LoadRid(env_, txn_, *id));
  v1::StoredRecord stored;
  if (rid) {
    DAFTAR_ASSIGN_OR_RETURN(std::optional<v1::StoredRecord> found, records_.Load(txn_, *rid));
    if (!found) return DataLoss("record " + id->ToString() + " is in the table of ids and nowhere else");
    stored = *std::move(found);
    if (stored.kind() != edit.kind()) Note(edit, "", "the record is of another kind");
  } else if (!edit.create()) {
    Note(edit, "", "there is no such record on the server");
  }
  if (!verdict_.errors.empty()) return OkStatus();

  MergedEdit merge;
  if (rid) {
    std::vector<v1::PartEdit> parts(edit.part().begin(), edit.part().end());
    DAFTAR_ASSIGN_OR_RETURN(merge, MergeEdit(stored, parts, SeenOf(edit), [this](Revision r) { return IsOwn(r); }));
  } else {
    merge.apply.assign(edit.part().begin(), edit.part().end());
  }
  merged_ = merged_ || merge.merged;
  DAFTAR_RETURN_IF_ERROR(Park(edit, stored, merge.conflict));
  if (merge.apply.empty()) return OkStatus();

  if (static_cast<size_t>(stored.part_size()) + merge.apply.size() > kMaxPartsPerRecord) {
    Note(edit, "",
         "the record has too many parts, counting those that it once had; at most " +
             std::to_string(kMaxPartsPerRecord));
    return OkStatus();
  }
  DAFTAR_ASSIGN_OR_RETURN(std::string body, PatchBody(stored.body(), merge.apply));
  ValidateBody(edit, *id, body);

  RecordChange change{rid ? *rid : verdict_.next_rid++,   revision_, !rid, *id, edit.kind(),
                      rid ? stored.created() : revision_, {}};
  v1::RecordEdit logged;
  logged.set_record(edit.record());
  logged.set_kind(edit.kind());
  logged.set_create(!rid);
  std::sort(merge.apply.begin(), merge.apply.end(), [](const auto& a, const auto& b) {
    return PartId{a.field(), a.key()} < PartId{b.field(), b.key()};
  });
  for (v1::PartEdit& part : merge.apply) {
    change.parts.push_back({{part.field(), part.key()}, revision_, part.value()});
    *logged.add_part() = std::move(part);
  }
  verdict_.changes.push_back(std::move(change));
  verdict_.edits.push_back(std::move(logged));
  return OkStatus();
}

StatusOr<Verdict> Judge::Run() {
  if (mutation_.edit_size() > kMaxEditsPerMutation) {
    Note(v1::RecordEdit(), "", "a push may edit at most " + std::to_string(kMaxEditsPerMutation) + " records");
  }
  for (const FieldProblem& problem : ValidatePush(mutation_)) Note(v1::RecordEdit(), problem.path, problem.message);
  DAFTAR_RETURN_IF_ERROR(FindSettled());
  std::map<std::string, int> times;
  for (const v1::RecordEdit& edit : mutation_.edit()) {
    if (++times[edit.record()] == 2) Note(edit, "", "the push edits this record twice");
    std::optional<Uuid> id = Uuid::FromBytes(edit.record());
    if (id && edit.create()) created_[*id] = edit.kind();
  }
  if (verdict_.errors.empty()) {
    for (const v1::RecordEdit& edit : mutation_.edit()) DAFTAR_RETURN_IF_ERROR(JudgeEdit(edit));
  }
  using Outcome = v1::PushResult::Outcome;
  if (!verdict_.errors.empty()) {
    verdict_.outcome = Outcome::INVALID;
    verdict_.changes.clear();
    verdict_.edits.clear();
    verdict_.conflicts.clear();
    verdict_.settled.clear();
  } else if (!verdict_.conflicts.empty()) {
    verdict_.outcome = Outcome::CONFLICT;
  } else if (verdict_.changes.empty()) {
    verdict_.outcome = Outcome::NO_CHANGE;
  } else {
    verdict_.outcome = merged_ ? Outcome::MERGED : Outcome::APPLIED;
  }
  return std::move(verdict_);
}

}  // namespace

std::string ConflictKey(const v1::ConflictId& id) {
  return tables::PushKey(id.client(), id.seq()) + tables::U32Key(id.number());
}

StatusOr<Verdict> JudgeMutation(const lmdb::Environment& env, const RecordTable& records, const lmdb::ReadTxn& txn,
                                const v1::Mutation& mutation, Revision revision, uint32_t next_rid) {
  return Judge(env, records, txn, mutation, revision, next_rid).Run();
}

}  // namespace daftar
