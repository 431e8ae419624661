// Parked conflicts as people read and name them.
#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "daftar/v1/store.pb.h"
#include "storage/base/status.h"
#include "storage/view/read_view.h"

namespace daftar::ctl {

// A conflict with the name that people give it: "sample:I01/notes", and with "@7" behind it, the number of the push,
// where several wait for the same part.
struct NamedConflict {
  std::string id;
  v1::ConflictEntry entry;
};

// All of them, named. DataLoss if one names no record.
StatusOr<std::vector<NamedConflict>> NameConflicts(const ReadView& read, std::vector<v1::ConflictEntry> entries);

// What stood in the way, as a sentence: "Amina retired the record meanwhile."
std::string CauseWords(const v1::Conflict& conflict);
// "changed", "retired", "newer".
std::string_view CauseWord(const v1::Conflict& conflict);

// "sample:I01/notes", its values, who made them, why it is parked, and how it stands. `replica`: without the outbox.
struct ConflictTold {
  std::string text;
  nlohmann::ordered_json json;
};
StatusOr<ConflictTold> TellConflict(const ReadView& replica, const NamedConflict& named);

// How to decide it: what each choice does.
std::string ChoicesWords(const NamedConflict& named);

}  // namespace daftar::ctl
