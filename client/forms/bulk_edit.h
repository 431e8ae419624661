// The same change of many records: what it makes of each that a query finds, checked record by record, sent as pushes
// that a server takes, and remembered, so that one step takes it back. One thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "client/forms/bulk_memory.h"
#include "client/sync/workstation.h"
#include "storage/base/status.h"
#include "storage/model/parts.h"
#include "storage/model/record.h"
#include "storage/model/validate.h"

namespace daftar {
class ReadView;
}  // namespace daftar

namespace daftar::forms {

inline constexpr size_t kMostBulkRecords = 5000;  // of one bulk edit

// One record that changes.
struct BulkChange {
  std::shared_ptr<const Record> record;  // as it is
  Edit edit;
  std::vector<v1::PartEdit> before, after;  // the parts that change; without a value: absent
  std::string name() const;                 // "Crossing and clash in Darvoz (sample:I01)"
};
// What becomes of the record; nullopt: nothing.
StatusOr<std::optional<BulkChange>> ChangeOf(const Record& record,
                                             std::shared_ptr<const google::protobuf::Message> message);

// What a change makes of one record; with problems, it is not made.
struct Remade {
  std::shared_ptr<const google::protobuf::Message> message;
  std::vector<FieldProblem> problems;
};
using Remake = std::function<StatusOr<Remade>(const Record& record)>;

struct BulkPlan {
  size_t found = 0;
  std::vector<BulkChange> changes;
  std::vector<FieldProblem> problems;  // paths begin with the record's ID
};
// What it makes of the records that the query finds, of one kind alone if that is given. InvalidArgument if those are
// too many, or if the query is not understood.
StatusOr<BulkPlan> PlanBulk(const ReadView& view, const std::string& query, std::optional<Kind> kind,
                            const Remake& remake);

// The changes as pushes, each of a size that the server takes. All problems of all records: with any, nothing is sent.
struct BulkPushes {
  std::vector<v1::Mutation> mutations;
  std::vector<FieldProblem> problems, warnings;
};
StatusOr<BulkPushes> CheckBulk(const Workstation& station, std::span<const BulkChange> changes,
                               const std::string& reason);

// Puts them into the outbox, in order; with the last one the kept form of that number goes, if it is not 0. Their
// numbers. A program that ends between two leaves those that are in; the rest is planned anew.
StatusOr<std::vector<uint64_t>> QueueBulk(Workstation& station, const BulkPushes& pushes, uint64_t form = 0);
// The same, remembered first: what was queued and is not remembered could not be taken back.
StatusOr<std::vector<uint64_t>> QueueAndRemember(Workstation& station, std::span<const BulkChange> changes,
                                                 const BulkPushes& pushes, const std::string& reason,
                                                 uint64_t form = 0);

// What takes the parts back, as changes, and what stays since somebody has changed it.
struct BulkUndo {
  std::vector<BulkChange> changes;
  std::vector<TakingBack::Left> left;
};
StatusOr<BulkUndo> UndoBulk(const ReadView& view, const std::vector<ChangedPart>& parts);

}  // namespace daftar::forms
