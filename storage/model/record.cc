#include "storage/model/record.h"

#include <google/protobuf/arena.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/wire_format_lite.h>

#include <algorithm>

#include "storage/base/status.h"
#include "storage/model/bounded_parse.h"

namespace daftar {
namespace {

using google::protobuf::RepeatedPtrField;

// Calls `visit` with the message in its own type.
template <typename Visitor>
decltype(auto) Visit(const Record& record, Visitor visit) {
  switch (record.kind()) {
    case v1::RecordKind::INCIDENT:
      return visit(record.incident());
    case v1::RecordKind::ACTOR:
      return visit(record.actor());
    case v1::RecordKind::PLACE:
      return visit(record.place());
    case v1::RecordKind::SOURCE:
      return visit(record.source());
    case v1::RecordKind::RELATION:
      return visit(record.relation());
    default:
      return visit(record.alert_period());
  }
}

template <typename T>
const T& As(const Record& record, Kind kind) {
  DAFTAR_CHECK(record.kind() == kind);
  return static_cast<const T&>(record.message());
}

// How much memory a message takes for its bytes on the wire, about, and what an arena begins with at least and at most.
constexpr size_t kArenaShare = 5, kSmallestArena = 512, kLargestArena = 32 << 10;

// Bytes of a body up to which it takes little, whatever they are.
constexpr size_t kSmallBody = 64 << 10;

Status CheckBody(const google::protobuf::Message& message, std::string_view body) {
  google::protobuf::io::ArrayInputStream stream(body.data(), static_cast<int>(body.size()));
  const Status checked = CheckMemory(*message.GetDescriptor(), stream);
  return checked.ok() ? OkStatus() : DataLoss("a record is damaged: " + std::string(checked.message()));
}

// A StoredRecord whose bytes are borrowed.
struct StoredFields {
  std::string_view id, body;
  int kind = 0;
  Revision created = 0, revision = 0;
  std::map<PartId, Revision> parts;
  uint64_t stub = 0;
};

// Takes a field of length and bytes without copying it.
bool TakeBytes(google::protobuf::io::CodedInputStream& in, std::string_view& bytes) {
  int size = 0;
  const void* data = nullptr;
  int left = 0;
  if (!in.ReadVarintSizeAsInt(&size)) return false;
  if (size == 0) {
    bytes = {};
    return true;
  }
  if (!in.GetDirectBufferPointer(&data, &left) || left < size) return false;
  bytes = {static_cast<const char*>(data), static_cast<size_t>(size)};
  return in.Skip(size);
}

bool ReadFields(std::string_view stored, StoredFields& fields) {
  using google::protobuf::internal::WireFormatLite;
  constexpr auto kBytes = WireFormatLite::WIRETYPE_LENGTH_DELIMITED;
  constexpr auto kVarint = WireFormatLite::WIRETYPE_VARINT;
  google::protobuf::io::CodedInputStream in(reinterpret_cast<const uint8_t*>(stored.data()),
                                            static_cast<int>(stored.size()));
  while (const uint32_t tag = in.ReadTag()) {
    uint64_t kind = 0;
    std::string_view bytes;
    v1::PartRevision part;
    bool sound = true;
    switch (tag) {
      case WireFormatLite::MakeTag(v1::StoredRecord::kIdFieldNumber, kBytes):
        sound = TakeBytes(in, fields.id);
        break;
      case WireFormatLite::MakeTag(v1::StoredRecord::kKindFieldNumber, kVarint):
        sound = in.ReadVarint64(&kind);
        fields.kind = static_cast<int>(kind);
        break;
      case WireFormatLite::MakeTag(v1::StoredRecord::kCreatedFieldNumber, kVarint):
        sound = in.ReadVarint64(&fields.created);
        break;
      case WireFormatLite::MakeTag(v1::StoredRecord::kPartFieldNumber, kBytes):
        sound = TakeBytes(in, bytes) && part.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
        fields.parts[{part.field(), part.key()}] = part.revision();
        break;
      case WireFormatLite::MakeTag(v1::StoredRecord::kBodyFieldNumber, kBytes):
        sound = TakeBytes(in, fields.body);
        break;
      case WireFormatLite::MakeTag(v1::StoredRecord::kRevisionFieldNumber, kVarint):
        sound = in.ReadVarint64(&fields.revision);
        break;
      case WireFormatLite::MakeTag(v1::StoredRecord::kStubFieldNumber, kVarint):
        sound = in.ReadVarint64(&fields.stub);
        break;
      default:
        sound = WireFormatLite::SkipField(&in, tag);
    }
    if (!sound) return false;
  }
  return in.ConsumedEntireMessage();
}

}  // namespace

StatusOr<Record> Record::Parse(std::string_view id_bytes, int kind, std::string_view body) {
  const std::optional<Uuid> id = Uuid::FromBytes(id_bytes);
  if (!id || !v1::RecordKind::Code_IsValid(kind) || kind == v1::RecordKind::UNSET) {
    return DataLoss("a stored record has no valid id or kind");
  }
  // A message is made of many small ones: an arena allocates and frees them together.
  google::protobuf::ArenaOptions options;
  options.start_block_size = std::clamp(kArenaShare * body.size(), kSmallestArena, kLargestArena);
  const auto arena = std::make_shared<google::protobuf::Arena>(options);
  google::protobuf::Message& message = NewMessage(static_cast<Kind>(kind), *arena);
  if (body.size() > kSmallBody) DAFTAR_RETURN_IF_ERROR(CheckBody(message, body));
  if (!message.ParseFromArray(body.data(), static_cast<int>(body.size())))
    return DataLoss("the stored bytes of record " + id->ToString() + " do not parse");
  return Record(*id, static_cast<Kind>(kind), std::shared_ptr<const google::protobuf::Message>(arena, &message));
}

StatusOr<Record> Record::FromStored(const v1::StoredRecord& stored) {
  DAFTAR_ASSIGN_OR_RETURN(Record record, Parse(stored.id(), stored.kind(), stored.body()));
  record.created_ = stored.created();
  record.revision_ = stored.revision();
  record.stub_ = stored.stub();
  for (const v1::PartRevision& part : stored.part())
    record.part_revisions_[{part.field(), part.key()}] = part.revision();
  return record;
}

StatusOr<Record> Record::FromStoredBytes(std::string_view stored) {
  StoredFields fields;
  if (!ReadFields(stored, fields)) return DataLoss("a stored record does not parse");
  DAFTAR_ASSIGN_OR_RETURN(Record record, Parse(fields.id, fields.kind, fields.body));
  record.created_ = fields.created;
  record.revision_ = fields.revision;
  record.part_revisions_ = std::move(fields.parts);
  record.stub_ = fields.stub != 0;
  return record;
}

Record::Record(Uuid id, Kind kind, std::shared_ptr<const google::protobuf::Message> message)
    : id_(id), kind_(kind), message_(std::move(message)) {}

const v1::Incident& Record::incident() const { return As<v1::Incident>(*this, v1::RecordKind::INCIDENT); }
const v1::Actor& Record::actor() const { return As<v1::Actor>(*this, v1::RecordKind::ACTOR); }
const v1::Place& Record::place() const { return As<v1::Place>(*this, v1::RecordKind::PLACE); }
const v1::Source& Record::source() const { return As<v1::Source>(*this, v1::RecordKind::SOURCE); }
const v1::Relation& Record::relation() const { return As<v1::Relation>(*this, v1::RecordKind::RELATION); }
const v1::AlertPeriod& Record::alert_period() const { return As<v1::AlertPeriod>(*this, v1::RecordKind::ALERT_PERIOD); }

const RepeatedPtrField<v1::Name>& Record::names() const {
  return Visit(*this, [](const auto& message) -> const RepeatedPtrField<v1::Name>& { return message.name(); });
}

const RepeatedPtrField<v1::Account>& Record::accounts() const {
  static const auto& none = *new RepeatedPtrField<v1::Account>();
  return Visit(*this, [](const auto& message) -> const RepeatedPtrField<v1::Account>& {
    if constexpr (requires { message.account(); }) return message.account();
    return none;
  });
}

const RepeatedPtrField<v1::Choice>& Record::choices() const {
  static const auto& none = *new RepeatedPtrField<v1::Choice>();
  return Visit(*this, [](const auto& message) -> const RepeatedPtrField<v1::Choice>& {
    if constexpr (requires { message.choice(); }) return message.choice();
    return none;
  });
}

const RepeatedPtrField<v1::External>& Record::externals() const {
  return Visit(*this, [](const auto& message) -> const RepeatedPtrField<v1::External>& { return message.external(); });
}

const RepeatedPtrField<v1::Tag>& Record::tags() const {
  return Visit(*this, [](const auto& message) -> const RepeatedPtrField<v1::Tag>& { return message.tag(); });
}

const std::string& Record::notes() const {
  return Visit(*this, [](const auto& message) -> const std::string& { return message.notes(); });
}

v1::Tlp::Code Record::tlp() const {
  return Visit(*this, [](const auto& message) { return message.tlp(); });
}

const v1::Retirement* Record::retirement() const {
  return Visit(*this, [](const auto& message) { return message.has_retired() ? &message.retired() : nullptr; });
}

Revision Record::revision_of(PartId part) const {
  auto at = part_revisions_.find(part);
  return at == part_revisions_.end() ? created_ : at->second;
}

void Record::InheritRevisions(const Record& stored) {
  created_ = stored.created_;
  revision_ = stored.revision_;
  part_revisions_ = stored.part_revisions_;
  stub_ = stored.stub_;
}

namespace {

// Persian and Dari are written alike.
bool IsDari(std::string_view lang) { return lang == "fa" || lang == "prs"; }

// How well a name suits a reader of that language: the less, the better.
int Distance(const v1::Name& name, std::string_view lang) {
  const bool own = name.lang() == lang || (IsDari(lang) && IsDari(name.lang()));
  const bool preferred = name.kind() == v1::NameKind::PREFERRED;
  const bool full = name.kind() == v1::NameKind::ALIAS || name.kind() == v1::NameKind::TRANSLITERATION;
  if (own && preferred) return name.lang() == lang ? 0 : 1;
  if (own && full) return 2;
  return preferred ? 3 : 4;
}

}  // namespace

std::string DisplayName(const Record& record, std::string_view lang) {
  const v1::Name* best = nullptr;
  for (const v1::Name& name : record.names()) {
    if (best == nullptr || Distance(name, lang) < Distance(*best, lang)) best = &name;
  }
  return best != nullptr ? best->text() : "(no name)";
}

std::string DisplayId(const Record& record) {
  if (record.externals().empty()) return record.id().ToString();
  return record.externals().Get(0).system() + ":" + record.externals().Get(0).id();
}

}  // namespace daftar
