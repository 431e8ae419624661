// A place in a message where one value stands or will stand: a singular field, or one element of a repeated one.
// Readers write through it without caring which. Borrows the message; one thread.
#pragma once

#include <google/protobuf/message.h>

#include <cstdint>
#include <string>

namespace daftar {

class Slot {
 public:
  // `index` is ignored for a singular field; for a repeated one it is an element, or the size to append.
  Slot(google::protobuf::Message* message, const google::protobuf::FieldDescriptor* field, int index);
  // The next element of a repeated field, or the singular field.
  static Slot Next(google::protobuf::Message* message, const google::protobuf::FieldDescriptor* field);

  const google::protobuf::FieldDescriptor& field() const { return *field_; }

  void SetInt32(int32_t value);
  void SetInt64(int64_t value);
  void SetUInt32(uint32_t value);
  void SetUInt64(uint64_t value);
  void SetDouble(double value);
  void SetBool(bool value);
  void SetEnum(int number);
  void SetText(std::string value);
  // REQUIRES: a message field. Creates the message if there is none.
  google::protobuf::Message* MutableMessage();

 private:
  bool appends() const;

  google::protobuf::Message* message_;
  const google::protobuf::FieldDescriptor* field_;
  int index_;
};

}  // namespace daftar
