// The fields of the query language by name: what stands before a colon.
#pragma once

#include <span>
#include <string_view>

#include "storage/search/query/query.h"

namespace daftar::search::query {

// How the value of a field is read.
enum class Reads { kWords, kName, kCode, kDays, kNumber, kBox, kNear };

// What a date field does with the days it names.
enum class DayRule { kOn, kAfter, kBefore, kSince, kUntil };

struct FieldName {
  std::string_view name;  // without the colon
  Reads reads;
  Field field = Field::kAny;
  Metric metric = Metric::kKilled;
  DayRule days = DayRule::kOn;
  // Whether a comma separates values; in the others it is a part of the value.
  bool takes_list() const { return reads != Reads::kNumber && reads != Reads::kBox && reads != Reads::kNear; }
};

// All of them. Where two names stand for one field, the first is the canonical one.
std::span<const FieldName> FieldNames();

// The field of that name in any case; null for none.
const FieldName* FindField(std::string_view name);

// The field that the name was perhaps meant to be: one edit away for names of up to four letters, two for longer ones;
// an edit is a letter added, left out, replaced or swapped with its neighbour. Null for none.
const FieldName* NearestField(std::string_view name);

// The canonical name of a field that is written with one.
std::string_view NameOf(Field field);
std::string_view NameOf(Metric metric);

}  // namespace daftar::search::query
