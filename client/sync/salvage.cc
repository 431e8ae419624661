#include "client/sync/salvage.h"

#include <algorithm>
#include <map>

namespace daftar {
namespace {

constexpr char kWhy[] =
    "the server was restored from a backup that lacks this edit. Send it again if it is still right, or discard it";
constexpr size_t kMaxReasonBytes = 1000;

using Commits = std::map<Revision, const v1::CommitInfo*>;

Commits CommitsOf(const ChangeSet& set) {
  Commits commits;
  for (const v1::CommitInfo& commit : set.commits) commits[commit.revision()] = &commit;
  return commits;
}

int64_t AcceptedAt(const Commits& commits, Revision revision) {
  const auto at = commits.find(revision);
  return at == commits.end() ? 0 : at->second->accepted_ms();
}

const PartChange* PartOf(const RecordChange& change, PartId id) {
  const auto at = std::lower_bound(change.parts.begin(), change.parts.end(), id,
                                   [](const PartChange& part, PartId wanted) { return part.id < wanted; });
  return at != change.parts.end() && at->id == id ? &*at : nullptr;
}

// Collects what is lost, commit by commit.
class Collector {
 public:
  Collector(const ChangeSet& mine, const ChangeSet& theirs)
      : my_commits_(CommitsOf(mine)), their_commits_(CommitsOf(theirs)) {}

  void Compare(const RecordChange& mine, const RecordChange* theirs) {
    for (const PartChange& part : mine.parts) {
      const PartChange* other = theirs == nullptr ? nullptr : PartOf(*theirs, part.id);
      if (theirs == nullptr && part.value.empty()) continue;
      if (other == nullptr && part.value.empty()) continue;
      if (other != nullptr && other->value == part.value) continue;
      // Of two that were set in the same millisecond either may be the later one: rather a draft too many.
      const bool later =
          other != nullptr && AcceptedAt(their_commits_, other->revision) > AcceptedAt(my_commits_, part.revision);
      // A record that is gone comes back as one edit.
      v1::RecordEdit& edit =
          EditOf(later ? overtaken_ : lost_, mine, theirs == nullptr ? mine.created : part.revision, theirs == nullptr);
      v1::PartEdit& lost = *edit.add_part();
      lost.set_field(part.id.first);
      lost.set_key(part.id.second);
      lost.set_value(part.value);
    }
  }

  LostEdits Take() {
    LostEdits found;
    for (auto& [revision, draft] : lost_) {
      Sign(revision, draft);
      found.lost.push_back(std::move(draft));
    }
    for (auto& [revision, draft] : overtaken_) {
      Sign(revision, draft);
      found.overtaken.emplace_back(revision, std::move(draft));
    }
    return found;
  }

 private:
  using Drafts = std::map<Revision, v1::Draft>;

  // Puts in whose edit it was, and why it is a draft.
  void Sign(Revision revision, v1::Draft& draft) const {
    v1::Mutation& mutation = *draft.mutable_mutation();
    const auto commit = my_commits_.find(revision);
    std::string reason = "recovered, from revision " + std::to_string(revision) + " of before";
    if (commit != my_commits_.end()) {
      mutation.set_author(commit->second->author());
      mutation.set_at_ms(commit->second->at_ms());
      if (!commit->second->reason().empty() && commit->second->reason().size() < kMaxReasonBytes)
        reason += ": " + commit->second->reason();
    }
    mutation.set_reason(reason);
    v1::FieldError& error = *draft.add_error();
    error.set_record(mutation.edit(0).record());
    error.set_message(kWhy);
  }

  static v1::RecordEdit& EditOf(Drafts& drafts, const RecordChange& record, Revision revision, bool create) {
    v1::Mutation& mutation = *drafts[revision].mutable_mutation();
    const bool begun = !mutation.edit().empty() && mutation.edit().rbegin()->record() == record.id.bytes();
    if (begun) return *mutation.mutable_edit(mutation.edit_size() - 1);
    v1::RecordEdit& edit = *mutation.add_edit();
    edit.set_record(record.id.str());
    edit.set_kind(record.kind);
    edit.set_create(create);
    return edit;
  }

  const Commits my_commits_, their_commits_;
  Drafts lost_, overtaken_;
};

}  // namespace

LostEdits FindLostEdits(const ChangeSet& mine, const ChangeSet& theirs) {
  std::map<Rid, const RecordChange*> by_rid;
  for (const RecordChange& change : theirs.changes) by_rid[change.rid] = &change;
  Collector collector(mine, theirs);
  for (const RecordChange& change : mine.changes) {
    const auto other = by_rid.find(change.rid);
    const bool same = other != by_rid.end() && other->second->id == change.id;
    collector.Compare(change, same ? other->second : nullptr);
  }
  return collector.Take();
}

}  // namespace daftar
