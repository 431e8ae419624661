#include "client/forms/read_text.h"

#include <google/protobuf/message.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <cmath>
#include <limits>

#include "client/forms/right_words.h"
#include "daftar/v1/values.pb.h"
#include "storage/authoring/names.h"
#include "storage/authoring/spoken_amount.h"
#include "storage/authoring/spoken_date.h"
#include "storage/authoring/spoken_point.h"

namespace daftar::forms {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using Problem = std::optional<std::string>;

std::string Words(const Status& status) { return std::string(::daftar::Message(status)); }

Problem ReadDateInto(const std::string& text, v1::FuzzyDate& date) {
  v1::FuzzyDate read;
  if (!text.empty()) {
    StatusOr<v1::FuzzyDate> said = ReadDate(text);
    if (!said.ok()) return Words(said.status());
    read = *std::move(said);
  }
  read.set_wording(date.wording());
  date = read;
  return std::nullopt;
}

Problem ReadAmountInto(const std::string& text, int unit, v1::Amount& amount) {
  v1::Amount read;
  if (!text.empty()) {
    StatusOr<v1::Amount> said = ReadAmount(text, static_cast<v1::Unit::Code>(unit));
    if (!said.ok()) return Words(said.status());
    read = *std::move(said);
  }
  read.set_wording(amount.wording());
  amount = read;
  return std::nullopt;
}

Problem ReadTollInto(const std::string& text, v1::Toll& toll) {
  v1::Amount read;
  const Problem problem = ReadAmountInto(text, v1::Unit::COUNT, read);
  if (problem) return problem;
  if (read.unit() != v1::Unit::COUNT)
    return "people are counted without a unit: write 3, 3–5, about 100 or at least 20";
  toll.clear_low();
  toll.clear_best();
  toll.clear_high();
  if (read.has_low()) toll.set_low(read.low());
  if (read.has_best()) toll.set_best(read.best());
  if (read.has_high()) toll.set_high(read.high());
  toll.set_bound(read.bound());
  return std::nullopt;
}

Problem ReadPointInto(const std::string& text, v1::GeoPoint& point) {
  point.clear_lat_e7();
  point.clear_lon_e7();
  if (text.empty()) return std::nullopt;
  const StatusOr<SpokenPoint> said = ReadPoint(text);
  if (!said.ok()) return Words(said.status());
  point.set_lat_e7(said->lat_e7);
  point.set_lon_e7(said->lon_e7);
  return std::nullopt;
}

Problem ReadHead(const FieldSpec& spec, const std::string& text, Message& message) {
  switch (spec.type) {
    case FieldType::kDate:
      return ReadDateInto(text, static_cast<v1::FuzzyDate&>(message));
    case FieldType::kAmount:
      return ReadAmountInto(text, spec.unit, static_cast<v1::Amount&>(message));
    case FieldType::kToll:
      return ReadTollInto(text, static_cast<v1::Toll&>(message));
    default:
      return ReadPointInto(text, static_cast<v1::GeoPoint&>(message));
  }
}

Problem ReadWhole(const FieldSpec& spec, const std::string& text, bool append, Message& message) {
  const StatusOr<v1::Amount> said = ReadAmount(text);
  const bool whole = said.ok() && said->has_best() && !said->has_low() && !said->has_high() &&
                     said->unit() == v1::Unit::COUNT && said->bound() == v1::Bound::EXACT &&
                     said->best() == std::floor(said->best()) && said->best() <= std::numeric_limits<uint32_t>::max();
  if (!whole) return NotRead(spec, text, "");
  const auto number = static_cast<uint32_t>(said->best());
  const Reflection& reflection = *message.GetReflection();
  append ? reflection.AddUInt32(&message, spec.field, number) : reflection.SetUInt32(&message, spec.field, number);
  return std::nullopt;
}

Problem ReadCode(const FieldSpec& spec, const std::string& text, bool append, Message& message) {
  const auto& list = *spec.field->enum_type();
  std::optional<int> code = FindCode(list, text);
  if (!code) return NotRead(spec, text, UnknownCode(list, text));
  const Reflection& reflection = *message.GetReflection();
  append ? reflection.AddEnumValue(&message, spec.field, *code) : reflection.SetEnumValue(&message, spec.field, *code);
  return std::nullopt;
}

Problem ReadFlag(const FieldSpec& spec, const std::string& text, Message& message) {
  const bool yes = text == "yes" || text == "true", no = text == "no" || text == "false";
  if (!yes && !no) return NotRead(spec, text, "");
  message.GetReflection()->SetBool(&message, spec.field, yes);
  return std::nullopt;
}

Problem ReadString(const FieldSpec& spec, std::string bytes, bool append, Message& message) {
  const Reflection& reflection = *message.GetReflection();
  append ? reflection.AddString(&message, spec.field, std::move(bytes))
         : reflection.SetString(&message, spec.field, std::move(bytes));
  return std::nullopt;
}

}  // namespace

std::string Tidy(const std::string& text) {
  const auto white = [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; };
  size_t from = 0, to = text.size();
  while (from < to && white(text[from])) ++from;
  while (to > from && white(text[to - 1])) --to;
  const std::string trimmed = text.substr(from, to - from);
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(error);
  if (U_FAILURE(error)) return trimmed;
  std::string tidy;
  icu::StringByteSink<std::string> sink(&tidy);
  nfc->normalizeUTF8(0, icu::StringPiece(trimmed.data(), static_cast<int>(trimmed.size())), sink, nullptr, error);
  return U_FAILURE(error) ? trimmed : tidy;
}

std::optional<std::string> ReadText(const FieldSpec& spec, const std::string& typed, const IdResolver& resolve,
                                    bool append, Message& message) {
  const std::string text = Tidy(typed);
  if (spec.field == nullptr) {
    const Problem problem = ReadHead(spec, text, message);
    return problem ? Problem(NotRead(spec, text, *problem)) : std::nullopt;
  }
  if (text.empty()) {
    if (!append) message.GetReflection()->ClearField(&message, spec.field);
    return append ? Problem(NotThere(spec, true)) : std::nullopt;
  }
  switch (spec.type) {
    case FieldType::kWhole:
      return ReadWhole(spec, text, append, message);
    case FieldType::kCode:
      return ReadCode(spec, text, append, message);
    case FieldType::kFlag:
      return ReadFlag(spec, text, message);
    case FieldType::kReference: {
      const StatusOr<Uuid> id = resolve(text);
      if (!id.ok()) return NotRead(spec, text, Words(id.status()));
      return ReadString(spec, id->str(), append, message);
    }
    default:
      if (Problem problem = WrongText(spec, text)) return problem;
      return ReadString(spec, text, append, message);
  }
}

}  // namespace daftar::forms
