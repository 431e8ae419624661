#include "client/model/words.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <utility>

#include "storage/model/date.h"
#include "storage/search/row.h"

namespace daftar {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

// Constants whose words are not simply the constant in lower case.
constexpr std::array kSpecial = {
    Pair{"NON_STATE_ACTOR_OVERTAKES_TERRITORY", "non-state actor overtakes territory"},
    Pair{"AIR_DRONE_STRIKE", "air or drone strike"},
    Pair{"SHELLING_ARTILLERY_MISSILE_ATTACK", "shelling, artillery or missile attack"},
    Pair{"REMOTE_EXPLOSIVE_LANDMINE_IED", "remote explosive, landmine or IED"},
    Pair{"LOOTING_PROPERTY_DESTRUCTION", "looting or destruction of property"},
    Pair{"NON_VIOLENT_TRANSFER_OF_TERRITORY", "non-violent transfer of territory"},
    Pair{"ABDUCTION_FORCED_DISAPPEARANCE", "abduction or forced disappearance"},
    Pair{"STATE_BASED", "state-based violence"},
    Pair{"NON_STATE", "non-state violence"},
    Pair{"ONE_SIDED", "one-sided violence"},
    Pair{"BOMBING_EXPLOSION", "bombing or explosion"},
    Pair{"HOSTAGE_BARRICADE", "hostage taking (barricade)"},
    Pair{"HOSTAGE_KIDNAPPING", "hostage taking (kidnapping)"},
    Pair{"FACILITY_INFRASTRUCTURE", "attack on a facility or infrastructure"},
    Pair{"ARREST_OR_ID", "arrest or identification"},
    Pair{"SIDE_A", "side A"},
    Pair{"SIDE_B", "side B"},
    Pair{"ASSOC_A", "with side A"},
    Pair{"ASSOC_B", "with side B"},
    Pair{"IGO", "intergovernmental organisation"},
    Pair{"ADM1", "province"},
    Pair{"ADM2", "district"},
    Pair{"ADM3", "subdistrict"},
    Pair{"NEAR_25KM", "within 25 km"},
    Pair{"WATER_AIR", "on water or in the air"},
    Pair{"GRENADE_HAND", "hand grenade"},
    Pair{"CACHE_UNSPECIFIED", "cache, not listed"},
    Pair{"LOCAL_MEDIA_UNNAMED", "local media, not named"},
    Pair{"EXTERNAL_OTHER_FORCES", "external or other forces"},
};

// Relation types that do not read well from → to as their constant says.
constexpr std::array kRelations = {
    Pair{"AFFILIATED", "affiliated with"},
    Pair{"ATTACKING_OTHER_GROUP", "attacks"},
    Pair{"SUSPECTED_LINK", "suspected link to"},
    Pair{"HOLDS_OFFICE", "holds the office"},
    Pair{"DIPLOMATIC_RELATIONS", "has diplomatic relations with"},
    Pair{"BASE_IN", "has a base in"},
};

std::string_view Find(const auto& table, std::string_view key) {
  auto at = std::find_if(table.begin(), table.end(), [&](const Pair& pair) { return pair.first == key; });
  return at == table.end() ? "" : at->second;
}

// "3", "about 5", "2–5", "3 (2–5)", with `number` giving each figure.
template <typename Count, typename Number>
std::string Figures(const Count& count, Number number) {
  bool given = count.has_low() || count.has_best() || count.has_high();
  if (count.bound() == v1::Bound::NOT_GIVEN || !given) return "no number given";
  std::string range;
  if (count.has_low() && count.has_high() && count.low() != count.high()) {
    range = number(count.low()) + "–" + number(count.high());
  }
  std::string text;
  if (count.has_best()) {
    text = number(count.best()) + (range.empty() ? "" : " (" + range + ")");
  } else if (!range.empty()) {
    text = range;
  } else if (count.has_low()) {
    text = (count.bound() == v1::Bound::EXACT && !count.has_high() ? "at least " : "") + number(count.low());
  } else {
    text = (count.bound() == v1::Bound::EXACT ? "at most " : "") + number(count.high());
  }
  if (count.bound() == v1::Bound::ABOUT) return "about " + text;
  if (count.bound() == v1::Bound::AT_LEAST) return "at least " + text;
  if (count.bound() == v1::Bound::AT_MOST) return "at most " + text;
  return text;
}

std::string DurationWords(double seconds) {
  auto whole = static_cast<int64_t>(std::llround(seconds));
  std::vector<std::string> parts;
  constexpr std::array<std::pair<int64_t, const char*>, 4> kUnits = {
      {{86400, " d"}, {3600, " h"}, {60, " min"}, {1, " s"}}};
  for (auto [size, name] : kUnits) {
    if (whole / size > 0) parts.push_back(NumberWords(static_cast<double>(whole / size)) + name);
    whole %= size;
  }
  return parts.empty() ? "0 s" : Join(parts, " ");
}

std::string Measured(double number, const v1::Amount& amount) {
  switch (amount.unit()) {
    case v1::Unit::GRAM:
      if (number >= 1e6) return NumberWords(number / 1e6) + " t";
      return number >= 1000 ? NumberWords(number / 1000) + " kg" : NumberWords(number) + " g";
    case v1::Unit::METRE:
      return number >= 1000 ? NumberWords(number / 1000) + " km" : NumberWords(number) + " m";
    case v1::Unit::SECOND:
      return DurationWords(number);
    case v1::Unit::PERCENT:
      return NumberWords(number) + "%";
    case v1::Unit::CURRENCY_MINOR:
      return (amount.currency().empty() ? "" : amount.currency() + " ") + NumberWords(number / 100);
    default:
      return NumberWords(number);
  }
}

}  // namespace

std::string CodeWords(std::string_view constant) {
  if (std::string_view special = Find(kSpecial, constant); !special.empty()) return std::string(special);
  std::string words;
  for (char c : constant) words += c == '_' ? ' ' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return words;
}

std::string Capital(std::string text) {
  if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

std::string Join(const std::vector<std::string>& items, std::string_view separator) {
  std::string text;
  for (const std::string& item : items) {
    if (!text.empty()) text += separator;
    text += item;
  }
  return text;
}

std::string JoinWords(const std::vector<std::string>& items, std::string_view last) {
  std::string text;
  for (size_t i = 0; i < items.size(); ++i) {
    if (i > 0) text += i + 1 < items.size() ? ", " : " " + std::string(last) + " ";
    text += items[i];
  }
  return text;
}

std::string Counted(uint64_t count, std::string_view singular, std::string_view plural) {
  std::string text = NumberWords(static_cast<double>(count)) + " ";
  if (count == 1) return text.append(singular);
  return plural.empty() ? text.append(singular) + "s" : text.append(plural);
}

std::string KindWords(Kind kind) { return CodeWords(v1::RecordKind::Code_Name(kind)); }
std::string KindTitle(Kind kind) { return Capital(KindWords(kind)) + "s"; }

std::string SortWords(const Record& record) { return SortWords(record.kind(), search::CodesOf(record)); }

std::string SortWords(Kind kind, std::span<const int> codes) {
  std::vector<std::string> words;
  for (const int code : codes) {
    switch (kind) {
      case v1::RecordKind::INCIDENT:
        words.push_back(CodeWords(v1::IncidentKind::Code_Name(static_cast<v1::IncidentKind::Code>(code))));
        break;
      case v1::RecordKind::ACTOR:
        words.push_back(CodeWords(v1::ActorClass::Code_Name(static_cast<v1::ActorClass::Code>(code))));
        break;
      case v1::RecordKind::PLACE:
        words.push_back(CodeWords(v1::PlaceKind::Code_Name(static_cast<v1::PlaceKind::Code>(code))));
        break;
      case v1::RecordKind::SOURCE:
        words.push_back(CodeWords(v1::SourceType::Code_Name(static_cast<v1::SourceType::Code>(code))));
        break;
      default:
        break;
    }
  }
  return codes.empty() && kind != v1::RecordKind::INCIDENT ? KindWords(kind) : Join(words, ", ");
}

std::string NumberWords(double number) {
  char digits[64];
  bool whole = number == std::floor(number) || std::abs(number) >= 10'000;
  std::snprintf(digits, sizeof digits, whole ? "%.0f" : "%.1f", number);
  std::string text = digits;
  size_t end = std::min(text.find('.'), text.size());
  size_t begin = text.starts_with('-') ? 1 : 0;
  for (size_t at = end; at > begin + 3; at -= 3) text.insert(at - 3, ",");
  return text;
}

std::string AmountWords(const v1::Amount& amount) {
  return Figures(amount, [&](double number) { return Measured(number, amount); });
}

std::string TollWords(const v1::Toll& toll) {
  std::string text = Figures(toll, NumberWords);
  return toll.of() == v1::Side::UNSET ? text : text + " (" + CodeWords(v1::Side::Code_Name(toll.of())) + ")";
}

std::string QuantityWords(const v1::SeizedItem& item) {
  std::string text = AmountWords(item.quantity());
  bool counted = item.counted_as() != v1::ItemUnit::PIECE && item.counted_as() != v1::ItemUnit::UNSPECIFIED;
  bool number = item.has_quantity() && item.quantity().bound() != v1::Bound::NOT_GIVEN;
  if (number && counted) {
    text += " " + CodeWords(v1::ItemUnit::Code_Name(item.counted_as())) + (item.quantity().best() == 1 ? "" : "s");
  }
  if (item.has_mass()) text = number ? text + ", " + AmountWords(item.mass()) : AmountWords(item.mass());
  return text;
}

std::string SeizedWords(const v1::SeizedItem& item) {
  std::string what = CodeWords(v1::ItemClass::Code_Name(item.class_()));
  if (!item.model().empty()) what += " " + item.model();
  bool number = (item.has_quantity() && item.quantity().bound() != v1::Bound::NOT_GIVEN) || item.has_mass();
  return number ? what + ": " + QuantityWords(item) : what;
}

std::string DayWords(int32_t day) {
  v1::FuzzyDate date;
  date.set_first_day(day);
  date.set_last_day(day);
  date.set_precision(v1::DatePrecision::DAY);
  return DateWords(date);
}

std::string RelationWords(v1::RelationType::Code type, bool negated) {
  if (negated && type == v1::RelationType::RECOGNISES) return "does not recognise";
  if (negated && type == v1::RelationType::DIPLOMATIC_RELATIONS) return "has no diplomatic relations with";
  const std::string& constant = v1::RelationType::Code_Name(type);
  std::string_view special = Find(kRelations, constant);
  std::string words = special.empty() ? CodeWords(constant) : std::string(special);
  return negated ? "not: " + words : words;
}

std::string ReliabilityGrade(v1::Reliability::Code code) {
  return v1::Reliability::Code_IsValid(code) ? v1::Reliability::Code_Name(code).substr(0, 1) : "F";
}

std::string ReliabilityWords(v1::Reliability::Code code) {
  const std::string& constant = v1::Reliability::Code_Name(code);
  return constant.size() < 2 ? "not known here" : CodeWords(constant.substr(2));
}

std::string CredibilityGrade(v1::Credibility::Code code) {
  return code == v1::Credibility::CANNOT_BE_JUDGED ? "6" : std::to_string(static_cast<int>(code));
}

std::string CredibilityWords(v1::Credibility::Code code) { return CodeWords(v1::Credibility::Code_Name(code)); }

std::string MarkingWords(v1::Tlp::Code code) {
  if (code == v1::Tlp::UNSET) return "";
  if (code == v1::Tlp::AMBER_STRICT) return "TLP:AMBER+STRICT";
  return "TLP:" + v1::Tlp::Code_Name(code);
}

std::string AttributeLabel(v1::Attribute::Code attribute) {
  switch (attribute) {
    case v1::Attribute::EXISTS:
      return "Is it so?";
    case v1::Attribute::POINT:
      return "Coordinates";
    case v1::Attribute::TREND:
      return "Trends";
    default:
      return Capital(CodeWords(v1::Attribute::Code_Name(attribute)));
  }
}

}  // namespace daftar
