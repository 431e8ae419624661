// The history of one record: each change that this replica knows of, by whom, when and why, with the fields as they
// were before and as they became; and what waits for a decision, with both sides.
//
// A replica keeps what it has shown. Of a change that it came later than, it knows the outcome alone: such a step says
// so, and what was before is not guessed. The server keeps it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "client/model/changes_since.h"
#include "client/model/row.h"
#include "storage/base/status.h"

namespace daftar {

class ReadView;
class Workstation;

// A change that the server did not take, because the same part was changed meanwhile.
struct ParkedChange {
  std::string label;               // of the part: "Account (S2)"
  std::string base, mine, theirs;  // words; empty: nothing
  std::string mine_who, theirs_who;
  bool settling = false;  // decided, and on its way
};

struct RecordHistory {
  std::string id;    // UUID
  PageLink record;   // its page
  std::string kind;  // word
  std::string title;
  std::string words;   // "5 changes are known here."
  std::string limits;  // of how many the values before are not known here, and where they are; empty: of none

  struct Step {
    uint64_t revision = 0;  // 0: waits in the outbox
    std::string head;       // "revision 12", "waiting to be sent"
    std::string who;        // "Amina, 20 Nov 2026 19:30"
    std::string why;        // empty: not said
    std::string made;       // "record created"; empty: it was there
    std::vector<ChangedField> fields;
    std::string more_words;  // "and 3 more fields"; empty: these are all
  };
  std::vector<Step> steps;  // newest first
  std::string more_words;   // "and 40 earlier ones"; empty: these are all
  std::vector<ParkedChange> parked;

  // Two versions that the reader has chosen; 0: none yet.
  uint64_t a = 0, b = 0;
  struct Difference {
    uint32_t field = 0;  // with `item`, the part that differs
    uint64_t item = 0;
    std::string label;                 // "Account (S2)"
    std::vector<ChangedField> fields;  // as A has them (`before`), and B
  };
  std::vector<Difference> differences;
  std::string compare_words;  // "Revision 3 and revision 12 differ in 2 parts"; why they cannot be compared; empty: A
                              // or B is not chosen
  std::string compare_more;   // "and 3 more fields"; empty: these are all
};

struct RecordHistoryOptions {
  size_t steps = 100;
  size_t fields = 80;  // of a step
  std::string language;
  uint64_t a = 0, b = 0;  // versions that are compared; 0: none
};

// `station`: whose parked changes are told; nullptr: none are known. NotFound, InvalidArgument as ReadView::Resolve.
StatusOr<RecordHistory> BuildRecordHistory(const ReadView& view, std::string_view id, Workstation* station,
                                           const RecordHistoryOptions& options);

// "daftar:history/ID"; with versions to be compared, "daftar:history/ID?a=3&b=12".
std::string RecordHistoryAddress(std::string_view id, uint64_t a = 0, uint64_t b = 0);

}  // namespace daftar
