#include "storage/authoring/json_in.h"

#include <nlohmann/json.hpp>
#include <set>

#include "daftar/v1/values.pb.h"
#include "storage/authoring/json_scalars.h"
#include "storage/authoring/names.h"
#include "storage/authoring/spoken_date.h"
#include "storage/model/date.h"
#include "storage/model/fields.h"

namespace daftar {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DynamicCastToGenerated;
using google::protobuf::FieldDescriptor;
using nlohmann::json;

// The key of an object that gives a whole date as text, beside its other fields.
constexpr const char* kEdtf = "edtf";

bool Is(const Descriptor& a, const Descriptor* b) { return &a == b; }

// The field that a bare text fills; nullptr if none.
const FieldDescriptor* TextField(const Descriptor& message) {
  bool named = Is(message, v1::Name::descriptor()) || Is(message, v1::Tag::descriptor());
  return named ? message.FindFieldByName("text") : nullptr;
}

// The field that a bare number fills; nullptr if none.
const FieldDescriptor* NumberField(const Descriptor& message) {
  bool counted = Is(message, v1::Amount::descriptor()) || Is(message, v1::Toll::descriptor());
  return counted ? message.FindFieldByName("best") : nullptr;
}

std::string ExpectedForm(const Descriptor& message) {
  if (Is(message, v1::FuzzyDate::descriptor())) return "a date as text, such as \"2023-09-04\", or an object";
  if (Is(message, v1::Period::descriptor())) return "a period as text, such as \"2020-11/..\", or an object";
  if (NumberField(message)) return "a number or an object";
  return TextField(message) ? "text or an object" : "an object";
}

// One end of a period: ".." is none.
Status ReadEnd(std::string_view text, v1::FuzzyDate& end, bool& open) {
  open = text == "..";
  if (open) return OkStatus();
  DAFTAR_ASSIGN_OR_RETURN(end, ReadDate(text));
  return OkStatus();
}

// "2023-08-30/2023-09-04", "2020-11/..", "../2023", or one date that both ends lie in.
Status ReadPeriod(std::string_view text, v1::Period& period) {
  size_t slash = text.find('/');
  bool whole = slash == std::string_view::npos;
  bool open_start, open_end;
  DAFTAR_RETURN_IF_ERROR(ReadEnd(whole ? text : text.substr(0, slash), *period.mutable_from(), open_start));
  DAFTAR_RETURN_IF_ERROR(ReadEnd(whole ? text : text.substr(slash + 1), *period.mutable_to(), open_end));
  if (open_start && open_end) return InvalidArgument("\"" + std::string(text) + "\" has no date on either side");
  if (open_start) period.clear_from();
  if (open_end) period.clear_to();
  period.set_open_end(open_end);
  return OkStatus();
}

}  // namespace

bool ReadsText(const Descriptor& message) {
  return TextField(message) || Is(message, v1::FuzzyDate::descriptor()) || Is(message, v1::Period::descriptor());
}

void JsonReader::ReadMessage(const json& value, const std::string& path, google::protobuf::Message* message) {
  if (value.is_object()) return ReadObject(value, path, message);
  if (ReadShortForm(value, path, message)) return;
  Add(path, "expected " + ExpectedForm(*message->GetDescriptor()) + ", found " + TypeWords(value));
}

bool JsonReader::ReadShortForm(const json& value, const std::string& path, google::protobuf::Message* message) {
  const Descriptor& descriptor = *message->GetDescriptor();
  if (value.is_number() && NumberField(descriptor)) {
    ReadSlot(value, path, Slot::Next(message, NumberField(descriptor)));
    return true;
  }
  if (!value.is_string() || !ReadsText(descriptor)) return false;
  if (const FieldDescriptor* field = TextField(descriptor)) {
    ReadSlot(value, path, Slot::Next(message, field));
    return true;
  }
  const std::string& text = value.get_ref<const std::string&>();
  Status status;
  if (auto* date = DynamicCastToGenerated<v1::FuzzyDate>(message)) {
    StatusOr<v1::FuzzyDate> read = ReadDate(text);
    if (read.ok()) *date = *std::move(read);
    status = read.status();
  } else {
    status = ReadPeriod(text, *DynamicCastToGenerated<v1::Period>(message));
  }
  if (!status.ok()) Add(path, Message(status));
  return true;
}

void JsonReader::ReadObject(const json& value, const std::string& path, google::protobuf::Message* message) {
  const Descriptor& descriptor = *message->GetDescriptor();
  bool dated = Is(descriptor, v1::FuzzyDate::descriptor()) && value.contains(kEdtf);
  if (dated) ReadMessage(value[kEdtf], JoinPath(path, kEdtf), message);
  std::set<const FieldDescriptor*> seen;
  for (const auto& [name, element] : value.items()) {
    if (dated && name == kEdtf) continue;
    std::string at = JoinPath(path, name);
    const FieldDescriptor* field = FindField(descriptor, name);
    if (field == nullptr) {
      Add(at, UnknownField(descriptor, name));
    } else if (!seen.insert(field).second) {
      Add(at, "is given twice, under both of its names");
    } else {
      ReadField(element, at, message, *field);
    }
  }
  if (!Is(descriptor, v1::GeoPoint::descriptor())) return;
  for (const char* needed : {"lat", "lon"}) {
    if (!value.contains(needed)) Add(JoinPath(path, needed), "is missing: a point needs lat and lon");
  }
}

void JsonReader::ReadField(const json& value, const std::string& path, google::protobuf::Message* message,
                           const FieldDescriptor& field) {
  if (value.is_null()) return;
  if (!field.is_repeated() || !value.is_array()) return ReadSlot(value, path, Slot::Next(message, &field));
  for (size_t i = 0; i < value.size(); ++i) {
    ReadSlot(value[i], IndexPath(path, static_cast<int>(i)), Slot::Next(message, &field));
  }
}

void JsonReader::ReadSlot(const json& value, const std::string& path, Slot slot) {
  if (slot.field().cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    return ReadMessage(value, path, slot.MutableMessage());
  }
  if (std::optional<std::string> problem = ReadScalar(value, resolve_, slot)) Add(path, *std::move(problem));
}

std::vector<FieldProblem> MessageFromJson(const json& value, const IdResolver& resolve, std::string_view path,
                                          google::protobuf::Message* message) {
  std::vector<FieldProblem> problems;
  JsonReader(resolve, problems).ReadMessage(value, std::string(path), message);
  return problems;
}

}  // namespace daftar
