#include "storage/model/bounded_parse.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/wire_format_lite.h>

#include <map>
#include <string>

namespace daftar {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;

constexpr int kDeepest = 64;
constexpr size_t kAllocation = 16;     // what malloc adds
constexpr size_t kListEntry = 2 * 8;   // a pointer in a list that has just doubled
constexpr size_t kListNumber = 2 * 8;  // a number in one
constexpr size_t kUnknown = 2 * 16;    // a field that the schema does not know

size_t SizeOfText(size_t length) {
  return kListEntry + kAllocation + sizeof(std::string) + (length < 16 ? 0 : length + 1 + kAllocation);
}

size_t SizeOfEmpty(const Descriptor& type) {
  return google::protobuf::MessageFactory::generated_factory()->GetPrototype(&type)->SpaceUsedLong();
}

// Adds up until it is too much. One walk.
class Walk {
 public:
  Walk(CodedInputStream& in, size_t most) : in_(in), most_(most) {}

  // The fields of a message up to the limit that is set. False: they are not its wire form.
  bool Message(const Descriptor& type, int depth) {
    while (const uint32_t tag = in_.ReadTag()) {
      const FieldDescriptor* const field = type.FindFieldByNumber(WireFormatLite::GetTagFieldNumber(tag));
      if (!Field(tag, field, depth) || too_much()) return false;
    }
    return in_.ConsumedEntireMessage();
  }

  bool too_much() const { return memory_ > most_; }

 private:
  bool Field(uint32_t tag, const FieldDescriptor* field, int depth) {
    if (WireFormatLite::GetTagWireType(tag) == WireFormatLite::WIRETYPE_LENGTH_DELIMITED) return Bytes(field, depth);
    memory_ += field == nullptr ? kUnknown : field->is_repeated() ? kListNumber : 0;
    const WireFormatLite::WireType type = WireFormatLite::GetTagWireType(tag);
    const bool number = type == WireFormatLite::WIRETYPE_VARINT || type == WireFormatLite::WIRETYPE_FIXED32 ||
                        type == WireFormatLite::WIRETYPE_FIXED64;
    return number && WireFormatLite::SkipField(&in_, tag);  // no schema of ours has groups
  }

  bool Bytes(const FieldDescriptor* field, int depth) {
    int size = 0;
    if (!in_.ReadVarintSizeAsInt(&size)) return false;
    if (field != nullptr && field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      memory_ += kListEntry + kAllocation + EmptyOf(*field->message_type());
      if (depth == kDeepest) return false;
      const CodedInputStream::Limit limit = in_.PushLimit(size);
      if (!Message(*field->message_type(), depth + 1)) return false;
      in_.PopLimit(limit);
      return true;
    }
    const bool packed = field != nullptr && field->is_packable();
    if (packed) return Numbers(field->cpp_type(), size);
    memory_ += (field == nullptr ? kUnknown : 0) + SizeOfText(static_cast<size_t>(size));
    return in_.Skip(size);
  }

  bool Numbers(FieldDescriptor::CppType type, int size) {
    const bool fixed = type == FieldDescriptor::CPPTYPE_DOUBLE || type == FieldDescriptor::CPPTYPE_FLOAT;
    if (fixed) memory_ += 2 * static_cast<size_t>(size);
    if (fixed) return in_.Skip(size);
    const CodedInputStream::Limit limit = in_.PushLimit(size);
    uint64_t number = 0;
    while (in_.BytesUntilLimit() > 0 && !too_much()) {
      if (!in_.ReadVarint64(&number)) return false;
      memory_ += kListNumber;
    }
    in_.PopLimit(limit);
    return true;
  }

  size_t EmptyOf(const Descriptor& type) {
    const auto [at, is_new] = empty_.try_emplace(&type, 0);
    if (is_new) at->second = SizeOfEmpty(type);
    return at->second;
  }

  CodedInputStream& in_;
  const size_t most_;
  size_t memory_ = 0;
  std::map<const Descriptor*, size_t> empty_;
};

}  // namespace

Status CheckMemory(const Descriptor& type, google::protobuf::io::ZeroCopyInputStream& bytes, size_t most) {
  CodedInputStream in(&bytes);
  Walk walk(in, most);
  if (walk.Message(type, 0)) return OkStatus();
  if (walk.too_much())
    return InvalidArgument("a " + type.name() + " would take more than " + std::to_string(most >> 20) +
                           " MiB of memory; nothing of it was taken");
  return InvalidArgument("the bytes are not those of a " + type.name());
}

Status ParseBounded(std::string_view bytes, google::protobuf::Message& message, size_t most) {
  message.Clear();
  google::protobuf::io::ArrayInputStream stream(bytes.data(), static_cast<int>(bytes.size()));
  DAFTAR_RETURN_IF_ERROR(CheckMemory(*message.GetDescriptor(), stream, most));
  if (message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return OkStatus();
  return InvalidArgument("the bytes are not those of a " + message.GetDescriptor()->name());
}

}  // namespace daftar
