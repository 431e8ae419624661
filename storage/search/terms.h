// The terms under which a record is found.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "storage/model/record.h"

namespace daftar::search {

// Where in a record a term stands; bits of the one-byte value in the text index.
enum Field : uint8_t { kName = 1, kText = 2, kKey = 4 };

// Terms begin with a letter that says what they are.
inline constexpr char kWordTerm = 'w';      // a folded word
inline constexpr char kNameTerm = '=';      // a whole folded name
inline constexpr char kSkeletonTerm = '~';  // the skeleton of a word of a name
// Longest term in bytes; longer names are cut.
inline constexpr size_t kMaxTermBytes = 200;

// One text of a record, for indexing and for snippets.
struct FieldText {
  Field field;
  std::string label;  // "name", "account", "notes", "id" …: for people
  std::string text;
};
std::vector<FieldText> TextsOf(const Record& record);

// Every term of the record with the fields that it stands in.
std::map<std::string, uint8_t> TermsOf(const Record& record);

}  // namespace daftar::search
