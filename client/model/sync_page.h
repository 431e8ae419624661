// The page "sync and replica": how old the data is, what the last attempt came to, what waits, what it has cost, what
// is held. Read by a worker, from the workstation's own store and a snapshot; plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "client/model/row.h"
#include "storage/base/status.h"

namespace daftar {

class ReadView;
class Workstation;
struct VerifyReport;

struct SyncPage {
  struct Fact {
    std::string label, value;
    std::string advice;  // below it; empty: none
    bool warns = false;
  };
  // A push that waits, or a conflict.
  struct Waiting {
    PageLink record;   // the first that it is about
    std::string note;  // how many more, whose, when, why
  };
  struct Traffic {
    std::string label;  // of a class, or all
    std::string received, sent;
  };
  struct Budget {
    std::string label;  // "a day"
    std::string used;   // "1.2 MB of 2 MB", "1.2 MB, no limit"
    bool used_up = false;
  };

  std::string state;  // the pill's words
  bool paused = false;
  bool has_server = false;
  std::vector<Fact> connection;  // server, last success, last attempt and why it failed, next try
  std::vector<Fact> replica;     // age of the data, revision, records, bytes on the disk, what is held
  std::vector<Waiting> outbox, conflicts;
  std::string outbox_words, conflict_words;  // how many there are; of very many, the first are listed
  std::vector<Traffic> traffic;
  std::vector<Budget> budgets;
};

// `view`: with the outbox laid over the replica.
StatusOr<SyncPage> ReadSyncPage(Workstation& station, const ReadView& view, int64_t now_ms);
std::string SyncPageAsText(const SyncPage& page);

// What a check of every stored byte came to: sentences, and whether all is well.
struct VerifyOutcome {
  std::string words;
  bool healthy = false;
};
VerifyOutcome OutcomeOf(const VerifyReport& report);

}  // namespace daftar
