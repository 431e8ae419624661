// What a list shows of a record, so that the record need not be read: codes, days and names. Whoever shows it makes the
// words. The text index keeps one for each record, as bytes that it does not look into.
//
// The bytes; numbers are varints, signed ones zigzag, a text is its size and its bytes:
//   id 16 bytes · kind u8 · title text · flags · [display id text] · codes: count, each
//   [first day, last day − first] · [day − first] · dates: count, each · [period] · places: count, each · country text
//   [relation: from text, to text, type, negated, accounts: count, each]
//   date: first − the row's first, last − first, precision << 3 | uncertain 4 | inferred 2 | about 1, part of the day
//   period: open 4 | to 2 | from 1, then those dates · place: id 16 bytes, 0 or 1 + size of its name, name
//   account: period 1, source text, place text, stance, modality, [period]
#pragma once

#include <absl/container/inlined_vector.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daftar/v1/account.pb.h"
#include "daftar/v1/values.pb.h"
#include "storage/base/status.h"
#include "storage/model/compare.h"
#include "storage/model/record.h"
#include "storage/model/shown.h"

namespace daftar::search {

// Whether an incident is reported as having happened, by the accounts that do not deny it.
enum class Happened : uint8_t {
  kYes,
  kExpected,      // no account says so; some expect it
  kHypothetical,  // … and none expects it
  kDenied,        // every account denies it
};
// Records of other kinds, and incidents without accounts, count as having happened.
Happened HappenedOf(const Record& record);

// What sort of its kind a record is: IncidentKind (several), ActorClass, PlaceKind or SourceType codes, UNSET left out;
// none for other kinds.
using Codes = absl::InlinedVector<int, 4>;
Codes CodesOf(const Record& record);

struct RowPlace {
  Uuid id;
  bool has_name = false;  // false: there is no such place, or something else
  std::string name;       // as DisplayName has it
};
struct RowRelation {
  std::string from, to;  // as its references have them
  v1::RelationType::Code type = v1::RelationType::RELATED_TO;
  bool negated = false;
  // Source, place, stance, modality and period of each; nothing else of them.
  std::vector<v1::Account> accounts;
};

// Large, and without memory of its own for what most rows have: filled where it is to lie rather than moved there.
struct Row {
  using Place = RowPlace;
  using Relation = RowRelation;

  Uuid id;
  Kind kind = v1::RecordKind::UNSET;
  std::string title;                           // as DisplayName has it
  std::string display_id;                      // as DisplayId has it
  Codes codes;                                 // as CodesOf has them
  std::optional<int32_t> day;                  // by which lists are sorted
  std::optional<int32_t> first_day, last_day;  // that the accounts leave possible; both or none
  // The shown one; while it is in doubt all, the shown one first.
  absl::InlinedVector<v1::FuzzyDate, 1> dates;
  bool date_in_doubt = false;
  std::optional<v1::Period> period;  // the shown one, where there is no date
  // The shown place; of a place, what it lies in, nearest first, at most kMostPlacesAbove. Not of relations.
  absl::InlinedVector<Place, 1> places;
  std::string country;  // of the shown place, or of the place that it is: "TJ"; empty: none
  bool disagrees = false, open = false, denied = false;
  Happened happened = Happened::kYes;
  std::optional<Relation> relation;  // for relations
};
inline constexpr int kMostPlacesAbove = 8;

// `shown`: what ComputeShown gives; nullptr for records without accounts. Dates and periods come without their wording.
// Names are in `language` where there are such. It rests on the record, and on the places and sources that it rests on;
// that the ends of a relation have names is left to who shows it.
StatusOr<Row> RowOf(const Record& record, const Shown* shown, const RecordLookup& lookup,
                    std::string_view language = "en");

std::string EncodeRow(const Row& row);
// DataLoss if the bytes are not those of a row; `row` is then of no use. REQUIRES: a new row.
Status DecodeWholeRow(std::string_view bytes, Row& row);
StatusOr<Row> DecodeWholeRow(std::string_view bytes);

// Its beginning. The view is into the bytes.
struct RowView {
  Uuid id;
  Kind kind = v1::RecordKind::UNSET;
  std::string_view title;
};
// DataLoss if the bytes do not begin like a row.
StatusOr<RowView> DecodeRow(std::string_view bytes);

}  // namespace daftar::search
