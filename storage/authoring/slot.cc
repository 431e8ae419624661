#include "storage/authoring/slot.h"

namespace daftar {

using google::protobuf::FieldDescriptor;
using google::protobuf::Reflection;

Slot::Slot(google::protobuf::Message* message, const FieldDescriptor* field, int index)
    : message_(message), field_(field), index_(index) {}

Slot Slot::Next(google::protobuf::Message* message, const FieldDescriptor* field) {
  return {message, field, field->is_repeated() ? message->GetReflection()->FieldSize(*message, field) : -1};
}

bool Slot::appends() const { return index_ >= message_->GetReflection()->FieldSize(*message_, field_); }

// Protobuf names each type in three calls; they differ in nothing else.
#define DAFTAR_SLOT_SETTER(Name, Type, Call)                                    \
  void Slot::Name(Type value) {                                                 \
    const Reflection& reflection = *message_->GetReflection();                  \
    if (!field_->is_repeated()) {                                               \
      reflection.Set##Call(message_, field_, std::move(value));                 \
    } else if (appends()) {                                                     \
      reflection.Add##Call(message_, field_, std::move(value));                 \
    } else {                                                                    \
      reflection.SetRepeated##Call(message_, field_, index_, std::move(value)); \
    }                                                                           \
  }
DAFTAR_SLOT_SETTER(SetInt32, int32_t, Int32)
DAFTAR_SLOT_SETTER(SetInt64, int64_t, Int64)
DAFTAR_SLOT_SETTER(SetUInt32, uint32_t, UInt32)
DAFTAR_SLOT_SETTER(SetUInt64, uint64_t, UInt64)
DAFTAR_SLOT_SETTER(SetDouble, double, Double)
DAFTAR_SLOT_SETTER(SetBool, bool, Bool)
DAFTAR_SLOT_SETTER(SetEnum, int, EnumValue)
DAFTAR_SLOT_SETTER(SetText, std::string, String)
#undef DAFTAR_SLOT_SETTER

google::protobuf::Message* Slot::MutableMessage() {
  const Reflection& reflection = *message_->GetReflection();
  if (!field_->is_repeated()) return reflection.MutableMessage(message_, field_);
  return appends() ? reflection.AddMessage(message_, field_)
                   : reflection.MutableRepeatedMessage(message_, field_, index_);
}

}  // namespace daftar
