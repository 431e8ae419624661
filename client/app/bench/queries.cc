#include "client/app/bench/queries.h"

#include <algorithm>
#include <array>
#include <variant>

#include "client/model/address.h"

namespace daftar::app {
namespace {

// Whoever has typed that much of a name has found it, or will not.
constexpr size_t kMostTyped = 12, kLeastTyped = 3;
constexpr std::array<const char*, 3> kKinds = {"actor", "place", "incident"};

bool IsLetter(const std::string& character) {
  const unsigned char c = static_cast<unsigned char>(character[0]);
  return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::vector<std::string> CharactersOf(std::string_view text) {
  std::vector<std::string> characters;
  for (const char c : text) {
    const bool goes_on = (static_cast<unsigned char>(c) & 0xC0) == 0x80;
    if (goes_on && !characters.empty()) {
      characters.back() += c;
    } else {
      characters.emplace_back(1, c);
    }
  }
  return characters;
}

std::string ListFrom(const std::string& kind, size_t first) {
  return Address{.word = "list", .id = kind, .params = {{"first", std::to_string(first)}}}.ToString();
}

}  // namespace

std::vector<std::string> TypedOf(std::string_view name) {
  std::vector<std::string> typed;
  for (const std::string& character : CharactersOf(name)) {
    if (typed.size() == kMostTyped) break;
    if (IsLetter(character)) {
      typed.push_back(character);
    } else if (!typed.empty() && typed.back() != " ") {
      typed.push_back(" ");
    }
  }
  if (!typed.empty() && typed.back() == " ") typed.pop_back();
  return typed;
}

StatusOr<std::vector<std::vector<std::string>>> QueriesOf(ScriptedReader& reader, size_t count) {
  std::vector<std::vector<std::string>> queries;
  for (const char* kind : kKinds) {
    const size_t wanted = queries.size() + count / kKinds.size();
    // Twice as many places to look at: names may be short, or be met again.
    const size_t looks = 2 * (count / kKinds.size());
    size_t total = 1;
    for (size_t i = 0; i < looks && queries.size() < wanted; ++i) {
      DAFTAR_RETURN_IF_ERROR(reader.Open(ListFrom(kind, total * i / looks)));
      const List* list = std::get_if<List>(&reader.screen().content);
      if (list == nullptr || list->rows.empty()) break;
      total = list->total;
      std::vector<std::string> typed = TypedOf(list->rows[0].title);
      const bool new_one = std::find(queries.begin(), queries.end(), typed) == queries.end();
      if (typed.size() >= kLeastTyped && new_one) queries.push_back(std::move(typed));
    }
  }
  if (queries.empty()) return NotFound("the replica holds no names to look for");
  return queries;
}

}  // namespace daftar::app
