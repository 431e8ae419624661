#include "storage/search/row.h"

#include <algorithm>
#include <limits>

#include "storage/model/date.h"
#include "storage/model/derived.h"

namespace daftar::search {
namespace {

using v1::Attribute;

// The date without its wording.
v1::FuzzyDate Bare(const v1::FuzzyDate& date) {
  v1::FuzzyDate bare;
  if (!HasDate(date)) return bare;
  bare.set_first_day(date.first_day());
  bare.set_last_day(date.last_day());
  bare.set_precision(date.precision());
  bare.set_approximate(date.approximate());
  bare.set_year_inferred(date.year_inferred());
  bare.set_part(date.part());
  bare.set_uncertain(date.uncertain());
  return bare;
}

v1::Period Bare(const v1::Period& period) {
  v1::Period bare;
  if (HasDate(period.from())) *bare.mutable_from() = Bare(period.from());
  if (HasDate(period.to())) *bare.mutable_to() = Bare(period.to());
  bare.set_open_end(period.open_end());
  return bare;
}

class RowMaker {
 public:
  RowMaker(const Record& record, const RecordLookup& lookup, std::string_view language)
      : record_(record), lookup_(lookup), language_(language) {}

  StatusOr<Row> Make(const Shown* shown) {
    row_.id = record_.id();
    row_.kind = record_.kind();
    row_.title = DisplayName(record_, language_);
    row_.display_id = DisplayId(record_);
    row_.codes = CodesOf(record_);
    row_.day = SortDay(record_);
    row_.happened = HappenedOf(record_);
    if (shown != nullptr) DAFTAR_RETURN_IF_ERROR(AddAccounts(*shown));
    switch (record_.kind()) {
      case v1::RecordKind::PLACE:
        row_.country = record_.place().country();
        DAFTAR_RETURN_IF_ERROR(AddPlacesAbove());
        break;
      case v1::RecordKind::SOURCE:
        if (HasDate(record_.source().published())) row_.dates = {Bare(record_.source().published())};
        Widen(record_.source().published());
        break;
      case v1::RecordKind::RELATION:
        AddRelation();
        break;
      default:
        break;
    }
    return std::move(row_);
  }

 private:
  void Widen(const v1::FuzzyDate& date) {
    if (!HasDate(date)) return;
    row_.first_day = std::min(row_.first_day.value_or(std::numeric_limits<int32_t>::max()), date.first_day());
    row_.last_day = std::max(row_.last_day.value_or(std::numeric_limits<int32_t>::min()), date.last_day());
  }

  // The days that the accounts leave possible.
  void AddDays() {
    for (const v1::Account& account : record_.accounts()) {
      if (!Denies(account)) Widen(account.date());
    }
    if (row_.last_day) return;
    for (const v1::Account& account : record_.accounts()) {
      if (Denies(account)) continue;
      Widen(account.period().from());
      if (!account.period().open_end() && record_.kind() == v1::RecordKind::INCIDENT) Widen(account.period().to());
    }
  }

  void AddShownDate(const Shown& shown) {
    if (const ShownValue* value = shown.find(Attribute::DATE)) {
      row_.date_in_doubt = value->open();
      for (const std::vector<uint64_t>& group : value->groups) {
        if (const v1::Account* account = FindAccount(record_, group.front())) {
          row_.dates.push_back(Bare(account->date()));
        }
        if (!row_.date_in_doubt && !row_.dates.empty()) break;
      }
      if (!row_.dates.empty()) return;
      row_.date_in_doubt = false;
    }
    const ShownValue* period = shown.find(Attribute::PERIOD);
    const v1::Account* account = period == nullptr ? nullptr : FindAccount(record_, period->account);
    if (account != nullptr) row_.period = Bare(account->period());
  }

  Status AddAccounts(const Shown& shown) {
    AddShownDate(shown);
    AddDays();
    for (const ShownValue& value : shown.values) {
      row_.disagrees = row_.disagrees || value.disagrees();
      row_.open = row_.open || value.open();
    }
    row_.denied = std::any_of(record_.accounts().begin(), record_.accounts().end(), Denies);
    const ShownValue* place = shown.find(Attribute::PLACE);
    if (place == nullptr || place->account == 0 || record_.kind() == v1::RecordKind::RELATION) return OkStatus();
    const v1::Account* account = FindAccount(record_, place->account);
    if (account == nullptr || account->place().empty()) return OkStatus();
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> found, AddPlace(account->place()));
    if (found) row_.country = found->place().country();
    return OkStatus();
  }

  // The place, if it is one.
  StatusOr<std::optional<Record>> AddPlace(const std::string& reference) {
    Row::Place& place = row_.places.emplace_back();
    std::optional<Record> found;
    if (const std::optional<Uuid> id = Uuid::FromBytes(reference)) {
      place.id = *id;
      DAFTAR_ASSIGN_OR_RETURN(found, lookup_(*id));
    }
    if (found && found->kind() != v1::RecordKind::PLACE) found.reset();
    place.has_name = found.has_value();
    if (found) place.name = DisplayName(*found, language_);
    return found;
  }

  Status AddPlacesAbove() {
    std::string at = record_.place().parent();
    for (int depth = 0; depth < kMostPlacesAbove && !at.empty(); ++depth) {
      DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> found, AddPlace(at));
      if (!found) break;
      at = found->place().parent();
    }
    return OkStatus();
  }

  void AddRelation() {
    const v1::Relation& relation = record_.relation();
    Row::Relation& own = row_.relation.emplace();
    own.from = relation.from();
    own.to = relation.to();
    own.type = relation.type();
    own.negated = relation.negated();
    for (const v1::Account& account : record_.accounts()) {
      v1::Account& brief = own.accounts.emplace_back();
      brief.set_source(account.source());
      brief.set_place(account.place());
      brief.set_stance(account.stance());
      brief.set_modality(account.modality());
      if (account.has_period()) *brief.mutable_period() = Bare(account.period());
    }
  }

  const Record& record_;
  const RecordLookup& lookup_;
  const std::string_view language_;
  Row row_;
};

}  // namespace

Happened HappenedOf(const Record& record) {
  if (record.kind() != v1::RecordKind::INCIDENT || record.accounts().empty()) return Happened::kYes;
  Happened happened = Happened::kDenied;
  for (const v1::Account& account : record.accounts()) {
    if (Denies(account)) continue;
    if (account.modality() == v1::Modality::EXPECTED) {
      happened = Happened::kExpected;
    } else if (account.modality() != v1::Modality::HYPOTHETICAL) {
      return Happened::kYes;
    } else if (happened == Happened::kDenied) {
      happened = Happened::kHypothetical;
    }
  }
  return happened;
}

Codes CodesOf(const Record& record) {
  const auto one = [](int code) { return code == 0 ? Codes() : Codes{code}; };
  switch (record.kind()) {
    case v1::RecordKind::INCIDENT:
      return Codes(record.incident().kind().begin(), record.incident().kind().end());
    case v1::RecordKind::ACTOR:
      return one(record.actor().class_());
    case v1::RecordKind::PLACE:
      return one(record.place().kind());
    case v1::RecordKind::SOURCE:
      return one(record.source().type());
    default:
      return {};
  }
}

StatusOr<Row> RowOf(const Record& record, const Shown* shown, const RecordLookup& lookup, std::string_view language) {
  return RowMaker(record, lookup, language).Make(shown);
}

}  // namespace daftar::search
