// The query language in ten lines: what the command line prints and the window shows before anything is typed.
// storage/search/query/README.md has all of it.
#pragma once

#include <string>
#include <vector>

namespace daftar {

struct SearchHelpLine {
  std::string written;
  std::string means;
};

std::vector<SearchHelpLine> SearchHelp();
// The same in two columns, a line each.
std::string SearchHelpAsText();

}  // namespace daftar
