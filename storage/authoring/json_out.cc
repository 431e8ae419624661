// Messages to JSON: see ToJson in authoring.h.
#include <cmath>
#include <nlohmann/json.hpp>

#include "daftar/v1/values.pb.h"
#include "storage/authoring/authoring.h"
#include "storage/base/bytes.h"
#include "storage/model/date.h"
#include "storage/model/fields.h"

namespace daftar {
namespace {

using google::protobuf::DynamicCastToGenerated;
using google::protobuf::FieldDescriptor;
using google::protobuf::Reflection;
using nlohmann::ordered_json;
using ProtoMessage = google::protobuf::Message;

constexpr double kMaxExact = 9007199254740992.0;  // 2^53

// 3, not 3.0: counts are whole.
ordered_json NumberJson(double number) {
  bool whole = number == std::floor(number) && std::abs(number) < kMaxExact;
  return whole ? ordered_json(static_cast<int64_t>(number)) : ordered_json(number);
}

ordered_json DegreesJson(int32_t e7) { return NumberJson(e7 / 1e7); }

ordered_json BytesJson(const FieldDescriptor& field, const std::string& bytes, const IdNamer& name) {
  if (field.type() == FieldDescriptor::TYPE_STRING) return bytes;
  std::optional<Uuid> id = Uuid::FromBytes(bytes);
  if (!IsReference(field) || !id) return ToHex(bytes);
  return name ? name(*id) : id->ToString();
}

ordered_json CodeJson(const FieldDescriptor& field, int number) {
  const auto* value = field.enum_type()->FindValueByNumber(number);
  return value ? ordered_json(value->name()) : ordered_json(number);
}

// The value of a singular field, or of an element of a repeated one.
class Value {
 public:
  Value(const ProtoMessage& message, const FieldDescriptor& field, int index)
      : message_(message), field_(field), index_(index) {}

  ordered_json Json(const IdNamer& name) const {
    switch (field_.cpp_type()) {
      case FieldDescriptor::CPPTYPE_INT32:
        return IsDegrees(field_) ? DegreesJson(Get<int32_t>(&Reflection::GetInt32, &Reflection::GetRepeatedInt32))
                                 : ordered_json(Get<int32_t>(&Reflection::GetInt32, &Reflection::GetRepeatedInt32));
      case FieldDescriptor::CPPTYPE_INT64:
        return Get<int64_t>(&Reflection::GetInt64, &Reflection::GetRepeatedInt64);
      case FieldDescriptor::CPPTYPE_UINT32:
        return Get<uint32_t>(&Reflection::GetUInt32, &Reflection::GetRepeatedUInt32);
      case FieldDescriptor::CPPTYPE_UINT64:
        return Get<uint64_t>(&Reflection::GetUInt64, &Reflection::GetRepeatedUInt64);
      case FieldDescriptor::CPPTYPE_DOUBLE:
        return NumberJson(Get<double>(&Reflection::GetDouble, &Reflection::GetRepeatedDouble));
      case FieldDescriptor::CPPTYPE_FLOAT:
        return NumberJson(Get<float>(&Reflection::GetFloat, &Reflection::GetRepeatedFloat));
      case FieldDescriptor::CPPTYPE_BOOL:
        return Get<bool>(&Reflection::GetBool, &Reflection::GetRepeatedBool);
      case FieldDescriptor::CPPTYPE_ENUM:
        return CodeJson(field_, Get<int>(&Reflection::GetEnumValue, &Reflection::GetRepeatedEnumValue));
      case FieldDescriptor::CPPTYPE_STRING:
        return BytesJson(field_, Get<std::string>(&Reflection::GetString, &Reflection::GetRepeatedString), name);
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return ToJson(index_ < 0 ? message_.GetReflection()->GetMessage(message_, &field_)
                                 : message_.GetReflection()->GetRepeatedMessage(message_, &field_, index_),
                      name);
    }
    return nullptr;
  }

 private:
  template <typename T>
  T Get(T (Reflection::*one)(const ProtoMessage&, const FieldDescriptor*) const,
        T (Reflection::*element)(const ProtoMessage&, const FieldDescriptor*, int) const) const {
    const Reflection& reflection = *message_.GetReflection();
    return index_ < 0 ? (reflection.*one)(message_, &field_) : (reflection.*element)(message_, &field_, index_);
  }

  const ProtoMessage& message_;
  const FieldDescriptor& field_;
  int index_;  // -1 for a singular field
};

ordered_json FieldJson(const ProtoMessage& message, const FieldDescriptor& field, const IdNamer& name) {
  if (!field.is_repeated()) return Value(message, field, -1).Json(name);
  ordered_json list = ordered_json::array();
  for (int i = 0; i < message.GetReflection()->FieldSize(message, &field); ++i) {
    list.push_back(Value(message, field, i).Json(name));
  }
  return list;
}

ordered_json ObjectJson(const ProtoMessage& message, const IdNamer& name) {
  ordered_json object = ordered_json::object();
  const google::protobuf::Descriptor& descriptor = *message.GetDescriptor();
  for (int i = 0; i < descriptor.field_count(); ++i) {
    const FieldDescriptor& field = *descriptor.field(i);
    // A point on the equator has a latitude too.
    if (IsSet(message, field) || IsDegrees(field)) object[JsonName(field)] = FieldJson(message, field, name);
  }
  return object;
}

// EDTF text where it says all there is, {"edtf", "wording"} where the words are kept, else every field.
ordered_json DateJson(const v1::FuzzyDate& date, const IdNamer& name) {
  std::string edtf = ToEdtf(date);
  StatusOr<v1::FuzzyDate> back = ParseEdtf(edtf);
  if (!back.ok()) return ObjectJson(date, name);
  back->set_wording(date.wording());
  if (back->SerializeAsString() != date.SerializeAsString()) return ObjectJson(date, name);
  if (date.wording().empty()) return edtf;
  return ordered_json{{"edtf", edtf}, {"wording", date.wording()}};
}

}  // namespace

ordered_json ToJson(const ProtoMessage& message, const IdNamer& name) {
  auto* date = DynamicCastToGenerated<v1::FuzzyDate>(&message);
  return date ? DateJson(*date, name) : ObjectJson(message, name);
}

}  // namespace daftar
