#include "client/sync/comparer.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <span>

#include "client/sync/salvage.h"
#include "client/sync/user_store.h"
#include "storage/view/commit_trail.h"

namespace daftar {
namespace {

constexpr size_t kMostAtOnce = 64 << 20;  // bytes of own records compared with those of one frame

}  // namespace

StatusOr<std::vector<v1::ClientFrame>> Comparer::Begin() {
  // What was staged was told from another state.
  DAFTAR_RETURN_IF_ERROR(station_.view().DropStaged());
  DAFTAR_ASSIGN_OR_RETURN(const Sums sums, station_.view().TakeSums(Scope()));
  DAFTAR_ASSIGN_OR_RETURN(std::vector<v1::LeafSums> leaves, sums.Leaves());
  std::vector<v1::ClientFrame> frames;
  for (v1::LeafSums& frame : leaves) *frames.emplace_back().mutable_leaves() = std::move(frame);
  return frames;
}

StatusOr<std::vector<v1::ClientFrame>> Comparer::OnGroups(const v1::GroupSums& groups) {
  DAFTAR_ASSIGN_OR_RETURN(const Sums sums, station_.view().TakeSums(Scope()));
  DAFTAR_ASSIGN_OR_RETURN(std::vector<v1::RecordSums> records, sums.Answer(groups));
  std::vector<v1::ClientFrame> frames;
  for (v1::RecordSums& frame : records) *frames.emplace_back().mutable_records() = std::move(frame);
  return frames;
}

StatusOr<ChangeSet> Comparer::OwnRecords(const v1::DeltaFrame& delta, const ChangeSet& theirs) const {
  std::vector<Rid> rids(delta.gone().begin(), delta.gone().end());
  for (const RecordChange& change : theirs.changes) rids.push_back(change.rid);
  ChangeSet mine;
  std::span<const Rid> rest = rids;
  size_t at_once = rest.size();
  while (!rest.empty()) {
    StatusOr<WholeBatch> some = station_.view().WholeRecords(rest.first(at_once), kMostAtOnce);
    if (some.status().code() == StatusCode::kDataLoss) {
      // One of them is damaged: of what it was nothing is left to compare.
      rest = rest.subspan(at_once == 1 ? 1 : 0);
      at_once = at_once == 1 ? rest.size() : at_once / 2;
      continue;
    }
    DAFTAR_RETURN_IF_ERROR(some.status());
    rest = rest.subspan(some->covered);
    at_once = rest.size();
    mine.changes.insert(mine.changes.end(), std::make_move_iterator(some->set.changes.begin()),
                        std::make_move_iterator(some->set.changes.end()));
    mine.commits.insert(mine.commits.end(), some->set.commits.begin(), some->set.commits.end());
  }
  return mine;
}

void Comparer::NoteChanged(const ChangeSet& mine, const ChangeSet& theirs) {
  std::map<Rid, const RecordChange*> by_rid;
  for (const RecordChange& change : mine.changes) by_rid[change.rid] = &change;
  for (const RecordChange& change : theirs.changes) {
    const auto own = by_rid.find(change.rid);
    // What cannot be read here may have been anything.
    const bool unread = own == by_rid.end();
    const Uuid& id = unread ? change.id : own->second->id;
    std::map<PartId, std::string_view> before;
    if (!unread) {
      for (const PartChange& part : own->second->parts) before[part.id] = part.value;
    }
    for (const PartChange& part : change.parts) {
      const auto at = before.find(part.id);
      if (at == before.end() || at->second != part.value) changed_.insert({id, part.id});
      if (at != before.end()) before.erase(at);
    }
    if (!change.whole) continue;
    for (const auto& [part, value] : before) changed_.insert({id, part});
  }
}

Status Comparer::OnDelta(const v1::DeltaFrame& delta) {
  if (history_ == View::History::kSame) return OkStatus();
  DAFTAR_ASSIGN_OR_RETURN(const ChangeSet theirs, DecodeFrame(delta));
  DAFTAR_ASSIGN_OR_RETURN(const ChangeSet mine, OwnRecords(delta, theirs));
  NoteChanged(mine, theirs);
  if (!delta.repair()) return OkStatus();
  LostEdits found = FindLostEdits(mine, theirs);
  std::move(found.lost.begin(), found.lost.end(), std::back_inserter(lost_));
  std::move(found.overtaken.begin(), found.overtaken.end(), std::back_inserter(overtaken_));
  return NoteShared(theirs);
}

Status Comparer::NoteTrail(Revision head, const v1::CommitTrail& trail) {
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> view, station_.view().Snapshot());
  DAFTAR_ASSIGN_OR_RETURN(shared_to_, LastShared(*view, head, trail));
  return OkStatus();
}

Status Comparer::NoteShared(const ChangeSet& theirs) {
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> view, station_.view().Snapshot());
  for (const v1::CommitInfo& commit : theirs.commits) {
    if (commit.revision() <= shared_to_) continue;
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<v1::CommitInfo> own, view->CommitOf(commit.revision()));
    if (own && own->SerializeAsString() == commit.SerializeAsString()) shared_to_ = commit.revision();
  }
  return OkStatus();
}

Status Comparer::BeforeApply(Revision revision, uint64_t known_seq) {
  if (history_ == View::History::kSame) return OkStatus();
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::OutboxEntry> outbox, station_.Outbox());
  for (const v1::OutboxEntry& entry : outbox) {
    if (!entry.has_result() && entry.mutation().seq() <= known_seq)
      return Unavailable("answers of the server are still on their way; nothing is lost, and the next sync goes on");
  }
  // What is not known to be in the server's history, nobody who edited the part there may have seen: rather a draft too
  // many.
  for (auto& [accepted, draft] : overtaken_) {
    if (accepted > shared_to_) lost_.push_back(std::move(draft));
  }
  overtaken_.clear();
  // An edit of a part that is the same on both sides was made on what the server has; any other meets it as a conflict.
  const auto base_of = [this, revision](const v1::Mutation& mutation) -> Revision {
    for (const v1::RecordEdit& edit : mutation.edit()) {
      const std::optional<Uuid> id = Uuid::FromBytes(edit.record());
      for (const v1::PartEdit& part : edit.part()) {
        if (!id || changed_.contains({*id, PartId{part.field(), part.key()}})) return 0;
      }
    }
    return revision;
  };
  return station_.user().BeginAnew(station_.NewId(), {known_seq, revision}, lost_, base_of, station_.clock().NowMs());
}

}  // namespace daftar
