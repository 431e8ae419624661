#include "client/sync/laid_edits.h"

#include <utility>

#include "storage/model/parts.h"
#include "storage/search/record_doc.h"

namespace daftar {

StatusOr<std::shared_ptr<const LaidEdits>> LaidEdits::Lay(const ReadView& base,
                                                          const std::vector<v1::OutboxEntry>& outbox) {
  auto laid = std::make_shared<LaidEdits>();
  if (outbox.empty()) return std::shared_ptr<const LaidEdits>(std::move(laid));
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, base.Head());
  for (const v1::OutboxEntry& entry : outbox) {
    if (entry.has_result() && entry.result().head() <= head.cursor().revision()) continue;
    for (const v1::RecordEdit& edit : entry.mutation().edit())
      DAFTAR_RETURN_IF_ERROR(laid->LayOne(base, entry.mutation(), edit));
  }
  return std::shared_ptr<const LaidEdits>(std::move(laid));
}

Status LaidEdits::LayOne(const ReadView& base, const v1::Mutation& mutation, const v1::RecordEdit& edit) {
  std::optional<Uuid> id = Uuid::FromBytes(edit.record());
  if (!id) return DataLoss("an entry of the outbox names no record");
  auto at = records_.find(*id);
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> before,
                          at != records_.end() ? std::optional<Record>(at->second.record) : base.Get(*id));
  // It has left the slice or ended since, or has not come yet: some parts of a record are no record.
  if (!before && !edit.create()) return OkStatus();
  std::string body;
  if (before) {
    DAFTAR_ASSIGN_OR_RETURN(body, CanonicalBody(before->message()));
  }
  DAFTAR_ASSIGN_OR_RETURN(std::vector<Part> parts, SplitParts(body));
  HistoryStep step;
  step.commit.set_author(mutation.author());
  step.commit.set_at_ms(mutation.at_ms());
  step.commit.set_reason(mutation.reason());
  step.created = !before;
  for (const v1::PartEdit& after : edit.part()) {
    v1::PartEdit& old = step.before.emplace_back(after);
    old.set_value(std::string(FindPart(parts, {after.field(), after.key()})));
    step.after.push_back(after);
  }
  DAFTAR_ASSIGN_OR_RETURN(std::string patched, PatchBody(body, step.after));
  std::shared_ptr<google::protobuf::Message> message = NewMessage(edit.kind());
  if (!message->ParseFromString(patched)) return DataLoss("an entry of the outbox does not parse");

  Record record(*id, edit.kind(), std::move(message));
  record.set_pending(true);
  if (before) record.InheritRevisions(*before);
  const bool of_base = before && (at == records_.end() || !at->second.created);
  rows_change_ = rows_change_ || (of_base && search::OthersDependOn(edit.kind()));
  if (at == records_.end()) at = records_.emplace(*id, Laid{record, !before, {}}).first;
  at->second.record = std::move(record);
  at->second.steps.push_back(std::move(step));
  return OkStatus();
}

StatusOr<const SearchOverlay*> LaidEdits::ForSearch(const RecordLookup& lookup) const {
  MutexLock lock(mutex_);
  if (for_search_) return &*for_search_;
  SearchOverlay overlay;
  for (const auto& [id, laid] : records_) {
    if (!laid.created) overlay.hidden.push_back(id);
    if (laid.record.retirement() != nullptr) continue;
    const Rid number = static_cast<Rid>(overlay.laid.size() + 1);
    DAFTAR_ASSIGN_OR_RETURN(search::IndexDoc doc, search::DocOf(number, laid.record, lookup));
    overlay.laid.push_back({id, std::move(doc)});
  }
  return &for_search_.emplace(std::move(overlay));
}

}  // namespace daftar
