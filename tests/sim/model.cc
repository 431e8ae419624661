#include "tests/sim/model.h"

namespace daftar::sim {
namespace {

std::string Name(const Uuid& record, PartId part) {
  return "part (" + std::to_string(part.first) + ", " + std::to_string(part.second) + ") of " + record.ToString();
}

}  // namespace

bool Model::Fold(const v1::LogEntry& entry) {
  if (entry.info().revision() != head() + 1) return false;
  for (const v1::RecordEdit& edit : entry.edit()) {
    const Uuid id = *Uuid::FromBytes(edit.record());
    RecordModel& record = records_[id];
    record.kind = edit.kind();
    for (const v1::PartEdit& part : edit.part()) {
      const PartId part_id{part.field(), part.key()};
      Value& value = record.parts[part_id];
      if (!value.bytes.empty()) sum_.Subtract(PartDigest(id, record.kind, part_id, value.bytes));
      value = {part.value(), {entry.info().revision(), entry.client()}};
      if (!value.bytes.empty()) sum_.Add(PartDigest(id, record.kind, part_id, value.bytes));
    }
  }
  proofs_.push_back(ProofOf(sum_));
  return true;
}

const Model::Value* Model::Find(const Uuid& record, PartId part) const {
  const auto at = records_.find(record);
  if (at == records_.end()) return nullptr;
  const auto value = at->second.parts.find(part);
  return value == at->second.parts.end() ? nullptr : &value->second;
}

std::string Model::ProofOfRecords(const ChangeSet& whole) {
  Digest sum;
  for (const RecordChange& record : whole.changes) {
    for (const PartChange& part : record.parts) {
      if (!part.value.empty()) sum.Add(PartDigest(record.id, record.kind, part.id, part.value));
    }
  }
  return ProofOf(sum);
}

std::string Model::Difference(const ChangeSet& whole, bool revisions) const {
  std::map<Uuid, const RecordChange*> there;
  for (const RecordChange& record : whole.changes) there[record.id] = &record;
  for (const auto& [id, record] : records_) {
    const auto at = there.find(id);
    if (at == there.end()) return "record " + id.ToString() + " is not there";
    std::map<PartId, const PartChange*> parts;
    for (const PartChange& part : at->second->parts) {
      if (!part.value.empty()) parts[part.id] = &part;
    }
    for (const auto& [part, value] : record.parts) {
      if (value.bytes.empty()) continue;
      const auto held = parts.find(part);
      if (held == parts.end()) return Name(id, part) + " is not there";
      if (held->second->value != value.bytes) return Name(id, part) + " has another value";
      if (revisions && held->second->revision != value.setter.revision) {
        return Name(id, part) + " is said to be of revision " + std::to_string(held->second->revision) + ", not of " +
               std::to_string(value.setter.revision);
      }
      parts.erase(held);
    }
    if (!parts.empty()) return Name(id, parts.begin()->first) + " is there and should not be";
    there.erase(at);
  }
  return there.empty() ? "" : "record " + there.begin()->first.ToString() + " is there and should not be";
}

}  // namespace daftar::sim
