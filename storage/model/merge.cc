#include "storage/model/merge.h"

#include <algorithm>

#include "storage/model/parts.h"

namespace daftar {

Revision PartRevisionOf(const v1::StoredRecord& stored, PartId part) {
  auto at = std::lower_bound(stored.part().begin(), stored.part().end(), part,
                             [](const v1::PartRevision& entry, PartId wanted) {
                               return PartId{entry.field(), entry.key()} < wanted;
                             });
  bool found = at != stored.part().end() && PartId{at->field(), at->key()} == part;
  return found ? at->revision() : stored.created();
}

namespace {

using Cause = v1::Conflict::Cause;

// One record, and one editor of it.
class Merge {
 public:
  Merge(const v1::StoredRecord& stored, const SeenState& seen, const std::function<StatusOr<bool>(Revision)>& own)
      : stored_(stored), seen_(seen), own_(own) {}

  StatusOr<MergedEdit> Run(std::span<const v1::PartEdit> edits);

 private:
  // Notes the revisions of others, newer than anything that the editor had seen, that the record's parts are of.
  Status FindForeign();
  // The part was set by somebody else after what the editor saw of `as`.
  bool Overlaps(PartId part, PartId as) const {
    const Revision revision = PartRevisionOf(stored_, part);
    return revision > seen_.Of(as) && std::binary_search(foreign_.begin(), foreign_.end(), revision);
  }
  bool RetiresNewer(PartId part, const v1::PartEdit& edit) const {
    return part == kRetired && !edit.value().empty() && !foreign_.empty() && foreign_.back() > seen_.Of(part);
  }

  static constexpr PartId kRetired{kRetiredField, 0};
  const v1::StoredRecord& stored_;
  const SeenState& seen_;
  const std::function<StatusOr<bool>(Revision)>& own_;
  std::vector<Revision> foreign_;  // ascending
};

Status Merge::FindForeign() {
  Revision oldest = seen_.base;
  for (const auto& [part, revision] : seen_.parts) oldest = std::min(oldest, revision);
  std::vector<Revision> revisions{stored_.created()};
  for (const v1::PartRevision& part : stored_.part()) revisions.push_back(part.revision());
  std::sort(revisions.begin(), revisions.end());
  revisions.erase(std::unique(revisions.begin(), revisions.end()), revisions.end());
  for (Revision revision : revisions) {
    if (revision <= oldest) continue;
    DAFTAR_ASSIGN_OR_RETURN(bool mine, own_(revision));
    if (!mine) foreign_.push_back(revision);
  }
  return OkStatus();
}

StatusOr<MergedEdit> Merge::Run(std::span<const v1::PartEdit> edits) {
  DAFTAR_ASSIGN_OR_RETURN(std::vector<Part> parts, SplitParts(stored_.body()));
  DAFTAR_RETURN_IF_ERROR(FindForeign());
  const bool is_retired = !FindPart(parts, kRetired).empty();
  // A wish to bring the record back that is itself parked brings nothing back.
  const bool restores = std::any_of(edits.begin(), edits.end(), [this](const v1::PartEdit& edit) {
    return edit.field() == kRetiredField && edit.value().empty() && !Overlaps(kRetired, kRetired);
  });

  MergedEdit result;
  result.merged = !foreign_.empty() && foreign_.back() > seen_.base;
  for (const v1::PartEdit& edit : edits) {
    const PartId id{edit.field(), edit.key()};
    if (FindPart(parts, id) == edit.value()) continue;
    if (is_retired && !restores && id != kRetired && Overlaps(kRetired, id)) {
      const Revision newest = std::max(PartRevisionOf(stored_, kRetired), PartRevisionOf(stored_, id));
      result.conflict.push_back({edit, Cause::RETIRED, newest});
    } else if (Overlaps(id, id)) {
      // Who retires a record has to have seen all of it.
      const bool retires = id == kRetired && !edit.value().empty();
      result.conflict.push_back({edit, Cause::CHANGED, retires ? foreign_.back() : PartRevisionOf(stored_, id)});
    } else if (RetiresNewer(id, edit)) {
      result.conflict.push_back({edit, Cause::NEWER, foreign_.back()});
    } else {
      result.apply.push_back(edit);
    }
  }
  return result;
}

}  // namespace

StatusOr<MergedEdit> MergeEdit(const v1::StoredRecord& stored, std::span<const v1::PartEdit> edits,
                               const SeenState& seen, const std::function<StatusOr<bool>(Revision)>& own) {
  return Merge(stored, seen, own).Run(edits);
}

}  // namespace daftar
