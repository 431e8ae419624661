#include "storage/model/derived.h"

#include <google/protobuf/descriptor.h>

#include <array>

#include "daftar/v1/options.pb.h"
#include "storage/model/compare.h"
#include "storage/model/date.h"

namespace daftar {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

void CollectTargets(const Message& message, std::set<std::string>& targets) {
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    int count = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
    bool reference = field->options().HasExtension(v1::ref);
    bool nested = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    for (int i = 0; (reference || nested) && i < count; ++i) {
      if (nested) {
        CollectTargets(field->is_repeated() ? reflection.GetRepeatedMessage(message, field, i)
                                            : reflection.GetMessage(message, field),
                       targets);
      } else {
        targets.insert(field->is_repeated() ? reflection.GetRepeatedString(message, field, i)
                                            : reflection.GetString(message, field));
      }
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

std::set<std::string> TargetsOf(const Record& record) {
  std::set<std::string> targets;
  CollectTargets(record.message(), targets);
  std::erase_if(targets, [](const std::string& target) { return target.size() != Uuid::kSize; });
  return targets;
}

}  // namespace daftar
