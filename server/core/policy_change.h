// What a push would make of one record, part by part: for push_policy.cc and two_persons.cc alone.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server/core/push_policy.h"
#include "storage/base/status.h"

namespace daftar {

struct PolicyChange {
  std::unique_ptr<google::protobuf::Message> before, after;  // before: empty where there was no record
  std::vector<v1::PartEdit> parts;                           // those that become others, sorted
};
// InvalidArgument if it cannot be read.
StatusOr<PolicyChange> ChangeOf(const v1::RecordEdit& edit, const RecordBefore& before);

// "proposals[2]", "notes": where the part stands afterwards; of one that is removed, its field.
std::string PathOf(const google::protobuf::Message& after, PartId part);
// The only item of a part of proposals or comments; nullopt if the value holds none.
std::optional<v1::Proposal> ProposalIn(Kind kind, const std::string& value);

}  // namespace daftar
