// Setting one field by its path: see SetField in authoring.h.
#include <nlohmann/json.hpp>

#include "storage/authoring/authoring.h"
#include "storage/authoring/json_in.h"
#include "storage/authoring/json_text.h"
#include "storage/authoring/names.h"
#include "storage/authoring/path.h"
#include "storage/model/fields.h"

namespace daftar {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Reflection;
using nlohmann::json;
using ProtoMessage = google::protobuf::Message;

bool IsMessage(const FieldDescriptor& field) { return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE; }

// A field that plain text fills: "2023" stays text there.
bool TakesText(const FieldDescriptor& field) {
  if (IsMessage(field)) return ReadsText(*field.message_type());
  return field.cpp_type() == FieldDescriptor::CPPTYPE_STRING;
}

// The value as JSON, or else as plain text. An error: text that was meant to be JSON and is not.
StatusOr<json> ValueFor(const FieldDescriptor& field, bool whole_list, std::string_view text) {
  DAFTAR_RETURN_IF_ERROR(CheckInput(text));
  StatusOr<json> parsed = ParseJson(text);
  json plain = std::string(text);
  bool list = field.is_repeated() && whole_list;
  if (!parsed.ok()) {
    bool meant_as_json = (IsMessage(field) || list) && (text.front() == '{' || text.front() == '[');
    return meant_as_json ? StatusOr<json>(parsed.status()) : StatusOr<json>(plain);
  }
  bool fits = parsed->is_string() || (parsed->is_array() && list) || (parsed->is_object() && IsMessage(field)) ||
              (parsed->is_null() && IsMessage(field));
  return fits || !TakesText(field) ? *std::move(parsed) : plain;
}

// Sets one field of a record, which may be left half changed when there are problems.
class FieldSetter {
 public:
  FieldSetter(ProtoMessage* record, const IdResolver& resolve) : at_(record), resolve_(resolve) {}

  std::vector<FieldProblem> Run(const std::vector<PathStep>& steps, std::string_view value) {
    for (size_t i = 0; i < steps.size(); ++i) {
      const FieldDescriptor* field = Enter(steps[i]);
      if (field == nullptr) break;
      bool last = i + 1 == steps.size();
      if (!last) {
        if (!Descend(*field, steps[i], value.empty())) break;
      } else if (value.empty()) {
        Clear(*field, steps[i]);
      } else {
        Assign(*field, steps[i], value);
      }
    }
    return std::move(problems_);
  }

 private:
  const Reflection& reflection() const { return *at_->GetReflection(); }
  void Add(std::string message) { problems_.push_back({path_, std::move(message)}); }

  // Finds the field of the step and adds its name to the path.
  const FieldDescriptor* Enter(const PathStep& step) {
    path_ = JoinPath(path_, step.name);
    const FieldDescriptor* field = FindField(*at_->GetDescriptor(), step.name);
    if (field == nullptr) {
      Add(UnknownField(*at_->GetDescriptor(), step.name));
    } else if (step.chooses_item() && !field->is_repeated()) {
      Add("is one value, not a list: write it without [ ]");
      field = nullptr;
    }
    return field;
  }

  // The index of the item that the step chooses; adds it to the path. One past the end only if `may_append`.
  std::optional<int> Choose(const FieldDescriptor& field, const PathStep& step, bool may_append) {
    int size = reflection().FieldSize(*at_, &field);
    if (step.key) return ChooseByKey(field, *step.key, size);
    path_ = IndexPath(path_, *step.index);
    if (*step.index < size || (may_append && *step.index == size)) return step.index;
    Add("does not exist: the list has " + std::to_string(size) + (size == 1 ? " item" : " items"));
    return std::nullopt;
  }

  std::optional<int> ChooseByKey(const FieldDescriptor& field, uint64_t key, int size) {
    const FieldDescriptor* key_field = KeyField(field);
    for (int i = 0; key_field != nullptr && i < size; ++i) {
      const ProtoMessage& item = reflection().GetRepeatedMessage(*at_, &field, i);
      if (item.GetReflection()->GetUInt64(item, key_field) != key) continue;
      path_ = IndexPath(path_, i);
      return i;
    }
    Add("has no item with key " + std::to_string(key));
    return std::nullopt;
  }

  static const FieldDescriptor* KeyField(const FieldDescriptor& field) {
    return IsMessage(field) ? field.message_type()->FindFieldByName("key") : nullptr;
  }

  bool Descend(const FieldDescriptor& field, const PathStep& step, bool clearing) {
    if (!IsMessage(field)) {
      Add("is a plain value: nothing stands inside it");
      return false;
    }
    if (field.is_repeated() && !step.chooses_item()) {
      Add("is a list: choose an item, as in " + step.name + "[0]");
      return false;
    }
    std::optional<int> index = field.is_repeated() ? Choose(field, step, !clearing) : -1;
    if (!index) return false;
    if (clearing && !field.is_repeated() && !IsSet(*at_, field)) return false;  // nothing there to clear
    at_ = Slot(at_, &field, *index).MutableMessage();
    return true;
  }

  void Clear(const FieldDescriptor& field, const PathStep& step) {
    if (!step.chooses_item()) return reflection().ClearField(at_, &field);
    std::optional<int> index = Choose(field, step, /*may_append=*/false);
    if (!index) return;
    for (int i = *index; i + 1 < reflection().FieldSize(*at_, &field); ++i) {
      reflection().SwapElements(at_, &field, i, i + 1);
    }
    reflection().RemoveLast(at_, &field);
  }

  void Assign(const FieldDescriptor& field, const PathStep& step, std::string_view text) {
    StatusOr<json> value = ValueFor(field, !step.chooses_item(), text);
    if (!value.ok()) return Add(Message(value.status()));
    JsonReader reader(resolve_, problems_);
    if (!step.chooses_item()) {
      reflection().ClearField(at_, &field);
      return reader.ReadField(*value, path_, at_, field);
    }
    std::optional<int> index = Choose(field, step, /*may_append=*/true);
    if (!index) return;
    Slot slot(at_, &field, *index);
    if (!IsMessage(field)) return reader.ReadSlot(*value, path_, slot);
    ReplaceItem(*value, field, slot.MutableMessage(), reader);
  }

  // The item changes and stays the same item: it keeps its key unless the value brings one.
  void ReplaceItem(const json& value, const FieldDescriptor& field, ProtoMessage* item, JsonReader& reader) {
    const FieldDescriptor* key_field = KeyField(field);
    uint64_t key = key_field ? item->GetReflection()->GetUInt64(*item, key_field) : 0;
    item->Clear();
    reader.ReadMessage(value, path_, item);
    bool keyless = key_field && item->GetReflection()->GetUInt64(*item, key_field) == 0;
    if (keyless) item->GetReflection()->SetUInt64(item, key_field, key);
  }

  ProtoMessage* at_;
  const IdResolver& resolve_;
  std::string path_;
  std::vector<FieldProblem> problems_;
};

}  // namespace

std::vector<FieldProblem> SetField(ProtoMessage* record, std::string_view path, std::string_view value,
                                   const IdResolver& resolve) {
  StatusOr<std::vector<PathStep>> steps = ParsePath(path);
  if (!steps.ok()) return {{std::string(path), Message(steps.status())}};
  std::unique_ptr<ProtoMessage> edited(record->New());
  edited->CopyFrom(*record);
  std::vector<FieldProblem> problems = FieldSetter(edited.get(), resolve).Run(*steps, value);
  if (problems.empty()) record->CopyFrom(*edited);
  return problems;
}

}  // namespace daftar
