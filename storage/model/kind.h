// The kinds of record: their messages, names and fields, from the schema itself.
#pragma once

#include <google/protobuf/arena.h>
#include <google/protobuf/message.h>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "daftar/v1/codes.pb.h"

namespace daftar {

using Kind = v1::RecordKind::Code;

// All six, in the order of their numbers.
std::span<const Kind> AllKinds();
// "incident", "alert_period": the word in addresses, commands and JSON.
std::string_view KindWord(Kind kind);
// From the word; also its plural ("incidents"), "alert", any case.
std::optional<Kind> KindFromWord(std::string_view word);
// The record's message type. REQUIRES: a kind of AllKinds().
const google::protobuf::Descriptor& KindDescriptor(Kind kind);
std::unique_ptr<google::protobuf::Message> NewMessage(Kind kind);
// The same, owned by the arena.
google::protobuf::Message& NewMessage(Kind kind, google::protobuf::Arena& arena);

// Whether field numbers of records stand for keyed collections: see proto/daftar/v1/records.proto.
constexpr bool IsCollection(uint32_t field) { return field >= 40; }

}  // namespace daftar
