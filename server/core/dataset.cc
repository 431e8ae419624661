#include "server/core/dataset.h"

#include <utility>

#include "storage/base/key_file.h"
#include "storage/model/checkpoint.h"

namespace daftar {
namespace {

constexpr size_t kLongestQueue = 1024;       // pushes
constexpr size_t kMostEndedAtOnce = 10'000;  // records
constexpr size_t kLargestGroup = 64;         // pushes in one transaction
constexpr size_t kLargestGroupBytes = 4 << 20;
constexpr size_t kMostNoted = 10'000;  // clients

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

Status Dataset::Enqueue(Pending pending) {
  MutexLock lock(mutex_);
  if (queue_.size() >= kLongestQueue)
    return ResourceExhausted("the server has too many pushes waiting; try again later");
  queue_.push_back(std::move(pending));
  work_.NotifyOne();
  return OkStatus();
}

Status Dataset::Submit(v1::Mutation mutation, Done done, Pusher by) {
  return Enqueue({std::move(mutation), std::move(done), std::move(by)});
}

bool Dataset::IsAlone(const Pending& pending) const {
  return !pending.by.may_not_push.empty() || pending.by.suggests || two_persons_.has_value();
}

bool Dataset::WaitForWork(int timeout_ms) {
  MutexLock lock(mutex_);
  if (queue_.empty()) work_.WaitMs(mutex_, timeout_ms);
  return !queue_.empty();
}

std::vector<Dataset::Pending> Dataset::TakeGroup() {
  std::vector<Pending> group;
  MutexLock lock(mutex_);
  size_t bytes = 0;
  while (!queue_.empty() && group.size() < kLargestGroup && bytes < kLargestGroupBytes) {
    const bool alone = IsAlone(queue_.front());
    if (alone && !group.empty()) break;
    bytes += queue_.front().mutation.ByteSizeLong();
    group.push_back(std::move(queue_.front()));
    queue_.pop_front();
    if (alone) break;
  }
  return group;
}

StatusOr<size_t> Dataset::CommitPending() {
  std::vector<Pending> group = TakeGroup();
  if (group.empty()) return size_t{0};
  if (IsAlone(group[0])) return AnswerOne(group[0]);
  std::vector<v1::Mutation> mutations;
  mutations.reserve(group.size());
  for (const Pending& pending : group) mutations.push_back(pending.mutation);
  const auto results = [&]() -> StatusOr<std::vector<StatusOr<v1::PushResult>>> {
    const MutexLock writing(writing_);
    for (const Pending& pending : group) DAFTAR_RETURN_IF_ERROR(NoteDevice(pending));
    return log_->Commit(mutations);
  }();
  for (size_t i = 0; i < group.size(); ++i) group[i].done(results.ok() ? (*results)[i] : results.status());
  DAFTAR_RETURN_IF_ERROR(results.status());
  Announce();
  return group.size();
}

StatusOr<std::vector<v1::FieldError>> Dataset::Refusals(const Pending& pending) const {
  const auto devices_of = [this](Revision revision) -> StatusOr<std::vector<std::string>> {
    DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::LogEntry> entries, log_->ReadLog(revision - 1, 1));
    // What was loaded in bulk stands in no log.
    const bool known = revision > 0 && !entries.empty() && entries[0].info().revision() == revision;
    if (!known || entries[0].client().empty()) return std::vector<std::string>();
    return log_->DevicesOf(entries[0].client());
  };
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> view, view_->Snapshot());
  return PushRefusals(pending.mutation, pending.by, two_persons_, *view, devices_of);
}

Status Dataset::NoteDevice(const Pending& pending) {
  const std::string& client = pending.mutation.client();
  if (pending.by.device.empty() || client.size() != Uuid::kSize) return OkStatus();
  std::string& noted = noted_[client];
  if (noted == pending.by.device) return OkStatus();
  DAFTAR_RETURN_IF_ERROR(log_->NoteDevice(client, pending.by.device));
  if (noted_.size() > kMostNoted) noted_.clear();
  noted_[client] = pending.by.device;
  return OkStatus();
}

StatusOr<size_t> Dataset::AnswerOne(const Pending& pending) {
  const StatusOr<v1::PushResult> result = [&]() -> StatusOr<v1::PushResult> {
    const MutexLock writing(writing_);
    if (!pending.by.may_not_push.empty()) return log_->Deny(pending.mutation, pending.by.may_not_push);
    DAFTAR_RETURN_IF_ERROR(NoteDevice(pending));
    DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::FieldError> refusals, Refusals(pending));
    if (!refusals.empty()) return log_->Deny(pending.mutation, refusals);
    DAFTAR_ASSIGN_OR_RETURN(const auto results, log_->Commit({&pending.mutation, 1}));
    return results[0];
  }();
  pending.done(result);
  if (result.ok() && result->revision() != 0) Announce();
  const bool of_this_mutation_only = result.ok() || result.status().code() == StatusCode::kAborted ||
                                     result.status().code() == StatusCode::kInvalidArgument;
  if (!of_this_mutation_only) return result.status();
  return size_t{1};
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

StatusOr<v1::Welcome::Action::Code> Dataset::Judge(const v1::Cursor& cursor, Revision received, const Scope&) const {
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, log_->Head());
  // What was received and not shown yet is of a history that was lost since.
  if (received > head.cursor().revision()) return v1::Welcome::Action::HISTORY_DIFFERS;
  if (cursor.chain().empty()) return v1::Welcome::Action::NONE;
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<std::string> chain, log_->ChainAt(cursor.revision()));
  return chain && *chain == cursor.chain() ? v1::Welcome::Action::NONE : v1::Welcome::Action::HISTORY_DIFFERS;
}

Status Dataset::Introduce(std::string_view client, bool known, v1::Welcome& welcome) const {
  if (known) return OkStatus();
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, log_->Head());
  welcome.set_epoch(head.cursor().epoch());
  welcome.set_head(head.cursor().revision());
  welcome.set_key(std::string(key_->public_key().bytes()));
  welcome.set_signature(std::string(AsBytes(key_->Sign("daftar.welcome.v1", {welcome.epoch(), client}))));
  return OkStatus();
}

Status Dataset::Prove(const v1::Checkpoint& head, const Scope& scope, bool wanted, v1::Checkpoint& to) const {
  to.set_server_ms(clock_.NowMs());
  if (wanted) to.set_signature(SignCheckpoint(*key_, head.cursor(), head.digest(), scope.bytes()));
  return OkStatus();
}

namespace {

// Tells the answer to a push as the frame that carries it.
Dataset::Done InFrame(SessionHost::Answered answered) {
  return [answered = std::move(answered)](StatusOr<v1::PushResult> result) {
    if (!result.ok()) return answered(result.status());
    v1::ServerFrame frame;
    *frame.mutable_push_result() = *std::move(result);
    answered(std::move(frame));
  };
}

}  // namespace

Status Dataset::Push(const v1::Mutation& mutation, const Pusher& by, Answered answered) {
  return Submit(mutation, InFrame(std::move(answered)), by);
}

Status Dataset::Deny(const v1::Mutation& mutation, const std::string& reason, Answered answered) {
  return Enqueue({mutation, InFrame(std::move(answered)), {.device = "", .may_not_push = reason}});
}

}  // namespace daftar
