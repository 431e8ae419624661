// A std::mutex that clang's -Wthread-safety understands, and the annotations that go with it.
#pragma once

#include <condition_variable>
#include <mutex>

#if defined(__clang__)
#define DAFTAR_THREAD_ANNOTATION(x) __attribute__((x))
#define DAFTAR_LIFETIME_BOUND [[clang::lifetimebound]]
#else
#define DAFTAR_THREAD_ANNOTATION(x)
#define DAFTAR_LIFETIME_BOUND
#endif
#define DAFTAR_GUARDED_BY(m) DAFTAR_THREAD_ANNOTATION(guarded_by(m))
#define DAFTAR_REQUIRES(...) DAFTAR_THREAD_ANNOTATION(requires_capability(__VA_ARGS__))
#define DAFTAR_EXCLUDES(...) DAFTAR_THREAD_ANNOTATION(locks_excluded(__VA_ARGS__))

namespace daftar {

// A mutual exclusion lock.
class DAFTAR_THREAD_ANNOTATION(capability("mutex")) Mutex {
 public:
  void Lock() DAFTAR_THREAD_ANNOTATION(acquire_capability()) { mutex_.lock(); }
  void Unlock() DAFTAR_THREAD_ANNOTATION(release_capability()) { mutex_.unlock(); }

 private:
  friend class CondVar;
  std::mutex mutex_;
};

// Holds a Mutex while it lives.
class DAFTAR_THREAD_ANNOTATION(scoped_lockable) MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) DAFTAR_THREAD_ANNOTATION(acquire_capability(mutex)) : mutex_(mutex) { mutex.Lock(); }
  ~MutexLock() DAFTAR_THREAD_ANNOTATION(release_capability()) { mutex_.Unlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  Mutex& mutex_;
};

// Waits for a condition under a Mutex. Wake-ups may be spurious: wait in a loop.
class CondVar {
 public:
  void Wait(Mutex& mutex) DAFTAR_REQUIRES(mutex) {
    std::unique_lock<std::mutex> lock(mutex.mutex_, std::adopt_lock);
    variable_.wait(lock);
    lock.release();
  }
  // False if the time ran out.
  bool WaitMs(Mutex& mutex, long ms) DAFTAR_REQUIRES(mutex) {
    std::unique_lock<std::mutex> lock(mutex.mutex_, std::adopt_lock);
    bool woken = variable_.wait_for(lock, std::chrono::milliseconds(ms)) == std::cv_status::no_timeout;
    lock.release();
    return woken;
  }
  void NotifyOne() { variable_.notify_one(); }
  void NotifyAll() { variable_.notify_all(); }

 private:
  std::condition_variable variable_;
};

}  // namespace daftar
