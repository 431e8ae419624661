// Editors at workstations: they edit incidents, leave forms open, comment and propose, decide conflicts, undo; and keep
// a ledger of every value that a workstation took from them. At the end each of those has to be somewhere: in the
// record, in its history on the server, in a conflict, or in a draft or form of the one who entered it.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "storage/view/read_view.h"
#include "tests/sim/editing.h"
#include "tests/sim/ledger.h"
#include "tests/sim/work.h"

namespace daftar::sim {

class Editors final : public Work {
 public:
  StatusOr<Made> Do(int client, Workstation& station, uint64_t drawn) override;
  // Words for a station that differs from the server, or the first value that is nowhere.
  StatusOr<std::string> Ends(const LogStore& log, const std::vector<Workstation*>& stations) override;

  // What happened, for those who want to know that it did.
  struct Counts {
    std::map<Doing, uint64_t> done;
    std::map<int, uint64_t> edits;                  // of each editor
    uint64_t values = 0;                            // that were entered
    std::array<uint64_t, kWhereabouts> where = {};  // of them, by where they are at the end
  };
  const Counts& counts() const { return counts_; }

 private:
  // An editor at work.
  struct Seat {
    int client;
    Workstation& station;
    Random& random;
    std::unique_ptr<ReadView> view;  // what that one sees
    v1::Checkpoint head;
    uint64_t before = 0;  // the last value that was given before what is tried now
    Made made;
    std::string name() const { return "editor " + std::to_string(client); }
  };
  // Each says whether it was done.
  StatusOr<bool> Try(Doing doing, Seat& seat);
  StatusOr<bool> EditRecord(Doing doing, Seat& seat);
  StatusOr<bool> Decide(Seat& seat);
  StatusOr<bool> DecideFor(Seat& seat, const v1::Conflict& conflict, const std::optional<std::string>& value);
  StatusOr<bool> KeepBoth(Seat& seat, const v1::Conflict& conflict);
  StatusOr<bool> Undo(Seat& seat);
  StatusOr<bool> OpenForm(Seat& seat);
  StatusOr<bool> SendForm(Seat& seat);
  StatusOr<bool> SendDraft(Seat& seat);
  // Checks the edit and puts it into the outbox; false if there is something wrong with it, or nothing in it. `form`:
  // number of the form that it was typed in.
  StatusOr<bool> Queue(Seat& seat, const Edit& edit, uint64_t form = 0);
  // The outbox took it.
  void Took(Seat& seat, v1::Mutation mutation);
  std::string NextTag();

  Values values_;
  Ledger ledger_;
  Counts counts_;
  uint64_t tags_ = 0;
};

}  // namespace daftar::sim
