// What one thread at a time uses, and what takes longer to make than to use, kept for the next one.
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "storage/base/mutex.h"

namespace daftar {

// `Pointer` owns what is lent, such as a std::unique_ptr. Thread-safe; outlives what it lends.
template <typename Pointer>
class Pool {
 public:
  // One of them, for as long as it lives. For one thread.
  class Lease {
   public:
    Lease(const Pool& pool, Pointer lent) : pool_(pool), lent_(std::move(lent)) {}
    ~Lease() { pool_.GiveBack(std::move(lent_)); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    // What the maker made: null where it could not.
    auto get() const { return lent_.get(); }
    auto operator->() const { return lent_.get(); }

   private:
    const Pool& pool_;
    Pointer lent_;
  };

  // At most `most_idle` are kept while nobody uses them.
  Pool(std::function<Pointer()> make, size_t most_idle) : make_(std::move(make)), most_idle_(most_idle) {}

  Lease Take() const DAFTAR_EXCLUDES(mutex_) {
    {
      const MutexLock lock(mutex_);
      if (!idle_.empty()) {
        Pointer lent = std::move(idle_.back());
        idle_.pop_back();
        return Lease(*this, std::move(lent));
      }
    }
    return Lease(*this, make_());
  }

 private:
  void GiveBack(Pointer lent) const DAFTAR_EXCLUDES(mutex_) {
    const MutexLock lock(mutex_);
    if (lent != nullptr && idle_.size() < most_idle_) idle_.push_back(std::move(lent));
  }

  const std::function<Pointer()> make_;
  const size_t most_idle_;
  mutable Mutex mutex_;
  mutable std::vector<Pointer> idle_ DAFTAR_GUARDED_BY(mutex_);
};

}  // namespace daftar
