#include "tests/golden/schema.h"

#include <google/protobuf/descriptor.pb.h>

#include <algorithm>
#include <fstream>

namespace daftar {
namespace {

namespace pb = google::protobuf;

constexpr char kPackage[] = "daftar.v1";
constexpr char kPackageFolder[] = "daftar/v1/";

std::string TypeOf(const pb::FieldDescriptor& field) {
  std::string type = field.type_name();
  if (field.message_type() != nullptr) type = field.message_type()->full_name();
  if (field.enum_type() != nullptr) type = field.enum_type()->full_name();
  if (field.is_repeated()) return "repeated " + type;
  if (field.real_containing_oneof() != nullptr) return "oneof " + field.real_containing_oneof()->name() + " " + type;
  return field.has_optional_keyword() ? "optional " + type : type;
}

std::string FieldLine(const pb::FieldDescriptor& field) {
  std::string line = field.full_name() + " = " + std::to_string(field.number()) + " " + TypeOf(field);
  if (field.is_extension()) line += " of " + field.containing_type()->full_name();
  return line;
}

void AddEnum(const pb::EnumDescriptor& list, std::vector<std::string>& lines) {
  for (int i = 0; i < list.value_count(); ++i) {
    const pb::EnumValueDescriptor& constant = *list.value(i);
    lines.push_back(list.full_name() + "." + constant.name() + " = " + std::to_string(constant.number()));
  }
  for (int i = 0; i < list.reserved_range_count(); ++i) {
    const auto& range = *list.reserved_range(i);
    lines.push_back(list.full_name() + " reserved " + std::to_string(range.start) + ".." + std::to_string(range.end));
  }
}

void AddMessage(const pb::Descriptor& message, std::vector<std::string>& lines) {
  for (int i = 0; i < message.field_count(); ++i) lines.push_back(FieldLine(*message.field(i)));
  for (int i = 0; i < message.reserved_range_count(); ++i) {
    const auto& range = *message.reserved_range(i);
    lines.push_back(message.full_name() + " reserved " + std::to_string(range.start) + ".." +
                    std::to_string(range.end - 1));
  }
  for (int i = 0; i < message.enum_type_count(); ++i) AddEnum(*message.enum_type(i), lines);
  for (int i = 0; i < message.nested_type_count(); ++i) AddMessage(*message.nested_type(i), lines);
}

void AddService(const pb::ServiceDescriptor& service, std::vector<std::string>& lines) {
  for (int i = 0; i < service.method_count(); ++i) {
    const pb::MethodDescriptor& call = *service.method(i);
    lines.push_back(call.full_name() + " takes " + (call.client_streaming() ? "stream " : "") +
                    call.input_type()->full_name() + " gives " + (call.server_streaming() ? "stream " : "") +
                    call.output_type()->full_name());
  }
}

}  // namespace

Schema::Schema() {
  std::ifstream file(DAFTAR_SCHEMA_SET, std::ios::binary);
  pb::FileDescriptorSet set;
  if (!set.ParseFromIstream(&file)) return;
  // protoc writes a file behind those that it imports, so that each can be built at once.
  for (const pb::FileDescriptorProto& proto : set.file()) {
    const pb::FileDescriptor* built = pool_.BuildFile(proto);
    if (built != nullptr && built->package() == kPackage) files_.push_back(built);
  }
  std::sort(files_.begin(), files_.end(), [](const auto* a, const auto* b) { return a->name() < b->name(); });
}

const pb::FileDescriptor* Schema::file(const std::string& name) const {
  return pool_.FindFileByName(kPackageFolder + name);
}

std::vector<std::string> ContractLines(const Schema& schema) {
  std::vector<std::string> lines;
  for (const pb::FileDescriptor* file : schema.files()) {
    for (int i = 0; i < file->enum_type_count(); ++i) AddEnum(*file->enum_type(i), lines);
    for (int i = 0; i < file->message_type_count(); ++i) AddMessage(*file->message_type(i), lines);
    for (int i = 0; i < file->extension_count(); ++i) lines.push_back(FieldLine(*file->extension(i)));
    for (int i = 0; i < file->service_count(); ++i) AddService(*file->service(i), lines);
  }
  return lines;
}

}  // namespace daftar
