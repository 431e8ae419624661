// The sync engine: what a client sends and does with what it receives. No thread, no clock, no network of its own; it
// is given frames and returns frames, so that a simulation can run it for years in a second.
//
// The life of a session:   Start → hello, pushes …  OnFrame(welcome) → OnFrame(delta)* each durable before the next
//   → OnFrame(checkpoint): applied at once, compared by digest, then visible → live: delta, checkpoint, delta …
// A link may break anywhere. Whatever was received stays staged, and the next hello says how far it goes; every push
// stays in the outbox until a checkpoint shows its outcome, and the server answers a repeated push with the first
// answer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "client/sync/by_relay.h"
#include "client/sync/comparer.h"
#include "client/sync/filler.h"
#include "client/sync/link.h"
#include "client/sync/traffic.h"
#include "client/sync/workstation.h"
#include "daftar/v1/frames.pb.h"
#include "storage/model/push_counts.h"
#include "storage/view/wire_dictionary.h"

namespace daftar {

// What a session has done so far.
struct SyncReport : PushCounts {
  Revision from = 0, to = 0;                   // visible revisions
  uint64_t records = 0, parts = 0, bytes = 0;  // received
  uint64_t repaired = 0;                       // records fetched because they were damaged here, or differed
  uint64_t removed = 0;                        // records that the server does not have, or the slice does not hold
  uint64_t salvaged = 0;                       // edits that the server lost and this replica still had: drafts now
  bool relay = false;                          // a relay answered
  uint64_t carried = 0;                        // pushes that it keeps and will carry
  bool digest_equal = false;                   // at the last checkpoint
  uint64_t checkpoints = 0;
  Revision head = 0;  // the server's, as far as it said
  TrafficLimit stopped_at =
      TrafficLimit::kNone;           // the budget that was used up, so that the session ended before its end
  std::vector<std::string> notices;  // for people
};

struct EngineOptions {
  bool watch = false;        // stay and receive changes as they happen
  uint32_t frame_bytes = 0;  // wanted size of frames; 0: the server's choice
  bool only_push = false;    // receive nothing but the answers to pushes
  bool sign = false;         // have the server sign its states, to pass them on
  bool by_relay = false;     // a relay has to answer: what the server has not signed is not taken from anyone
};

// One session after the other, on one thread.
class Engine {
 public:
  Engine(Workstation& workstation, EngineOptions options) : station_(workstation), options_(options) {}

  // A link has come up: the frames to send first. Notes the attempt in the sync status.
  StatusOr<std::vector<v1::ClientFrame>> Start();
  // A frame has come: the frames to send in answer. An error ends the session; what it says is for people.
  StatusOr<std::vector<v1::ClientFrame>> OnFrame(const v1::ServerFrame& frame);
  // The outbox has grown: the pushes to send.
  StatusOr<std::vector<v1::ClientFrame>> OnOutboxChanged();
  // The session is over; ok if it ended as wanted. Notes the outcome in the sync status.
  Status Finish(const Status& why);

  // A checkpoint has been reached and no push is unanswered or unseen. By way of a relay: it has given and taken what
  // it can.
  bool settled() const {
    if (relay_) return (caught_up_ || relay_->has_nothing()) && unanswered_ == 0;
    return caught_up_ && unsettled_pushes_ <= held_back_;
  }
  // Pushes of the outbox that have no answer and can get one in this session.
  uint64_t unanswered() const { return unanswered_; }
  // This session has done all that it can, and another one has to follow at once.
  bool over() const { return over_; }
  const SyncReport& report() const { return report_; }

 private:
  using Frames = std::vector<v1::ClientFrame>;
  StatusOr<Frames> OnWelcome(const v1::Welcome& welcome);
  StatusOr<Frames> OnRelay(const v1::Welcome& welcome);
  Status CheckServer(const v1::Welcome& welcome);
  // Whether the hello named the wrong slice: a history that the server does not know is compared in the slice that is
  // held, since what merely leaves it would look as if the server had lost it. The next session names the right one.
  StatusOr<bool> NamedWrongSlice(const v1::Welcome& welcome);
  // Whether the server has lost pushes that it had answered, though it knows the state that this replica shows.
  StatusOr<bool> HasForgotten(uint64_t last_seq) const;
  Status Apply(const v1::Checkpoint& checkpoint, const v1::DeltaFrame* last);
  // The frame without the dictionary that it is compressed with.
  StatusOr<v1::DeltaFrame> Unpacked(const v1::DeltaFrame& delta) const;
  StatusOr<Frames> OnDelta(const v1::DeltaFrame& delta);
  StatusOr<Frames> OnPiece(const v1::ChunkPiece& piece);
  StatusOr<Frames> OnCheckpoint(v1::Checkpoint checkpoint, const v1::DeltaFrame* last);
  Status OnPushResult(const v1::PushResult& result);
  // Files what may be believed by now of what a relay has brought.
  Status TakeBelieved();
  Status AppendPushes(Frames& frames);
  // Keeps when a checkpoint was reached last.
  Status NoteSuccess();

  Workstation& station_;
  const EngineOptions options_;
  SyncReport report_;
  bool welcomed_ = false;
  std::optional<Filler> filler_;      // while the replica is filled
  std::optional<ByRelay> relay_;      // in a session with one
  std::optional<Comparer> comparer_;  // while it is compared with the server
  bool compare_next_ = false;         // it did not add up, and nothing here says why
  bool over_ = false;
  bool held_first_ = false;                           // the slice that is held comes before the one that is wanted
  Scope scope_;                                       // of this session
  std::shared_ptr<const WireDictionary> dictionary_;  // of frames; null: none
  std::string epoch_;                                 // of the server, where the replica has none yet
  v1::Checkpoint shown_;                              // with the last checkpoint of this session
  bool caught_up_ = false;
  int64_t success_ms_ = 0, noted_ms_ = 0;  // the last checkpoint; the last one that is noted
  uint64_t known_seq_ = 0;                 // up to it a server of another history knows the pushes
  uint64_t sent_seq_ = 0;                  // last push sent in this session
  uint64_t unsettled_pushes_ = 0;          // in the outbox
  uint64_t unanswered_ = 0;                // of these
  uint64_t held_back_ = 0;                 // of these: the reader has paused them
};

// Runs sessions over a connector until everything is sent and received (or, when watching, until stopped).
struct RunOptions {
  EngineOptions engine;
  int connect_timeout_ms = 8000;
  // No frame for so long: the link counts as dead.
  int silence_ms = 30000;
  // Of this run, in bytes, in the place of the stored one; 0: none.
  std::optional<uint64_t> session_budget;
  // Called after each frame and at each wake; false ends the session in good order.
  std::function<bool(const SyncReport&)> on_progress;
};
// A watching session that has been asked to stop returns its report. Retries once by itself after finding damage.
//
// A run ends well at its budgets (traffic.h), with all that came until then kept. Pushes come first: they are sent
// before anything is received, and their answers are waited for even if the budgets are used up by then. With budgets
// that are used up when it begins, it is for pushes alone; without any to send, nothing is sent at all.
StatusOr<SyncReport> RunSync(Workstation& workstation, Connector& connector, const RunOptions& options);

}  // namespace daftar
