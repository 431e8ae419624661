// What the index is told of one record.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace daftar::search {

// Terms are strings whose first byte says of which class they are. Filters come before words.
namespace term_class {
inline constexpr char kTag = '#';       // + folded text
inline constexpr char kActor = 'A';     // + 16 bytes: has a part in it
inline constexpr char kCountry = 'C';   // + "TJ"
inline constexpr char kGrade = 'G';     // + "B2", "B" and "2"
inline constexpr char kHas = 'H';       // + "conflict" …
inline constexpr char kKind = 'K';      // + "INCIDENT"
inline constexpr char kPlace = 'L';     // + 16 bytes: where, or what that lies in
inline constexpr char kMarking = 'M';   // + "AMBER"
inline constexpr char kProvince = 'P';  // + 16 bytes
inline constexpr char kRef = 'R';       // + 16 bytes: points at it in any field
inline constexpr char kSource = 'S';    // + 16 bytes
inline constexpr char kType = 'T';      // + "IncidentKind.CLASH"
inline constexpr char kReview = 'V';    // + "ACCEPTED"
inline constexpr char kYear = 'Y';      // + "2023"
inline constexpr char kWord = 'w';      // + folded word
// Made from words by the index itself.
inline constexpr char kBeginning = 'x';  // + two or three letters: the documents of all words that begin so
inline constexpr char kStem = 'y';       // + stem: the words that have it
inline constexpr char kSkeleton = 'z';   // + skeleton: the words of names that have it
}  // namespace term_class

// Sorts behind all other days.
inline constexpr int32_t kNoDay = INT32_MIN;

// A number that the record may have lies from low to high.
struct NumberRange {
  uint8_t metric = 0;  // Metric
  float low = 0, high = 0;
};

struct IndexDoc {
  uint32_t rid = 0;
  int32_t day = kNoDay;  // by which it is sorted
  struct Text {
    bool name = false;  // a name or title; these come first
    std::string text;
  };
  std::vector<Text> texts;
  std::vector<std::string> terms;  // filters, each once
  struct Span {
    int32_t first = 0, last = 0;
  };
  std::vector<Span> spans;  // days on which it may lie; [day, day] alone need not be named
  std::vector<NumberRange> numbers;
  struct Point {
    int32_t lat_e7 = 0, lon_e7 = 0;
  };
  std::vector<Point> points;
  std::string row;  // what a list shows: the index keeps it and does not look inside
};

}  // namespace daftar::search
