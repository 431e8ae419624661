#include "client/forms/bulk_edit.h"

#include <utility>

#include "storage/view/read_view.h"

namespace daftar::forms {
namespace {

using google::protobuf::Message;

constexpr size_t kMostOfOnePush = 100;           // records
constexpr size_t kMostBytesOfOnePush = 2 << 20;  // fits into a push with all that is around them

StatusOr<std::vector<Uuid>> Find(const ReadView& view, const std::string& query, std::optional<Kind> kind) {
  SearchRequest request;
  request.query = query;
  request.kind = kind;
  request.limit = kMostBulkRecords;
  request.sort = search::Sort::kNewest;
  request.why = false;
  DAFTAR_ASSIGN_OR_RETURN(const SearchResult found, view.Search(request));
  if (found.total > kMostBulkRecords) {
    return InvalidArgument("the query finds " + std::to_string(found.total) +
                           " records, and a bulk edit changes at most " + std::to_string(kMostBulkRecords) +
                           ": narrow it. Nothing was changed");
  }
  std::vector<Uuid> ids;
  for (const SearchHit& hit : found.hits) ids.push_back(hit.id);
  return ids;
}

std::vector<ChangedPart> PartsOf(std::span<const BulkChange> changes) {
  std::vector<ChangedPart> parts;
  for (const BulkChange& change : changes) {
    for (size_t i = 0; i < change.after.size(); ++i) {
      const v1::PartEdit& part = change.after[i];
      parts.push_back(
          {change.edit.id, change.edit.kind, {part.field(), part.key()}, change.before[i].value(), part.value()});
    }
  }
  return parts;
}

}  // namespace

std::string BulkChange::name() const { return DisplayName(*record) + " (" + DisplayId(*record) + ")"; }

StatusOr<std::optional<BulkChange>> ChangeOf(const Record& record, std::shared_ptr<const Message> message) {
  DAFTAR_ASSIGN_OR_RETURN(const std::string from, CanonicalBody(record.message()));
  DAFTAR_ASSIGN_OR_RETURN(const std::string to, CanonicalBody(*message));
  BulkChange change{std::make_shared<Record>(record), {record.id(), record.kind(), std::move(message)}, {}, {}};
  DAFTAR_ASSIGN_OR_RETURN(change.after, DiffParts(from, to));
  if (change.after.empty()) return std::optional<BulkChange>();
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<Part> parts, SplitParts(from));
  for (const v1::PartEdit& part : change.after) {
    v1::PartEdit& before = change.before.emplace_back();
    before.set_field(part.field());
    before.set_key(part.key());
    before.set_value(std::string(FindPart(parts, {part.field(), part.key()})));
  }
  return std::optional(std::move(change));
}

StatusOr<BulkPlan> PlanBulk(const ReadView& view, const std::string& query, std::optional<Kind> kind,
                            const Remake& remake) {
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<Uuid> ids, Find(view, query, kind));
  BulkPlan plan{ids.size(), {}, {}};
  for (const Uuid& id : ids) {
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> record, view.Get(id));
    if (!record || record->stub()) continue;
    DAFTAR_ASSIGN_OR_RETURN(Remade remade, remake(*record));
    for (const FieldProblem& problem : remade.problems)
      plan.problems.push_back({DisplayId(*record) + ": " + problem.path, problem.message});
    if (!remade.problems.empty()) continue;
    DAFTAR_ASSIGN_OR_RETURN(std::optional<BulkChange> change, ChangeOf(*record, std::move(remade.message)));
    if (change) plan.changes.push_back(*std::move(change));
  }
  return plan;
}

StatusOr<BulkPushes> CheckBulk(const Workstation& station, std::span<const BulkChange> changes,
                               const std::string& reason) {
  BulkPushes pushes;
  for (size_t first = 0; first < changes.size();) {
    std::vector<Edit> group;
    size_t bytes = 0, next = first;
    for (; next < changes.size() && group.size() < kMostOfOnePush && bytes < kMostBytesOfOnePush; ++next) {
      for (const v1::PartEdit& part : changes[next].after) bytes += part.ByteSizeLong();
      group.push_back(changes[next].edit);
    }
    DAFTAR_ASSIGN_OR_RETURN(CheckedEdit checked, station.Check(group, reason));
    // Only those that are wrong are asked again, to tell whose problem it is.
    for (size_t i = 0; !checked.problems.empty() && i < group.size(); ++i) {
      DAFTAR_ASSIGN_OR_RETURN(const CheckedEdit alone, station.Check({&group[i], 1}, reason));
      for (const FieldProblem& problem : alone.problems)
        pushes.problems.push_back(
            {changes[first + i].name() + (problem.path.empty() ? "" : ": " + problem.path), problem.message});
    }
    pushes.warnings.insert(pushes.warnings.end(), checked.warnings.begin(), checked.warnings.end());
    if (checked.mutation.edit_size() > 0) pushes.mutations.push_back(std::move(checked.mutation));
    first = next;
  }
  return pushes;
}

StatusOr<std::vector<uint64_t>> QueueBulk(Workstation& station, const BulkPushes& pushes, uint64_t form) {
  std::vector<uint64_t> numbers;
  for (const v1::Mutation& mutation : pushes.mutations) {
    const bool last = &mutation == &pushes.mutations.back();
    DAFTAR_ASSIGN_OR_RETURN(const uint64_t number,
                            last&& form != 0 ? station.QueueForm(form, mutation) : station.Queue(mutation));
    numbers.push_back(number);
  }
  return numbers;
}

StatusOr<std::vector<uint64_t>> QueueAndRemember(Workstation& station, std::span<const BulkChange> changes,
                                                 const BulkPushes& pushes, const std::string& reason, uint64_t form) {
  DAFTAR_RETURN_IF_ERROR(RememberBulk(station.folder(), {reason, PartsOf(changes)}));
  return QueueBulk(station, pushes, form);
}

StatusOr<BulkUndo> UndoBulk(const ReadView& view, const std::vector<ChangedPart>& parts) {
  DAFTAR_ASSIGN_OR_RETURN(const TakingBack back, TakeBack(view, parts));
  BulkUndo undo{{}, back.left};
  for (const Edit& edit : back.edits) {
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> record, view.Get(edit.id));
    if (!record) continue;
    DAFTAR_ASSIGN_OR_RETURN(std::optional<BulkChange> change, ChangeOf(*record, edit.message));
    if (change) undo.changes.push_back(*std::move(change));
  }
  return undo;
}

}  // namespace daftar::forms
