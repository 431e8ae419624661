// Typing errors: what stands in the index instead of a word that does not.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "storage/search/index/plan.h"

namespace daftar::search {

// Which words are mended.
enum class Mend { kMissing, kAll };

// For each wanted word that no segment has, the nearest words that stand somewhere: one edit away from four letters on,
// two from eight. With Mend::kAll, also for words that stand somewhere, besides themselves. Empty if there is nothing
// to mend.
StatusOr<std::vector<Respelling>> Respell(std::span<const Segment* const> segments, const std::vector<WordUse>& words,
                                          Mend mend, const std::function<bool()>& go_on);

}  // namespace daftar::search
