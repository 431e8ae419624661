#include "client/forms/right_words.h"

#include <google/protobuf/descriptor.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <vector>

#include "client/forms/labels.h"
#include "client/language/language.h"
#include "client/language/lists.h"
#include "client/language/say.h"
#include "daftar/v1/values.pb.h"
#include "storage/authoring/spoken_amount.h"
#include "storage/model/kind.h"
#include "storage/model/validate.h"

namespace daftar::forms {
namespace {

constexpr size_t kMostQuoted = 80;  // bytes of a text that are said again

// Whole numbers that a rule bounds.
struct Range {
  const char* field;
  int least, most;
  const char* example;
};
constexpr std::array kRanges = {Range{"confidence", 0, 100, "70"}, Range{"event_clarity", 0, 2, "1"}};

const Range* RangeOf(const FieldSpec& spec) {
  const auto at = std::find_if(kRanges.begin(), kRanges.end(), [&spec](const Range& range) {
    return spec.field != nullptr && spec.field->name() == range.field;
  });
  return at == kRanges.end() ? nullptr : &*at;
}

bool IsNamed(const FieldSpec& spec, std::string_view name) {
  return spec.field != nullptr && spec.type == FieldType::kText && spec.field->name() == name;
}

// The beginning of a long text, whole characters of it.
std::string Quoted(const std::string& text) {
  if (text.size() <= kMostQuoted) return text;
  size_t end = kMostQuoted;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "…";
}

std::string ExampleOfAmount(const FieldSpec& spec) {
  switch (spec.unit) {
    case v1::Unit::GRAM:
      return Say("wrong.example_mass");
    case v1::Unit::METRE:
      return Say("wrong.example_distance");
    case v1::Unit::SECOND:
      return Say("wrong.example_duration");
    default:
      return Say("form.hint_figure");
  }
}

std::string ExampleOfRecord(const FieldSpec& spec) {
  const std::string kind = spec.refers.empty() ? "incident" : spec.refers.front();
  if (kind == "actor") return "sample:JA";
  if (kind == "place") return "sample:Darvoz";
  return kind == "source" ? "sample:S1" : "sample:I01";
}

std::string ExampleOfText(const FieldSpec& spec) {
  if (IsNamed(spec, "url")) return "https://example.org/article";
  if (IsNamed(spec, "lang")) return "tg";
  if (IsNamed(spec, "country")) return "TJ";
  return IsNamed(spec, "script") ? "Cyrl" : "";
}

// The same without what no text may hold.
std::string Cleaned(const std::string& text) {
  const icu::UnicodeString letters = icu::UnicodeString::fromUTF8(text);
  std::string clean;
  for (int32_t at = 0; at < letters.length(); at = letters.moveIndex32(at, 1)) {
    std::string one;
    icu::UnicodeString(letters.char32At(at)).toUTF8String(one);
    if (letters.char32At(at) != 0xFFFD && !TextProblem(one)) clean += one;
  }
  return clean;
}

bool IsLetters(std::string_view text, char from, char to) {
  return std::all_of(text.begin(), text.end(), [=](char c) { return from <= c && c <= to; });
}

// "https://…": whatever a browser opens, without blanks.
bool IsAddress(const std::string& text) {
  const size_t colon = text.find("://");
  const bool blank = std::any_of(text.begin(), text.end(), [](char c) { return c == ' ' || c == '\n' || c == '\t'; });
  return colon != std::string::npos && colon > 1 && IsLetters(text.substr(0, colon), 'a', 'z') &&
         text.size() > colon + 3 && !blank;
}

// "tg", "prs", "uz-Cyrl": as BCP 47 has it, its first part in small letters.
bool IsLanguage(const std::string& text) {
  const size_t dash = std::min(text.find('-'), text.size());
  const bool rest = std::all_of(text.begin() + static_cast<std::ptrdiff_t>(dash), text.end(), [](char c) {
    return c == '-' || ('0' <= c && c <= '9') || ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z');
  });
  return (dash == 2 || dash == 3) && IsLetters(text.substr(0, dash), 'a', 'z') && rest && text.back() != '-';
}

bool IsScript(const std::string& text) {
  return text.size() == 4 && IsLetters(text.substr(0, 1), 'A', 'Z') && IsLetters(text.substr(1), 'a', 'z');
}

// What is said in English tells what of the text was not understood, and mostly what would be right.
std::string InEnglish(const std::string& detail, const std::string& example) {
  const bool says_right = detail.find("write ") != std::string::npos || detail.find(example) != std::string::npos;
  return says_right ? detail : Say("wrong.as", {{"what", detail}, {"example", example}});
}

}  // namespace

std::string ExampleOf(const FieldSpec& spec) {
  switch (spec.type) {
    case FieldType::kDate:
      return Say("form.hint_date");
    case FieldType::kAmount:
      return ExampleOfAmount(spec);
    case FieldType::kToll:
      return Say("form.hint_figure");
    case FieldType::kPoint:
      return Say("form.hint_point");
    case FieldType::kWhole:
      return RangeOf(spec) != nullptr ? RangeOf(spec)->example : "12";
    case FieldType::kCode: {
      const auto said = std::find_if(spec.codes.begin(), spec.codes.end(), [](const auto& c) { return c != "UNSET"; });
      return said == spec.codes.end() ? "" : *said;
    }
    case FieldType::kFlag:
      return "yes";
    case FieldType::kReference:
      return ExampleOfRecord(spec);
    default:
      return ExampleOfText(spec);
  }
}

std::string NotRead(const FieldSpec& spec, const std::string& text, const std::string& detail) {
  const std::string quoted = Quoted(text), example = ExampleOf(spec);
  if (CurrentLanguage() == Language::kEnglish && !detail.empty()) return InEnglish(detail, example);
  switch (spec.type) {
    case FieldType::kDate:
      return Say("wrong.date", {{"text", quoted}, {"example", example}});
    case FieldType::kAmount:
      return Say(spec.unit == v1::Unit::COUNT ? "wrong.figure" : "wrong.measure",
                 {{"text", quoted}, {"example", example}});
    case FieldType::kToll:
      return Say(ReadAmount(text).ok() ? "wrong.people" : "wrong.figure", {{"text", quoted}, {"example", example}});
    case FieldType::kPoint:
      return Say("wrong.point", {{"text", quoted}, {"example", example}});
    case FieldType::kWhole:
      return Say("wrong.whole", {{"text", quoted}, {"example", example}});
    case FieldType::kCode:
      return Say("wrong.code", {{"text", quoted}, {"example", example}});
    case FieldType::kFlag:
      return Say("wrong.flag", {{"text", quoted}, {"example", example}});
    case FieldType::kReference:
      return Say("wrong.record", {{"text", quoted}, {"example", example}});
    default:
      return detail;
  }
}

std::string NotThere(const FieldSpec& spec, bool line) {
  const std::string example = ExampleOf(spec);
  if (line) return Say(example.empty() ? "wrong.line" : "wrong.line_as", {{"example", example}});
  return example.empty() ? Say("wrong.missing", {{"help", HelpOf(spec)}})
                         : Say("wrong.missing_as", {{"example", example}});
}

std::string NotThatKind(const FieldSpec& spec, const std::string& text) {
  std::vector<std::string> kinds;
  for (const std::string& word : spec.refers) kinds.push_back(SayCode(v1::RecordKind::Code_Name(*KindFromWord(word))));
  return Say("wrong.kind",
             {{"text", Quoted(text)}, {"kinds", SayList(kinds, Joint::kOr)}, {"example", ExampleOf(spec)}});
}

std::string NotItself(const std::string& text) { return Say("wrong.itself", {{"text", Quoted(text)}}); }

std::string NotAllowed(const FieldSpec& spec, const std::string& text, const std::string& detail) {
  const Range* range = RangeOf(spec);
  if (range != nullptr) {
    return Say("wrong.range",
               {{"text", Quoted(text)}, {"least", range->least}, {"most", range->most}, {"example", range->example}});
  }
  if (IsNamed(spec, "of")) return Say("wrong.value", {{"text", Quoted(text)}, {"example", "date, killed[0]"}});
  return NotRead(spec, text, detail);
}

std::optional<std::string> WrongText(const FieldSpec& spec, const std::string& text) {
  if (TextProblem(text)) return Say("wrong.text", {{"example", Quoted(Cleaned(text))}});
  const std::string quoted = Quoted(text), example = ExampleOf(spec);
  if (IsNamed(spec, "url") && !IsAddress(text)) return Say("wrong.url", {{"text", quoted}, {"example", example}});
  if (IsNamed(spec, "lang") && !IsLanguage(text)) return Say("wrong.lang", {{"text", quoted}, {"example", example}});
  if (IsNamed(spec, "script") && !IsScript(text)) return Say("wrong.script", {{"text", quoted}, {"example", example}});
  const bool country = text.size() == 2 && IsLetters(text, 'A', 'Z');
  if (IsNamed(spec, "country") && !country) return Say("wrong.country", {{"text", quoted}, {"example", example}});
  if (text.size() > spec.max_bytes) return Say("wrong.long", {{"bytes", text.size()}, {"most", spec.max_bytes}});
  return std::nullopt;
}

}  // namespace daftar::forms
