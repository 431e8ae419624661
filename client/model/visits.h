// Visits to the home page: what "since your last visit" counts from.
//
// A visit begins when the home page is shown. It ends when the program ends, or when half an hour has gone by without
// the home page being shown again. While a visit goes on, what was last seen is what the visit before it had seen: so
// a look at another page and back does not make the news disappear. What is marked as read counts from then on.
#pragma once

#include <cstdint>
#include <optional>

#include "client/model/moment.h"
#include "storage/base/status.h"

namespace daftar {

class PrivateStore;
class ReadView;

inline constexpr int64_t kVisitEndsAfterMs = 30 * 60'000;

// What the view shows, seen now.
StatusOr<Moment> MomentOf(const ReadView& view, int64_t now_ms);

// The visits of one run of the program. One thread. Every change is durable when its call returns.
class Visits {
 public:
  explicit Visits(PrivateStore& store) : store_(store) {}

  // The home page shows that: goes on with the visit at hand, or begins one.
  Status Shown(const Moment& seen);
  // What had been seen before the visit at hand, or before the next one where none goes on; nullopt before the first.
  StatusOr<std::optional<Moment>> LastSeen(int64_t now_ms) const;

 private:
  PrivateStore& store_;
  bool began_ = false;  // the newest visit is of this run
};

// The same for who has no run to go by, such as the command line: the newest visit goes on if it is that recent.
StatusOr<std::optional<Moment>> LastSeen(const PrivateStore& store, int64_t now_ms);
// What changed up to there is read.
Status MarkRead(PrivateStore& store, const Moment& seen);

}  // namespace daftar
