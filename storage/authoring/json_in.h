// JSON values into messages, by reflection: a new field of the schema needs no code here.
#pragma once

#include <google/protobuf/message.h>

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "storage/authoring/authoring.h"
#include "storage/authoring/slot.h"

namespace daftar {

// Reads and collects what is wrong. Borrows both arguments for as long as it lives; one thread.
class JsonReader {
 public:
  JsonReader(const IdResolver& resolve, std::vector<FieldProblem>& problems) : resolve_(resolve), problems_(problems) {}

  // An object, or the short form that the message has (a date as text, a toll as a number …).
  void ReadMessage(const nlohmann::json& json, const std::string& path, google::protobuf::Message* message);
  // A whole field: null leaves it as it is; a single value stands for a list of one.
  void ReadField(const nlohmann::json& json, const std::string& path, google::protobuf::Message* message,
                 const google::protobuf::FieldDescriptor& field);
  // One value or one element of a list.
  void ReadSlot(const nlohmann::json& json, const std::string& path, Slot slot);

 private:
  void ReadObject(const nlohmann::json& json, const std::string& path, google::protobuf::Message* message);
  bool ReadShortForm(const nlohmann::json& json, const std::string& path, google::protobuf::Message* message);
  void Add(const std::string& path, std::string message) { problems_.push_back({path, std::move(message)}); }

  const IdResolver& resolve_;
  std::vector<FieldProblem>& problems_;
};

// Whether a bare text can stand for a message of that type.
bool ReadsText(const google::protobuf::Descriptor& message);

}  // namespace daftar
