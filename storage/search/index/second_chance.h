// What else a query may have meant that found nothing.
#pragma once

#include <optional>

#include "storage/search/query/query.h"

namespace daftar::search {

// The query with its words taken more freely: a word with signs in it as words that may stand apart; two neighbours
// also as one word, for names are written both ways (Ansar Ullah, Ansarullah). nullopt if there is nothing to take more
// freely.
std::optional<Node> TakenFreely(const Node& query);

}  // namespace daftar::search
