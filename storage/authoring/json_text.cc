#include "storage/authoring/json_text.h"

#include <unicode/utf8.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace daftar {
namespace {

// "line 3, column 14" of a byte.
std::string LineColumn(std::string_view text, size_t byte) {
  std::string_view before = text.substr(0, std::min(byte, text.size()));
  size_t line = 1 + std::count(before.begin(), before.end(), '\n');
  size_t newline = before.rfind('\n');
  std::string_view row = newline == std::string_view::npos ? before : before.substr(newline + 1);
  // Continuation bytes of UTF-8 start no character.
  auto starts_character = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; };
  size_t column = 1 + std::count_if(row.begin(), row.end(), starts_character);
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

// What went wrong, without the parser's own "[json.exception.parse_error.101] parse error at line 1, column 2: ".
std::string PlainReason(std::string_view what) {
  size_t bracket = what.find("] ");
  if (bracket != std::string_view::npos) what.remove_prefix(bracket + 2);
  size_t colon = what.find(": ");
  if (what.starts_with("parse error at") && colon != std::string_view::npos) what.remove_prefix(colon + 2);
  return std::string(what);
}

// Walks the text without building anything, so that a hostile one costs nothing before it is refused.
class Checker final : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit Checker(std::string_view text) : text_(text) {}
  const std::string& problem() const { return problem_; }

  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return Enter(); }
  bool end_object() override { return Leave(); }
  bool start_array(std::size_t) override { return Enter(); }
  bool end_array() override { return Leave(); }

  bool key(string_t& name) override {
    if (names_.back().insert(name).second) return true;
    return Refuse("the name \"" + name + "\" stands twice in one object");
  }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& error) override {
    return Refuse(LineColumn(text_, position == 0 ? 0 : position - 1) + ": " + PlainReason(error.what()));
  }

 private:
  bool Refuse(std::string problem) {
    problem_ = std::move(problem);
    return false;
  }
  bool Enter() {
    if (names_.size() == kMaxJsonDepth) {
      return Refuse("the JSON is nested deeper than " + std::to_string(kMaxJsonDepth) + " levels");
    }
    names_.emplace_back();
    return true;
  }
  bool Leave() {
    names_.pop_back();
    return true;
  }

  std::string_view text_;
  std::string problem_;
  std::vector<std::set<std::string>> names_;  // of each object that is open; empty for a list
};

}  // namespace

std::optional<size_t> InvalidUtf8At(std::string_view text) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  for (size_t at = 0; at < text.size();) {
    size_t start = at;
    UChar32 c;
    U8_NEXT(bytes, at, text.size(), c);
    if (c < 0) return start;
  }
  return std::nullopt;
}

Status CheckInput(std::string_view text) {
  if (text.size() > kMaxInputBytes) {
    return InvalidArgument("the input is " + std::to_string(text.size()) + " bytes; at most 4 MiB");
  }
  if (std::optional<size_t> byte = InvalidUtf8At(text)) {
    return InvalidArgument("byte " + std::to_string(*byte) + " is not valid UTF-8: save the text as UTF-8");
  }
  return OkStatus();
}

StatusOr<nlohmann::json> ParseJson(std::string_view text) {
  DAFTAR_RETURN_IF_ERROR(CheckInput(text));
  Checker checker(text);
  if (!nlohmann::json::sax_parse(text, &checker)) return InvalidArgument(checker.problem());
  return nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
}

}  // namespace daftar
