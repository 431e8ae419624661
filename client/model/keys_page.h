// The list of keys, and what the marks on pages mean.
#pragma once

#include <string>
#include <vector>

namespace daftar {

struct KeysPage {
  struct Line {
    std::string sign;  // "Ctrl+K"; "≠"
    std::string means;
  };
  std::vector<Line> keys, marks;
};

KeysPage BuildKeys();

}  // namespace daftar
