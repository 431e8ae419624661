// Validation: the same code in the editor's hands and behind the server's door. Finds everything wrong at once.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "daftar/v1/commit.pb.h"
#include "storage/base/uuid.h"
#include "storage/model/kind.h"

namespace daftar {

// One thing wrong: where, and what would be right.
struct FieldProblem {
  std::string path;  // "accounts[2].date", as JSON names it; "" for the record as a whole
  std::string message;
};

// The kind of the record with that id, nullopt if there is none. May see records made in the same mutation.
using KindLookup = std::function<std::optional<Kind>(const Uuid&)>;

// Limits on what one record may hold; beyond them a record is refused, not cut.
inline constexpr size_t kMaxRecordBytes = 512 << 10;  // wire form of a whole record: fits a sync frame
inline constexpr size_t kMaxPartsPerRecord = 20'000;  // parts that it has or ever had
inline constexpr size_t kMaxItemsPerField = 2000;     // elements of any repeated field
inline constexpr size_t kMaxTextBytes = 4096;         // where a field states no (max_bytes)

// Checks a whole record: required fields; text length, UTF-8, NFC, no control or bidi-override characters; codes known
// (an unknown number of a newer schema passes); dates (first <= last, precision agrees), latitude and longitude;
// low <= best <= high, no negative counts, confidence <= 100; references: 16 bytes, exist, of an allowed kind, not to
// itself; keys unique and not 0; choice names an existing account and gives a reason; account needs a source; a name
// in every record but relations; excerpts of values that the account has; comments on parts that a record of the kind
// can have, and their answers; proposals of parts that can be read (review.h has their limits). Unknown fields are let
// through untouched.
std::vector<FieldProblem> Validate(Kind kind, const google::protobuf::Message& record, const Uuid& id,
                                   const KindLookup& kind_of);

// Things a codebook would question, which block nothing: killed without a violent kind, an end before a start, a best
// figure without bounds given as ABOUT …
std::vector<FieldProblem> Warnings(Kind kind, const google::protobuf::Message& record);

// Checks what a push says of itself: author and reason, which travel with every record that it touches.
inline constexpr size_t kMaxAuthorBytes = 200;
inline constexpr size_t kMaxReasonBytes = 2000;
std::vector<FieldProblem> ValidatePush(const v1::Mutation& mutation);

// Whether the text is valid UTF-8 in NFC without control (other than \n and \t) or bidi-override characters; else why
// not.
std::optional<std::string> TextProblem(std::string_view text);

}  // namespace daftar
