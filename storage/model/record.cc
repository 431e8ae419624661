#include "storage/model/record.h"

#include "storage/base/status.h"

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

}  // namespace

StatusOr<Record> Record::FromStored(const v1::StoredRecord& stored) {
  std::optional<Uuid> id = Uuid::FromBytes(stored.id());
  if (!id || !v1::RecordKind::Code_IsValid(stored.kind()) || stored.kind() == v1::RecordKind::UNSET) {
    return DataLoss("a stored record has no valid id or kind");
  }
  std::shared_ptr<google::protobuf::Message> message = NewMessage(stored.kind());
  if (!message->ParseFromString(stored.body()))
    return DataLoss("the stored bytes of record " + id->ToString() + " do not parse");
  Record record(*id, stored.kind(), std::move(message));
  record.created_ = stored.created();
  record.revision_ = stored.revision();
  for (const v1::PartRevision& part : stored.part())
    record.part_revisions_[{part.field(), part.key()}] = part.revision();
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
}

std::string DisplayName(const Record& record, std::string_view lang) {
  const v1::Name* best = nullptr;
  for (const v1::Name& name : record.names()) {
    bool preferred = name.kind() == v1::NameKind::PREFERRED;
    if (preferred && name.lang() == lang) return name.text();
    if (best == nullptr || (preferred && best->kind() != v1::NameKind::PREFERRED)) best = &name;
  }
  return best != nullptr ? best->text() : "(no name)";
}

std::string DisplayId(const Record& record) {
  if (record.externals().empty()) return record.id().ToString();
  return record.externals().Get(0).system() + ":" + record.externals().Get(0).id();
}

}  // namespace daftar
