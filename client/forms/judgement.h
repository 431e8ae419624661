// Whether two actors are one: a judgement stands in one of the two records, may be changed and taken back, and joins
// nothing. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "client/sync/workstation.h"
#include "storage/base/status.h"
#include "storage/model/record.h"

namespace daftar::forms {

// The edits that leave one judgement on the pair, or none (nullopt). Where the other actor's record has it, it is
// changed there: both pages read both. NotFound if there is none to be taken back. REQUIRES: two actors.
StatusOr<std::vector<Edit>> EditsOfJudgement(const Record& actor, const Record& other,
                                             const std::optional<v1::Judgement::Code>& verdict,
                                             const std::string& reason);

}  // namespace daftar::forms
