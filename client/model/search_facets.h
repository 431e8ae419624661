// What would narrow a search, with its words and addresses: for this folder alone.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "client/model/names.h"
#include "client/model/search_model.h"
#include "storage/view/read_view.h"

namespace daftar {

// A query that also asks for `term`, such as "type:clash", whatever its operators are. `today` as in a query.
std::string Narrowed(const std::string& query, const std::string& term, int32_t today);

// The facets of a result, a group for each field. `page` has its query, kind, sort and total.
std::vector<SearchFacetGroup> FacetGroups(const std::vector<SearchFacet>& facets, const SearchPage& page, int32_t today,
                                          Names& names);

}  // namespace daftar
