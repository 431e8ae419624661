// A generated dataset on its way into a store or a file.
#pragma once

#include <functional>
#include <string>

#include "storage/base/status.h"
#include "storage/log/bulk_load.h"
#include "storage/view/view.h"
#include "tools/gen/generator.h"

namespace daftar::gen {

enum class StoreKind {
  kServer,   // what `daftard serve --data FOLDER` serves
  kReplica,  // FOLDER/replica of a workstation; `daftarctl init --replica FOLDER` makes the user's own part beside it
};

// Loads the whole dataset into a new folder, which appears when it is complete and durable. The same options give the
// same epoch, chain and digest in server and replica, so that a replica loaded here continues from a server loaded
// here. AlreadyExists if there is something at the target; Cancelled if `progress` says so, and then nothing is left.
StatusOr<BulkLoaded> LoadStore(const GeneratorOptions& options, const std::string& target, StoreKind kind,
                               const Progress& progress);

// One line of JSON a record, in order of rid: {"rid":1,"id":"…","kind":"place","record":{…}}, the record as
// storage/authoring writes it, references as UUIDs. "-" is standard output; a file appears when it is complete.
Status WriteJsonLines(const GeneratorOptions& options, const std::string& target, const Progress& progress);

}  // namespace daftar::gen
