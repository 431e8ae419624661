#include "client/forms/build.h"

#include <google/protobuf/message.h>

#include "client/forms/read_text.h"
#include "storage/model/fields.h"

namespace daftar::forms {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// Walks a form and the record that it becomes.
class Builder {
 public:
  Builder(const Form& form, const IdResolver& resolve, Built& built) : form_(form), resolve_(resolve), built_(built) {}

  // `message` holds what the base has of the item, or nothing.
  void Fill(Node item, const std::string& path, Message& message) {
    for (const Node node : form_.item(item).fields) {
      const Field& field = form_.field(node);
      const FieldSpec& spec = *field.spec;
      const std::string at = spec.field == nullptr ? path : JoinPath(path, spec.name);
      built_.places[at] = node;  // of a head, instead of its group
      if (spec.list) {
        FillList(node, at, message);
      } else if (spec.type == FieldType::kGroup) {
        FillGroup(node, at, message);
      } else if (field.text != field.base_text) {
        Take(ReadText(spec, field.text, resolve_, false, message), at);
      }
    }
  }

 private:
  void Take(const std::optional<std::string>& problem, const std::string& path) {
    if (problem) built_.problems.push_back({path, *problem});
  }

  void FillGroup(Node node, const std::string& path, Message& message) {
    const FieldSpec& spec = *form_.field(node).spec;
    const Node only = form_.ItemOf(node);
    const Reflection& reflection = *message.GetReflection();
    if (!form_.IsTouched(only)) {
      const std::unique_ptr<Message> unused(reflection.GetMessage(message, spec.field).New());
      return Fill(only, path, *unused);  // for the places
    }
    Message& inner = *reflection.MutableMessage(&message, spec.field);
    Fill(only, path, inner);
    // What says nothing is not there.
    const std::unique_ptr<Message> nothing(inner.New());
    if (inner.ByteSizeLong() == nothing->ByteSizeLong()) reflection.ClearField(&message, spec.field);
  }

  void FillList(Node node, const std::string& path, Message& message) {
    const FieldSpec& spec = *form_.field(node).spec;
    const Reflection& reflection = *message.GetReflection();
    const std::unique_ptr<Message> base(message.New());
    base->CopyFrom(message);
    reflection.ClearField(&message, spec.field);
    for (const Node item : form_.field(node).items) {
      if (form_.item(item).removed) continue;
      const std::string at = IndexPath(path, reflection.FieldSize(message, spec.field));
      built_.places[at] = form_.item(item).fields.front();
      spec.type == FieldType::kGroup ? AddGroup(item, spec, *base, at, message)
                                     : AddValue(item, spec, *base, at, message);
    }
  }

  void AddGroup(Node item, const FieldSpec& spec, const Message& base, const std::string& path, Message& message) {
    const uint32_t origin = form_.item(item).origin;
    Message& added = *message.GetReflection()->AddMessage(&message, spec.field);
    const bool known = origin != 0 && static_cast<int>(origin) <= base.GetReflection()->FieldSize(base, spec.field);
    if (known) added.CopyFrom(base.GetReflection()->GetRepeatedMessage(base, spec.field, static_cast<int>(origin) - 1));
    Fill(item, path, added);
  }

  void AddValue(Node item, const FieldSpec& spec, const Message& base, const std::string& path, Message& message) {
    const Node only = form_.item(item).fields.front();
    const Field& field = form_.field(only);
    const uint32_t origin = form_.item(item).origin;
    const bool as_base = origin != 0 && field.text == field.base_text &&
                         static_cast<int>(origin) <= base.GetReflection()->FieldSize(base, spec.field);
    if (as_base) {
      CopyValue(*spec.field, base, static_cast<int>(origin) - 1, message);
    } else {
      Take(ReadText(*field.spec, field.text, resolve_, true, message), path);
    }
  }

  static void CopyValue(const FieldDescriptor& field, const Message& base, int index, Message& message) {
    const Reflection& from = *base.GetReflection();
    const Reflection& to = *message.GetReflection();
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_ENUM:
        return to.AddEnumValue(&message, &field, from.GetRepeatedEnumValue(base, &field, index));
      case FieldDescriptor::CPPTYPE_STRING:
        return to.AddString(&message, &field, from.GetRepeatedString(base, &field, index));
      case FieldDescriptor::CPPTYPE_UINT32:
        return to.AddUInt32(&message, &field, from.GetRepeatedUInt32(base, &field, index));
      default:
        return;
    }
  }

  const Form& form_;
  const IdResolver& resolve_;
  Built& built_;
};

}  // namespace

Node Built::PlaceOf(std::string_view path) const {
  while (!path.empty()) {
    const auto at = places.find(path);
    if (at != places.end()) return at->second;
    const size_t cut = path.find_last_of(".[");
    path = cut == std::string_view::npos ? "" : path.substr(0, cut);
  }
  return 0;
}

Built Build(const Form& form, const Message& base, const IdResolver& resolve) {
  Built built;
  built.record.reset(base.New());
  built.record->CopyFrom(base);
  Builder(form, resolve, built).Fill(Form::kRecord, "", *built.record);
  AssignKeys(built.record.get());
  return built;
}

}  // namespace daftar::forms
