#include "storage/authoring/authoring.h"

#include <nlohmann/json.hpp>

#include "storage/authoring/json_in.h"
#include "storage/authoring/json_text.h"

namespace daftar {

Authored RecordFromJson(Kind kind, std::string_view text, const IdResolver& resolve) {
  Authored authored{NewMessage(kind), {}};
  StatusOr<nlohmann::json> json = ParseJson(text);
  if (!json.ok()) {
    authored.problems.push_back({"", Message(json.status())});
  } else {
    authored.problems = MessageFromJson(*json, resolve, "", authored.record.get());
  }
  return authored;
}

Authored RecordFromText(Kind kind, std::string_view text, const IdResolver& resolve) {
  constexpr std::string_view kSpace = " \t\r\n";
  size_t brace = text.find_first_not_of(kSpace);
  bool json = false;
  if (brace != std::string_view::npos && text[brace] == '{') {
    size_t next = text.find_first_not_of(kSpace, brace + 1);
    json = next != std::string_view::npos && (text[next] == '"' || text[next] == '}');
  }
  return json ? RecordFromJson(kind, text, resolve) : RecordFromTextproto(kind, text, resolve);
}

}  // namespace daftar
