#include "storage/search/query/fields.h"

#include "storage/search/query/nearest.h"
#include "storage/search/query/script.h"

namespace daftar::search::query {
namespace {

constexpr FieldName Words(std::string_view name, Field field) {
  return {.name = name, .reads = Reads::kWords, .field = field};
}
constexpr FieldName Name(std::string_view name, Field field) {
  return {.name = name, .reads = Reads::kName, .field = field};
}
constexpr FieldName Code(std::string_view name, Field field) {
  return {.name = name, .reads = Reads::kCode, .field = field};
}
constexpr FieldName Days(std::string_view name, DayRule rule) {
  return {.name = name, .reads = Reads::kDays, .days = rule};
}
constexpr FieldName Number(std::string_view name, Metric metric) {
  return {.name = name, .reads = Reads::kNumber, .metric = metric};
}

constexpr FieldName kFields[] = {
    Words("title", Field::kTitle),
    Words("text", Field::kText),
    Name("actor", Field::kActor),
    Name("place", Field::kPlace),
    Name("source", Field::kSource),
    Name("province", Field::kProvince),
    Name("id", Field::kId),
    Code("country", Field::kCountry),
    Code("kind", Field::kKind),
    Code("type", Field::kType),
    Code("tag", Field::kTag),
    Code("grade", Field::kGrade),
    Code("marking", Field::kMarking),
    Code("tlp", Field::kMarking),
    Code("review", Field::kReview),
    Code("has", Field::kHas),
    Name("note", Field::kNote),
    Code("is", Field::kIs),
    Number("killed", Metric::kKilled),
    Number("wounded", Metric::kWounded),
    Number("captured", Metric::kCaptured),
    Number("missing", Metric::kMissing),
    Number("roots", Metric::kRoots),
    Number("accounts", Metric::kAccounts),
    Days("date", DayRule::kOn),
    Days("after", DayRule::kAfter),
    Days("before", DayRule::kBefore),
    Days("since", DayRule::kSince),
    Days("until", DayRule::kUntil),
    {.name = "box", .reads = Reads::kBox},
    {.name = "near", .reads = Reads::kNear},
};

}  // namespace

std::span<const FieldName> FieldNames() { return kFields; }

const FieldName* FindField(std::string_view name) {
  for (const FieldName& field : kFields) {
    if (EqualsIgnoringCase(name, field.name)) return &field;
  }
  return nullptr;
}

const FieldName* NearestField(std::string_view name) {
  const std::u32string letters = FoldedLetters(name);
  const size_t most = letters.size() <= 4 ? 1 : 2;
  const FieldName* nearest = nullptr;
  size_t least = most + 1;
  for (const FieldName& field : kFields) {
    const size_t distance = EditDistance(letters, FoldedLetters(field.name));
    if (distance >= least) continue;
    least = distance;
    nearest = &field;
  }
  return nearest;
}

std::string_view NameOf(Field field) {
  for (const FieldName& name : kFields) {
    if (name.field == field && field != Field::kAny) return name.name;
  }
  return "";
}

std::string_view NameOf(Metric metric) {
  for (const FieldName& name : kFields) {
    if (name.reads == Reads::kNumber && name.metric == metric) return name.name;
  }
  return "";
}

}  // namespace daftar::search::query
