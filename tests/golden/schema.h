// The schema as it stands in proto/daftar/v1: every file of the folder, as protoc reads it, so that no message can be
// forgotten.
#pragma once

#include <google/protobuf/descriptor.h>

#include <string>
#include <vector>

namespace daftar {

// Every .proto file of the package daftar.v1. Owns the descriptors that it hands out. One thread.
class Schema {
 public:
  // Reads the descriptor set that the build makes. Without it, files() is empty.
  Schema();

  // The files of the package, sorted by name.
  const std::vector<const google::protobuf::FileDescriptor*>& files() const { return files_; }
  // A file by its name in the folder, such as "records.proto"; nullptr if there is none.
  const google::protobuf::FileDescriptor* file(const std::string& name) const;

 private:
  google::protobuf::DescriptorPool pool_;
  std::vector<const google::protobuf::FileDescriptor*> files_;
};

// One line for everything that must never change its meaning: fields, constants, extensions, reserved numbers, calls.
// Sorted within a file as the file has them; files by name.
std::vector<std::string> ContractLines(const Schema& schema);

}  // namespace daftar
