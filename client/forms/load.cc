#include "client/forms/load.h"

#include <optional>

#include "daftar/v1/private.pb.h"
#include "daftar/v1/values.pb.h"
#include "storage/authoring/spoken_amount.h"
#include "storage/authoring/spoken_date.h"
#include "storage/authoring/spoken_point.h"
#include "storage/base/uuid.h"
#include "storage/model/fields.h"

namespace daftar::forms {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// The figures of a toll, as those of an amount.
v1::Amount AsAmount(const v1::Toll& toll) {
  v1::Amount amount;
  if (toll.has_low()) amount.set_low(toll.low());
  if (toll.has_best()) amount.set_best(toll.best());
  if (toll.has_high()) amount.set_high(toll.high());
  amount.set_bound(toll.bound());
  return amount;
}

std::string HeadText(FieldType type, const Message& message) {
  switch (type) {
    case FieldType::kDate:
      return WriteDate(static_cast<const v1::FuzzyDate&>(message));
    case FieldType::kAmount:
      return WriteAmount(static_cast<const v1::Amount&>(message));
    case FieldType::kToll:
      return WriteAmount(AsAmount(static_cast<const v1::Toll&>(message)));
    case FieldType::kPoint: {
      const auto& point = static_cast<const v1::GeoPoint&>(message);
      return WritePoint({point.lat_e7(), point.lon_e7()});
    }
    default:
      return "";
  }
}

std::string CodeText(const FieldDescriptor& field, int number) {
  const auto* value = field.enum_type()->FindValueByNumber(number);
  return value != nullptr ? value->name() : std::to_string(number);
}

std::string BytesText(const FieldDescriptor& field, const std::string& bytes, const IdNamer& name) {
  if (!IsReference(field)) return bytes;
  const std::optional<Uuid> id = Uuid::FromBytes(bytes);
  if (!id) return "";
  return name ? name(*id) : id->ToString();
}

class Loader {
 public:
  Loader(Form& form, const IdNamer& name) : form_(form), name_(name) {}

  void Load(Node item, const Message& message) {
    for (const Node node : form_.item(item).fields) {
      const FieldSpec& spec = *form_.field(node).spec;
      if (spec.list) {
        LoadList(node, spec, message);
      } else if (spec.type == FieldType::kGroup) {
        if (IsSet(message, *spec.field)) {
          Load(form_.ItemOf(node), message.GetReflection()->GetMessage(message, spec.field));
        }
      } else {
        form_.Load(node, TextOf(spec, message, -1, name_));
      }
    }
  }

 private:
  void LoadList(Node list, const FieldSpec& spec, const Message& message) {
    const Reflection& reflection = *message.GetReflection();
    for (int i = 0; i < reflection.FieldSize(message, spec.field); ++i) {
      const Node item = form_.LoadItem(list, static_cast<uint32_t>(i) + 1, false);
      if (item == 0) return;
      if (spec.type == FieldType::kGroup) {
        Load(item, reflection.GetRepeatedMessage(message, spec.field, i));
      } else {
        const Node only = form_.item(item).fields.front();
        form_.Load(only, TextOf(*form_.field(only).spec, message, i, name_));
      }
    }
  }

  Form& form_;
  const IdNamer& name_;
};

// What of an item was typed; whether it is anything.
bool Collect(const Form& form, Node node, v1::TypedItem& typed) {
  const Item& item = form.item(node);
  typed.set_origin(item.origin);
  typed.set_removed(item.removed);
  for (const Node of : item.fields) {
    const Field& field = form.field(of);
    v1::TypedField kept;
    bool any = field.text != field.base_text;
    if (any) kept.set_text(field.text);
    for (const Node inner : field.items) {
      const Item& one = form.item(inner);
      v1::TypedItem inner_typed;
      const bool filled = Collect(form, inner, inner_typed);
      const bool counts = filled || (field.spec->list && (one.origin == 0 || one.removed));
      if (counts) *kept.add_item() = std::move(inner_typed);
      any = any || counts;
    }
    if (!any) continue;
    kept.set_name(field.spec->name);
    *typed.add_field() = std::move(kept);
  }
  return typed.field_size() > 0;
}

// What found no place.
size_t Put(const v1::TypedItem& typed, Node item, Form& form);

size_t PutList(const v1::TypedField& typed, Node list, Form& form) {
  size_t lost = 0;
  for (const v1::TypedItem& one : typed.item()) {
    Node at = 0;
    for (const Node other : form.field(list).items) {
      if (one.origin() != 0 && form.item(other).origin == one.origin()) at = other;
    }
    const bool of_base = at != 0;
    if (!of_base && one.origin() == 0) at = form.LoadItem(list, 0, one.removed());
    if (at == 0) {
      ++lost;
      continue;
    }
    if (of_base && one.removed()) form.LoadRemoved(at);
    lost += Put(one, at, form);
  }
  return lost;
}

size_t Put(const v1::TypedItem& typed, Node item, Form& form) {
  size_t lost = 0;
  for (const v1::TypedField& field : typed.field()) {
    const Node at = form.FieldOf(item, field.name());
    if (at == 0) {
      ++lost;
    } else if (form.field(at).spec->list) {
      lost += PutList(field, at, form);
    } else if (form.field(at).spec->type == FieldType::kGroup) {
      if (field.item_size() > 0) lost += Put(field.item(0), form.ItemOf(at), form);
    } else {
      form.Type(at, field.text());
    }
  }
  return lost;
}

}  // namespace

std::string TextOf(const FieldSpec& spec, const Message& message, int index, const IdNamer& name) {
  if (spec.field == nullptr) return HeadText(spec.type, message);
  const FieldDescriptor& field = *spec.field;
  const Reflection& reflection = *message.GetReflection();
  const bool one = index < 0;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_ENUM:
      return CodeText(field, one ? reflection.GetEnumValue(message, &field)
                                 : reflection.GetRepeatedEnumValue(message, &field, index));
    case FieldDescriptor::CPPTYPE_BOOL:
      return (one ? reflection.GetBool(message, &field) : reflection.GetRepeatedBool(message, &field, index)) ? "yes"
                                                                                                              : "";
    case FieldDescriptor::CPPTYPE_STRING:
      return BytesText(
          field, one ? reflection.GetString(message, &field) : reflection.GetRepeatedString(message, &field, index),
          name);
    case FieldDescriptor::CPPTYPE_UINT32: {
      if (one && !IsSet(message, field)) return "";
      return std::to_string(one ? reflection.GetUInt32(message, &field)
                                : reflection.GetRepeatedUInt32(message, &field, index));
    }
    default:
      return "";
  }
}

Form FormOn(std::string kind_word, const Message& base, const IdNamer& name) {
  Form form(std::move(kind_word));
  Loader(form, name).Load(Form::kRecord, base);
  return form;
}

v1::TypedItem TypedOf(const Form& form) {
  v1::TypedItem typed;
  Collect(form, Form::kRecord, typed);
  return typed;
}

size_t TakeUp(const v1::TypedItem& typed, Form& form) { return Put(typed, Form::kRecord, form); }

}  // namespace daftar::forms
