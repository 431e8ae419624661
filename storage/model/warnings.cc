// What a codebook would question: see Warnings in validate.h.
#include <algorithm>

#include "daftar/v1/account.pb.h"
#include "daftar/v1/records.pb.h"
#include "storage/model/date.h"
#include "storage/model/fields.h"
#include "storage/model/validate.h"

namespace daftar {
namespace {

using google::protobuf::DynamicCastToGenerated;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using Problems = std::vector<FieldProblem>;

void WarnOfPeriod(const v1::Period& period, const std::string& path, Problems& warnings) {
  bool both = HasDate(period.from()) && HasDate(period.to());
  if (both && period.to().last_day() < period.from().first_day()) {
    warnings.push_back({path, "ends before it starts: " + PeriodWords(period)});
  }
  if (period.open_end() && HasDate(period.to())) {
    warnings.push_back({path, "has an end and is said to go on: the end is not used"});
  }
}

// Amount and Toll alike.
template <typename T>
void WarnOfFigures(const T& amount, const std::string& path, Problems& warnings) {
  bool any = amount.has_low() || amount.has_best() || amount.has_high();
  if (amount.bound() == v1::Bound::ABOUT && amount.has_best() && !amount.has_low() && !amount.has_high()) {
    warnings.push_back({path, "is given as ABOUT without a low or high figure"});
  }
  if (amount.bound() == v1::Bound::NOT_GIVEN && any) {
    warnings.push_back({path, "has a figure and is marked NOT_GIVEN"});
  }
}

void WarnOfCurrency(const v1::Amount& amount, const std::string& path, Problems& warnings) {
  if (amount.unit() == v1::Unit::CURRENCY_MINOR && amount.currency().empty()) {
    warnings.push_back({path, "is money without a currency"});
  }
}

void WarnOfValue(const Message& message, const std::string& path, Problems& warnings) {
  if (auto* period = DynamicCastToGenerated<v1::Period>(&message)) return WarnOfPeriod(*period, path, warnings);
  if (auto* toll = DynamicCastToGenerated<v1::Toll>(&message)) return WarnOfFigures(*toll, path, warnings);
  if (auto* amount = DynamicCastToGenerated<v1::Amount>(&message)) {
    WarnOfFigures(*amount, path, warnings);
    WarnOfCurrency(*amount, path, warnings);
  }
}

void Walk(const Message& message, const std::string& path, Problems& warnings) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    std::string at = JoinPath(path, JsonName(*field));
    if (!field->is_repeated()) {
      Walk(message.GetReflection()->GetMessage(message, field), at, warnings);
      continue;
    }
    for (int i = 0; i < message.GetReflection()->FieldSize(message, field); ++i) {
      Walk(message.GetReflection()->GetRepeatedMessage(message, field, i), IndexPath(at, i), warnings);
    }
  }
  WarnOfValue(message, path, warnings);
}

bool IsViolent(int kind) {
  return kind == v1::IncidentKind::CLASH || kind == v1::IncidentKind::ATTACK ||
         kind == v1::IncidentKind::INFILTRATION || kind == v1::IncidentKind::TERRITORY_CHANGE;
}

bool CountsDead(const v1::Account& account) {
  bool happened = account.modality() == v1::Modality::ASSERTED || account.modality() == v1::Modality::ALLEGED;
  return happened && std::any_of(account.killed().begin(), account.killed().end(),
                                 [](const v1::Toll& toll) { return toll.best() > 0 || toll.low() > 0; });
}

void WarnOfIncident(const v1::Incident& incident, Problems& warnings) {
  if (incident.account().empty()) warnings.push_back({"accounts", "no source speaks of the incident yet"});
  if (std::any_of(incident.kind().begin(), incident.kind().end(), IsViolent)) return;
  for (int i = 0; i < incident.account_size(); ++i) {
    if (!CountsDead(incident.account(i))) continue;
    warnings.push_back(
        {IndexPath("accounts", i) + ".killed", "people were killed, but no kind of the incident is violent"});
  }
}

}  // namespace

std::vector<FieldProblem> Warnings(Kind kind, const google::protobuf::Message& record) {
  Problems warnings;
  if (record.GetDescriptor() != &KindDescriptor(kind)) return warnings;
  Walk(record, "", warnings);
  if (auto* incident = DynamicCastToGenerated<v1::Incident>(&record)) WarnOfIncident(*incident, warnings);
  return warnings;
}

}  // namespace daftar
