// Runs what takes a moment on a thread of its own, so that drawing never waits for the disk.
//
// A question is put into a slot. A newer one for the same slot replaces it: it is not begun, or told to stop, and its
// answer is dropped. Answers are brought back to the thread that asks them with Drain.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <thread>
#include <vector>

#include "storage/base/mutex.h"

namespace daftar::app {

class QueryWorker {
 public:
  enum class Slot {
    kPage,
    kSearch,
    kState,
    kForm,
    kFormBegin,
    kFormCheck,
    kFormPassage,
    kFormKeep,
    kFormPreview,
    kSubmit,
    kAct,
    kOwn,
    kRows,
    kPause,
    kTitles,
    kVerify,
    kMap,
    kMapRecord,
    kSide
  };
  // What is done with the outcome, by the thread that calls Drain.
  using Answer = std::function<void()>;
  // Runs on the worker; should end soon once `stop` is set.
  using Question = std::function<Answer(const std::atomic<bool>& stop)>;

  // `wake` is called by the worker whenever an answer waits.
  explicit QueryWorker(std::function<void()> wake);
  // Stops what runs and waits for its end; answers not drained are dropped.
  ~QueryWorker();

  void Ask(Slot slot, Question question);
  // Gives out the answers that wait. How many they were.
  size_t Drain();
  // Waits until the newest question of a slot has its answer, at most so long since the last other
  // answer. Whether it has.
  bool AwaitAnswer(Slot slot, int64_t most_ms);
  // Waits until nothing is asked or running. For screenshots and tests; Drain comes after.
  void WaitUntilIdle();

 private:
  struct Task {
    Slot slot;
    uint64_t ticket;
    Question question;
    std::shared_ptr<std::atomic<bool>> stop;  // shared between the asking thread and the worker
  };
  struct Done {
    Slot slot;
    uint64_t ticket;
    Answer answer;
  };

  void Run();
  bool HasAnswer(Slot slot) const DAFTAR_REQUIRES(mutex_);

  const std::function<void()> wake_;
  Mutex mutex_;
  CondVar changed_;
  std::deque<Task> waiting_ DAFTAR_GUARDED_BY(mutex_);
  std::vector<Done> done_ DAFTAR_GUARDED_BY(mutex_);
  std::map<Slot, uint64_t> latest_ DAFTAR_GUARDED_BY(mutex_);  // ticket of the newest question of each slot
  std::shared_ptr<std::atomic<bool>> running_ DAFTAR_GUARDED_BY(mutex_);
  Slot running_slot_ DAFTAR_GUARDED_BY(mutex_) = Slot::kPage;
  uint64_t next_ticket_ DAFTAR_GUARDED_BY(mutex_) = 1;
  bool closing_ DAFTAR_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace daftar::app
