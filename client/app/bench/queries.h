// What a reader types who looks for something that is there: names of the replica at hand.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "client/app/bench/scripted_reader.h"
#include "storage/base/status.h"

namespace daftar::app {

// The characters of a name that a reader types, each as UTF-8: of its first words, a dozen or so. None to which the
// query language gives a meaning.
std::vector<std::string> TypedOf(std::string_view name);

// So many different ones, of actors, places and incidents from all over their lists; fewer where there are not as many.
// NotFound if the replica holds none.
StatusOr<std::vector<std::vector<std::string>>> QueriesOf(ScriptedReader& reader, size_t count);

}  // namespace daftar::app
