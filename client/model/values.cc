#include "client/model/values.h"

#include <cstdio>

#include "client/language/dates.h"
#include "client/language/lists.h"
#include "client/language/say.h"
#include "client/model/words.h"
#include "storage/model/date.h"

namespace daftar {
namespace {

using v1::Attribute;

constexpr int kDeepestPlace = 8;

template <typename Items, typename Words>
Cell ListCell(const Items& items, Words words) {
  std::vector<std::string> texts;
  for (const auto& item : items) texts.push_back(words(item));
  return {SayList(texts, Joint::kSemicolon), {}, {}, ""};
}

Cell PointCell(const v1::GeoPoint& point) {
  char text[64];
  std::snprintf(text, sizeof text, "%.4f, %.4f", point.lat_e7() * 1e-7, point.lon_e7() * 1e-7);
  std::string words = text;
  if (point.radius_m() > 0) {
    const std::string distance = Say("unit.kilometres", {{"number", SayNumber(point.radius_m() / 1000.0)}});
    words = Say("value.point_within", {{"point", words}, {"distance", distance}});
  }
  if (point.precision() != v1::GeoPrecision::UNSET) {
    const std::string precision = SayCode(v1::GeoPrecision::Code_Name(point.precision()));
    words = Say("value.point_precision", {{"point", words}, {"precision", precision}});
  }
  return {words, {}, {}, ""};
}

Cell SeizedCell(const v1::Account& account) {
  Cell cell = ListCell(account.seized(), SeizedWords);
  for (const v1::SeizedItem& item : account.seized()) {
    if (!item.anomaly().empty()) cell.anomaly += (cell.anomaly.empty() ? "" : " ") + item.anomaly();
  }
  return cell;
}

Cell RolesCell(const v1::Account& account, Names& names) {
  Cell cell;
  for (const v1::Role& role : account.role()) {
    if (!cell.text.empty()) Append(cell, SayJoint(Joint::kSemicolon));
    const PageLink actor = names.LinkTo(role.actor());
    const bool named = role.kind() != v1::RoleKind::UNSET;
    const std::string words = named ? SayCode(v1::RoleKind::Code_Name(role.kind())) : "";
    Append(cell, named ? Say("value.role", {{"actor", actor.text}, {"role", words}}) : actor.text);
    if (!actor.address.empty()) cell.links.push_back(actor);
  }
  return cell;
}

std::string StrengthWords(const v1::Strength& strength) {
  std::string words = AmountWords(strength.people());
  if (!strength.population().empty()) {
    words = Say("value.strength", {{"people", words}, {"population", strength.population()}});
  }
  if (!HasDate(strength.as_of())) return words;
  return Say("value.as_of", {{"value", words}, {"date", SayDate(strength.as_of())}});
}

std::string MeasureWords(const v1::Measure& measure) {
  std::string words = SayCode(v1::MeasureKind::Code_Name(measure.kind()));
  if (!measure.has_size()) return words;
  return Say("value.measure", {{"measure", words}, {"size", AmountWords(measure.size())}});
}

std::string TrendWords(const v1::Trend& trend) {
  const std::string kind = SayCode(v1::TrendKind::Code_Name(trend.kind()));
  const std::string words =
      trend.has_by() ? Say("value.trend_by", {{"of", trend.of()}, {"trend", kind}, {"amount", AmountWords(trend.by())}})
                     : Say("value.trend", {{"of", trend.of()}, {"trend", kind}});
  if (!trend.has_period()) return words;
  return Say("value.in_period", {{"value", words}, {"period", SayPeriod(trend.period())}});
}

std::string LastWord(const std::string& words) { return words.substr(words.rfind(' ') + 1); }

}  // namespace

void Append(Cell& cell, std::string_view text) { cell.text += text; }

void Append(Cell& cell, const PageLink& link) {
  cell.text += link.text;
  if (!link.address.empty()) cell.links.push_back(link);
}

std::string ClaimWords(const v1::Account& account) {
  std::string stance = SayCode(v1::Stance::Code_Name(account.stance()));
  if (account.modality() == v1::Modality::ASSERTED) return stance;
  std::string modality = SayCode(v1::Modality::Code_Name(account.modality()));
  if (account.stance() == v1::Stance::STATES) return modality;
  return Say("page.claim", {{"modality", modality}, {"stance", stance}});
}

Marks ClaimMarks(const v1::Account& account) {
  Marks marks;
  marks.denied = Denies(account);
  marks.alleged = account.modality() == v1::Modality::ALLEGED;
  marks.expected = account.modality() == v1::Modality::EXPECTED;
  return marks;
}

Cell ValueCell(const v1::Account& account, Attribute::Code attribute, Names& names) {
  if (!Says(account, attribute)) return {};
  switch (attribute) {
    case Attribute::EXISTS:
      return {ClaimWords(account), {}, {}, ""};
    case Attribute::DATE:
      return {SayDate(account.date()), {}, {}, ""};
    case Attribute::PERIOD:
      return {SayPeriod(account.period()), {}, {}, ""};
    case Attribute::PLACE: {
      Cell cell;
      Append(cell, names.LinkTo(account.place()));
      return cell;
    }
    case Attribute::POINT:
      return PointCell(account.point());
    case Attribute::KILLED:
      return ListCell(account.killed(), TollWords);
    case Attribute::WOUNDED:
      return ListCell(account.wounded(), TollWords);
    case Attribute::CAPTURED:
      return ListCell(account.captured(), TollWords);
    case Attribute::MISSING:
      return ListCell(account.missing(), TollWords);
    case Attribute::NEUTRALISED:
      return ListCell(account.neutralised(), TollWords);
    case Attribute::SEIZED:
      return SeizedCell(account);
    case Attribute::ROLES:
      return RolesCell(account, names);
    case Attribute::STRENGTH:
      return ListCell(account.strength(), StrengthWords);
    case Attribute::LEVEL:
      return {SayCode(v1::AlertLevel::Code_Name(account.level())), {}, {}, ""};
    case Attribute::MEASURES:
      return ListCell(account.measure(), MeasureWords);
    case Attribute::TREND:
      return ListCell(account.trend(), TrendWords);
    case Attribute::DISTANCE:
      return {AmountWords(account.distance()), {}, {}, ""};
    case Attribute::DURATION:
      return {AmountWords(account.duration()), {}, {}, ""};
    case Attribute::NAME:
      return {account.name(), {}, {}, ""};
    default:
      return {};
  }
}

Cell PlaceChain(std::string_view place, Names& names) {
  Cell cell;
  std::string at(place);
  for (int depth = 0; depth < kDeepestPlace && !at.empty(); ++depth) {
    if (!cell.text.empty()) Append(cell, SayJoint(Joint::kComma));
    Append(cell, names.LinkTo(at));
    const Record* record = names.Find(at);
    at = record != nullptr && record->kind() == v1::RecordKind::PLACE ? record->place().parent() : "";
  }
  return cell;
}

std::string DatesInDoubt(const std::vector<v1::FuzzyDate>& dates) {
  std::vector<std::string> words;
  for (v1::FuzzyDate date : dates) {
    date.clear_part();
    std::string text = SayDate(date);
    // The year is said once where it is the same.
    if (!words.empty() && LastWord(words.back()) == LastWord(text) && LastWord(text).size() < text.size()) {
      words.back().resize(words.back().size() - LastWord(text).size() - 1);
    }
    words.push_back(std::move(text));
  }
  return SayList(words, Joint::kOr);
}

}  // namespace daftar
