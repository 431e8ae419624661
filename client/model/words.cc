#include "client/model/words.h"

#include <array>
#include <cmath>
#include <utility>

#include "client/language/lists.h"
#include "client/language/say.h"
#include "storage/search/row.h"

namespace daftar {
namespace {

// "3", "about 5", "2–5", "3 (2–5)", with `number` giving each figure.
template <typename Count, typename Number>
std::string Figures(const Count& count, Number number) {
  bool given = count.has_low() || count.has_best() || count.has_high();
  if (count.bound() == v1::Bound::NOT_GIVEN || !given) return Say("amount.none");
  const auto at_least = [](const std::string& text) { return Say("amount.at_least", {{"number", text}}); };
  const auto at_most = [](const std::string& text) { return Say("amount.at_most", {{"number", text}}); };
  std::string range;
  if (count.has_low() && count.has_high() && count.low() != count.high()) {
    range = Say("amount.range", {{"from", number(count.low())}, {"to", number(count.high())}});
  }
  std::string text;
  if (count.has_best()) {
    text = number(count.best());
    if (!range.empty()) text = Say("amount.best_and_range", {{"best", text}, {"range", range}});
  } else if (!range.empty()) {
    text = range;
  } else if (count.has_low()) {
    text = number(count.low());
    if (count.bound() == v1::Bound::EXACT && !count.has_high()) text = at_least(text);
  } else {
    text = number(count.high());
    if (count.bound() == v1::Bound::EXACT) text = at_most(text);
  }
  if (count.bound() == v1::Bound::ABOUT) return Say("amount.about", {{"number", text}});
  if (count.bound() == v1::Bound::AT_LEAST) return at_least(text);
  return count.bound() == v1::Bound::AT_MOST ? at_most(text) : text;
}

std::string In(std::string_view unit, double number) { return Say(unit, {{"number", SayNumber(number)}}); }

std::string DurationWords(double seconds) {
  auto whole = static_cast<int64_t>(std::llround(seconds));
  std::vector<std::string> parts;
  constexpr std::array<std::pair<int64_t, const char*>, 4> kUnits = {
      {{86400, "unit.days"}, {3600, "unit.hours"}, {60, "unit.minutes"}, {1, "unit.seconds"}}};
  for (auto [size, unit] : kUnits) {
    if (whole / size > 0) parts.push_back(In(unit, static_cast<double>(whole / size)));
    whole %= size;
  }
  return parts.empty() ? In("unit.seconds", 0) : Join(parts, " ");
}

std::string Measured(double number, const v1::Amount& amount) {
  switch (amount.unit()) {
    case v1::Unit::GRAM:
      if (number >= 1e6) return In("unit.tonnes", number / 1e6);
      return number >= 1000 ? In("unit.kilograms", number / 1000) : In("unit.grams", number);
    case v1::Unit::METRE:
      return number >= 1000 ? In("unit.kilometres", number / 1000) : In("unit.metres", number);
    case v1::Unit::SECOND:
      return DurationWords(number);
    case v1::Unit::PERCENT:
      return In("unit.percent", number);
    case v1::Unit::CURRENCY_MINOR:
      if (amount.currency().empty()) return SayNumber(number / 100);
      return Say("unit.money", {{"currency", amount.currency()}, {"number", SayNumber(number / 100)}});
    default:
      return SayNumber(number);
  }
}

// "30 packs"; the number alone of what is counted in pieces.
std::string PiecesWords(const std::string& number, const v1::SeizedItem& item) {
  const v1::Amount& amount = item.quantity();
  const double count = amount.has_best() ? amount.best() : amount.has_high() ? amount.high() : amount.low();
  const auto in = [&](std::string_view unit) { return Say(unit, {{"number", number}, {"count", count}}); };
  switch (item.counted_as()) {
    case v1::ItemUnit::PACK:
      return in("unit.packs");
    case v1::ItemUnit::CAPSULE:
      return in("unit.capsules");
    case v1::ItemUnit::ROUND:
      return in("unit.rounds");
    default:
      return number;
  }
}

}  // namespace

std::string Join(const std::vector<std::string>& items, std::string_view separator) {
  std::string text;
  for (const std::string& item : items) {
    if (!text.empty()) text += separator;
    text += item;
  }
  return text;
}

std::string KindWords(Kind kind) { return SayCode(v1::RecordKind::Code_Name(kind)); }
std::string KindTitle(Kind kind) { return SayCode("kinds", v1::RecordKind::Code_Name(kind)); }

std::string SortWords(const Record& record) { return SortWords(record.kind(), search::CodesOf(record)); }

std::string SortWords(Kind kind, std::span<const int> codes) {
  std::vector<std::string> words;
  for (const int code : codes) {
    switch (kind) {
      case v1::RecordKind::INCIDENT:
        words.push_back(SayCode(v1::IncidentKind::Code_Name(static_cast<v1::IncidentKind::Code>(code))));
        break;
      case v1::RecordKind::ACTOR:
        words.push_back(SayCode(v1::ActorClass::Code_Name(static_cast<v1::ActorClass::Code>(code))));
        break;
      case v1::RecordKind::PLACE:
        words.push_back(SayCode(v1::PlaceKind::Code_Name(static_cast<v1::PlaceKind::Code>(code))));
        break;
      case v1::RecordKind::SOURCE:
        words.push_back(SayCode(v1::SourceType::Code_Name(static_cast<v1::SourceType::Code>(code))));
        break;
      default:
        break;
    }
  }
  return codes.empty() && kind != v1::RecordKind::INCIDENT ? KindWords(kind) : SayList(words, Joint::kComma);
}

std::string AmountWords(const v1::Amount& amount) {
  return Figures(amount, [&](double number) { return Measured(number, amount); });
}

std::string TollWords(const v1::Toll& toll) {
  std::string text = Figures(toll, SayNumber);
  if (toll.of() == v1::Side::UNSET) return text;
  return Say("amount.of_side", {{"number", text}, {"side", SayCode(v1::Side::Code_Name(toll.of()))}});
}

std::string QuantityWords(const v1::SeizedItem& item) {
  std::string text = AmountWords(item.quantity());
  const bool number = item.has_quantity() && item.quantity().bound() != v1::Bound::NOT_GIVEN;
  if (number) text = PiecesWords(text, item);
  if (!item.has_mass()) return text;
  const std::string mass = AmountWords(item.mass());
  return number ? Say("unit.and_mass", {{"number", text}, {"mass", mass}}) : mass;
}

std::string SeizedWords(const v1::SeizedItem& item) {
  std::string what = SayCode(v1::ItemClass::Code_Name(item.class_()));
  if (!item.model().empty()) what = Say("unit.item", {{"item", what}, {"model", item.model()}});
  bool number = (item.has_quantity() && item.quantity().bound() != v1::Bound::NOT_GIVEN) || item.has_mass();
  return number ? Say("unit.how_many", {{"item", what}, {"number", QuantityWords(item)}}) : what;
}

std::string RelationWords(v1::RelationType::Code type, bool negated) {
  const std::string& constant = v1::RelationType::Code_Name(type);
  return negated ? SayCode("relation_not", constant) : SayCode("relation", constant);
}

std::string ReliabilityGrade(v1::Reliability::Code code) {
  return v1::Reliability::Code_IsValid(code) ? v1::Reliability::Code_Name(code).substr(0, 1) : "F";
}

std::string ReliabilityWords(v1::Reliability::Code code) {
  const std::string& constant = v1::Reliability::Code_Name(code);
  return constant.empty() ? Say("grade.not_known") : SayCode(constant);
}

std::string CredibilityGrade(v1::Credibility::Code code) {
  return code == v1::Credibility::CANNOT_BE_JUDGED ? "6" : std::to_string(static_cast<int>(code));
}

std::string CredibilityWords(v1::Credibility::Code code) { return SayCode(v1::Credibility::Code_Name(code)); }

std::string MarkingWords(v1::Tlp::Code code) {
  if (code == v1::Tlp::UNSET) return "";
  if (code == v1::Tlp::AMBER_STRICT) return "TLP:AMBER+STRICT";
  return "TLP:" + v1::Tlp::Code_Name(code);
}

std::string AttributeLabel(v1::Attribute::Code attribute) {
  return SayCode("attribute", v1::Attribute::Code_Name(attribute));
}

}  // namespace daftar
