#include "storage/view/commit_collector.h"

#include <functional>

#include "storage/view/tables.h"

namespace daftar {
namespace {

constexpr size_t kMostCommitBytes = kMaxFrameBody / 8;

}  // namespace

Status CommitCollector::AddFor(ChangeSet& set) {
  const RecordChange& change = set.changes.back();
  std::set<Revision, std::greater<>> named{change.revision};
  if (change.whole) named.insert(change.created);
  for (const PartChange& part : change.parts) named.insert(part.revision);
  for (const Revision revision : named) DAFTAR_RETURN_IF_ERROR(Add(revision, set));
  return OkStatus();
}

Status CommitCollector::Add(Revision revision, ChangeSet& set) {
  if (bytes_ > kMostCommitBytes || !known_.insert(revision).second) return OkStatus();
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<std::string_view> bytes,
                          txn_.Get(env_.table(tables::kCommit), tables::U64Key(revision)));
  v1::CommitInfo commit;
  if (!bytes || !commit.ParseFromArray(bytes->data(), static_cast<int>(bytes->size()))) return OkStatus();
  bytes_ += bytes->size();
  set.commits.push_back(std::move(commit));
  return OkStatus();
}

}  // namespace daftar
