#include "server/rpc/executor.h"

#include <utility>

namespace daftar {

Executor::Executor(int threads) {
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { Run(); });
}

Executor::~Executor() {
  {
    MutexLock lock(mutex_);
    stopping_ = true;
    changed_.NotifyAll();
  }
  for (std::thread& thread : threads_) thread.join();
}

void Executor::Schedule(std::shared_ptr<Work> work) {
  MutexLock lock(mutex_);
  switch (work->place_) {
    case Work::Place::kResting:
      work->place_ = Work::Place::kQueued;
      queue_.push_back(std::move(work));
      changed_.NotifyOne();
      break;
    case Work::Place::kRunning:
      work->place_ = Work::Place::kRunningAndWanted;
      break;
    case Work::Place::kQueued:
    case Work::Place::kRunningAndWanted:
      break;
  }
}

void Executor::Run() {
  for (;;) {
    std::shared_ptr<Work> work;
    {
      MutexLock lock(mutex_);
      while (queue_.empty() && !stopping_) changed_.Wait(mutex_);
      if (queue_.empty()) return;
      work = std::move(queue_.front());
      queue_.pop_front();
      work->place_ = Work::Place::kRunning;
    }
    work->Step();
    MutexLock lock(mutex_);
    if (work->place_ == Work::Place::kRunningAndWanted) {
      // To the end of the queue: a busy session takes its turn like the others.
      work->place_ = Work::Place::kQueued;
      queue_.push_back(std::move(work));
      changed_.NotifyOne();
    } else {
      work->place_ = Work::Place::kResting;
    }
  }
}

}  // namespace daftar
