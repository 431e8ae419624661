#include "client/forms/adding.h"

#include <memory>
#include <vector>

#include "storage/authoring/authoring.h"

namespace daftar::forms {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

std::vector<const FieldDescriptor*> FilledOf(const Message& message) {
  std::vector<const FieldDescriptor*> filled;
  message.GetReflection()->ListFields(message, &filled);
  return filled;
}

bool IsMessage(const FieldDescriptor& field) { return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE; }

// One value of each, that are no messages.
bool IsSameValue(const FieldDescriptor& field, const Message& a, int at_a, const Message& b, int at_b) {
  const Reflection& of_a = *a.GetReflection();
  const Reflection& of_b = *b.GetReflection();
  const bool list = field.is_repeated();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return list ? of_a.GetRepeatedString(a, &field, at_a) == of_b.GetRepeatedString(b, &field, at_b)
                  : of_a.GetString(a, &field) == of_b.GetString(b, &field);
    case FieldDescriptor::CPPTYPE_ENUM:
      return list ? of_a.GetRepeatedEnumValue(a, &field, at_a) == of_b.GetRepeatedEnumValue(b, &field, at_b)
                  : of_a.GetEnumValue(a, &field) == of_b.GetEnumValue(b, &field);
    case FieldDescriptor::CPPTYPE_UINT32:
      return list ? of_a.GetRepeatedUInt32(a, &field, at_a) == of_b.GetRepeatedUInt32(b, &field, at_b)
                  : of_a.GetUInt32(a, &field) == of_b.GetUInt32(b, &field);
    case FieldDescriptor::CPPTYPE_UINT64:
      return list ? of_a.GetRepeatedUInt64(a, &field, at_a) == of_b.GetRepeatedUInt64(b, &field, at_b)
                  : of_a.GetUInt64(a, &field) == of_b.GetUInt64(b, &field);
    case FieldDescriptor::CPPTYPE_INT32:
      return !list && of_a.GetInt32(a, &field) == of_b.GetInt32(b, &field);
    case FieldDescriptor::CPPTYPE_INT64:
      return !list && of_a.GetInt64(a, &field) == of_b.GetInt64(b, &field);
    case FieldDescriptor::CPPTYPE_BOOL:
      return !list && of_a.GetBool(a, &field) == of_b.GetBool(b, &field);
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return !list && of_a.GetDouble(a, &field) == of_b.GetDouble(b, &field);
    default:
      return false;
  }
}

bool Says(const Message& whole, const Message& part);

// An item of a list, or the only value of a field, says what the one of `part` says.
bool ValueSays(const FieldDescriptor& field, const Message& whole, int at_whole, const Message& part, int at_part) {
  if (!IsMessage(field)) return IsSameValue(field, whole, at_whole, part, at_part);
  const Reflection& of_whole = *whole.GetReflection();
  const Reflection& of_part = *part.GetReflection();
  if (!field.is_repeated()) return Says(of_whole.GetMessage(whole, &field), of_part.GetMessage(part, &field));
  return Says(of_whole.GetRepeatedMessage(whole, &field, at_whole), of_part.GetRepeatedMessage(part, &field, at_part));
}

// All that `part` says stands in `whole`, which may say more. Keys are not compared: they are what an item is called.
bool Says(const Message& whole, const Message& part) {
  for (const FieldDescriptor* field : FilledOf(part)) {
    if (field->name() == "key") continue;
    if (!field->is_repeated()) {
      if (!ValueSays(*field, whole, -1, part, -1)) return false;
      continue;
    }
    const int theirs = whole.GetReflection()->FieldSize(whole, field);
    for (int i = 0; i < part.GetReflection()->FieldSize(part, field); ++i) {
      bool found = false;
      for (int j = 0; j < theirs && !found; ++j) found = ValueSays(*field, whole, j, part, i);
      if (!found) return false;
    }
  }
  return true;
}

bool HasItem(const FieldDescriptor& field, const Message& record, const Message& of, int item) {
  for (int i = 0; i < record.GetReflection()->FieldSize(record, &field); ++i) {
    if (ValueSays(field, record, i, of, item)) return true;
  }
  return false;
}

void DropItem(const FieldDescriptor& field, int item, Message& message) {
  const Reflection& reflection = *message.GetReflection();
  for (; item + 1 < reflection.FieldSize(message, &field); ++item)
    reflection.SwapElements(&message, &field, item, item + 1);
  reflection.RemoveLast(&message, &field);
}

void ForgetKey(Message& item) {
  const FieldDescriptor* key = item.GetDescriptor()->FindFieldByName("key");
  if (key != nullptr) item.GetReflection()->ClearField(&item, key);
}

bool SaysNothing(const Message& item) {
  const std::vector<const FieldDescriptor*> filled = FilledOf(item);
  return filled.empty() || (filled.size() == 1 && filled.front()->name() == "key");
}

}  // namespace

void AddTo(Message& record, const Message& more) {
  const std::unique_ptr<Message> added(more.New());
  added->CopyFrom(more);
  for (const FieldDescriptor* field : FilledOf(more)) {
    if (!field->is_repeated()) {
      record.GetReflection()->ClearField(&record, field);
      continue;
    }
    for (int i = added->GetReflection()->FieldSize(*added, field) - 1; i >= 0; --i) {
      if (HasItem(*field, record, *added, i)) {
        DropItem(*field, i, *added);
      } else if (IsMessage(*field)) {
        ForgetKey(*added->GetReflection()->MutableRepeatedMessage(added.get(), field, i));
      }
    }
  }
  record.MergeFrom(*added);
  AssignKeys(&record);
}

void TakeOutOf(Message& record, const Message& less) {
  for (const FieldDescriptor* field : FilledOf(less)) {
    if (!field->is_repeated()) continue;
    for (int i = record.GetReflection()->FieldSize(record, field) - 1; i >= 0; --i) {
      for (int j = 0; j < less.GetReflection()->FieldSize(less, field); ++j) {
        if (IsMessage(*field) && SaysNothing(less.GetReflection()->GetRepeatedMessage(less, field, j))) continue;
        if (!ValueSays(*field, record, i, less, j)) continue;
        DropItem(*field, i, record);
        break;
      }
    }
  }
}

}  // namespace daftar::forms
