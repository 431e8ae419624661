// Records as rows of lists: for this folder alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "client/model/names.h"
#include "client/model/row.h"
#include "storage/model/record.h"
#include "storage/search/row.h"

namespace daftar {

// Whether an incident is reported as having happened.
struct Happening {
  bool happened = true;
  bool expected = false;  // every account that does not deny it only expects it
  std::string words;      // "expected, not reported as having happened"; empty when it happened
};
// Records of other kinds, and incidents without accounts, count as having happened.
Happening HappeningOf(const Record& record);

// One row without a note, except for relations, whose note says since when by whom.
ListRow MakeRow(const Record& record, Names& names);
// The same of a row of the index, which is neither pending nor retired. REQUIRES: names in English.
ListRow MakeRow(const search::Row& row, Names& names);
// The same of what a view lists, with its row if it gave one; nullopt if there is no such record.
std::optional<ListRow> MakeRow(const Uuid& id, const std::optional<search::Row>& row, Names& names);
// Whether rows of the index, whose names are English, can be shown as they are.
bool CanShow(const Names& names);

// Whether the account says that the matter is so: stance STATES or CONFIRMS, not merely expected or hypothetical.
bool Affirms(const v1::Account& account);
// Whether some account says that the relation held on that day: stance STATES or CONFIRMS, not merely expected or
// hypothetical, in a period that holds or may hold then.
bool HeldOn(const Record& relation, int32_t day);
// Dates the row of a relation by the first account that says so, one that is sure before one that is not. REQUIRES:
// HeldOn.
void DateByHolding(const Record& relation, int32_t day, ListRow& row);
// What the accounts say about when a relation held: "Maymay, since Nov 2020 (S4); denied (S1, S3)". With a day, only
// those that hold then; uncertain ones begin with "perhaps".
std::string RelationNote(const Record& relation, std::optional<int32_t> day, Names& names);
// The same of a row of the index, whatever the day.
std::string RelationNote(const search::Row::Relation& relation, Names& names);

// Newest first, those without a date last; equal days keep their order.
void SortNewestFirst(std::vector<ListRow>& rows);

}  // namespace daftar
