// Engines that are asked where a record is.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "storage/base/status.h"
#include "storage/model/record.h"
#include "tests/bench/relevance/cases.h"

namespace daftar::bench {

// The records of tools/sample and of the generator, in order of id, as both have them. `sample_folder`: tools/sample.
StatusOr<std::vector<Record>> SampleAndGenerated(const std::string& sample_folder, const gen::Generator& generator);

class Finder {
 public:
  virtual ~Finder() = default;
  virtual const char* name() const = 0;
  // At most `limit`, best first.
  virtual StatusOr<std::vector<Uuid>> Find(const Case& asked, size_t limit) = 0;
};

// A replica in a new folder, with all records indexed.
StatusOr<std::unique_ptr<Finder>> MakeDaftarFinder(const std::string& folder, const std::vector<Record>& records);

// SQLite FTS5 in memory: all words, and where nothing has all, any. `tokenizer`: "unicode61 remove_diacritics 2", where
// the last word of a query without a space at its end is a beginning, or "trigram", where words are parts of words and,
// where nothing has all, all trigrams of them are asked for.
StatusOr<std::unique_ptr<Finder>> MakeFtsFinder(const char* name, const char* tokenizer,
                                                const std::vector<Record>& records);

// How often the known record was among the first ten, and how often the first.
struct Found {
  size_t asked = 0, in_ten = 0, first = 0;
  std::vector<std::string> missed;  // queries whose record was not among the first ten
  std::vector<std::string> behind;  // queries whose record was, but not first

  double in_ten_share() const { return asked == 0 ? 1 : static_cast<double>(in_ten) / static_cast<double>(asked); }
  double first_share() const { return asked == 0 ? 1 : static_cast<double>(first) / static_cast<double>(asked); }
};
// Adds the outcome of one case.
Status AskOne(Finder& finder, const Case& asked, Found& found);

}  // namespace daftar::bench
