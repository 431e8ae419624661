// A search query taken apart. README.md of this folder has the grammar; it is the same in the window, on the command
// line and in saved searches.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/status.h"

namespace daftar::search {

// What a filter is about: "actor:", "place:" …
enum class Field {
  kAny,       // no field: words of names, titles and texts
  kTitle,     // title: words of names and titles alone
  kText,      // text: words of everything but names and titles
  kActor,     // who has a part in it: a name in any spelling, or an id
  kPlace,     // where: a name or an id; what lies inside counts
  kSource,    // who tells it: a title or an id
  kCountry,   // ISO 3166-1 alpha-2
  kProvince,  // a name or an id
  kKind,      // kind of record
  kType,      // a code of a codebook: clash, armed_clash, state …
  kTag,
  kId,       // a UUID or its beginning, or an external id
  kGrade,    // Admiralty: B, 2 or B2
  kMarking,  // TLP
  kReview,   // state of review
  kHas,      // has:conflict, has:date, has:killed …
  kNote,     // words of what the reader has noted on it
  kIs,       // what the reader has done with it: is:pinned …
  kChanged,  // what changed lately; no text says it
};

// Numbers that a record has a range of.
enum class Metric { kKilled, kWounded, kCaptured, kMissing, kRoots, kAccounts };

// Bytes of the query text that something was read from.
struct Span {
  uint32_t begin = 0, end = 0;
};

struct Node {
  enum class Op {
    kEverything,  // no condition: a query of filters alone ranks by date
    kAnd,         // all children; at least one is not kNot
    kOr,          // any child
    kNot,         // not the one child
    kWord,        // text, in field kAny, kTitle or kText
    kPhrase,      // text, its words side by side and in order, in field kAny, kTitle or kText
    kNamed,       // field kActor, kPlace, kSource, kProvince or kId: text names a record; kNote: text stands in a note
    kCode,        // field kCountry, kKind, kType, kTag, kGrade, kMarking, kReview, kHas or kIs: any of `codes`
    kDays,        // may have happened on a day from..to
    kNumber,      // may have a number from..to
    kBox,         // has a point inside
  };
  Op op = Op::kEverything;
  Span span;
  std::vector<Node> children;
  Field field = Field::kAny;
  // As written, without quotes and what stands before the first and behind the last letter. kDays: "since:-30d" where
  // the days hang on today, so that a saved query keeps moving with it; else empty.
  std::string text;
  bool prefix = false;  // kWord, kNamed: may go on: it is still being typed, or ends in *
  bool exact = false;   // kWord: quoted, so neither inflected nor respelt forms nor typing errors count
  // kPhrase: written without quotes, as one word with signs in it (al-Qaida): where it finds nothing, its words may
  // stand apart. Not part of what SameQuery compares, since ToText writes it in quotes.
  bool forgiving = false;
  // kCode: canonical values. kCountry "TJ"; kKind "INCIDENT"; kType "IncidentKind.CLASH" (message.CONSTANT of
  // codes.proto; a word that stands in several lists gives several codes); kTag the folded text; kGrade "B2", "B", "2";
  // kMarking "AMBER"; kReview "ACCEPTED"; kHas "conflict"; kIs "pinned".
  std::vector<std::string> codes;
  int32_t first_day = INT32_MIN, last_day = INT32_MAX;  // kDays: since 1970-01-01, inclusive
  Metric metric = Metric::kKilled;                      // kNumber
  double least = 0, most = 1e300;                       // kNumber: inclusive
  struct Box {
    int32_t south_e7 = 0, west_e7 = 0, north_e7 = 0, east_e7 = 0;  // west > east: over the date line
  } box;
};

// A query ready to be run. The same question is always the same tree:
// - kAnd and kOr have two children or more, kNot has one; none of the three is a child of its own kind;
// - a kNot stands only in a kAnd that has a child which is none, so "-a" is kAnd of kEverything and kNot;
// - kEverything is the root, for an empty query, or the first child of a kAnd whose others are all kNot.
struct Query {
  Node root;
};

// Limits of what ParseQuery takes: bytes of the text as written and as ToText writes it, nodes of the tree, and its
// depth (a single word has depth 1).
inline constexpr size_t kMaxQueryBytes = 4096;
inline constexpr size_t kMaxQueryNodes = 64;
inline constexpr size_t kMaxQueryDepth = 16;

// What is wrong with a query, and where.
struct QueryError {
  uint32_t column = 0;     // 1-based, in characters, of the query text
  std::string message;     // for people: "column 7: there is no field \"acter:\""
  std::string suggestion;  // the whole query as it was perhaps meant; empty: none
};

// `today`: what before:, after: and relative days count from; days since 1970-01-01.
// InvalidArgument carries QueryError's message with the suggestion behind it: "… ; did you mean actor:taliban?"
StatusOr<Query> ParseQuery(std::string_view text, int32_t today);
// The same, for a screen that marks the place.
std::optional<QueryError> CheckQuery(std::string_view text, int32_t today);

// The query as text, always the same for the same query: what is saved, and what a chip shows. On the same day
// ParseQuery(ToText(q)) is the same query as q, for every q that ParseQuery made. A space at the end belongs to it: it
// says that the last word is whole.
std::string ToText(const Query& query);

// Whether two queries ask the same: all but where it was written.
bool SameQuery(const Query& a, const Query& b);

}  // namespace daftar::search
