// What texts rest on, in words: for this folder alone.
#pragma once

#include <string>
#include <string_view>

#include "client/model/names.h"
#include "client/model/row.h"

namespace daftar {

// "reports on Jamestown article, 31 Oct 2023* (inferred)". The account's own steps, else its source's; then on up the
// sources to the end of the chain. Empty if nothing is known.
Cell AccountLineage(const v1::Account& account, Names& names);
// The same of a source.
Cell SourceLineage(const v1::Source& source, Names& names);

// Where the account's chain ends, as people name it; empty if that is the source itself.
std::string RootName(const v1::Account& account, Names& names);

}  // namespace daftar
