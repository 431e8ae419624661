#include "storage/search/query/codes.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <array>
#include <span>

#include "daftar/v1/codes.pb.h"
#include "storage/search/analysis/fold.h"
#include "storage/search/query/countries.h"
#include "storage/search/query/nearest.h"
#include "storage/search/query/script.h"

namespace daftar::search::query {
namespace {

// A code list: what a query calls it, and its constants.
struct List {
  std::string_view name;
  const google::protobuf::EnumDescriptor* codes;

  std::string message() const { return std::string(codes->containing_type()->name()); }
};

std::array<List, 9> TypeLists() {
  return {{{"incident", v1::IncidentKind::Code_descriptor()},
           {"acled", v1::AcledSub::Code_descriptor()},
           {"ucdp", v1::UcdpType::Code_descriptor()},
           {"gtd", v1::GtdAttack::Code_descriptor()},
           {"plover", v1::PloverEvent::Code_descriptor()},
           {"actor", v1::ActorClass::Code_descriptor()},
           {"place", v1::PlaceKind::Code_descriptor()},
           {"source", v1::SourceType::Code_descriptor()},
           {"relation", v1::RelationType::Code_descriptor()}}};
}

constexpr std::string_view kHas[] = {"conflict", "date",    "place",  "point", "killed",   "wounded",
                                     "captured", "missing", "seized", "notes", "proposal", "comment"};

constexpr std::string_view kIs[] = {"pinned", "tagged", "noted"};

// The constants of a list as stored, without "nobody said so".
std::vector<std::string> Constants(const google::protobuf::EnumDescriptor* list) {
  std::vector<std::string> names;
  for (int i = 0; i < list->value_count(); ++i) {
    if (std::string name(list->value(i)->name()); name != "UNSET") names.push_back(std::move(name));
  }
  return names;
}

std::string Lower(std::string_view constant) {
  std::string lower(constant);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  return lower;
}

bool SameWord(std::string_view word, std::string_view constant) {
  return FoldedLetters(word) == FoldedLetters(constant);
}

void Add(std::string code, std::vector<std::string>* codes) {
  if (std::find(codes->begin(), codes->end(), code) == codes->end()) codes->push_back(std::move(code));
}

std::string Joined(std::span<const std::string> words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

// Names what is near, or, where nothing is, `examples`.
Complaint Unknown(std::string_view what, std::string_view word, std::span<const std::string> known,
                  std::string_view examples) {
  const std::vector<std::string> near = NearestWords(word, known, 3);
  std::string text = "there is no " + std::string(what) + " \"" + std::string(word) + "\"";
  if (near.empty()) return {text + ": write " + std::string(examples), {}};
  return {text + "; there is " + Joined(near), near.front()};
}

// A word of one list.
std::optional<Complaint> ReadOne(std::string_view what, std::string_view word, const std::vector<std::string>& known,
                                 std::vector<std::string>* codes) {
  for (const std::string& code : known) {
    if (!SameWord(word, code)) continue;
    Add(code, codes);
    return std::nullopt;
  }
  std::vector<std::string> lower;
  for (const std::string& code : known) lower.push_back(Lower(code));
  return Unknown(what, word, lower, Joined(lower));
}

// A constant of the lists of types.
struct TypeCode {
  std::string list, message;  // "acled", "AcledSub"
  std::string word;           // "armed_clash"
  std::u32string letters;     // "armedclash"
  std::string code;           // "AcledSub.ARMED_CLASH"
};

const std::vector<TypeCode>& TypeCodes() {
  static const std::vector<TypeCode>& all = *[] {
    auto* codes = new std::vector<TypeCode>;
    for (const List& list : TypeLists()) {
      for (const std::string& constant : Constants(list.codes)) {
        codes->push_back({std::string(list.name), list.message(), Lower(constant), FoldedLetters(constant),
                          list.message() + "." + constant});
      }
    }
    return codes;
  }();
  return all;
}

// The codes that a word stands for in all lists, or in the one that "acled." before it names.
std::vector<std::string> CodesOfType(std::string_view word) {
  std::vector<std::string> codes;
  const size_t dot = word.find('.');
  const bool listed = dot != std::string_view::npos;
  const std::string_view list = listed ? word.substr(0, dot) : std::string_view();
  const std::u32string letters = FoldedLetters(listed ? word.substr(dot + 1) : word);
  for (const TypeCode& type : TypeCodes()) {
    if (type.letters == letters && (!listed || SameWord(list, type.list) || SameWord(list, type.message))) {
      codes.push_back(type.code);
    }
  }
  return codes;
}

std::optional<Complaint> ReadType(std::string_view word, std::vector<std::string>* codes) {
  std::vector<std::string> found = CodesOfType(word);
  for (std::string& code : found) Add(std::move(code), codes);
  if (!found.empty()) return std::nullopt;
  const bool listed = word.find('.') != std::string_view::npos;
  std::vector<std::string> known;
  for (const TypeCode& type : TypeCodes()) known.push_back(listed ? type.list + "." + type.word : type.word);
  return Unknown("type", word, known, "a code of a list, such as clash, acled.armed_clash or armed_group");
}

std::optional<Complaint> ReadCountry(std::string_view word, std::vector<std::string>* codes) {
  if (std::optional<std::string> code = CountryCode(word)) {
    Add(*std::move(code), codes);
    return std::nullopt;
  }
  Complaint wrong = Unknown("country", word, EnglishCountryNames(), "TJ, AF or the name of a country");
  if (wrong.instead) wrong.instead = CountryCode(*wrong.instead);
  return wrong;
}

std::optional<Complaint> ReadGrade(std::string_view word, std::vector<std::string>* codes) {
  std::string grade(word);
  if (!grade.empty() && grade[0] >= 'a' && grade[0] <= 'f') grade[0] = static_cast<char>(grade[0] - 'a' + 'A');
  const bool letter = !grade.empty() && grade[0] >= 'A' && grade[0] <= 'F';
  const std::string digit = grade.substr(letter ? 1 : 0);
  const bool digit_ok = digit.size() == 1 && digit[0] >= '1' && digit[0] <= '6';
  if (digit_ok || (letter && digit.empty())) {
    Add(std::move(grade), codes);
    return std::nullopt;
  }
  return Complaint{
      "\"" + std::string(word) + "\" is not a grade: write a letter A to F, a digit 1 to 6, or both, as in B2", {}};
}

}  // namespace

std::optional<Complaint> ReadCode(Field field, std::string_view word, std::vector<std::string>* codes) {
  switch (field) {
    case Field::kCountry:
      return ReadCountry(word, codes);
    case Field::kKind:
      return ReadOne("kind", word, Constants(v1::RecordKind::Code_descriptor()), codes);
    case Field::kType:
      return ReadType(word, codes);
    case Field::kGrade:
      return ReadGrade(PlainNumber(word), codes);
    case Field::kMarking:
      return ReadOne("marking", word, Constants(v1::Tlp::Code_descriptor()), codes);
    case Field::kReview:
      return ReadOne("state of review", word, Constants(v1::ReviewState::Code_descriptor()), codes);
    case Field::kHas:
      return ReadOne("\"has\"", word, {std::begin(kHas), std::end(kHas)}, codes);
    case Field::kIs:
      return ReadOne("\"is\"", word, {std::begin(kIs), std::end(kIs)}, codes);
    default:  // kTag
      break;
  }
  std::string tag = FoldedName(word);
  if (tag.empty())
    return Complaint{"\"" + std::string(word) + "\" has no letter or digit: write a tag, as in tag:drones", {}};
  Add(std::move(tag), codes);
  return std::nullopt;
}

std::string CodesText(Field field, const std::vector<std::string>& codes) {
  std::string text;
  for (size_t i = 0; i < codes.size();) {
    if (!text.empty()) text += ',';
    const std::string& code = codes[i];
    if (field != Field::kType) {
      const bool plain = field != Field::kTag || code.find(' ') == std::string::npos;
      text += !plain ? "\"" + code + "\"" : field == Field::kCountry || field == Field::kGrade ? code : Lower(code);
      ++i;
      continue;
    }
    // The word alone where it says just what follows here, else with its list.
    const auto type =
        std::find_if(TypeCodes().begin(), TypeCodes().end(), [&code](const TypeCode& t) { return t.code == code; });
    if (type == TypeCodes().end()) {
      text += Lower(code);
      ++i;
      continue;
    }
    const std::vector<std::string> all = CodesOfType(type->word);
    const bool whole = codes.size() - i >= all.size() && std::equal(all.begin(), all.end(), codes.begin() + i);
    text += whole ? type->word : type->list + "." + type->word;
    i += whole ? all.size() : 1;
  }
  return text;
}

}  // namespace daftar::search::query
