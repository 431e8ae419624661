// The best so many hits.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace daftar::search {

// A document of a segment. Higher keys first, then higher orders.
struct Hit {
  float key = 0;      // score, or what else is sorted by
  int64_t order = 0;  // recency
  uint32_t segment = 0, doc = 0;
};

inline bool IsBetter(const Hit& a, const Hit& b) {
  if (a.key != b.key) return a.key > b.key;
  if (a.order != b.order) return a.order > b.order;
  return a.segment != b.segment ? a.segment < b.segment : a.doc < b.doc;
}

class TopHits {
 public:
  explicit TopHits(size_t limit) : limit_(limit) {}

  bool full() const { return heap_.size() >= limit_; }
  // REQUIRES: full() and a limit above 0.
  const Hit& worst() const { return heap_.front(); }
  // True if it was taken.
  bool Offer(const Hit& hit) {
    if (limit_ == 0) return false;
    if (full()) {
      if (!IsBetter(hit, worst())) return false;
      std::pop_heap(heap_.begin(), heap_.end(), IsBetter);
      heap_.back() = hit;
    } else {
      heap_.push_back(hit);
    }
    std::push_heap(heap_.begin(), heap_.end(), IsBetter);
    return true;
  }
  // Best first; nothing is left.
  std::vector<Hit> Take() {
    std::sort(heap_.begin(), heap_.end(), IsBetter);
    return std::move(heap_);
  }

 private:
  const size_t limit_;
  std::vector<Hit> heap_;
};

}  // namespace daftar::search
