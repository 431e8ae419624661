#include "storage/model/compare.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <limits>

#include "storage/model/date.h"

namespace daftar {
namespace {

using v1::Attribute;

constexpr std::array kAttributes = {
    Attribute::EXISTS, Attribute::DATE,     Attribute::PERIOD,   Attribute::PLACE,   Attribute::POINT,
    Attribute::KILLED, Attribute::WOUNDED,  Attribute::CAPTURED, Attribute::MISSING, Attribute::NEUTRALISED,
    Attribute::SEIZED, Attribute::ROLES,    Attribute::STRENGTH, Attribute::LEVEL,   Attribute::MEASURES,
    Attribute::TREND,  Attribute::DISTANCE, Attribute::DURATION, Attribute::NAME};
constexpr std::array<std::string_view, 20> kWords = {
    "",       "date",  "period",   "place", "point",    "killed", "wounded",  "captured", "missing", "neutralised",
    "seized", "roles", "strength", "level", "measures", "trends", "distance", "duration", "name",    "exists"};

using Tolls = google::protobuf::RepeatedPtrField<v1::Toll>;

const Tolls& TollsOf(const v1::Account& account, Attribute::Code attribute) {
  switch (attribute) {
    case Attribute::KILLED:
      return account.killed();
    case Attribute::WOUNDED:
      return account.wounded();
    case Attribute::CAPTURED:
      return account.captured();
    case Attribute::MISSING:
      return account.missing();
    default:
      return account.neutralised();
  }
}

struct Range {
  double low, high;
};

// The figures that a count leaves possible. Works on Amount and Toll.
template <typename Count>
Range RangeOf(const Count& count) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  Range range{0, kInfinity};
  if (count.bound() == v1::Bound::NOT_GIVEN || !(count.has_low() || count.has_best() || count.has_high())) return range;
  double best = count.has_best() ? count.best() : count.has_low() ? count.low() : count.high();
  double slack = count.bound() == v1::Bound::ABOUT ? std::abs(best) * 0.1 : 0;
  range.low = count.has_low() ? count.low() : count.bound() == v1::Bound::AT_MOST ? 0 : best - slack;
  range.high = count.has_high() ? count.high() : count.bound() == v1::Bound::AT_LEAST ? kInfinity : best + slack;
  return range;
}

Fit CompareRanges(Range a, Range b) {
  if (a.low == b.low && a.high == b.high) return Fit::kSame;
  if (a.high < b.low || b.high < a.low) return Fit::kContradicts;
  if (b.low >= a.low && b.high <= a.high) return Fit::kFiner;
  if (a.low >= b.low && a.high <= b.high) return Fit::kCoarser;
  return Fit::kCompatible;
}

Fit CompareTolls(const Tolls& a, const Tolls& b) {
  Fit result = a.size() == b.size() ? Fit::kSame : Fit::kCompatible;
  for (const v1::Toll& left : a) {
    for (const v1::Toll& right : b) {
      if (left.of() != right.of()) continue;
      Fit fit = CompareRanges(RangeOf(left), RangeOf(right));
      if (fit == Fit::kContradicts) return fit;
      if (fit != Fit::kSame) result = fit;
    }
  }
  return result;
}

Fit CompareDates(const v1::FuzzyDate& a, const v1::FuzzyDate& b) {
  if (Contradict(a, b)) return Fit::kContradicts;
  bool same_days = a.first_day() == b.first_day() && a.last_day() == b.last_day();
  if (same_days && a.part() == b.part()) return Fit::kSame;
  if (b.first_day() >= a.first_day() && b.last_day() <= a.last_day() &&
      (!same_days || a.part() == v1::DayPart::UNSET)) {
    return Fit::kFiner;
  }
  if (a.first_day() >= b.first_day() && a.last_day() <= b.last_day()) return Fit::kCoarser;
  return Fit::kCompatible;
}

Fit ComparePeriods(const v1::Period& a, const v1::Period& b) {
  bool starts_differ = a.has_from() && b.has_from() && Contradict(a.from(), b.from());
  bool ends_differ = a.has_to() && b.has_to() && Contradict(a.to(), b.to());
  if (starts_differ || ends_differ) return Fit::kContradicts;
  return a.SerializeAsString() == b.SerializeAsString() ? Fit::kSame : Fit::kCompatible;
}

// Whether `inner` lies in `outer`, up the chain of parents.
StatusOr<bool> LiesIn(std::string inner, const std::string& outer, const RecordLookup& lookup) {
  for (int depth = 0; depth < 16 && !inner.empty(); ++depth) {
    if (inner == outer) return true;
    std::optional<Uuid> id = Uuid::FromBytes(inner);
    if (!id) return false;
    DAFTAR_ASSIGN_OR_RETURN(std::optional<Record> place, lookup(*id));
    if (!place || place->kind() != v1::RecordKind::PLACE) return false;
    inner = place->place().parent();
  }
  return false;
}

StatusOr<Fit> ComparePlaces(const std::string& a, const std::string& b, const RecordLookup& lookup) {
  if (a == b) return Fit::kSame;
  DAFTAR_ASSIGN_OR_RETURN(bool finer, LiesIn(b, a, lookup));
  if (finer) return Fit::kFiner;
  DAFTAR_ASSIGN_OR_RETURN(bool coarser, LiesIn(a, b, lookup));
  return coarser ? Fit::kCoarser : Fit::kContradicts;
}

Fit ComparePoints(const v1::GeoPoint& a, const v1::GeoPoint& b) {
  if (a.lat_e7() == b.lat_e7() && a.lon_e7() == b.lon_e7()) return Fit::kSame;
  constexpr double kDegree = 111'195;  // metres
  constexpr double kPi = 3.14159265358979323846;
  double north = (a.lat_e7() - double(b.lat_e7())) * 1e-7 * kDegree;
  double east = (a.lon_e7() - double(b.lon_e7())) * 1e-7 * kDegree * std::cos(a.lat_e7() * 1e-7 * kPi / 180);
  double radii = double(a.radius_m()) + b.radius_m() + 1000;
  return std::hypot(north, east) > radii ? Fit::kContradicts : Fit::kCompatible;
}

bool IsSummary(const v1::Account& account) {
  return std::all_of(account.seized().begin(), account.seized().end(),
                     [](const v1::SeizedItem& item) { return item.class_() == v1::ItemClass::CACHE_UNSPECIFIED; });
}

Fit CompareSeized(const v1::Account& a, const v1::Account& b) {
  if (IsSummary(a) || IsSummary(b))
    return IsSummary(a) && IsSummary(b) ? Fit::kSame : IsSummary(a) ? Fit::kFiner : Fit::kCoarser;
  for (const v1::SeizedItem& left : a.seized()) {
    for (const v1::SeizedItem& right : b.seized()) {
      bool same_thing =
          left.class_() == right.class_() && left.model() == right.model() && left.class_() != v1::ItemClass::OTHER;
      if (same_thing && CompareRanges(RangeOf(left.quantity()), RangeOf(right.quantity())) == Fit::kContradicts) {
        return Fit::kContradicts;
      }
    }
  }
  return Fit::kCompatible;
}

int Direction(v1::TrendKind::Code kind) {
  switch (kind) {
    case v1::TrendKind::RISING:
    case v1::TrendKind::WORSENING:
      return 1;
    case v1::TrendKind::FALLING:
    case v1::TrendKind::IMPROVING:
      return -1;
    default:
      return 0;
  }
}

bool Apart(const v1::Period& a, const v1::Period& b) {
  auto ends_before = [](const v1::Period& x, const v1::Period& y) {
    return x.has_to() && y.has_from() && x.to().last_day() < y.from().first_day();
  };
  return ends_before(a, b) || ends_before(b, a);
}

Fit CompareTrends(const v1::Account& a, const v1::Account& b) {
  for (const v1::Trend& left : a.trend()) {
    for (const v1::Trend& right : b.trend()) {
      bool opposite = Direction(left.kind()) != Direction(right.kind());
      if (left.of() == right.of() && opposite && !Apart(left.period(), right.period())) return Fit::kContradicts;
    }
  }
  return Fit::kCompatible;
}

}  // namespace

std::span<const Attribute::Code> AllAttributes() { return kAttributes; }

std::string_view AttributeWord(Attribute::Code attribute) {
  return Attribute::Code_IsValid(attribute) ? kWords[static_cast<size_t>(attribute)] : "";
}

std::optional<Attribute::Code> AttributeFromWord(std::string_view word) {
  std::string lower(word);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
  for (Attribute::Code attribute : kAttributes) {
    if (AttributeWord(attribute) == lower) return attribute;
  }
  return std::nullopt;
}

bool Denies(const v1::Account& account) {
  return account.stance() == v1::Stance::DENIES || account.modality() == v1::Modality::NEGATED;
}

bool Says(const v1::Account& account, Attribute::Code attribute) {
  switch (attribute) {
    case Attribute::EXISTS:
      return account.stance() != v1::Stance::CANNOT_SAY;
    case Attribute::DATE:
      return account.has_date();
    case Attribute::PERIOD:
      return account.has_period();
    case Attribute::PLACE:
      return !account.place().empty();
    case Attribute::POINT:
      return account.has_point();
    case Attribute::KILLED:
    case Attribute::WOUNDED:
    case Attribute::CAPTURED:
    case Attribute::MISSING:
    case Attribute::NEUTRALISED:
      return !TollsOf(account, attribute).empty();
    case Attribute::SEIZED:
      return !account.seized().empty();
    case Attribute::ROLES:
      return !account.role().empty();
    case Attribute::STRENGTH:
      return !account.strength().empty();
    case Attribute::LEVEL:
      return account.level() != v1::AlertLevel::UNSET;
    case Attribute::MEASURES:
      return !account.measure().empty();
    case Attribute::TREND:
      return !account.trend().empty();
    case Attribute::DISTANCE:
      return account.has_distance();
    case Attribute::DURATION:
      return account.has_duration();
    case Attribute::NAME:
      return !account.name().empty();
    default:
      return false;
  }
}

StatusOr<Fit> Compare(Kind kind, Attribute::Code attribute, const v1::Account& a, const v1::Account& b,
                      const RecordLookup& lookup) {
  switch (attribute) {
    case Attribute::EXISTS:
      return Denies(a) == Denies(b) ? Fit::kSame : Fit::kContradicts;
    case Attribute::DATE:
      return CompareDates(a.date(), b.date());
    case Attribute::PERIOD:
      return kind == v1::RecordKind::RELATION || kind == v1::RecordKind::ACTOR ? Fit::kCompatible
                                                                               : ComparePeriods(a.period(), b.period());
    case Attribute::PLACE:
      if (kind == v1::RecordKind::RELATION || kind == v1::RecordKind::ACTOR) return Fit::kCompatible;
      return ComparePlaces(a.place(), b.place(), lookup);
    case Attribute::POINT:
      return ComparePoints(a.point(), b.point());
    case Attribute::KILLED:
    case Attribute::WOUNDED:
    case Attribute::CAPTURED:
    case Attribute::MISSING:
    case Attribute::NEUTRALISED:
      return CompareTolls(TollsOf(a, attribute), TollsOf(b, attribute));
    case Attribute::SEIZED:
      return CompareSeized(a, b);
    case Attribute::LEVEL:
      return a.level() == b.level() ? Fit::kSame : Fit::kContradicts;
    case Attribute::TREND:
      return CompareTrends(a, b);
    case Attribute::DISTANCE:
      return CompareRanges(RangeOf(a.distance()), RangeOf(b.distance()));
    case Attribute::DURATION:
      return CompareRanges(RangeOf(a.duration()), RangeOf(b.duration()));
    default:
      return Fit::kCompatible;
  }
}

}  // namespace daftar
