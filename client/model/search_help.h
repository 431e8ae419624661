// The query language in ten lines: what the command line prints and the window shows before anything is typed.
// storage/search/query/README.md has all of it.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace daftar {

struct SearchHelpLine {
  std::string_view written;
  std::string_view means;
};

std::span<const SearchHelpLine> SearchHelp();
// The same in two columns, a line each.
std::string SearchHelpAsText();

}  // namespace daftar
