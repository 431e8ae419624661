// The terms by which a spread tells records apart.
#pragma once

#include "storage/search/index/spread.h"

namespace daftar::search {

// Constant; lives for ever.
const SpreadTerms& TermsOfRecords();

}  // namespace daftar::search
