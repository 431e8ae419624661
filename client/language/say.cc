#include "client/language/say.h"

#include <unicode/msgfmt.h>
#include <unicode/numfmt.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <memory>
#include <unordered_map>
#include <vector>

#include "client/language/catalogue.h"
#include "client/language/language.h"

namespace daftar {
namespace {

// In its language; else in English, which has every key.
const std::string* Find(std::string_view key) {
  for (const Language language : {CurrentLanguage(), Language::kEnglish}) {
    const Messages& messages = MessagesOf(language);
    if (const auto at = messages.find(key); at != messages.end()) return &at->second;
  }
  return nullptr;
}

icu::Locale LocaleNow() {
  const Language language = CurrentLanguage();
  std::string name(LanguageCode(language));
  if (language == Language::kDari) name += "_AF";
  if (CurrentDigits() == Digits::kLatin) name += "@numbers=latn";
  return icu::Locale(name.c_str());
}

// One thread's formatters, thrown away when the reader changes how he reads.
struct Formatters {
  Language language = CurrentLanguage();
  Digits digits = CurrentDigits();
  std::unordered_map<const std::string*, std::unique_ptr<icu::MessageFormat>> of;
  std::unique_ptr<icu::NumberFormat> whole, tenths;

  bool current() const { return language == CurrentLanguage() && digits == CurrentDigits(); }
};

Formatters& FormattersNow() {
  thread_local Formatters formatters;
  if (!formatters.current()) formatters = Formatters();
  return formatters;
}

std::string ToUtf8(const icu::UnicodeString& text) {
  std::string bytes;
  text.toUTF8String(bytes);
  return bytes;
}

// Letters of Arabic script begin with the bytes D8 … DB in UTF-8.
bool IsArabic(char byte) {
  return static_cast<unsigned char>(byte) >= 0xD8 && static_cast<unsigned char>(byte) <= 0xDB;
}
bool IsOtherLetter(char byte) {
  const auto code = static_cast<unsigned char>(byte);
  return (code >= 0xC3 && code < 0xD6) || (code < 0x80 && std::isalpha(code) != 0);
}

constexpr std::string_view kRightToLeftMark = "\u200F";  // is not seen

// A name in Latin letters within a sentence from right to left stands for itself: without the marks it would run
// together with numbers and signs beside it, "S2 ≠ ۴" from the left.
std::string Apart(const std::string& text) {
  if (!RightToLeft(CurrentLanguage()) || std::none_of(text.begin(), text.end(), IsOtherLetter)) return text;
  return std::string(kRightToLeftMark) + text + std::string(kRightToLeftMark);
}

icu::Formattable ToFormattable(const Arg& arg) {
  if (const auto* whole = std::get_if<int64_t>(&arg.value)) return icu::Formattable(*whole);
  if (const auto* number = std::get_if<double>(&arg.value)) return icu::Formattable(*number);
  return icu::Formattable(icu::UnicodeString::fromUTF8(Apart(std::get<std::string>(arg.value))));
}

// nullptr for what ICU cannot read, which the tests do not let in.
const icu::MessageFormat* FormatterOf(const std::string& message) {
  std::unique_ptr<icu::MessageFormat>& known = FormattersNow().of[&message];
  if (known == nullptr) {
    UErrorCode status = U_ZERO_ERROR;
    known = std::make_unique<icu::MessageFormat>(icu::UnicodeString::fromUTF8(message), LocaleNow(), status);
    if (U_FAILURE(status)) known.reset();
  }
  return known.get();
}

std::string Lower(std::string_view constant) {
  std::string words;
  for (const char c : constant)
    words += c == '_' ? ' ' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return words;
}

// A sentence of a language from right to left runs that way, also where it begins with a name or a key in Latin
// letters: a mark that is not seen says so.
std::string InItsDirection(const std::string& message, std::string text) {
  if (!RightToLeft(CurrentLanguage()) || std::none_of(message.begin(), message.end(), IsArabic)) return text;
  const auto first = std::find_if(text.begin(), text.end(), [](char c) { return IsArabic(c) || IsOtherLetter(c); });
  if (first == text.end() || IsArabic(*first)) return text;
  return std::string(kRightToLeftMark) + std::move(text);
}

}  // namespace

std::string Say(std::string_view key) {
  const std::string* message = Find(key);
  return message == nullptr ? std::string(key) : InItsDirection(*message, *message);
}

std::string Say(std::string_view key, std::initializer_list<Arg> args) {
  const std::string* message = Find(key);
  if (message == nullptr) return std::string(key);
  const icu::MessageFormat* format = FormatterOf(*message);
  if (format == nullptr) return *message;
  std::vector<icu::UnicodeString> names;
  std::vector<icu::Formattable> values;
  for (const Arg& arg : args) {
    names.push_back(icu::UnicodeString::fromUTF8(icu::StringPiece(arg.name.data(), static_cast<int>(arg.name.size()))));
    values.push_back(ToFormattable(arg));
  }
  icu::UnicodeString text;
  UErrorCode status = U_ZERO_ERROR;
  format->format(names.data(), values.data(), static_cast<int>(values.size()), text, status);
  return U_FAILURE(status) ? *message : InItsDirection(*message, ToUtf8(text));
}

std::string SayCode(std::string_view family, std::string_view constant) {
  const std::string* message = Find(std::string(family) + "." + std::string(constant));
  return message == nullptr ? SayCode(constant) : *message;
}

std::string SayCode(std::string_view constant) {
  const std::string* message = Find("code." + std::string(constant));
  return message == nullptr ? Lower(constant) : *message;
}

std::string SayNumber(double number) {
  Formatters& formatters = FormattersNow();
  const bool whole = number == std::floor(number) || std::abs(number) >= 10'000;
  std::unique_ptr<icu::NumberFormat>& format = whole ? formatters.whole : formatters.tenths;
  if (format == nullptr) {
    UErrorCode status = U_ZERO_ERROR;
    format.reset(icu::NumberFormat::createInstance(LocaleNow(), status));
    if (U_FAILURE(status)) return std::to_string(number);
    format->setMinimumFractionDigits(whole ? 0 : 1);
    format->setMaximumFractionDigits(whole ? 0 : 1);
  }
  icu::UnicodeString text;
  format->format(number, text);
  return ToUtf8(text);
}

std::string SayCapital(std::string_view text) {
  icu::UnicodeString all = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int>(text.size())));
  const int first = all.moveIndex32(0, 1);
  icu::UnicodeString capital(all, 0, first);
  all.replace(0, first, capital.toUpper(LocaleNow()));
  return ToUtf8(all);
}

}  // namespace daftar
