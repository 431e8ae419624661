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
};

struct RecordHistoryOptions {
  size_t steps = 100;
  size_t fields = 80;  // of a step
  std::string language;
};

// `station`: whose parked changes are told; nullptr: none are known. NotFound, InvalidArgument as ReadView::Resolve.
StatusOr<RecordHistory> BuildRecordHistory(const ReadView& view, std::string_view id, const Workstation* station,
                                           const RecordHistoryOptions& options);

// "daftar:history/ID".
std::string RecordHistoryAddress(std::string_view id);

}  // namespace daftar
