#include "tests/sim/model.h"

#include "storage/model/parts.h"

namespace daftar::sim {
namespace {

std::string Name(const Uuid& record, PartId part) {
  return "part (" + std::to_string(part.first) + ", " + std::to_string(part.second) + ") of " + record.ToString();
}

// The record that these parts make.
Record Assembled(const Uuid& id, const Model::HeldRecord& held) {
  std::vector<Part> parts;
  for (const auto& [part, value] : held.parts) parts.push_back({part, value->bytes});
  v1::StoredRecord stored;
  stored.set_id(id.str());
  stored.set_kind(held.kind);
  stored.set_body(JoinParts(parts));
  return *Record::FromStored(stored);
}

// How a record that is held differs from what it should be; empty: not at all.
std::string Difference(const Uuid& id, const Model::HeldRecord& expected, const RecordChange& held, bool revisions) {
  if (held.stub != expected.stub) return "record " + id.ToString() + (held.stub ? " is a stub" : " is not a stub");
  std::map<PartId, const PartChange*> parts;
  for (const PartChange& part : held.parts) {
    if (!part.value.empty()) parts[part.id] = &part;
  }
  for (const auto& [part, value] : expected.parts) {
    const auto at = parts.find(part);
    if (at == parts.end()) return Name(id, part) + " is not there";
    if (at->second->value != value->bytes) return Name(id, part) + " has another value";
    if (revisions && at->second->revision != value->setter.revision) {
      return Name(id, part) + " is said to be of revision " + std::to_string(at->second->revision) + ", not of " +
             std::to_string(value->setter.revision);
    }
    parts.erase(at);
  }
  return parts.empty() ? "" : Name(id, parts.begin()->first) + " is there and should not be";
}

}  // namespace

bool Model::Fold(const v1::LogEntry& entry) {
  const Revision revision = entry.info().revision();
  if (revision != head() + 1 || entry.edit_size() != entry.rid_size()) return false;
  for (int i = 0; i < entry.edit_size(); ++i) {
    const v1::RecordEdit& edit = entry.edit(i);
    const Uuid id = *Uuid::FromBytes(edit.record());
    const auto [at, is_new] = records_.try_emplace(entry.rid(i));
    RecordModel& record = at->second;
    if (is_new) record = {id, edit.kind(), revision, 0, {}};
    if (record.id != id || record.ended != 0) return false;
    rids_[id] = entry.rid(i);
    for (const v1::PartEdit& part : edit.part()) {
      const PartId part_id{part.field(), part.key()};
      std::vector<Value>& values = record.values[part_id];
      if (!values.empty() && !values.back().bytes.empty())
        sum_.Subtract(PartDigest(id, record.kind, part_id, values.back().bytes));
      values.push_back({part.value(), {revision, entry.client()}});
      if (!part.value().empty()) sum_.Add(PartDigest(id, record.kind, part_id, part.value()));
    }
  }
  for (const Rid rid : entry.expired()) {
    if (!End(rid, revision)) return false;
  }
  proofs_.push_back(ProofOf(sum_));
  return true;
}

bool Model::End(Rid rid, Revision revision) {
  const auto at = records_.find(rid);
  if (at == records_.end() || at->second.ended != 0) return false;
  RecordModel& record = at->second;
  const HeldRecord held = WholeAt(record, revision);
  if (!held.parts.contains({kRetiredField, 0})) return false;
  for (const auto& [part, value] : held.parts) sum_.Subtract(PartDigest(record.id, record.kind, part, value->bytes));
  record.ended = revision;
  return true;
}

const Model::Value* Model::ValueAt(const std::vector<Value>& values, Revision revision) {
  const Value* at = nullptr;
  for (const Value& value : values) {
    if (value.setter.revision <= revision) at = &value;
  }
  return at;
}

bool Model::IsThere(const RecordModel& record, Revision revision) {
  return record.created <= revision && (record.ended == 0 || record.ended > revision);
}

Model::HeldRecord Model::WholeAt(const RecordModel& record, Revision revision) {
  HeldRecord held{record.kind, false, {}};
  for (const auto& [part, values] : record.values) {
    const Value* value = ValueAt(values, revision);
    if (value != nullptr && !value->bytes.empty()) held.parts[part] = value;
  }
  return held;
}

const Model::Value* Model::Find(const Uuid& record, PartId part) const {
  const auto rid = rids_.find(record);
  if (rid == rids_.end()) return nullptr;
  const RecordModel& found = records_.at(rid->second);
  const auto values = found.values.find(part);
  return found.ended != 0 || values == found.values.end() ? nullptr : &values->second.back();
}

bool Model::HadAt(Revision revision, const Uuid& record) const {
  const auto rid = rids_.find(record);
  return rid != rids_.end() && IsThere(records_.at(rid->second), revision);
}

bool Model::HasEnded(const Uuid& record) const {
  const auto rid = rids_.find(record);
  return rid != rids_.end() && records_.at(rid->second).ended != 0;
}

std::optional<Record> Model::Lookup(const Uuid& id, Revision revision) const {
  const auto rid = rids_.find(id);
  if (rid == rids_.end() || !IsThere(records_.at(rid->second), revision)) return std::nullopt;
  return Assembled(id, WholeAt(records_.at(rid->second), revision));
}

Model::Slice Model::SliceAt(Revision revision, const Scope& scope) const {
  const RecordLookup lookup = [&](const Uuid& id) -> StatusOr<std::optional<Record>> { return Lookup(id, revision); };
  Slice slice;
  for (const auto& [rid, record] : records_) {
    if (!IsThere(record, revision)) continue;
    HeldRecord held = WholeAt(record, revision);
    const Hold hold = scope.everything() ? Hold::kWhole : *scope.HoldOf(Assembled(record.id, held), lookup);
    if (hold == Hold::kNothing) continue;
    held.stub = hold == Hold::kStub;
    if (held.stub) std::erase_if(held.parts, [](const auto& part) { return !IsInStub(part.first); });
    slice[record.id] = std::move(held);
  }
  return slice;
}

std::string Model::ProofOfSlice(const Slice& slice) {
  Digest sum;
  for (const auto& [id, record] : slice) {
    for (const auto& [part, value] : record.parts) sum.Add(PartDigest(id, record.kind, part, value->bytes));
  }
  return ProofOf(sum);
}

std::string Model::Difference(const Slice& expected, const ChangeSet& whole, bool revisions) {
  std::map<Uuid, const RecordChange*> there;
  for (const RecordChange& record : whole.changes) there[record.id] = &record;
  for (const auto& [id, record] : expected) {
    const auto at = there.find(id);
    if (at == there.end()) return "record " + id.ToString() + " is not there";
    const std::string difference = sim::Difference(id, record, *at->second, revisions);
    if (!difference.empty()) return difference;
    there.erase(at);
  }
  return there.empty() ? "" : "record " + there.begin()->first.ToString() + " is there and should not be";
}

}  // namespace daftar::sim
