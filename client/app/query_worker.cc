#include "client/app/query_worker.h"

#include <algorithm>
#include <utility>

namespace daftar::app {

QueryWorker::QueryWorker(std::function<void()> wake) : wake_(std::move(wake)), thread_([this] { Run(); }) {}

QueryWorker::~QueryWorker() {
  {
    MutexLock lock(mutex_);
    closing_ = true;
    if (running_) running_->store(true);
    changed_.NotifyAll();
  }
  thread_.join();
}

void QueryWorker::Ask(Slot slot, Question question) {
  MutexLock lock(mutex_);
  uint64_t ticket = next_ticket_++;
  latest_[slot] = ticket;
  std::erase_if(waiting_, [&](const Task& task) { return task.slot == slot; });
  if (running_ && running_slot_ == slot) running_->store(true);
  waiting_.push_back({slot, ticket, std::move(question), std::make_shared<std::atomic<bool>>(false)});
  changed_.NotifyAll();
}

size_t QueryWorker::Drain() {
  std::vector<Done> done;
  {
    MutexLock lock(mutex_);
    done.swap(done_);
    std::erase_if(done, [&](const Done& each) DAFTAR_REQUIRES(mutex_) { return latest_[each.slot] != each.ticket; });
  }
  for (const Done& each : done) each.answer();
  return done.size();
}

bool QueryWorker::HasAnswer(Slot slot) const {
  const auto latest = latest_.find(slot);
  return latest != latest_.end() && std::any_of(done_.begin(), done_.end(), [&](const Done& each) {
           return each.slot == slot && each.ticket == latest->second;
         });
}

bool QueryWorker::AwaitAnswer(Slot slot, int64_t most_ms) {
  MutexLock lock(mutex_);
  while (!HasAnswer(slot)) {
    if (!changed_.WaitMs(mutex_, most_ms)) return HasAnswer(slot);
  }
  return true;
}

void QueryWorker::WaitUntilIdle() {
  MutexLock lock(mutex_);
  while (!waiting_.empty() || running_) changed_.Wait(mutex_);
}

void QueryWorker::Run() {
  while (true) {
    Task task;
    {
      MutexLock lock(mutex_);
      while (waiting_.empty() && !closing_) changed_.Wait(mutex_);
      if (closing_) return;
      task = std::move(waiting_.front());
      waiting_.pop_front();
      running_ = task.stop;
      running_slot_ = task.slot;
    }
    Answer answer = task.question(*task.stop);
    {
      MutexLock lock(mutex_);
      running_ = nullptr;
      done_.push_back({task.slot, task.ticket, std::move(answer)});
      changed_.NotifyAll();
    }
    wake_();
  }
}

}  // namespace daftar::app
