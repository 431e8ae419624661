#include "server/core/dataset.h"

#include <algorithm>

#include "storage/base/key_file.h"

namespace daftar {
namespace {

constexpr size_t kLongestQueue = 1024;       // pushes
constexpr size_t kMostEndedAtOnce = 10'000;  // records
constexpr size_t kLargestGroup = 64;         // pushes in one transaction
constexpr size_t kLargestGroupBytes = 4 << 20;

}  // namespace

StatusOr<std::unique_ptr<Dataset>> Dataset::Create(const std::string& folder, const Clock& clock, Random& random) {
  DAFTAR_RETURN_IF_ERROR(MakeFolder(folder));
  auto dataset = std::unique_ptr<Dataset>(new Dataset(clock));
  DAFTAR_ASSIGN_OR_RETURN(dataset->lock_, FolderLock::Acquire(folder));
  DAFTAR_ASSIGN_OR_RETURN(dataset->log_, LmdbLogStore::Create(folder, clock, random));
  DAFTAR_RETURN_IF_ERROR(dataset->OpenRest(folder, random));
  return dataset;
}

StatusOr<std::unique_ptr<Dataset>> Dataset::Open(const std::string& folder, const Clock& clock, const Safety& safety) {
  auto dataset = std::unique_ptr<Dataset>(new Dataset(clock));
  if (!Exists(folder))
    return NotFound("there is no folder " + folder + "; `daftard init --data " + folder + "` makes a dataset in it");
  DAFTAR_ASSIGN_OR_RETURN(dataset->lock_, FolderLock::Acquire(folder));
  DAFTAR_ASSIGN_OR_RETURN(dataset->log_, LmdbLogStore::Open(folder, clock, safety));
  SystemRandom random;  // for the key of a dataset that was loaded in bulk and has none yet
  DAFTAR_RETURN_IF_ERROR(dataset->OpenRest(folder, random));
  return dataset;
}

Status Dataset::OpenRest(const std::string& folder, Random& random) {
  view_ = &log_->view();
  DAFTAR_ASSIGN_OR_RETURN(key_, LoadOrCreateKeyFile(folder + "/server.key", random));
  const auto knows = [this](const v1::Cursor& cursor) {
    const StatusOr<std::optional<std::string>> chain = log_->ChainAt(cursor.revision());
    return chain.ok() && *chain && **chain == cursor.chain();
  };
  DAFTAR_ASSIGN_OR_RETURN(snapshots_, SnapshotStore::Open(folder + "/snapshot", *key_, knows));
  return OkStatus();
}

void Dataset::WrapLog(const std::function<std::unique_ptr<LogStore>(std::unique_ptr<LogStore>)>& wrap) {
  log_ = wrap(std::move(log_));
  view_ = &log_->view();
}

Status Dataset::Submit(v1::Mutation mutation, Done done) {
  MutexLock lock(mutex_);
  if (queue_.size() >= kLongestQueue)
    return ResourceExhausted("the server has too many pushes waiting; try again later");
  queue_.push_back({std::move(mutation), std::move(done)});
  work_.NotifyOne();
  return OkStatus();
}

bool Dataset::WaitForWork(int timeout_ms) {
  MutexLock lock(mutex_);
  if (queue_.empty()) work_.WaitMs(mutex_, timeout_ms);
  return !queue_.empty();
}

StatusOr<size_t> Dataset::CommitPending() {
  std::vector<v1::Mutation> group;
  std::vector<Done> done;
  {
    MutexLock lock(mutex_);
    size_t bytes = 0;
    while (!queue_.empty() && group.size() < kLargestGroup && bytes < kLargestGroupBytes) {
      bytes += queue_.front().mutation.ByteSizeLong();
      group.push_back(std::move(queue_.front().mutation));
      done.push_back(std::move(queue_.front().done));
      queue_.pop_front();
    }
  }
  if (group.empty()) return size_t{0};
  const auto results = [&] {
    const MutexLock writing(writing_);
    return log_->Commit(group);
  }();
  for (size_t i = 0; i < done.size(); ++i) done[i](results.ok() ? (*results)[i] : results.status());
  DAFTAR_RETURN_IF_ERROR(results.status());
  Announce();
  return group.size();
}

StatusOr<size_t> Dataset::ExpireOld(int64_t horizon_ms) {
  size_t ended = 0;
  {
    const MutexLock writing(writing_);
    const int64_t before = clock_.NowMs() - horizon_ms;
    DAFTAR_ASSIGN_OR_RETURN(ended, log_->Expire(before, before, kMostEndedAtOnce));
  }
  if (ended > 0) Announce();
  return ended;
}

void Dataset::Announce() {
  MutexLock lock(subscribers_mutex_);
  for (Subscription* subscription : subscribers_) subscription->on_head_();
}

Dataset::Subscription::Subscription(Dataset& dataset, std::function<void()> on_head)
    : dataset_(dataset), on_head_(std::move(on_head)) {
  MutexLock lock(dataset_.subscribers_mutex_);
  dataset_.subscribers_.push_back(this);
}

Dataset::Subscription::~Subscription() {
  MutexLock lock(dataset_.subscribers_mutex_);
  std::erase(dataset_.subscribers_, this);
}

}  // namespace daftar
