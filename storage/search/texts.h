// The texts of a record that people search in.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "storage/model/record.h"

namespace daftar::search {

// What a text is in its record.
enum class TextRole : uint8_t { kName, kText, kKey };

// One text of a record, for indexing and for snippets.
struct FieldText {
  TextRole role;
  std::string label;  // "name", "account", "notes", "id" …: for people
  std::string text;
};
// Names first.
std::vector<FieldText> TextsOf(const Record& record);

}  // namespace daftar::search
