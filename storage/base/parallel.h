// One piece of work on several threads.
#pragma once

#include <cstddef>
#include <functional>

#include "storage/base/status.h"

namespace daftar {

// Calls `work(begin, end)` for ranges that together are [0, count), each on a thread of its own, one of them the
// caller's, and returns when all are done: the error of the first range that has one. As many as there are processors,
// at most kMostThreads, and none of fewer than `fewest`: below twice that nothing but the caller's thread works.
// REQUIRES: fewest > 0.
Status InParallel(size_t count, size_t fewest, const std::function<Status(size_t begin, size_t end)>& work);
inline constexpr size_t kMostThreads = 4;

// Calls both, `beside` on a thread of its own, and returns when both are done: the error of `here`, else that of
// `beside`.
Status InParallel(const std::function<Status()>& here, const std::function<Status()>& beside);

}  // namespace daftar
