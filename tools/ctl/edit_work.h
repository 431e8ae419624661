// What commands that change records share: fields from the command line, why, and the way into the outbox.
#pragma once

#include <CLI/App.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "client/sync/workstation.h"
#include "storage/authoring/authoring.h"
#include "storage/model/review.h"
#include "tools/ctl/context.h"
#include "tools/ctl/reply.h"

namespace daftar::ctl {

using Problems = std::vector<FieldProblem>;

void Append(Problems& problems, Problems more);
// "3 problems in I01.json; nothing was changed"
std::string ProblemCount(const Problems& problems, const std::string& where);

// Fields of a record: --set and --add-account.
struct FieldWish {
  std::vector<std::string> sets, accounts;
  bool empty() const { return sets.empty() && accounts.empty(); }
};
void AddSetOption(CLI::App& verb, std::vector<std::string>& sets);
void AddFieldOptions(CLI::App& verb, FieldWish& fields);
// Sets them in the record, and gives new items their keys.
StatusOr<Problems> ApplyFields(const FieldWish& fields, const IdResolver& resolve, google::protobuf::Message* record);

// Why, and whether for real: --reason and --dry-run.
struct WhyWish {
  std::string reason;
  bool dry_run = false;
};
void AddWhyOptions(CLI::App& verb, WhyWish& why);
// That it is missing; nullopt if it is not.
std::optional<Reply> MissingReason(const WhyWish& why);

// What was asked for, once it is a message: checks it, and queues it unless it is a dry run.
Reply QueueEdit(Workstation& station, const std::string& verb, const Edit& edit,
                const google::protobuf::Message& before, const WhyWish& why);

// Makes of a record what it is to become.
using MakeChange = std::function<StatusOr<Reviewed>(const ReadView& read, const Record& record)>;
// Finds the record, changes it, and does as QueueEdit.
Reply ChangeRecord(Workstation& station, const std::string& verb, const std::string& id, const WhyWish& why,
                   const MakeChange& make);

// The part of the record that a path leads to or into: "notes", "accounts[2]", "accounts[key=7].date". NotFound if the
// record has no such item; InvalidArgument if records of the kind have no such field.
StatusOr<PartId> PartAt(const google::protobuf::Message& record, const std::string& path);

}  // namespace daftar::ctl
