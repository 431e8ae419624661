#include "client/model/search_facets.h"

#include <absl/strings/numbers.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "client/language/countries.h"
#include "client/language/dates.h"
#include "client/language/say.h"
#include "client/model/address.h"
#include "client/model/words.h"
#include "storage/base/uuid.h"
#include "storage/search/query/codes.h"
#include "storage/search/query/query.h"

namespace daftar {
namespace {

using search::Field;

struct FieldWords {
  std::string_view field, label;  // the label is the key of a message
  Field code;                     // kAny: its values are not codes
};
constexpr std::array kFields = {
    FieldWords{"kind", "facet.kind", Field::kKind},
    FieldWords{"type", "facet.type", Field::kType},
    FieldWords{"date", "facet.date", Field::kAny},
    FieldWords{"country", "facet.country", Field::kCountry},
    FieldWords{"province", "facet.province", Field::kAny},
    FieldWords{"actor", "facet.actor", Field::kAny},
    FieldWords{"source", "facet.source", Field::kAny},
    FieldWords{"grade", "facet.grade", Field::kGrade},
    FieldWords{"marking", "facet.marking", Field::kMarking},
    FieldWords{"review", "facet.review", Field::kReview},
    FieldWords{"tag", "facet.tag", Field::kTag},
};

// Codebooks of others, whose codes may have the words of our own.
constexpr std::array kCodebooks = {
    std::pair<std::string_view, std::string_view>{"AcledSub", "ACLED"},
    std::pair<std::string_view, std::string_view>{"UcdpType", "UCDP"},
    std::pair<std::string_view, std::string_view>{"GtdAttack", "GTD"},
    std::pair<std::string_view, std::string_view>{"PloverEvent", "PLOVER"},
};

const FieldWords* WordsOf(std::string_view field) {
  const auto at = std::find_if(kFields.begin(), kFields.end(), [&](const auto& words) { return words.field == field; });
  return at == kFields.end() ? nullptr : &*at;
}

// "IncidentKind.CLASH" → "clash"; "AcledSub.ARMED_CLASH" → "armed clash (ACLED)".
std::string TypeWords(std::string_view code) {
  const size_t dot = code.find('.');
  if (dot == std::string_view::npos) return SayCode(code);
  const std::string_view of = code.substr(0, dot), constant = code.substr(dot + 1);
  const std::string words = of == "RelationType" ? SayCode("relation", constant) : SayCode(constant);
  for (const auto& [list, name] : kCodebooks) {
    if (of == list) return Say("facet.of_codebook", {{"words", words}, {"codebook", name}});
  }
  return words;
}

// A name or a tag as a query says it.
std::string Quoted(const std::string& text) {
  return text.find_first_of(" ,()|\"*") == std::string::npos ? text : "\"" + text + "\"";
}

SearchFacetValue ValueOf(const SearchFacet& facet, const FieldWords& field, Names& names) {
  SearchFacetValue value;
  value.count = facet.count;
  value.value = facet.value;
  value.label = facet.label;
  // A code of just sixteen letters, such as ActorClass.STATE, may come as if it were an id.
  const std::optional<Uuid> letters = field.code == Field::kAny ? std::nullopt : Uuid::Parse(facet.value);
  const std::string code = letters ? letters->str() : facet.value;
  if (letters) value.label = code;
  if (int year = 0; facet.field == "date" && absl::SimpleAtoi(facet.value, &year)) value.label = SayYear(year);
  if (const std::optional<Uuid> id = field.code == Field::kAny ? Uuid::Parse(facet.value) : std::nullopt) {
    if (const Record* record = names.Find(*id)) {
      value.label = names.Title(*record);
      value.value = Quoted(DisplayId(*record));
    }
  } else if (field.code == Field::kTag) {
    value.value = Quoted(code);
  } else if (field.code != Field::kAny) {
    value.value = search::query::CodesText(field.code, {code});
    if (field.code == Field::kCountry) value.label = SayCountry(code);
    if (field.code == Field::kType) value.label = TypeWords(code);
    if (field.code == Field::kKind || field.code == Field::kReview) value.label = SayCode(code);
    if (v1::Tlp::Code tlp; field.code == Field::kMarking && v1::Tlp::Code_Parse(code, &tlp)) {
      value.label = MarkingWords(tlp);
    }
  }
  return value;
}

}  // namespace

std::string Narrowed(const std::string& query, const std::string& term, int32_t today) {
  const StatusOr<search::Query> asked = search::ParseQuery(query, today);
  if (!asked.ok() || asked->root.op == search::Node::Op::kEverything) return term;
  // What is meant for sure, but perhaps not as the reader wrote it.
  const std::string sure = "(" + search::ToText(*asked) + ") " + term;
  const StatusOr<search::Query> wanted = search::ParseQuery(sure, today);
  if (!wanted.ok()) return query + " " + term;
  const std::string plain = query.substr(0, query.find_last_not_of(" \t\n") + 1);
  for (const std::string& text : {plain + " " + term, plain + "* " + term, "(" + plain + ") " + term}) {
    const StatusOr<search::Query> read = search::ParseQuery(text, today);
    if (read.ok() && search::SameQuery(*read, *wanted)) return text;
  }
  return search::ToText(*wanted);
}

std::vector<SearchFacetGroup> FacetGroups(const std::vector<SearchFacet>& facets, const SearchPage& page, int32_t today,
                                          Names& names) {
  std::vector<SearchFacetGroup> groups;
  for (const SearchFacet& facet : facets) {
    const FieldWords* field = WordsOf(facet.field);
    if (field == nullptr) continue;
    if (groups.empty() || groups.back().field != field->field) {
      groups.push_back({std::string(field->field), Say(field->label), {}});
    }
    SearchFacetValue& value = groups.back().values.emplace_back(ValueOf(facet, *field, names));
    value.narrows = facet.count < page.total;
    value.address = SearchAddress(Narrowed(page.query, facet.field + ":" + value.value, today), page.kind, page.sort);
  }
  return groups;
}

}  // namespace daftar
