// What a run must never show, checked from outside: from what the clients did, what they were answered and what they
// show, and from the log that the server keeps. It looks into no engine and no session.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "client/sync/workstation.h"
#include "daftar/v1/frames.pb.h"
#include "server/core/dataset.h"
#include "tests/sim/model.h"

namespace daftar::sim {

// What must hold.
enum class Invariant {
  kNone,
  kRuns,             // no program gives up
  kSettles,          // in good weather everything is sent and shown after a bounded number of rounds
  kKept,             // what was committed or answered stays in the log
  kAnswered,         // an answer is the one that the server stored, and says what the log says
  kOnce,             // an edit is committed once
  kOrder,            // answers come in the order of the pushes, revisions in the order of what was known
  kSeen,             // nothing is overwritten that its author had not seen
  kMonotone,         // what a client shows never goes back
  kEqual,            // what a client shows at a checkpoint is the fold of the log, through its scope
  kOwn,              // an edit never vanishes from what its editor sees before the replica shows it
  kNotLost,          // at the end every edit is in the log, or kept for its editor
  kSentOnce,         // what a client has taken is not sent again
  kNeverFilledAnew,  // a replica that had a state is never filled
  kValues            // at the end every value that anybody entered is somewhere
};
const char* InWords(Invariant invariant);

// The first thing that was wrong.
struct Violation {
  Invariant invariant = Invariant::kNone;
  std::string what;
};

class History {
 public:
  // How closely clients are looked at. Runs of a thousand edits compare digests at each checkpoint, and all records and
  // edits at the end alone.
  enum class Closely { kAlways, kAtTheEnd };
  History(int clients, Closely closely) : clients_(static_cast<size_t>(clients)), closely_(closely) {}

  // A client has queued this; it is named by the tag in its reason.
  void Queued(int client, const v1::Mutation& mutation);
  // From the next session on, a client wants to hold that slice: what it has may be sent again as the new one has it.
  void Rescoped(int client, const Scope& wanted);
  void Sent(int client, const v1::ClientFrame& frame);
  // Before the client takes the frame.
  void Receives(int client, const v1::ServerFrame& frame);
  // A session ended with an error, or the replica was damaged: what is not shown may be sent again.
  void Failed(int client) {
    clients_[client].taken.reset();
    clients_[client].whole_chunks.clear();
  }
  // A record of the client's replica cannot be read from now on, until the next checkpoint mends it.
  void Damaged(int client, const Uuid& record);
  // The client says that it shows that revision. `closely`: all its records are compared.
  void Shows(int client, Revision revision, Workstation& station, bool closely);
  void Shows(int client, Revision revision, Workstation& station) {
    Shows(client, revision, station, closely_ == Closely::kAlways);
  }
  // After anything that the client did.
  void Looks(int client, Workstation& station);

  // The server has committed, or come back.
  void Follow(const LogStore& log);
  // An older log takes the place of the server's; Follow comes next.
  void BeginsAnew();

  // Everything has settled.
  void Ends(const LogStore& log, const std::vector<Workstation*>& stations);

  void Violate(Invariant invariant, const std::string& what);
  const Violation& violation() const { return violation_; }
  bool clean() const { return violation_.invariant == Invariant::kNone; }

  // What happened, for those who want to know that it did.
  struct Counts {
    uint64_t answers = 0, conflicts = 0, checkpoints = 0, pieces = 0, salvaged = 0, gone = 0, lists = 0;
  };
  const Counts& counts() const { return counts_; }

 private:
  using PushName = std::pair<std::string, uint64_t>;  // client id, number
  using PartName = std::pair<Uuid, PartId>;
  struct Place {
    Revision revision = 0;
    uint32_t rid = 0;
    friend auto operator<=>(const Place&, const Place&) = default;
  };
  struct ClientState {
    Revision shown = 0;
    uint64_t history = 0;  // of `shown`
    Scope wanted, held;
    bool compared = false;         // with the server, by sums of values: part revisions may be older than the log's
    uint64_t received_in = 0;      // the history of the last changes received
    std::optional<Place> taken;    // the last change received, or as good as
    uint64_t last_answer = 0;      // in this session
    std::set<std::string> unseen;  // own edits that the replica does not show yet
    std::set<Uuid> damaged;
    std::set<std::string> whole_chunks;
    std::map<std::string, uint32_t> chunk_sizes;
  };
  struct EditState {
    int client = 0;
    Revision known = 0;      // the last revision that anybody had been answered when it was queued
    uint64_t history = 0;    // when it was queued
    bool unchanged = false;  // answered: nothing to do
    bool creates = false;    // a record
    bool moot = false;       // a restored server has lost it, and nobody need give it back
    bool decided = false;    // it was parked, and its author has decided
    uint64_t order = 0;      // when it first stood in a log; 0: never
    std::vector<std::pair<PartName, std::string>> parts;  // with the values that they were to have; empty: removed
  };

  void Read(const LogStore& log);
  // There is no need to give back, before a restore: edits of what their author's replica does not hold or cannot read;
  // after it: those that want what the restored server has.
  void NoteUnheld();
  void NoteMoot();
  void CheckEntry(const v1::LogEntry& entry);
  // What is wrong with it, had it been made on that revision: against the model before it. Empty: nothing.
  std::string ProblemOfBase(const v1::LogEntry& entry, Revision base) const;
  void ReceivesDelta(ClientState& client, const v1::DeltaFrame& delta, const std::string& name);
  void ReceivesPiece(ClientState& client, const v1::ChunkPiece& piece, const std::string& name);
  void ReceivesAnswer(int client, const v1::PushResult& answer);
  // What the replica holds against the fold of the log.
  void CheckRecords(Workstation& station, const v1::Checkpoint& head, const Scope& scope, bool compared,
                    const std::string& at);
  // Whether the server may refuse it at that head, since it edits a record that ended, or that a restored server did
  // not have yet.
  bool MayBeRefused(const EditState& edit, Revision head) const;
  // Of one part that the edit changes: whether a later edit took the place of it; whether the server has it as wanted.
  bool IsSuperseded(const EditState& edit, const PartName& part) const;
  bool IsThere(const PartName& part, const std::string& wanted) const;
  // Of the whole edit.
  bool IsSuperseded(const EditState& edit) const;
  std::set<std::string> Kept(const Workstation& station) const;

  std::vector<ClientState> clients_;
  const Closely closely_;
  Violation violation_;
  Counts counts_;
  Model model_;
  uint64_t history_ = 1;  // one more with each restore
  uint64_t order_ = 0;
  Revision answered_ = 0;                         // the last revision that anybody has been answered
  std::map<PushName, v1::PushResult> answers_;    // of this history
  std::map<PushName, std::set<Revision>> bases_;  // that it was sent with: any of them may be the server's
  std::map<PushName, std::string> tags_;
  std::map<std::pair<int, uint64_t>, PushName> sent_;  // by client and number: the last push of those
  std::map<std::string, EditState> edits_;             // by tag
  std::map<std::string, Revision> committed_;          // tag → revision, in this history
  std::map<PartName, uint64_t> last_change_;           // in any history
  std::map<std::string, Revision> lost_;               // committed before the server was restored, until it is back
  const LogStore* store_ = nullptr;
};

}  // namespace daftar::sim
