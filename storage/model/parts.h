// Records as parts, without knowing the schema: the unit of change, merge, digest and sync.
//
// A record's body is its message's wire form, cut at the top level and sorted by (field, key). Fields 1–39 are one part
// each (all elements of a repeated field together, in order); every item of a field >= 40 is a part, named by the
// varint that its message begins with (field 1, `key`). So an old program patches, hashes and carries fields that it
// has never heard of, and every replica holds the same bytes.
#pragma once

#include <google/protobuf/message.h>

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "daftar/v1/commit.pb.h"
#include "storage/base/status.h"
#include "storage/model/record.h"

namespace daftar {

// One part of a body.
struct Part {
  PartId id;
  std::string bytes;
};

// The parts in order. InvalidArgument for anything that is not a record's wire form: truncated, a group, an item
// without a key, a key twice.
StatusOr<std::vector<Part>> SplitParts(std::string_view body);
// The same without a copy: calls `visit` for each part, in order. Nothing was visited if it fails.
Status VisitParts(std::string_view body, const std::function<void(PartId, std::string_view)>& visit);
// The body of those parts. REQUIRES: sorted, each id once.
std::string JoinParts(std::span<const Part> parts);
// The canonical body of a message of the schema. InvalidArgument if an item has no key, or a key stands twice.
StatusOr<std::string> CanonicalBody(const google::protobuf::Message& message);

// What turns `from` into `to`, sorted; removed parts have an empty value.
StatusOr<std::vector<v1::PartEdit>> DiffParts(std::string_view from, std::string_view to);
// Sets and removes parts. The edits need not be sorted. InvalidArgument if a value is not the wire form of its part.
StatusOr<std::string> PatchBody(std::string_view body, std::span<const v1::PartEdit> edits);
// Whether the value is the wire form of exactly that part, or empty; else what is wrong.
Status CheckPartValue(PartId id, std::string_view value);
// The part's bytes in sorted parts; empty if there is none.
std::string_view FindPart(std::span<const Part> parts, PartId id);

// The number of the field that holds a Retirement in every kind.
inline constexpr uint32_t kRetiredField = 39;
// The number of the field that holds accounts in every kind that has them.
inline constexpr uint32_t kAccountField = 41;

}  // namespace daftar
