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

StatusOr<MergedEdit> MergeEdit(const v1::StoredRecord& stored, std::span<const v1::PartEdit> edits, Revision base,
                               const std::function<StatusOr<bool>(Revision)>& own) {
  DAFTAR_ASSIGN_OR_RETURN(std::vector<Part> parts, SplitParts(stored.body()));
  auto set_by_others = [&](Revision revision) -> StatusOr<bool> {
    if (revision <= base) return false;
    DAFTAR_ASSIGN_OR_RETURN(bool mine, own(revision));
    return !mine;
  };
  MergedEdit result;
  DAFTAR_ASSIGN_OR_RETURN(result.merged, set_by_others(stored.created()));
  for (const v1::PartRevision& part : stored.part()) {
    DAFTAR_ASSIGN_OR_RETURN(bool foreign, set_by_others(part.revision()));
    result.merged = result.merged || foreign;
  }
  PartId retired{kRetiredField, 0};
  DAFTAR_ASSIGN_OR_RETURN(bool retirement_foreign, set_by_others(PartRevisionOf(stored, retired)));
  bool retired_since = !FindPart(parts, retired).empty() && retirement_foreign;
  bool restores = std::any_of(edits.begin(), edits.end(), [](const v1::PartEdit& edit) {
    return edit.field() == kRetiredField && edit.value().empty();
  });

  for (const v1::PartEdit& edit : edits) {
    PartId id{edit.field(), edit.key()};
    if (FindPart(parts, id) == edit.value()) continue;
    bool retires_newer = id == retired && !edit.value().empty() && result.merged;
    bool edits_retired = retired_since && !restores;
    DAFTAR_ASSIGN_OR_RETURN(bool overlaps, set_by_others(PartRevisionOf(stored, id)));
    (overlaps || retires_newer || edits_retired ? result.conflict : result.apply).push_back(edit);
  }
  return result;
}

}  // namespace daftar
