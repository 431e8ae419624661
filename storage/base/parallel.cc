#include "storage/base/parallel.h"

#include <algorithm>
#include <thread>
#include <vector>

namespace daftar {

Status InParallel(size_t count, size_t fewest, const std::function<Status(size_t begin, size_t end)>& work) {
  const size_t processors = std::clamp<size_t>(std::thread::hardware_concurrency(), 1, kMostThreads);
  const size_t ranges = std::clamp<size_t>(count / fewest, 1, processors);
  std::vector<Status> done(ranges);
  const auto run = [&](size_t range) { done[range] = work(count * range / ranges, count * (range + 1) / ranges); };
  {
    std::vector<std::jthread> threads;
    for (size_t range = 1; range < ranges; ++range) threads.emplace_back(run, range);
    run(0);
  }
  for (const Status& status : done) DAFTAR_RETURN_IF_ERROR(status);
  return OkStatus();
}

Status InParallel(const std::function<Status()>& here, const std::function<Status()>& beside) {
  Status done, done_beside;
  {
    const std::jthread thread([&] { done_beside = beside(); });
    done = here();
  }
  return done.ok() ? done_beside : done;
}

}  // namespace daftar
