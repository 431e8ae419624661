// A mutation as people read it: whose it is, and what it changes in each record, field by field.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "client/sync/workstation.h"
#include "daftar/v1/commit.pb.h"
#include "storage/base/status.h"
#include "storage/view/read_view.h"
#include "tools/ctl/field_diff.h"

namespace daftar::ctl {

// Follows records through edits that lie one over the other, so that each is shown against what came before it.
class Layers {
 public:
  // The view must outlive it.
  explicit Layers(const ReadView& replica) : replica_(replica) {}

  // What the edit changes; the next edit of the record is compared with the outcome.
  StatusOr<std::vector<FieldChange>> Apply(const v1::RecordEdit& edit, const IdNamer& name);
  // The body of the record with that id, as the edits have left it.
  StatusOr<std::string*> BodyOf(const std::string& id_bytes);

 private:
  const ReadView& replica_;
  std::map<std::string, std::string> bodies_;  // by id
};

// The two states of the dataset that a change is read against.
struct Readable {
  std::unique_ptr<ReadView> seen;     // with the outbox
  std::unique_ptr<ReadView> replica;  // without
};
StatusOr<Readable> ReadBoth(Workstation& station);

// Why the server refused it; empty for what it has not refused. Each stands at the field that it is about.
using Refusals = google::protobuf::RepeatedPtrField<v1::FieldError>;

// A mutation told: what it changes in each record. Adds its keys to `json`.
StatusOr<std::string> TellMutation(const v1::Mutation& mutation, const Refusals& refusals, const Readable& readable,
                                   Layers& layers, nlohmann::ordered_json& json);
// "#7 waits, Amina, 9 Nov 2026 21:01: a reason".
std::string MutationHead(const v1::Mutation& mutation, const std::string& state);

}  // namespace daftar::ctl
