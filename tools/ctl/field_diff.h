// Two states of a record, field by field: what an edit changes, as people read it.
#pragma once

#include <google/protobuf/message.h>

#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "daftar/v1/commit.pb.h"
#include "storage/authoring/authoring.h"
#include "storage/model/parts.h"

namespace daftar::ctl {

// One field that differs.
struct FieldChange {
  std::string path;               // "accounts[key=7].date", "notes"
  nlohmann::ordered_json before;  // null: was not there
  nlohmann::ordered_json after;   // null: is gone
};

// What turns one message into the other, in the order of the fields. Items of collections are told apart by their keys;
// other lists are one value.
std::vector<FieldChange> DiffMessages(const google::protobuf::Message& before, const google::protobuf::Message& after,
                                      const IdNamer& name);
// The same for the parts of an edit. InvalidArgument if a part does not parse.
StatusOr<std::vector<FieldChange>> DiffOfParts(Kind kind, std::span<const Part> before, std::span<const Part> after,
                                               const IdNamer& name);
// For edits as they travel.
std::vector<Part> ToParts(const google::protobuf::RepeatedPtrField<v1::PartEdit>& edits);
std::vector<Part> ToParts(std::span<const v1::PartEdit> edits);

// "  accounts[key=7].date: 2023-09-04 → 2023-09-05", a line each; "(nothing)" stands for an absent value.
std::string ChangesAsText(std::span<const FieldChange> changes);
// [{path, before, after}].
nlohmann::ordered_json ChangesAsJson(std::span<const FieldChange> changes);

// One part alone, as JSON; null for an empty one.
StatusOr<nlohmann::ordered_json> PartAsJson(Kind kind, std::string_view value, const IdNamer& name);
// "accounts[key=7]", "notes": the part as a path.
std::string PartPath(Kind kind, PartId part);

}  // namespace daftar::ctl
