// The generated data that all engines are given: made once into a file, then read from it, so that no engine pays for
// making it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/status.h"
#include "tools/gen/generator.h"

namespace daftar::bench {

// What an engine is told of one record.
struct BenchDoc {
  uint32_t rid = 0;
  int32_t day = 0;  // by which lists are sorted; INT32_MIN: none
  // Days on which it may lie; the whole of several spans. Without any: first_day > last_day.
  int32_t first_day = INT32_MAX, last_day = INT32_MIN;
  uint8_t kind = 0;         // v1::RecordKind::Code
  bool searchable = false;  // not retired
  std::string id;           // 16 bytes
  std::string stored;       // v1::StoredRecord, which point reads decode
  std::string title;
  std::vector<std::string> countries;  // "TJ"; first that of the place that a list shows
  std::vector<std::string> actors;     // 16 bytes each: who has a part in it
  struct Text {
    bool name = false;
    std::string text;
  };
  std::vector<Text> texts;  // what Daftar indexes; names first
};

// Newest days sort highest, in one day the highest rid: one number for engines that sort by numbers.
constexpr int64_t NewestKey(int32_t day, uint32_t rid) {
  const int64_t shifted = day == INT32_MIN ? 0 : int64_t{day} + 1'000'000;
  return shifted << 24 | rid;
}
constexpr uint32_t RidOfNewestKey(int64_t key) { return static_cast<uint32_t>(key & 0xffffff); }
// As lists have them: in one day the lowest rid first.
constexpr int64_t ListKey(int32_t day, uint32_t rid) { return NewestKey(day, 0xffffff - rid); }
// As many as NewestKey has room for.
inline constexpr uint64_t kMostRecords = (1u << 24) - 1;

// Memory-mapped; any thread.
class Corpus {
 public:
  // Writes FOLDER/corpus. InvalidArgument for more than kMostRecords.
  static Status Make(const std::string& folder, const gen::GeneratorOptions& options);
  static StatusOr<std::unique_ptr<Corpus>> Open(const std::string& folder);
  ~Corpus();
  Corpus(const Corpus&) = delete;
  Corpus& operator=(const Corpus&) = delete;

  // Rids run from 1 to size().
  uint32_t size() const { return static_cast<uint32_t>(offsets_.size()); }
  BenchDoc At(uint32_t rid) const;
  // All rids by NewestKey, oldest first.
  std::vector<uint32_t> ByDay() const;

 private:
  Corpus() = default;
  std::string_view bytes_;
  std::vector<uint64_t> offsets_;  // of rid 1, 2 …
};

}  // namespace daftar::bench
