// Light stems, for languages that Snowball has no rules for that fit folded words: a table of endings is taken off from
// the outside, as long as enough of the word is left. Light means that a wrong stem is rare, and many forms keep
// theirs.
#pragma once

#include <string>
#include <string_view>

namespace daftar::search {

// Whether a folded Cyrillic word has a letter (ғ қ ҳ ҷ) or an ending (-онро, -гонро) of Tajik that Russian has not.
bool IsTajik(std::string_view folded_word);

// Tajik without plural (-ҳо, -он, -гон), izafat (-и) and object (-ро). Never empty.
std::string TajikStem(std::string_view folded_word);

// Persian, Dari, Pashto and Arabic are not told apart: the rules are those that do least harm in the others. Off go
// plurals (ها ان گان ات ون ين, Pashto ونه ونو), izafat and indefinite ی, object را, degrees تر ترین, the verbal
// prefixes می and نمی before verbal endings, and the Arabic article, alone or after و. Never empty.
std::string ArabicScriptStem(std::string_view folded_word);

}  // namespace daftar::search
