// What the program says, by key: Say("home.latest") is "Latest incidents" in the language of the reader.
//
// A message is in ICU's MessageFormat: "{count, plural, one {# article} other {# articles}}". The files of
// catalogue/<language> hold them; a test holds that every key is in every language, with the same arguments, and a lint
// that every key that the code names is there, and every one that is there is named.
//
// Thread-safe. Cheap where there are no arguments; some microseconds where there are: not for every frame.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace daftar {

struct Arg {
  Arg(std::string_view of, std::integral auto number) : name(of), value(static_cast<int64_t>(number)) {}
  Arg(std::string_view of, double number) : name(of), value(number) {}
  Arg(std::string_view of, std::string_view text) : name(of), value(std::string(text)) {}
  Arg(std::string_view of, const std::string& text) : name(of), value(text) {}
  Arg(std::string_view of, const char* text) : name(of), value(std::string(text)) {}

  std::string_view name;
  std::variant<int64_t, double, std::string> value;
};

// A key that no language has is said as it is.
std::string Say(std::string_view key);
std::string Say(std::string_view key, std::initializer_list<Arg> args);

// A constant of a code list: "ARMED_CLASH" is the key "code.ARMED_CLASH". One that is not known yet is its own words:
// "armed clash".
std::string SayCode(std::string_view constant);
// The same of another family of keys, such as "relation"; what it lacks is said as a code.
std::string SayCode(std::string_view family, std::string_view constant);

// "10,000", "2.5": at most one digit behind the point, none of numbers from 10,000.
std::string SayNumber(double number);
// The text with its first letter as it stands at the beginning of a line.
std::string SayCapital(std::string_view text);

}  // namespace daftar
