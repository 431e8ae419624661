// What a session remembers. Seen by the files of the session alone.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server/core/session.h"
#include "storage/base/mutex.h"

namespace daftar {

inline constexpr size_t kMostPushesWaiting = 32;
inline constexpr size_t kMostWants = 16;
inline constexpr size_t kMostPieceBytes = 256 << 10;
// A batch of what is sent ahead of the chunks, before it is compressed, to about a third.
inline constexpr size_t kFrontBytes = 96 << 10;
inline constexpr int kMostRepairs = 10'000;
inline constexpr uint32_t kSmallestFrame = 4 << 10, kLargestFrame = 256 << 10, kUsualFrame = 64 << 10;

// What the writer's answers need: it outlives the session while answers are on their way.
struct Session::State {
  mutable Mutex mutex;
  std::function<void()> on_ready DAFTAR_GUARDED_BY(mutex);  // empty once the session is gone
  bool greeted DAFTAR_GUARDED_BY(mutex) = false;            // the hello was accepted
  bool takes_pushes DAFTAR_GUARDED_BY(mutex) = true;
  uint64_t known_pushes DAFTAR_GUARDED_BY(mutex) = 0;  // up to this number they have been answered
  bool refused DAFTAR_GUARDED_BY(mutex) = false;       // nothing but the welcome is sent
  std::optional<v1::Welcome> welcome DAFTAR_GUARDED_BY(mutex);
  std::deque<v1::ServerFrame> answers DAFTAR_GUARDED_BY(mutex);
  std::deque<uint64_t> pongs DAFTAR_GUARDED_BY(mutex);
  // While the replica is filled: nothing else is sent of the data.
  bool filling DAFTAR_GUARDED_BY(mutex) = false;
  std::shared_ptr<const v1::SignedManifest> manifest DAFTAR_GUARDED_BY(mutex);  // still to be sent
  bool front_due DAFTAR_GUARDED_BY(mutex) = false;                              // it is still to be chosen
  std::deque<std::vector<Rid>> front DAFTAR_GUARDED_BY(mutex);                  // batches still to be sent
  std::deque<v1::ChunkWant> wants DAFTAR_GUARDED_BY(mutex);
  // While replica and server are compared: nothing else is sent of the data.
  bool comparing DAFTAR_GUARDED_BY(mutex) = false;
  uint32_t next_leaf DAFTAR_GUARDED_BY(mutex) = 0;  // the first that the client has named no sum of
  std::deque<v1::GroupSums> groups DAFTAR_GUARDED_BY(mutex);
  std::vector<Rid> gone DAFTAR_GUARDED_BY(mutex);
  bool only_push DAFTAR_GUARDED_BY(mutex) = false;   // nothing is sent of the data
  bool estimating DAFTAR_GUARDED_BY(mutex) = false;  // … but what it would take
  bool signs DAFTAR_GUARDED_BY(mutex) = false;       // its checkpoints
  // Nothing is sent of the data before the host has got as far: so far the client is.
  Revision not_before DAFTAR_GUARDED_BY(mutex) = 0;
  // That the client has, too; null: none.
  std::shared_ptr<const WireDictionary> dictionary DAFTAR_GUARDED_BY(mutex);
  size_t pushes_waiting DAFTAR_GUARDED_BY(mutex) = 0;
  Status failure DAFTAR_GUARDED_BY(mutex);

  Slice slice DAFTAR_GUARDED_BY(mutex);
  // Records that did not change, and may have entered or left the scope.
  std::vector<Rid> resend DAFTAR_GUARDED_BY(mutex);
  // The position in the list of latest changes. Set with the hello, then used by Next alone.
  v1::Position position DAFTAR_GUARDED_BY(mutex);
  Revision since DAFTAR_GUARDED_BY(mutex) = 0;               // the client shows this revision
  bool client_knows_since DAFTAR_GUARDED_BY(mutex) = false;  // … and has the chain of it
  bool checkpointed DAFTAR_GUARDED_BY(mutex) = false;        // a checkpoint was sent at `since`
  // SessionHost::moves() before the look that found nothing behind `since`.
  std::optional<uint64_t> moves_seen DAFTAR_GUARDED_BY(mutex);
  std::vector<Rid> repair DAFTAR_GUARDED_BY(mutex);
  uint32_t frame_bytes DAFTAR_GUARDED_BY(mutex) = kUsualFrame;
  size_t piece_bytes DAFTAR_GUARDED_BY(mutex) = kMostPieceBytes;
  std::string client DAFTAR_GUARDED_BY(mutex);

  // The client is at the head of the batch when it has this checkpoint: fills it in, and goes on from there.
  Status Conclude(const ChangeBatch& batch, const SessionHost& host, v1::Checkpoint& checkpoint) DAFTAR_REQUIRES(mutex);

  // Those who are sent the very same of the next commit; nullopt: nobody.
  std::optional<LiveAudience> Audience() const DAFTAR_REQUIRES(mutex);
  // The next commit, if somebody was sent it already.
  std::optional<v1::ServerFrame> TakeLive(const LiveFrames& frames) DAFTAR_REQUIRES(mutex);
  // The client is at that revision now.
  void GoOnFrom(Revision head) DAFTAR_REQUIRES(mutex);

  // Calls on_ready without holding the lock of whoever calls.
  static void Wake(const std::shared_ptr<State>& state) {
    std::function<void()> wake;
    {
      MutexLock lock(state->mutex);
      wake = state->on_ready;
    }
    if (wake) wake();
  }

  // What became of a push.
  static void HearAnswer(const std::shared_ptr<State>& state, StatusOr<v1::ServerFrame> answer) {
    {
      MutexLock lock(state->mutex);
      --state->pushes_waiting;
      if (answer.ok()) {
        state->answers.push_back(*std::move(answer));
      } else if (answer.status().code() != StatusCode::kAborted && state->failure.ok()) {
        // One that came before its predecessor is as if it had never come: after a restored backup the client sees from
        // the welcome that it has to send others first.
        state->failure = answer.status();
      }
    }
    Wake(state);
  }
};

}  // namespace daftar
