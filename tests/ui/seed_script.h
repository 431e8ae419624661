// What a person enters of the five articles, field by field, as tests/data/seed_articles has it: the same text for
// every driver.
//
//   incident                                 a new record of that kind
//     names[0].text = Clash at the river     a field by its path, with what is typed there
//     accounts[0].place @ Darvoz             the record of that name, looked for in the way that there is
//
// Records come in an order in which those that they name are there already. Lines that begin with # say nothing.
#pragma once

#include <string>
#include <vector>

namespace daftar {

struct SeedField {
  std::string path;
  std::string text;
  bool by_name = false;  // `text` is the name of the record that stands there
};

struct SeedRecord {
  std::string kind;  // the word: "incident"
  std::vector<SeedField> fields;
  std::string at;  // file and line

  // What is typed there; empty if nothing is.
  std::string TextAt(const std::string& path) const;
  // "sample:I01": what it is called wherever an ID may stand.
  std::string Id() const { return TextAt("external[0].system") + ":" + TextAt("external[0].id"); }
};

// All files of the folder in the order of their names. A test that reads nonsense fails.
std::vector<SeedRecord> ReadSeedScript(const std::string& folder);

}  // namespace daftar
