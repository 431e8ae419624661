// What became of the fields of a record between two states, in words for people: for this folder alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "client/model/names.h"
#include "storage/model/record.h"
#include "storage/view/read_view.h"

namespace daftar {

// "notes", "account"; "field 77" of a field that this program does not know.
std::string FieldWords(const Record& record, uint32_t field);
// The part alone, as a record; nullopt if it is empty, or one that this program cannot read.
std::optional<Record> PartAlone(const Record& record, const v1::PartEdit* edit);
// What names an item of a collection: the source of an account, the text of a name or tag.
std::string ItemName(const Record& part, Names& names);

// One field that became another.
struct FieldWordsChange {
  std::string label;          // "Account (S2)", "Account (S2) (killed)"; "Notes"
  std::string before, after;  // in words; empty: nothing
  bool before_known = true;   // false: this replica came later than the change
};

// What the steps that are newer than the revision did to the record together, in the order of the fields: what was
// changed and changed back is left out. Steps of the outbox do not count. At most so many, and how many more there are.
struct FieldWordsChanges {
  std::vector<FieldWordsChange> changes;
  size_t more = 0;
};
FieldWordsChanges ChangesOf(const Record& record, const std::vector<HistoryStep>& steps, Revision since, size_t most,
                            Names& names);

// What parts were and what they became, as one step says it, one of the outbox too; of an account that came or went
// each of its fields. `before_known` is that of the step.
FieldWordsChanges ChangesOfParts(const Record& record, const std::vector<v1::PartEdit>& before,
                                 const std::vector<v1::PartEdit>& after, bool before_known, size_t most, Names& names);

// The value of one part in words; empty if it has none. And its label: "Account (S2)".
std::string PartWords(const Record& record, const v1::PartEdit& part, Names& names);
std::string PartLabel(const Record& record, const v1::PartEdit& part, Names& names);

}  // namespace daftar
