#include <algorithm>
#include <optional>

#include "storage/base/uuid.h"
#include "storage/view/body_columns.h"
#include "storage/view/body_form.h"
#include "storage/view/columns.h"

namespace daftar {
namespace {

using namespace body_form;

Status NoBodies() { return InvalidArgument("the fields of records do not fit together"); }

// A field as it was written, and how far it has been read.
struct Column {
  uint64_t tag = 0;
  Form form = kMessage;
  size_t depth = 0;
  uint64_t values = 0, size = 0, lengths = 0;
  std::vector<uint32_t> inside;
  ColumnReader numbers;
  std::string_view bytes;
  size_t next = 0;  // of kFixed
};

class Reader {
 public:
  Reader(std::string_view& bytes, size_t most_bytes) : rest_(bytes), most_bytes_(most_bytes) {}

  Status Open(std::span<const std::pair<Rid, v1::StoredRecord>> records) {
    uint64_t total = 0, fields = 0;
    if (!TakeVarint(rest_, total) || total > most_bytes_ || !TakeVarint(rest_, fields) || fields > kMostFields)
      return NoBodies();
    left_ = total;
    columns_.resize(fields);
    for (size_t i = 0; i < fields; ++i) DAFTAR_RETURN_IF_ERROR(ReadHead(i));
    for (const auto& [rid, record] : records) ids_.push_back(record.id());
    uint64_t ids = 0;
    if (!TakeVarint(rest_, ids) || ids > rest_.size() / Uuid::kSize) return NoBodies();
    for (; ids > 0; --ids) new_ids_.push_back(Take(Uuid::kSize));
    for (Column& column : columns_) DAFTAR_RETURN_IF_ERROR(ReadValues(column));
    return OkStatus();
  }

  Status TakeBody(Kind kind, std::string& body) {
    const auto number = static_cast<size_t>(kind);
    if (number >= kinds_.size() || !kinds_[number]) return NoBodies();
    return TakeMessage(columns_[*kinds_[number]], body);
  }

  // All was read that is there.
  bool done() const { return left_ == 0; }

 private:
  static constexpr size_t kMostKinds = 256;

  std::string_view Take(size_t size) {
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  Status ReadHead(size_t index) {
    Column& column = columns_[index];
    uint64_t above = 0;
    if (!TakeVarint(rest_, above) || above > index || !TakeVarint(rest_, column.tag) || rest_.empty())
      return NoBodies();
    const auto form = static_cast<uint8_t>(Take(1).front());
    if (form >= kForms || (column.tag == 0 && above != 0 && form != kBytes)) return NoBodies();
    column.form = static_cast<Form>(form);
    if (!TakeVarint(rest_, column.values) || !TakeVarint(rest_, column.size)) return NoBodies();
    if (column.form == kBytes && !TakeVarint(rest_, column.lengths)) return NoBodies();
    if (above == 0) {
      if (column.tag >= kMostKinds || column.form != kMessage) return NoBodies();
      kinds_.resize(std::max<size_t>(kinds_.size(), column.tag + 1));
      kinds_[column.tag] = static_cast<uint32_t>(index);
      return OkStatus();
    }
    Column& outer = columns_[above - 1];
    column.depth = outer.depth + 1;
    if (outer.form != kMessage || column.depth > kDeepest || column.tag > UINT32_MAX) return NoBodies();
    outer.inside.push_back(static_cast<uint32_t>(index));
    return OkStatus();
  }

  Status ReadValues(Column& column) {
    if (column.size > rest_.size() || column.lengths > column.size) return NoBodies();
    column.bytes = Take(column.size);
    if (column.form == kNumber || column.form == kId) {
      DAFTAR_ASSIGN_OR_RETURN(column.numbers, ColumnReader::Open(column.bytes, column.values));
    } else if (column.form == kBytes) {
      DAFTAR_ASSIGN_OR_RETURN(column.numbers,
                              ColumnReader::Open(column.bytes.substr(0, column.lengths), column.values));
      column.bytes.remove_prefix(column.lengths);
    } else if (column.form == kFixed && (column.size % 8 != 0 || column.size / 8 != column.values)) {
      return NoBodies();
    }
    return OkStatus();
  }

  // Room for so many more bytes of bodies.
  bool Spend(size_t bytes) {
    if (bytes > left_) return false;
    left_ -= bytes;
    return true;
  }

  bool Append(std::string_view bytes, std::string& out) {
    if (!Spend(bytes.size())) return false;
    out.append(bytes);
    return true;
  }

  bool AppendVarint(uint64_t value, std::string& out) {
    const size_t before = out.size();
    PutVarint(out, value);
    return Spend(out.size() - before);
  }

  Status TakeMessage(Column& column, std::string& out) {
    for (;;) {
      uint64_t number = 0;
      if (!TakeVarint(column.bytes, number) || number > column.inside.size()) return NoBodies();
      if (number == 0) return OkStatus();
      DAFTAR_RETURN_IF_ERROR(TakeField(columns_[column.inside[number - 1]], out));
    }
  }

  Status TakeField(Column& column, std::string& out) {
    if (column.tag != 0 && !AppendVarint(column.tag, out)) return NoBodies();
    switch (column.form) {
      case kMessage:
        return TakeInner(column, out);
      case kNumber: {
        uint64_t value = 0;
        return column.numbers.Next(value) && AppendVarint(value, out) ? OkStatus() : NoBodies();
      }
      case kFixed:
        return TakeFixed(column, out) ? OkStatus() : NoBodies();
      case kBytes:
        return TakeBytes(column, out) ? OkStatus() : NoBodies();
      case kId:
        return TakeId(column, out) ? OkStatus() : NoBodies();
    }
    return NoBodies();
  }

  // The length stands before the message, and is known behind it: mostly of one byte.
  Status TakeInner(Column& column, std::string& out) {
    const size_t at = out.size();
    out.push_back('\0');
    DAFTAR_RETURN_IF_ERROR(TakeMessage(column, out));
    std::string length;
    PutVarint(length, out.size() - at - 1);
    out.replace(at, 1, length);
    return Spend(length.size()) ? OkStatus() : NoBodies();
  }

  bool TakeFixed(Column& column, std::string& out) {
    if (column.next == column.values || !Spend(8)) return false;
    for (size_t place = 0; place < 8; ++place) out.push_back(column.bytes[place * column.values + column.next]);
    ++column.next;
    return true;
  }

  bool TakeBytes(Column& column, std::string& out) {
    uint64_t size = 0;
    if (!column.numbers.Next(size) || size > column.bytes.size()) return false;
    if (column.tag != 0 && !AppendVarint(size, out)) return false;
    if (!Append(column.bytes.substr(0, size), out)) return false;
    column.bytes.remove_prefix(size);
    return true;
  }

  bool TakeId(Column& column, std::string& out) {
    uint64_t number = 0;
    if (!column.numbers.Next(number) || number > ids_.size()) return false;
    if (number == 0) {
      if (next_id_ == new_ids_.size()) return false;
      ids_.push_back(new_ids_[next_id_++]);
      number = ids_.size();
    }
    return AppendVarint(Uuid::kSize, out) && Append(ids_[number - 1], out);
  }

  std::string_view& rest_;
  const size_t most_bytes_;
  size_t left_ = 0;
  std::vector<Column> columns_;
  std::vector<std::optional<uint32_t>> kinds_;
  std::vector<std::string_view> ids_, new_ids_;
  size_t next_id_ = 0;
};

}  // namespace

Status TakeBodies(std::string_view& bytes, std::span<std::pair<Rid, v1::StoredRecord>> records, size_t most_bytes) {
  Reader reader(bytes, most_bytes);
  DAFTAR_RETURN_IF_ERROR(reader.Open(records));
  for (auto& [rid, record] : records) DAFTAR_RETURN_IF_ERROR(reader.TakeBody(record.kind(), *record.mutable_body()));
  return reader.done() ? OkStatus() : NoBodies();
}

}  // namespace daftar
