#include "storage/model/validate_values.h"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "daftar/v1/account.pb.h"
#include "daftar/v1/records.pb.h"
#include "daftar/v1/values.pb.h"
#include "storage/model/date.h"
#include "storage/model/fields.h"

namespace daftar {
namespace {

using google::protobuf::Message;
using Problems = std::vector<FieldProblem>;

constexpr int32_t kMaxLatE7 = 900'000'000, kMaxLonE7 = 1'800'000'000;

// The longest span in days that a precision allows; a shorter one is fine, it is merely written with care.
std::optional<int> LongestSpan(v1::DatePrecision::Code precision) {
  switch (precision) {
    case v1::DatePrecision::DAY:
      return 1;
    case v1::DatePrecision::DAYS_2_6:
      return 6;
    case v1::DatePrecision::WEEK:
      return 11;  // a third of a month: "mid-September"
    case v1::DatePrecision::MONTH:
      return 31;
    default:
      return std::nullopt;
  }
}

void CheckDate(const v1::FuzzyDate& date, std::string_view path, Problems& problems) {
  auto add = [&](std::string message) { problems.push_back({std::string(path), std::move(message)}); };
  if (!HasDate(date)) {
    if (date.first_day() != 0 || date.last_day() != 0) add("has days but no precision: give one, such as DAY");
    return;
  }
  if (date.last_day() < date.first_day()) {
    return add("the last day, " + IsoDay(date.last_day()) + ", is before the first, " + IsoDay(date.first_day()));
  }
  if (date.first_day() < *DayNumber(1000, 1, 1) - 366 || date.last_day() > *DayNumber(2999, 12, 31) + 366) {
    return add("is outside the years 1000 to 2999");
  }
  int64_t span = int64_t{date.last_day()} - date.first_day() + 1;
  std::optional<int> longest = LongestSpan(date.precision());
  if (longest && span > *longest) {
    add("precision " + v1::DatePrecision::Code_Name(date.precision()) + " allows at most " + std::to_string(*longest) +
        (*longest == 1 ? " day" : " days") + ", but the date spans " + std::to_string(span));
  }
}

void CheckPoint(const v1::GeoPoint& point, std::string_view path, Problems& problems) {
  if (std::abs(int64_t{point.lat_e7()}) > kMaxLatE7) {
    problems.push_back({JoinPath(path, "lat"), "latitude must be between -90 and 90"});
  }
  if (std::abs(int64_t{point.lon_e7()}) > kMaxLonE7) {
    problems.push_back({JoinPath(path, "lon"), "longitude must be between -180 and 180"});
  }
}

// Amount and Toll alike.
template <typename T>
void CheckFigures(const T& amount, std::string_view path, Problems& problems) {
  auto add = [&](const char* field, const char* message) { problems.push_back({JoinPath(path, field), message}); };
  auto check_one = [&](const char* field, bool present, double value) {
    if (present && !std::isfinite(value)) add(field, "is not a finite number");
    if (present && value < 0) add(field, "is negative: a count or measure is 0 or more");
  };
  check_one("low", amount.has_low(), amount.low());
  check_one("best", amount.has_best(), amount.best());
  check_one("high", amount.has_high(), amount.high());
  if (amount.has_low() && amount.has_best() && amount.low() > amount.best()) add("low", "is above the best figure");
  if (amount.has_best() && amount.has_high() && amount.best() > amount.high()) add("high", "is below the best figure");
  if (amount.has_low() && amount.has_high() && amount.low() > amount.high()) add("high", "is below the lowest figure");
}

bool IsUpperWord(const std::string& text, size_t size) {
  return text.size() == size && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

void CheckCurrency(const v1::Amount& amount, std::string_view path, Problems& problems) {
  if (!amount.currency().empty() && !IsUpperWord(amount.currency(), 3)) {
    problems.push_back({JoinPath(path, "currency"), "is an ISO 4217 code of three capital letters, such as USD"});
  }
}

void CheckCountry(const std::string& country, std::string_view path, Problems& problems) {
  if (!country.empty() && !IsUpperWord(country, 2)) {
    problems.push_back({JoinPath(path, "country"), "is an ISO 3166-1 code of two capital letters, such as TJ"});
  }
}

void CheckAccount(const v1::Account& account, std::string_view path, Problems& problems) {
  if (account.confidence() > 100) problems.push_back({JoinPath(path, "confidence"), "must be between 0 and 100"});
}

void CheckSource(const v1::Source& source, std::string_view path, Problems& problems) {
  if (!source.sha256().empty() && source.sha256().size() != 32) {
    problems.push_back({JoinPath(path, "sha256"), "is 32 bytes, written as 64 hex digits"});
  }
}

void CheckIncident(const v1::Incident& incident, std::string_view path, Problems& problems) {
  if (incident.event_clarity() > 2) {
    problems.push_back({JoinPath(path, "event_clarity"), "is 1 or 2 (UCDP), or 0 where it is not coded"});
  }
}

void CheckRelation(const v1::Relation& relation, std::string_view path, Problems& problems) {
  if (!relation.from().empty() && relation.from() == relation.to()) {
    problems.push_back({JoinPath(path, "to"), "is the same record as \"from\": a relation links two records"});
  }
}

}  // namespace

void CheckValue(const google::protobuf::Message& message, std::string_view path, Problems& problems) {
  using google::protobuf::DynamicCastToGenerated;
  if (auto* date = DynamicCastToGenerated<v1::FuzzyDate>(&message)) return CheckDate(*date, path, problems);
  if (auto* point = DynamicCastToGenerated<v1::GeoPoint>(&message)) return CheckPoint(*point, path, problems);
  if (auto* toll = DynamicCastToGenerated<v1::Toll>(&message)) return CheckFigures(*toll, path, problems);
  if (auto* amount = DynamicCastToGenerated<v1::Amount>(&message)) {
    CheckFigures(*amount, path, problems);
    return CheckCurrency(*amount, path, problems);
  }
  if (auto* account = DynamicCastToGenerated<v1::Account>(&message)) return CheckAccount(*account, path, problems);
  if (auto* incident = DynamicCastToGenerated<v1::Incident>(&message)) return CheckIncident(*incident, path, problems);
  if (auto* relation = DynamicCastToGenerated<v1::Relation>(&message)) return CheckRelation(*relation, path, problems);
  if (auto* source = DynamicCastToGenerated<v1::Source>(&message)) return CheckSource(*source, path, problems);
  if (auto* actor = DynamicCastToGenerated<v1::Actor>(&message)) return CheckCountry(actor->country(), path, problems);
  if (auto* place = DynamicCastToGenerated<v1::Place>(&message)) return CheckCountry(place->country(), path, problems);
}

}  // namespace daftar
