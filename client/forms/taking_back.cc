#include "client/forms/taking_back.h"

#include <memory>
#include <optional>
#include <utility>

#include "storage/model/bounded_parse.h"
#include "storage/model/parts.h"
#include "storage/view/read_view.h"

namespace daftar::forms {
namespace {

// Those of one record.
Status TakeBackOne(const ReadView& view, std::span<const ChangedPart> parts, TakingBack& back) {
  const Uuid& id = parts.front().record;
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> record, view.Get(id));
  if (!record) {
    back.left.push_back({id, {0, 0}, id.ToString(), parts.front().kind});
    return OkStatus();
  }
  DAFTAR_ASSIGN_OR_RETURN(std::string body, CanonicalBody(record->message()));
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<Part> now, SplitParts(body));
  std::vector<v1::PartEdit> edits;
  for (const ChangedPart& part : parts) {
    if (FindPart(now, part.part) != part.after) {
      back.left.push_back({id, part.part, DisplayId(*record), record->kind()});
      continue;
    }
    v1::PartEdit& edit = edits.emplace_back();
    edit.set_field(part.part.first);
    edit.set_key(part.part.second);
    edit.set_value(part.before);
  }
  if (edits.empty()) return OkStatus();
  DAFTAR_ASSIGN_OR_RETURN(body, PatchBody(body, edits));
  const std::shared_ptr<google::protobuf::Message> message = NewMessage(record->kind());
  DAFTAR_RETURN_IF_ERROR(ParseBounded(body, *message));
  back.edits.push_back({id, record->kind(), message});
  return OkStatus();
}

}  // namespace

StatusOr<std::vector<ChangedPart>> ChangedBy(const ReadView& view, const v1::Mutation& mutation) {
  std::vector<ChangedPart> changed;
  for (const v1::RecordEdit& edit : mutation.edit()) {
    const std::optional<Uuid> id = Uuid::FromBytes(edit.record());
    if (!id) return DataLoss("an edit names no record");
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> record, view.Get(*id));
    std::string body;
    if (record) {
      DAFTAR_ASSIGN_OR_RETURN(body, CanonicalBody(record->message()));
    }
    DAFTAR_ASSIGN_OR_RETURN(const std::vector<Part> parts, SplitParts(body));
    for (const v1::PartEdit& part : edit.part()) {
      const PartId at{part.field(), part.key()};
      changed.push_back({*id, edit.kind(), at, std::string(FindPart(parts, at)), part.value()});
    }
  }
  return changed;
}

StatusOr<TakingBack> TakeBack(const ReadView& view, std::span<const ChangedPart> parts) {
  TakingBack back;
  for (size_t first = 0; first < parts.size();) {
    size_t next = first;
    while (next < parts.size() && parts[next].record == parts[first].record) ++next;
    DAFTAR_RETURN_IF_ERROR(TakeBackOne(view, parts.subspan(first, next - first), back));
    first = next;
  }
  return back;
}

}  // namespace daftar::forms
