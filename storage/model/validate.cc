#include "storage/model/validate.h"

#include <algorithm>
#include <set>

#include "daftar/v1/account.pb.h"
#include "daftar/v1/options.pb.h"
#include "daftar/v1/records.pb.h"
#include "storage/model/fields.h"
#include "storage/model/validate_review.h"
#include "storage/model/validate_values.h"

namespace daftar {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// The numbers of the collections that other items refer to (records.proto: 30–59 mean the same in every kind).
constexpr int kNameField = 40, kAccountField = 41, kChoiceField = 42;

// "INCIDENT or PLACE".
std::string AllowedKinds(const v1::Reference& reference) {
  std::string text;
  for (int kind : reference.kind()) {
    if (!text.empty()) text += " or ";
    text += KindWord(static_cast<Kind>(kind));
  }
  return text;
}

uint64_t KeyOf(const Message& item) {
  const FieldDescriptor* key = item.GetDescriptor()->FindFieldByName("key");
  bool has_key = key != nullptr && key->cpp_type() == FieldDescriptor::CPPTYPE_UINT64 && !key->is_repeated();
  return has_key ? item.GetReflection()->GetUInt64(item, key) : 0;
}

std::set<uint64_t> KeysOf(const Message& record, int field_number) {
  std::set<uint64_t> keys;
  const FieldDescriptor* field = record.GetDescriptor()->FindFieldByNumber(field_number);
  if (field == nullptr) return keys;
  for (int i = 0; i < record.GetReflection()->FieldSize(record, field); ++i) {
    keys.insert(KeyOf(record.GetReflection()->GetRepeatedMessage(record, field, i)));
  }
  return keys;
}

// Walks one record and collects what is wrong, in the order of the fields.
class Validator {
 public:
  Validator(Kind kind, const Message& record, const Uuid& id, const KindLookup& kind_of)
      : kind_(kind), record_(record), id_(id), kind_of_(kind_of), account_keys_(KeysOf(record, kAccountField)) {}

  std::vector<FieldProblem> Run() {
    if (record_.GetDescriptor() != &KindDescriptor(kind_)) {
      Add("", "is not a record of kind " + std::string(KindWord(kind_)));
      return std::move(problems_);
    }
    size_t size = record_.ByteSizeLong();
    if (size > kMaxRecordBytes) {
      Add("", "the record is " + std::to_string(size) + " bytes; at most " + std::to_string(kMaxRecordBytes));
    }
    CheckMessage(record_, "");
    CheckReviewing(kind_, record_, problems_);
    return std::move(problems_);
  }

 private:
  void Add(std::string path, std::string message) { problems_.push_back({std::move(path), std::move(message)}); }

  void CheckMessage(const Message& message, const std::string& path) {
    const google::protobuf::Descriptor& descriptor = *message.GetDescriptor();
    for (int i = 0; i < descriptor.field_count(); ++i) CheckField(message, *descriptor.field(i), path);
    CheckValue(message, path, problems_);
    if (&message == &record_) return;
    if (auto* account = google::protobuf::DynamicCastToGenerated<v1::Account>(&message)) {
      CheckContradicts(*account, path);
      CheckExcerpts(*account, path, problems_);
    }
    if (auto* choice = google::protobuf::DynamicCastToGenerated<v1::Choice>(&message)) CheckChoice(*choice, path);
  }

  void CheckField(const Message& message, const FieldDescriptor& field, const std::string& parent) {
    std::string path = JoinPath(parent, JsonName(field));
    if (!IsSet(message, field)) return CheckAbsent(message, field, path);
    if (!field.is_repeated()) return CheckElement(message, field, -1, path);
    int size = message.GetReflection()->FieldSize(message, &field);
    if (static_cast<size_t>(size) > kMaxItemsPerField) {
      return Add(path, "has " + std::to_string(size) + " items; at most " + std::to_string(kMaxItemsPerField));
    }
    for (int i = 0; i < size; ++i) CheckElement(message, field, i, IndexPath(path, i));
    if (&message == &record_ && IsCollection(static_cast<uint32_t>(field.number()))) CheckKeys(field, path);
  }

  void CheckAbsent(const Message& message, const FieldDescriptor& field, const std::string& path) {
    bool title = &message == &record_ && field.number() == kNameField && kind_ != v1::RecordKind::RELATION;
    if (title) return Add(path, "a record needs at least one name");
    if (IsRequired(field)) Add(path, "is missing and required");
  }

  // `index` is -1 for a singular field.
  void CheckElement(const Message& message, const FieldDescriptor& field, int index, const std::string& path) {
    const Reflection& reflection = *message.GetReflection();
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      return CheckMessage(
          index < 0 ? reflection.GetMessage(message, &field) : reflection.GetRepeatedMessage(message, &field, index),
          path);
    }
    bool unset_code = index >= 0 && field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM &&
                      reflection.GetRepeatedEnumValue(message, &field, index) == 0;
    if (unset_code) return Add(path, "is UNSET: leave it out of the list");
    if (field.cpp_type() != FieldDescriptor::CPPTYPE_STRING) return;
    std::string scratch;
    const std::string& value = index < 0 ? reflection.GetStringReference(message, &field, &scratch)
                                         : reflection.GetRepeatedStringReference(message, &field, index, &scratch);
    if (IsReference(field)) return CheckReference(field, value, path);
    if (value.size() > MaxBytes(field)) {
      Add(path, "is " + std::to_string(value.size()) + " bytes long; at most " + std::to_string(MaxBytes(field)));
    }
    if (field.type() == FieldDescriptor::TYPE_BYTES) return;
    if (value.empty()) return Add(path, "is empty");
    if (std::optional<std::string> problem = TextProblem(value)) Add(path, *problem);
  }

  void CheckReference(const FieldDescriptor& field, const std::string& value, const std::string& path) {
    std::optional<Uuid> target = Uuid::FromBytes(value);
    if (!target || target->is_nil()) return Add(path, "is not the 16-byte id of a record");
    if (*target == id_) return Add(path, "refers to the record itself");
    std::optional<Kind> kind = kind_of_ ? kind_of_(*target) : std::nullopt;
    if (!kind) return Add(path, "refers to a record that does not exist: " + target->ToString());
    const v1::Reference& reference = field.options().GetExtension(v1::ref);
    bool allowed = reference.kind().empty() ||
                   std::find(reference.kind().begin(), reference.kind().end(), *kind) != reference.kind().end();
    if (!allowed)
      Add(path, "refers to a record of kind " + std::string(KindWord(*kind)) + "; here stands one of kind " +
                    AllowedKinds(reference));
  }

  void CheckKeys(const FieldDescriptor& field, const std::string& path) {
    std::set<uint64_t> seen;
    for (int i = 0; i < record_.GetReflection()->FieldSize(record_, &field); ++i) {
      uint64_t key = KeyOf(record_.GetReflection()->GetRepeatedMessage(record_, &field, i));
      std::string item = IndexPath(path, i);
      if (key == 0) {
        Add(JoinPath(item, "key"),
            field.number() == kChoiceField ? "names no attribute" : "is 0: every item has a key");
      } else if (!seen.insert(key).second) {
        Add(JoinPath(item, "key"), "key " + std::to_string(key) + " stands twice in " + path);
      }
    }
  }

  void CheckContradicts(const v1::Account& account, const std::string& path) {
    for (int i = 0; i < account.contradicts_size(); ++i) {
      std::string at = IndexPath(JoinPath(path, "contradicts"), i);
      uint64_t key = account.contradicts(i);
      if (key == account.key()) Add(at, "is the account itself");
      if (!account_keys_.contains(key)) Add(at, "there is no account with key " + std::to_string(key));
    }
  }

  void CheckChoice(const v1::Choice& choice, const std::string& path) {
    if (!account_keys_.contains(choice.account())) {
      Add(JoinPath(path, "account"), "there is no account with key " + std::to_string(choice.account()));
    }
  }

  Kind kind_;
  const Message& record_;
  const Uuid& id_;
  const KindLookup& kind_of_;
  std::set<uint64_t> account_keys_;
  std::vector<FieldProblem> problems_;
};

}  // namespace

std::vector<FieldProblem> Validate(Kind kind, const google::protobuf::Message& record, const Uuid& id,
                                   const KindLookup& kind_of) {
  return Validator(kind, record, id, kind_of).Run();
}

}  // namespace daftar
