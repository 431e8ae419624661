#include "storage/model/fields.h"

#include "daftar/v1/options.pb.h"
#include "storage/model/validate.h"

namespace daftar {

using google::protobuf::FieldDescriptor;

namespace {
constexpr std::string_view kDegreesSuffix = "_e7";
}  // namespace

bool IsDegrees(const FieldDescriptor& field) { return std::string_view(field.name()).ends_with(kDegreesSuffix); }

std::string JsonName(const FieldDescriptor& field) {
  if (IsDegrees(field)) return field.name().substr(0, field.name().size() - kDegreesSuffix.size());
  // The default json_name is lowerCamelCase, which these formats do not use.
  return field.has_json_name() ? field.json_name() : field.name();
}

bool IsReference(const FieldDescriptor& field) {
  return field.type() == FieldDescriptor::TYPE_BYTES && field.options().HasExtension(v1::ref);
}

bool IsRequired(const FieldDescriptor& field) { return field.options().GetExtension(v1::required); }

size_t MaxBytes(const FieldDescriptor& field) {
  return field.options().HasExtension(v1::max_bytes) ? field.options().GetExtension(v1::max_bytes) : kMaxTextBytes;
}

bool IsSet(const google::protobuf::Message& message, const FieldDescriptor& field) {
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  if (field.is_repeated()) return reflection.FieldSize(message, &field) > 0;
  return reflection.HasField(message, &field);
}

std::string JoinPath(std::string_view path, std::string_view name) {
  std::string joined(path);
  if (!joined.empty()) joined += '.';
  return joined.append(name);
}

std::string IndexPath(std::string_view path, int index) {
  return std::string(path) + "[" + std::to_string(index) + "]";
}

}  // namespace daftar
