#include "storage/model/derived.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <array>
#include <map>

#include "daftar/v1/options.pb.h"
#include "storage/model/compare.h"
#include "storage/model/date.h"

namespace daftar {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// The fields of a message type through which it points at records: references, and messages that hold some.
struct Pointing {
  std::vector<const FieldDescriptor*> references, holders;
  bool any() const { return !references.empty() || !holders.empty(); }
};
using PointingByType = std::map<const Descriptor*, Pointing>;

// Adds the type and all types below it; the schema has no type that holds itself.
void AddType(const Descriptor& type, PointingByType& by_type) {
  if (by_type.contains(&type)) return;
  Pointing own;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (field.options().HasExtension(v1::ref)) own.references.push_back(&field);
    if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    AddType(*field.message_type(), by_type);
    if (by_type[field.message_type()].any()) own.holders.push_back(&field);
  }
  by_type[&type] = std::move(own);
}

// Looked up once: the options of a field are asked slowly, and every indexed record is walked.
const PointingByType& AllPointing() {
  static const PointingByType& all = *[] {
    auto* by_type = new PointingByType();
    for (const Kind kind : AllKinds()) AddType(KindDescriptor(kind), *by_type);
    return by_type;
  }();
  return all;
}

void CollectTargets(const Message& message, std::vector<std::string>& targets) {
  const auto pointing = AllPointing().find(message.GetDescriptor());
  if (pointing == AllPointing().end()) return;
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  std::string scratch;
  for (const FieldDescriptor* field : pointing->second.references) {
    const int count = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      const std::string& target = field->is_repeated()
                                      ? reflection.GetRepeatedStringReference(message, field, i, &scratch)
                                      : reflection.GetStringReference(message, field, &scratch);
      if (target.size() == Uuid::kSize) targets.push_back(target);
    }
  }
  for (const FieldDescriptor* field : pointing->second.holders) {
    if (field->is_repeated()) {
      const int count = reflection.FieldSize(message, field);
      for (int i = 0; i < count; ++i) CollectTargets(reflection.GetRepeatedMessage(message, field, i), targets);
    } else if (reflection.HasField(message, field)) {
      CollectTargets(reflection.GetMessage(message, field), targets);
    }
  }
}

// The first day that an account gives; nullopt if it gives none.
std::optional<int32_t> DayOf(const v1::Account& account) {
  if (account.has_date() && HasDate(account.date())) return account.date().first_day();
  if (account.period().has_from() && HasDate(account.period().from())) return account.period().from().first_day();
  return std::nullopt;
}

}  // namespace

std::optional<int32_t> SortDay(const Record& record) {
  if (record.kind() == v1::RecordKind::SOURCE) {
    const v1::FuzzyDate& published = record.source().published();
    return HasDate(published) ? std::optional(published.last_day()) : std::nullopt;
  }
  // 1 to 3, not judged, 4, 5.
  static constexpr std::array kOrder = {3, 0, 1, 2, 4, 5};
  std::optional<int32_t> day;
  int best = INT32_MAX;
  for (const v1::Account& account : record.accounts()) {
    std::optional<int32_t> own = DayOf(account);
    int order =
        v1::Credibility::Code_IsValid(account.credibility()) ? kOrder[static_cast<size_t>(account.credibility())] : 3;
    if (!own || Denies(account) || order >= best) continue;
    best = order;
    day = own;
  }
  return day;
}

std::vector<std::string> TargetsOf(const Record& record) {
  std::vector<std::string> targets;
  CollectTargets(record.message(), targets);
  std::sort(targets.begin(), targets.end());
  targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
  return targets;
}

}  // namespace daftar
