// Stems: what the inflected forms of a word have in common.
#pragma once

#include <string>
#include <string_view>

namespace daftar::search {

// The stem of a folded word, by its script: Snowball for English and Russian, light rules for Tajik, Persian, Arabic
// and Pashto. Words of several scripts, with digits or of other letters are their own stems. Never empty, unless the
// word is; not always a word; the stem of a stem may be shorter. Thread-safe.
std::string Stem(std::string_view folded_word);

}  // namespace daftar::search
