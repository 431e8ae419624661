// What can be filled in: for each kind of record its fields, by their names in JSON, with sort, code list, limits and
// what they refer to. Made once from the schema; labels, help and definitions come from the catalogues by the same
// names (client/language/codebook.h). Pure functions; any thread; what they return lives for ever.
//
// A message that people write as one line has a *head*: of a FuzzyDate "date" ("night of 30 Aug 2023"), of an Amount
// and a Toll "figure" ("4 (3–5)"), of a GeoPoint "point" ("38.45, 70.81"). It stands for the numbers behind it; what
// else the message holds (wording, side, precision) are fields beside it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace google::protobuf {
class FieldDescriptor;
class Descriptor;
}  // namespace google::protobuf

namespace daftar::forms {

enum class FieldType {
  kText,
  kLongText,   // several lines
  kWhole,      // a whole number
  kCode,       // one of a code list
  kFlag,       // yes or no
  kReference,  // another record, by any ID
  kDate,       // heads
  kAmount,
  kToll,
  kPoint,
  kGroup,  // fields of its own
};

struct GroupSpec;

struct FieldSpec {
  std::string name;  // "date", "accounts", "killed"; of a head "date", "figure" or "point"
  FieldType type = FieldType::kText;
  bool list = false;                 // several; each item has the fields of `group`
  bool required = false;             // the record is of no use without it
  bool minor = false;                // asked for rarely: forms show it when it is asked for, or filled in
  size_t max_bytes = 0;              // of text
  std::vector<std::string> codes;    // of kCode: constants; of a single field the first one says nothing
  std::vector<std::string> refers;   // of kReference: the words of the kinds allowed; empty: any
  int unit = 0;                      // of kAmount: v1::Unit that a figure without a unit counts
  const GroupSpec* group = nullptr;  // of kGroup and of lists; a list of single values has a group of one field, ""
  const google::protobuf::FieldDescriptor* field = nullptr;  // nullptr: a head
};

struct GroupSpec {
  const google::protobuf::Descriptor* message = nullptr;
  std::vector<FieldSpec> fields;  // the head first, what is minor last
  // nullptr if there is no such field. JSON's names and the proto's own.
  const FieldSpec* Find(std::string_view name) const;
};

// The fields of a record of that kind that a form fills in. Left out: keys, comments, proposals, choices, review and
// retirement, which have ways of their own, and what machines write (sha256, retrieved_ms). REQUIRES: the word of a
// kind.
const GroupSpec& SpecOf(std::string_view kind_word);

// The word by which tests and scripts name a type: "date".
std::string_view TypeWord(FieldType type);

}  // namespace daftar::forms
