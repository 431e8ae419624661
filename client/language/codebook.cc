#include "client/language/codebook.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>

#include "client/language/catalogue.h"
#include "client/language/say.h"
#include "storage/model/kind.h"

namespace daftar {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;

// Numbers of the fields that all kinds of record have in common: see proto/daftar/v1/records.proto.
constexpr int kFirstCommon = 30;
constexpr int kLastCommon = 46;

bool IsRecord(const Descriptor& message) {
  return std::ranges::any_of(AllKinds(), [&](Kind kind) { return &KindDescriptor(kind) == &message; });
}

bool IsCommon(const FieldDescriptor& field) {
  return field.number() >= kFirstCommon && field.number() <= kLastCommon && IsRecord(*field.containing_type());
}

// English has every key.
std::string SayIfThere(const std::string& key) { return MessagesOf(Language::kEnglish).contains(key) ? Say(key) : ""; }

}  // namespace

std::string MeaningOf(const EnumValueDescriptor& constant) {
  const Descriptor* list = constant.type()->containing_type();
  return list == nullptr ? "" : SayIfThere("meaning." + list->name() + "." + constant.name());
}

std::string HelpOf(const FieldDescriptor& field) {
  const std::string message = IsCommon(field) ? "Record" : field.containing_type()->name();
  return SayIfThere("help." + message + "." + field.name());
}

}  // namespace daftar
