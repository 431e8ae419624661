#include "storage/authoring/json_scalars.h"

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "daftar/v1/codes.pb.h"
#include "storage/authoring/names.h"
#include "storage/base/bytes.h"
#include "storage/model/fields.h"

namespace daftar {
namespace {

using google::protobuf::FieldDescriptor;
using nlohmann::json;
using Problem = std::optional<std::string>;

// Beyond it a JSON number is not exact everywhere.
constexpr int64_t kMaxExact = int64_t{1} << 53;

std::string Expected(const char* what, const json& found) {
  return "expected " + std::string(what) + ", found " + TypeWords(found);
}

std::string Text(const json& value) { return value.get<std::string>(); }

// 3, and 3.0 as some programs write it.
std::optional<int64_t> WholeNumber(const json& value) {
  if (value.is_number_unsigned() && value.get<uint64_t>() > static_cast<uint64_t>(kMaxExact)) return kMaxExact;
  if (value.is_number_integer()) return value.get<int64_t>();
  double number = value.get<double>();
  if (number != std::floor(number) || std::abs(number) > static_cast<double>(kMaxExact)) return std::nullopt;
  return static_cast<int64_t>(number);
}

Problem ReadWhole(const json& value, int64_t lowest, int64_t highest, int64_t& out) {
  if (!value.is_number()) return Expected("a whole number", value);
  std::optional<int64_t> number = WholeNumber(value);
  if (!number) return "expected a whole number, found " + value.dump();
  if (*number < lowest || *number > highest) {
    return "must be between " + std::to_string(lowest) + " and " + std::to_string(highest);
  }
  out = *number;
  return std::nullopt;
}

Problem ReadDegrees(const json& value, Slot& slot) {
  constexpr double kScale = 1e7;
  double limit = slot.field().name().starts_with("lat") ? 90 : 180;
  if (!value.is_number()) return Expected("degrees as a number, such as 37.9", value);
  double degrees = value.get<double>();
  if (!(std::abs(degrees) <= limit)) {
    return "must be between -" + std::to_string(static_cast<int>(limit)) + " and " +
           std::to_string(static_cast<int>(limit)) + " degrees, found " + value.dump();
  }
  slot.SetInt32(static_cast<int32_t>(std::llround(degrees * kScale)));
  return std::nullopt;
}

Problem ReadCode(const json& value, Slot& slot) {
  if (value.is_number()) {  // a code of a newer schema has no name here
    int64_t number;
    Problem problem = ReadWhole(value, 0, std::numeric_limits<int32_t>::max(), number);
    if (!problem) slot.SetEnum(static_cast<int>(number));
    return problem;
  }
  const google::protobuf::EnumDescriptor& list = *slot.field().enum_type();
  if (!value.is_string()) return Expected("a code as text", value) + ". " + UnknownCode(list, value.dump());
  std::optional<int> code = FindCode(list, Text(value));
  if (!code) return UnknownCode(list, Text(value));
  slot.SetEnum(*code);
  return std::nullopt;
}

Problem ReadReference(const json& value, const IdResolver& resolve, Slot& slot) {
  if (!value.is_string()) return Expected("an ID as text, such as \"sample:I01\"", value);
  if (!resolve) return "references cannot be followed here";
  StatusOr<Uuid> id = resolve(Text(value));
  if (!id.ok()) return Message(id.status());
  slot.SetText(id->str());
  return std::nullopt;
}

Problem ReadText(const json& value, Slot& slot) {
  if (!value.is_string()) return Expected("text", value) + (value.is_number() ? ": put it in quotes" : "");
  slot.SetText(Text(value));
  return std::nullopt;
}

Problem ReadHex(const json& value, Slot& slot) {
  if (!value.is_string()) return Expected("hex digits as text", value);
  std::optional<std::string> bytes = FromHex(Text(value));
  if (!bytes) return "expected hex digits, two for each byte";
  slot.SetText(*std::move(bytes));
  return std::nullopt;
}

Problem ReadUInt64(const json& value, Slot& slot) {
  bool attribute = slot.field().full_name() == "daftar.v1.Choice.key" && value.is_string();
  if (attribute) {  // the key of a choice is the number of its attribute
    std::optional<int> code = FindCode(*v1::Attribute::Code_descriptor(), Text(value));
    if (!code) return UnknownCode(*v1::Attribute::Code_descriptor(), Text(value));
    slot.SetUInt64(static_cast<uint64_t>(*code));
    return std::nullopt;
  }
  int64_t number;
  Problem problem = ReadWhole(value, 0, kMaxExact - 1, number);
  if (!problem) slot.SetUInt64(static_cast<uint64_t>(number));
  return problem;
}

Problem ReadNumber(const json& value, Slot& slot) {
  int64_t number;
  switch (slot.field().cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32: {
      Problem problem =
          ReadWhole(value, std::numeric_limits<int32_t>::min(), std::numeric_limits<int32_t>::max(), number);
      if (!problem) slot.SetInt32(static_cast<int32_t>(number));
      return problem;
    }
    case FieldDescriptor::CPPTYPE_UINT32: {
      Problem problem = ReadWhole(value, 0, std::numeric_limits<uint32_t>::max(), number);
      if (!problem) slot.SetUInt32(static_cast<uint32_t>(number));
      return problem;
    }
    case FieldDescriptor::CPPTYPE_INT64: {
      Problem problem = ReadWhole(value, -kMaxExact + 1, kMaxExact - 1, number);
      if (!problem) slot.SetInt64(number);
      return problem;
    }
    default:
      return ReadUInt64(value, slot);
  }
}

}  // namespace

std::string TypeWords(const json& value) {
  switch (value.type()) {
    case json::value_t::null:
      return "null";
    case json::value_t::boolean:
      return value.get<bool>() ? "true" : "false";
    case json::value_t::string:
      return "text";
    case json::value_t::array:
      return "a list";
    case json::value_t::object:
      return "an object";
    default:
      return "a number";
  }
}

std::optional<std::string> ReadScalar(const json& value, const IdResolver& resolve, Slot slot) {
  const FieldDescriptor& field = slot.field();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_ENUM:
      return ReadCode(value, slot);
    case FieldDescriptor::CPPTYPE_BOOL:
      if (!value.is_boolean()) return Expected("true or false", value);
      slot.SetBool(value.get<bool>());
      return std::nullopt;
    case FieldDescriptor::CPPTYPE_DOUBLE:
      if (!value.is_number()) return Expected("a number", value);
      slot.SetDouble(value.get<double>());
      return std::nullopt;
    case FieldDescriptor::CPPTYPE_STRING:
      if (field.type() == FieldDescriptor::TYPE_STRING) return ReadText(value, slot);
      return IsReference(field) ? ReadReference(value, resolve, slot) : ReadHex(value, slot);
    default:
      return IsDegrees(field) ? ReadDegrees(value, slot) : ReadNumber(value, slot);
  }
}

}  // namespace daftar
