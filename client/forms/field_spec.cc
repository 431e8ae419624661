#include "client/forms/field_spec.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <set>

#include "daftar/v1/account.pb.h"
#include "daftar/v1/options.pb.h"
#include "daftar/v1/records.pb.h"
#include "storage/model/fields.h"
#include "storage/model/kind.h"

namespace daftar::forms {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr size_t kLongBytes = 1000;  // a text that may be longer gets several lines

// What no form asks for.
bool IsLeftOut(const FieldDescriptor& field) {
  static const auto* const kNames = new std::set<std::string>{
      "key", "comment", "proposal", "choice", "review", "retired", "sha256", "retrieved_ms", "contradicts"};
  return kNames->contains(field.name());
}

bool IsMinor(const FieldDescriptor& field) {
  static const auto* const kNames = new std::set<std::string>{
      "event_clarity", "gtd",     "plover",     "tlp",      "notes",      "external",    "geonameid", "scale",
      "scheme",        "script",  "by_editor",  "used",     "version",    "confidence",  "lineage",   "lang",
      "anomaly",       "excerpt", "period",     "point",    "missing",    "neutralised", "strength",  "level",
      "measure",       "trend",   "distance",   "duration", "name",       "wording",     "radius_m",  "precision",
      "inferred",      "office",  "population", "same_as",  "counted_as", "inter"};
  // These matter where they are what the record is about.
  static const auto* const kMajor = new std::set<std::string>{
      "daftar.v1.Incident.name",         "daftar.v1.Actor.name",         "daftar.v1.Place.name",
      "daftar.v1.Source.name",           "daftar.v1.AlertPeriod.name",   "daftar.v1.Place.point",
      "daftar.v1.Source.lang",           "daftar.v1.Source.lineage",     "daftar.v1.Account.wording",
      "daftar.v1.Account.point",         "daftar.v1.Name.lang",          "daftar.v1.Account.name",
      "daftar.v1.SeizedItem.counted_as", "daftar.v1.SeizedItem.wording", "daftar.v1.Role.inter"};
  return kNames->contains(field.name()) && !kMajor->contains(field.full_name());
}

FieldType HeadOf(const Descriptor& message) {
  if (&message == v1::FuzzyDate::descriptor()) return FieldType::kDate;
  if (&message == v1::Amount::descriptor()) return FieldType::kAmount;
  if (&message == v1::Toll::descriptor()) return FieldType::kToll;
  if (&message == v1::GeoPoint::descriptor()) return FieldType::kPoint;
  return FieldType::kGroup;
}

std::string_view HeadName(FieldType type) {
  return type == FieldType::kDate ? "date" : type == FieldType::kPoint ? "point" : "figure";
}

// What a head says, and so is no field of its own.
bool IsInHead(FieldType head, const FieldDescriptor& field) {
  static const auto* const kDate = new std::set<std::string>{"first_day",     "last_day", "precision", "approximate",
                                                             "year_inferred", "part",     "uncertain"};
  static const auto* const kFigure = new std::set<std::string>{"low", "best", "high", "unit", "bound", "currency"};
  static const auto* const kPoint = new std::set<std::string>{"lat_e7", "lon_e7"};
  switch (head) {
    case FieldType::kDate:
      return kDate->contains(field.name());
    case FieldType::kAmount:
    case FieldType::kToll:
      return kFigure->contains(field.name());
    case FieldType::kPoint:
      return kPoint->contains(field.name());
    default:
      return false;
  }
}

// What an amount in that field measures.
int UnitOf(const FieldDescriptor& field) {
  if (field.name() == "mass") return v1::Unit::GRAM;
  if (field.name() == "distance") return v1::Unit::METRE;
  return field.name() == "duration" ? v1::Unit::SECOND : v1::Unit::COUNT;
}

FieldType TypeOf(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_ENUM:
      return FieldType::kCode;
    case FieldDescriptor::CPPTYPE_BOOL:
      return FieldType::kFlag;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return FieldType::kGroup;
    case FieldDescriptor::CPPTYPE_STRING:
      if (IsReference(field)) return FieldType::kReference;
      return MaxBytes(field) > kLongBytes && field.name() != "url" ? FieldType::kLongText : FieldType::kText;
    default:
      return FieldType::kWhole;
  }
}

// Makes specs, and keeps them for ever.
class Maker {
 public:
  const GroupSpec& Of(const Descriptor& message, int unit) {
    std::unique_ptr<GroupSpec>& made = made_[{&message, unit}];
    if (made) return *made;
    made = std::make_unique<GroupSpec>();
    GroupSpec& group = *made;
    group.message = &message;
    const FieldType head = HeadOf(message);
    if (head != FieldType::kGroup) {
      FieldSpec field;
      field.name = HeadName(head);
      field.type = head;
      field.unit = unit;
      group.fields.push_back(std::move(field));
    }
    for (int i = 0; i < message.field_count(); ++i) {
      const FieldDescriptor& field = *message.field(i);
      if (!IsLeftOut(field) && !IsInHead(head, field)) group.fields.push_back(Field(field));
    }
    std::stable_sort(group.fields.begin(), group.fields.end(),
                     [](const FieldSpec& a, const FieldSpec& b) { return Weight(a) < Weight(b); });
    return group;
  }

 private:
  // Names come first, then what is single, then lists, then what is minor.
  static int Weight(const FieldSpec& field) {
    if (field.minor) return 3;
    if (field.field == nullptr || field.name == "names") return 0;
    return field.name == "accounts" || field.name == "tags" ? 2 : 1;
  }

  FieldSpec Field(const FieldDescriptor& field) {
    FieldSpec spec = Single(field);
    spec.name = JsonName(field);
    spec.list = field.is_repeated();
    spec.required = IsRequired(field) || spec.name == "names";
    spec.minor = IsMinor(field);
    if (spec.list && spec.group == nullptr) spec.group = &Element(field);
    return spec;
  }

  FieldSpec Single(const FieldDescriptor& field) {
    FieldSpec spec;
    spec.type = TypeOf(field);
    spec.field = &field;
    spec.max_bytes = field.cpp_type() == FieldDescriptor::CPPTYPE_STRING ? MaxBytes(field) : 0;
    if (spec.type == FieldType::kGroup) spec.group = &Of(*field.message_type(), UnitOf(field));
    if (spec.type == FieldType::kCode) {
      const auto& list = *field.enum_type();
      for (int i = 0; i < list.value_count(); ++i) spec.codes.push_back(list.value(i)->name());
    }
    if (spec.type == FieldType::kReference) {
      for (const int kind : field.options().GetExtension(v1::ref).kind())
        spec.refers.emplace_back(KindWord(static_cast<Kind>(kind)));
    }
    return spec;
  }

  // The group of an item of a list of single values.
  const GroupSpec& Element(const FieldDescriptor& field) {
    std::unique_ptr<GroupSpec>& made = elements_[&field];
    if (made) return *made;
    made = std::make_unique<GroupSpec>();
    FieldSpec spec = Single(field);
    // A list has no item that says nothing.
    if (!spec.codes.empty()) spec.codes.erase(spec.codes.begin());
    made->fields.push_back(std::move(spec));
    return *made;
  }

  std::map<std::pair<const Descriptor*, int>, std::unique_ptr<GroupSpec>> made_;
  std::map<const FieldDescriptor*, std::unique_ptr<GroupSpec>> elements_;
};

}  // namespace

const FieldSpec* GroupSpec::Find(std::string_view name) const {
  const auto at = std::find_if(fields.begin(), fields.end(), [name](const FieldSpec& field) {
    return field.name == name || (field.field != nullptr && field.field->name() == name);
  });
  return at == fields.end() ? nullptr : &*at;
}

const GroupSpec& SpecOf(std::string_view kind_word) {
  // All at once, so that no two threads make any.
  static const auto* const kSpecs = [] {
    static Maker maker;
    auto* specs = new std::map<std::string, const GroupSpec*, std::less<>>();
    for (const Kind kind : AllKinds()) specs->emplace(KindWord(kind), &maker.Of(KindDescriptor(kind), v1::Unit::COUNT));
    return specs;
  }();
  return *kSpecs->find(kind_word)->second;
}

std::string_view TypeWord(FieldType type) {
  constexpr std::array<std::string_view, 11> kWords = {"text", "long text", "whole number", "code",  "flag", "record",
                                                       "date", "amount",    "toll",         "point", "group"};
  return kWords[static_cast<size_t>(type)];
}

}  // namespace daftar::forms
