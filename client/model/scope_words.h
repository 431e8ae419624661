// What a replica holds, in words.
#pragma once

#include <string>

#include "storage/view/read_view.h"
#include "storage/view/scope.h"

namespace daftar {

// "everything", or "incidents and alert periods in Tajikistan or Afghanistan, of the kind clash, from 1 Jan 2023 on,
// tagged drugs, with at least 5 killed". Places are named as `view` has them.
StatusOr<std::string> ScopeWords(const Scope& scope, const ReadView& view);

}  // namespace daftar
