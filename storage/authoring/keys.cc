// Keys of items, from what the items say: see AssignKeys in authoring.h.
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <map>

#include "daftar/v1/values.pb.h"
#include "storage/authoring/authoring.h"
#include "storage/base/hash.h"

namespace daftar {
namespace {

using google::protobuf::DynamicCastToGenerated;
using google::protobuf::FieldDescriptor;
using google::protobuf::Reflection;
using ProtoMessage = google::protobuf::Message;

constexpr std::string_view kDomain = "daftar.item-key.v1";
constexpr uint64_t kKeyMask = (uint64_t{1} << 48) - 1;

const FieldDescriptor* KeyField(const FieldDescriptor& collection) {
  bool keyed = collection.is_repeated() && collection.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
               IsCollection(static_cast<uint32_t>(collection.number()));
  return keyed ? collection.message_type()->FindFieldByName("key") : nullptr;
}

// The item's wire form without its key: equal contents, equal bytes.
std::string ContentOf(const ProtoMessage& item, const FieldDescriptor& key) {
  std::unique_ptr<ProtoMessage> copy(item.New());
  copy->CopyFrom(item);
  copy->GetReflection()->ClearField(copy.get(), &key);
  std::string content;
  {
    google::protobuf::io::StringOutputStream stream(&content);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    copy->SerializeToCodedStream(&coded);
  }
  return content;
}

// What two people who add the same thing have in common, so that both give it the same key.
uint64_t KeyFor(const ProtoMessage& item, const std::string& content) {
  uint64_t hash;
  if (auto* external = DynamicCastToGenerated<v1::External>(&item)) {
    hash = Hash64(kDomain, {external->system(), external->id()});
  } else if (auto* tag = DynamicCastToGenerated<v1::Tag>(&item)) {
    hash = Hash64(kDomain, {tag->text()});
  } else if (auto* resemblance = DynamicCastToGenerated<v1::Resemblance>(&item)) {
    hash = Hash64(kDomain, {resemblance->other()});
  } else {
    hash = Hash64(kDomain, {item.GetDescriptor()->full_name(), content});
  }
  uint64_t key = hash & kKeyMask;
  return key == 0 ? 1 : key;
}

// Gives keys inside one collection.
class KeyAssigner {
 public:
  KeyAssigner(ProtoMessage* record, const FieldDescriptor& collection, const FieldDescriptor& key)
      : record_(record), collection_(collection), key_(key), reflection_(*record->GetReflection()) {}

  void Run() {
    // Keys that were given come first, wherever they stand: nothing derived may take one of them.
    for (int i = 0; i < size(); ++i) {
      if (uint64_t key = KeyOf(i)) taken_.emplace(key, ContentOf(item(i), key_));
    }
    for (int i = 0; i < size();) {
      if (KeyOf(i) == 0 && !Assign(i)) {
        Drop(i);
      } else {
        ++i;
      }
    }
  }

 private:
  int size() const { return reflection_.FieldSize(*record_, &collection_); }
  const ProtoMessage& item(int i) const { return reflection_.GetRepeatedMessage(*record_, &collection_, i); }
  uint64_t KeyOf(int i) const { return item(i).GetReflection()->GetUInt64(item(i), &key_); }

  // False if the very same item stands there already.
  bool Assign(int i) {
    std::string content = ContentOf(item(i), key_);
    uint64_t key = KeyFor(item(i), content);
    for (auto at = taken_.find(key); at != taken_.end(); at = taken_.find(key)) {
      if (at->second == content) return false;
      key = key == kKeyMask ? 1 : key + 1;
    }
    ProtoMessage* message = reflection_.MutableRepeatedMessage(record_, &collection_, i);
    message->GetReflection()->SetUInt64(message, &key_, key);
    taken_.emplace(key, std::move(content));
    return true;
  }

  void Drop(int i) {
    for (; i + 1 < size(); ++i) reflection_.SwapElements(record_, &collection_, i, i + 1);
    reflection_.RemoveLast(record_, &collection_);
  }

  ProtoMessage* record_;
  const FieldDescriptor& collection_;
  const FieldDescriptor& key_;
  const Reflection& reflection_;
  std::map<uint64_t, std::string> taken_;  // key → content
};

}  // namespace

void AssignKeys(ProtoMessage* record) {
  const google::protobuf::Descriptor& descriptor = *record->GetDescriptor();
  for (int i = 0; i < descriptor.field_count(); ++i) {
    const FieldDescriptor& collection = *descriptor.field(i);
    // The key of a choice is its attribute: nobody but its author can give it.
    bool choice = collection.message_type() == v1::Choice::descriptor();
    const FieldDescriptor* key = KeyField(collection);
    if (key != nullptr && !choice) KeyAssigner(record, collection, *key).Run();
  }
}

}  // namespace daftar
