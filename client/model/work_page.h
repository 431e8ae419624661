// The page "your edits": forms that are being filled in, edits that the server refused, what waits for it, and
// conflicts that wait for a decision. Read by a worker from the workstation's own store; plain values.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "client/model/changes_since.h"
#include "client/model/record_history.h"
#include "client/model/row.h"
#include "storage/base/status.h"

namespace daftar {

class ReadView;
class Workstation;

// What is done with a conflict: the part is to be as one of the three had it.
enum class Side { kBase, kMine, kTheirs };

struct WorkPage {
  struct Form {
    uint64_t number = 0;
    std::string address;  // of its page; of a template too
    std::string title;
    std::string note;  // "incident, last kept 20 Nov 2026 19:30"
  };
  struct Edit {
    uint64_t number = 0;  // of the push
    PageLink record;      // the first that it changes
    std::string head;     // who, when
    std::string why;
    std::vector<ChangedField> fields;
    std::string more_words;             // "and 3 more fields"; empty: these are all
    std::vector<std::string> problems;  // why it was refused
    std::string state;                  // "waiting to be sent", "answered"
    bool waits = false, held = false;   // it can be held back; it is
    bool may_propose = false;           // refused, and could be put forward for an editor to accept
  };
  struct Conflict {
    uint64_t number = 0;  // its place among all
    PageLink record;
    ParkedChange change;
    std::string cause;  // why both could not stand
  };
  std::vector<Form> recovered;  // open when the program ended without warning
  std::vector<Form> forms, templates;
  std::vector<Conflict> conflicts;
  std::vector<Edit> refused, outbox;
  std::string more_words;  // how much is not listed; empty: nothing
  std::string sync_words;  // lines: when it was last sent, what went wrong, when it is tried again
};

// `view`: with the outbox laid over the replica.
StatusOr<WorkPage> ReadWorkPage(Workstation& station, const ReadView& view);
std::string WorkPageAsText(const WorkPage& page);
// "daftar:work".
std::string WorkAddress();

// Decides the conflict with that number and side for a reason: into the outbox. NotFound if it is gone or decided;
// InvalidArgument where the record would not be valid so.
Status DecideConflict(Workstation& station, uint64_t number, Side side, const std::string& reason);

}  // namespace daftar
