#include "storage/view/scope.h"

#include <algorithm>

#include "storage/model/date.h"
#include "storage/search/analysis/fold.h"

namespace daftar {
namespace {

constexpr int kMostEntries = 200;  // of one list
constexpr size_t kMostTagBytes = 400;
constexpr int kMostPlaces = 16;  // a chain of places longer than this, or in a circle, is cut
constexpr uint32_t kNotesField = 32;
constexpr uint32_t kLastStubField = 44;  // tags

template <typename List>
void SortOnce(List& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

template <typename List, typename Value>
bool Has(const List& list, const Value& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// The highest count that the account gives of killed.
double KilledOf(const v1::Account& account) {
  double killed = 0;
  for (const v1::Toll& toll : account.killed()) {
    if (toll.bound() != v1::Bound::NOT_GIVEN)
      killed += toll.has_high() ? toll.high() : toll.has_best() ? toll.best() : toll.low();
  }
  return killed;
}

// The days that an account gives; false if none.
bool DaysOf(const v1::Account& account, int32_t& first, int32_t& last) {
  if (account.has_date() && HasDate(account.date())) {
    first = account.date().first_day();
    last = account.date().last_day();
    return true;
  }
  if (!account.period().has_from() || !HasDate(account.period().from())) return false;
  first = account.period().from().first_day();
  last = account.period().from().last_day();
  if (HasDate(account.period().to())) last = std::max(last, account.period().to().last_day());
  return true;
}

}  // namespace

bool IsInStub(PartId part) {
  return part.first <= kLastStubField && part.first != kNotesField && part.first != kAccountField &&
         part.first != kAccountField + 1;
}

StatusOr<std::string> StubBody(std::string_view body) {
  DAFTAR_ASSIGN_OR_RETURN(std::vector<Part> parts, SplitParts(body));
  std::erase_if(parts, [](const Part& part) { return !IsInStub(part.id); });
  return JoinParts(parts);
}

v1::Scope Canonical(v1::Scope scope) {
  for (std::string& tag : *scope.mutable_tag()) tag = search::FoldedName(tag);
  SortOnce(*scope.mutable_country());
  SortOnce(*scope.mutable_place());
  SortOnce(*scope.mutable_kind());
  SortOnce(*scope.mutable_tag());
  return scope;
}

StatusOr<Scope> Scope::From(const v1::Scope& message) {
  for (const int count : {message.country_size(), message.place_size(), message.kind_size(), message.tag_size()}) {
    if (count > kMostEntries) return InvalidArgument("a scope lists more than 200 of something");
  }
  for (const std::string& country : message.country()) {
    if (country.size() != 2) return InvalidArgument("a country of a scope is not two letters, such as TJ");
  }
  for (const std::string& place : message.place()) {
    if (place.size() != Uuid::kSize) return InvalidArgument("a place of a scope is not an id");
  }
  for (const std::string& tag : message.tag()) {
    if (tag.empty() || tag.size() > kMostTagBytes) return InvalidArgument("a tag of a scope is empty or too long");
  }
  if (message.has_first_day() && message.has_last_day() && message.first_day() > message.last_day())
    return InvalidArgument("the first day of a scope is after its last one");
  Scope scope;
  scope.message_ = message;
  scope.message_.DiscardUnknownFields();
  scope.bytes_ = scope.message_.SerializeAsString();
  const bool canonical = Canonical(scope.message_).SerializeAsString() == message.SerializeAsString();
  if (!canonical) return InvalidArgument("a scope is of a form, or of a newer version, that is not understood here");
  return scope;
}

StatusOr<Hold> Scope::HoldOf(const Record& record, const RecordLookup& lookup) const {
  if (everything()) return Hold::kWhole;
  switch (record.kind()) {
    case v1::RecordKind::INCIDENT: {
      DAFTAR_ASSIGN_OR_RETURN(const bool held, HoldsIncident(record, lookup));
      return held ? Hold::kWhole : Hold::kNothing;
    }
    case v1::RecordKind::ALERT_PERIOD: {
      DAFTAR_ASSIGN_OR_RETURN(const bool held, HoldsAlert(record, lookup));
      return held ? Hold::kWhole : Hold::kNothing;
    }
    case v1::RecordKind::ACTOR:
      return message_.country_size() == 0 || Has(message_.country(), record.actor().country()) ? Hold::kWhole
                                                                                               : Hold::kStub;
    default:
      return Hold::kWhole;
  }
}

StatusOr<bool> Scope::HoldsIncident(const Record& record, const RecordLookup& lookup) const {
  const auto& kinds = record.incident().kind();
  const bool of_kind = message_.kind_size() == 0 ||
                       std::any_of(kinds.begin(), kinds.end(), [this](int kind) { return Has(message_.kind(), kind); });
  if (!of_kind || !HoldsDays(record) || !HoldsTags(record) || !HoldsToll(record)) return false;
  return HoldsAnyPlaceOf(record, lookup);
}

StatusOr<bool> Scope::HoldsAlert(const Record& record, const RecordLookup& lookup) const {
  if (!HoldsDays(record) || !HoldsTags(record)) return false;
  for (const std::string& area : record.alert_period().area()) {
    DAFTAR_ASSIGN_OR_RETURN(const bool within, LiesWithin(area, lookup));
    if (within) return true;
  }
  return HoldsAnyPlaceOf(record, lookup);
}

StatusOr<bool> Scope::HoldsAnyPlaceOf(const Record& record, const RecordLookup& lookup) const {
  if (!by_place()) return true;
  for (const v1::Account& account : record.accounts()) {
    DAFTAR_ASSIGN_OR_RETURN(const bool within, LiesWithin(account.place(), lookup));
    if (within) return true;
  }
  return false;
}

StatusOr<bool> Scope::LiesWithin(std::string place, const RecordLookup& lookup) const {
  bool country = message_.country_size() == 0, inside = message_.place_size() == 0;
  for (int depth = 0; depth < kMostPlaces && place.size() == Uuid::kSize && !(country && inside); ++depth) {
    inside = inside || Has(message_.place(), place);
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> found, lookup(*Uuid::FromBytes(place)));
    if (!found || found->kind() != v1::RecordKind::PLACE) break;
    country = country || Has(message_.country(), found->place().country());
    place = found->place().parent();
  }
  return country && inside;
}

bool Scope::HoldsDays(const Record& record) const {
  if (!message_.has_first_day() && !message_.has_last_day()) return true;
  bool dated = false;
  for (const v1::Account& account : record.accounts()) {
    int32_t first = 0, last = 0;
    if (!DaysOf(account, first, last)) continue;
    dated = true;
    const bool early = message_.has_first_day() && last < message_.first_day();
    const bool late = message_.has_last_day() && first > message_.last_day();
    if (!early && !late) return true;
  }
  return !dated;
}

bool Scope::HoldsTags(const Record& record) const {
  if (message_.tag_size() == 0) return true;
  return std::any_of(record.tags().begin(), record.tags().end(),
                     [this](const v1::Tag& tag) { return Has(message_.tag(), search::FoldedName(tag.text())); });
}

bool Scope::HoldsToll(const Record& record) const {
  if (message_.least_killed() == 0) return true;
  return std::any_of(record.accounts().begin(), record.accounts().end(),
                     [this](const v1::Account& account) { return KilledOf(account) >= message_.least_killed(); });
}

}  // namespace daftar
