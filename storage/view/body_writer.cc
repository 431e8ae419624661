#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <bit>
#include <unordered_map>

#include "storage/model/fields.h"
#include "storage/model/kind.h"
#include "storage/view/body_columns.h"
#include "storage/view/body_form.h"
#include "storage/view/columns.h"

namespace daftar {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using namespace body_form;

// A varint of as few bytes as it needs.
bool TakeShortest(std::string_view& bytes, uint64_t& value) {
  const size_t before = bytes.size();
  if (!TakeVarint(bytes, value)) return false;
  return before - bytes.size() == std::max<size_t>(1, (static_cast<size_t>(std::bit_width(value)) + 6) / 7);
}

// What the schema says of a field with that tag, in a message of that type (may be null).
struct Meaning {
  Form form = kBytes;
  const Descriptor* inside = nullptr;  // of a message
};

Meaning MeaningOf(const Descriptor* type, uint64_t tag) {
  if ((tag & 7) == kVarintWire) return {kNumber, nullptr};
  if ((tag & 7) == kFixed64Wire) return {kFixed, nullptr};
  const FieldDescriptor* field = type == nullptr ? nullptr : type->FindFieldByNumber(static_cast<int>(tag >> 3));
  if (field == nullptr) return {};
  if (field->type() == FieldDescriptor::TYPE_MESSAGE) return {kMessage, field->message_type()};
  return {IsReference(*field) ? kId : kBytes, nullptr};
}

// One field of a message, off the front.
struct Field {
  uint64_t tag = 0;
  Meaning meaning;
  uint64_t number = 0;
  std::string_view value;  // of what is no number
};

// False: it cannot be told as a column.
bool TakeField(std::string_view& bytes, const Descriptor* type, Field& field) {
  if (!TakeShortest(bytes, field.tag) || field.tag < 8 || field.tag > UINT32_MAX) return false;
  field.meaning = MeaningOf(type, field.tag);
  uint64_t size = 8;
  switch (field.tag & 7) {
    case kVarintWire:
      return TakeShortest(bytes, field.number);
    case kFixed64Wire:
      break;
    case kBytesWire:
      if (!TakeShortest(bytes, size)) return false;
      break;
    default:
      return false;
  }
  if (size > bytes.size() || (field.meaning.form == kId && size != Uuid::kSize)) return false;
  field.value = bytes.substr(0, size);
  bytes.remove_prefix(size);
  return true;
}

bool CanBeTold(std::string_view bytes, const Descriptor* type, size_t depth) {
  if (depth >= kDeepest) return false;
  Field field;
  while (!bytes.empty()) {
    if (!TakeField(bytes, type, field)) return false;
    if (field.meaning.form == kMessage && !CanBeTold(field.value, field.meaning.inside, depth + 1)) return false;
  }
  return true;
}

class Writer {
 public:
  explicit Writer(std::span<const std::pair<Rid, v1::StoredRecord>> records) {
    for (const auto& [rid, record] : records) known_.try_emplace(record.id(), ++met_);
    for (const auto& [rid, record] : records) AddBody(record);
  }

  void WriteTo(std::string& out) const {
    PutVarint(out, total_);
    PutVarint(out, columns_.size());
    std::string rest;
    for (const Column& column : columns_) {
      PutVarint(out, column.above);
      PutVarint(out, column.tag);
      out.push_back(static_cast<char>(column.form));
      PutVarint(out, column.values);
      const size_t before = rest.size();
      PutColumn(rest, column.numbers);
      const size_t lengths = rest.size() - before;
      rest += column.form == kFixed ? ByPlace(column.bytes) : column.bytes;
      PutVarint(out, rest.size() - before);
      if (column.form == kBytes) PutVarint(out, lengths);
    }
    PutVarint(out, ids_.size() / Uuid::kSize);
    out += ids_;
    out += rest;
  }

 private:
  // A field, at its place among the others.
  struct Column {
    uint64_t above, tag;
    Form form;
    uint64_t values = 0;
    std::vector<uint64_t> numbers;                    // of kNumber and kId; lengths of kBytes
    std::string bytes;                                // of all others, and of kBytes
    std::vector<std::pair<uint64_t, size_t>> inside;  // tag, index: in order of their numbers
  };

  size_t Add(uint64_t above, uint64_t tag, Form form) {
    columns_.push_back({above, tag, form, 0, {}, {}, {}});
    return columns_.size() - 1;
  }

  // The field of that tag, and its number within the one above.
  std::pair<size_t, uint64_t> Inside(size_t above, uint64_t tag, Form form) {
    const auto& inside = columns_[above].inside;
    for (size_t i = 0; i < inside.size(); ++i) {
      if (inside[i].first == tag) return {inside[i].second, i + 1};
    }
    const size_t index = Add(above + 1, tag, form);
    columns_[above].inside.emplace_back(tag, index);
    return {index, columns_[above].inside.size()};
  }

  void AddBody(const v1::StoredRecord& record) {
    total_ += record.body().size();
    auto [at, is_new] = kinds_.try_emplace(record.kind(), 0);
    if (is_new) at->second = Add(0, static_cast<uint64_t>(record.kind()), kMessage);
    const size_t kind = at->second;
    const auto kinds = AllKinds();
    const Descriptor* const type =
        std::find(kinds.begin(), kinds.end(), record.kind()) == kinds.end() ? nullptr : &KindDescriptor(record.kind());
    if (CanBeTold(record.body(), type, 0)) return AddMessage(kind, record.body(), type);
    const auto [whole, number] = Inside(kind, 0, kBytes);
    ++columns_[kind].values;
    PutVarint(columns_[kind].bytes, number);
    columns_[kind].bytes.push_back(0);
    AddBytes(columns_[whole], record.body());
  }

  void AddMessage(size_t index, std::string_view bytes, const Descriptor* type) {
    ++columns_[index].values;
    Field field;
    while (!bytes.empty()) {
      DAFTAR_CHECK(TakeField(bytes, type, field));
      const auto [inside, number] = Inside(index, field.tag, field.meaning.form);
      PutVarint(columns_[index].bytes, number);
      AddField(inside, field);
    }
    columns_[index].bytes.push_back(0);
  }

  void AddField(size_t index, const Field& field) {
    if (field.meaning.form == kMessage) return AddMessage(index, field.value, field.meaning.inside);
    Column& column = columns_[index];
    switch (field.meaning.form) {
      case kNumber:
        column.numbers.push_back(field.number);
        break;
      case kId:
        column.numbers.push_back(NumberOf(field.value));
        break;
      case kBytes:
        return AddBytes(column, field.value);
      default:
        column.bytes += field.value;
    }
    ++column.values;
  }

  static void AddBytes(Column& column, std::string_view value) {
    ++column.values;
    column.numbers.push_back(value.size());
    column.bytes += value;
  }

  uint64_t NumberOf(std::string_view id) {
    const auto [at, is_new] = known_.try_emplace(std::string(id), met_ + 1);
    if (!is_new) return at->second;
    ++met_;
    ids_ += id;
    return 0;
  }

  static std::string ByPlace(std::string_view values) {
    std::string out;
    out.reserve(values.size());
    for (size_t place = 0; place < 8; ++place) {
      for (size_t i = place; i < values.size(); i += 8) out.push_back(values[i]);
    }
    return out;
  }

  uint64_t total_ = 0;
  std::vector<Column> columns_;
  std::unordered_map<int, size_t> kinds_;
  std::unordered_map<std::string, uint64_t> known_;
  uint64_t met_ = 0;
  std::string ids_;
};

}  // namespace

void PutBodies(std::string& out, std::span<const std::pair<Rid, v1::StoredRecord>> records) {
  Writer(records).WriteTo(out);
}

}  // namespace daftar
