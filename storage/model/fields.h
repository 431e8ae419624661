// What the schema says about a field: its name in JSON and in paths, and the options of proto/daftar/v1/options.proto.
// Code that knows no message by name walks records with these. Pure functions over descriptors; any thread.
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace daftar {

// The name in JSON and in paths: the proto's explicit json_name ("accounts"), else its own name ("said_by"). A field in
// 1e-7 degrees ("lat_e7") loses its suffix: JSON gives degrees.
std::string JsonName(const google::protobuf::FieldDescriptor& field);
// A coordinate, stored in 1e-7 degrees.
bool IsDegrees(const google::protobuf::FieldDescriptor& field);
// Holds the 16-byte id of another record.
bool IsReference(const google::protobuf::FieldDescriptor& field);
bool IsRequired(const google::protobuf::FieldDescriptor& field);
// Longest value in bytes; kMaxTextBytes where the schema gives none.
size_t MaxBytes(const google::protobuf::FieldDescriptor& field);
// Whether a singular field is set, or a repeated one has items. A text or bytes field that is empty is not set.
bool IsSet(const google::protobuf::Message& message, const google::protobuf::FieldDescriptor& field);

// "accounts" + "date" = "accounts.date"; an empty path adds nothing.
std::string JoinPath(std::string_view path, std::string_view name);
// "accounts" + 2 = "accounts[2]".
std::string IndexPath(std::string_view path, int index);

}  // namespace daftar
