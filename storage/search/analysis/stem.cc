#include "storage/search/analysis/stem.h"

namespace daftar::search {

std::string Stem(std::string_view folded_word) { return std::string(folded_word); }

}  // namespace daftar::search
