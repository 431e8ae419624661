// What is asked of each engine that is compared.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/status.h"
#include "tests/bench/peers/corpus.h"

namespace daftar::bench {

// One question, in words that every engine can put in its own way. All conditions must hold.
struct Question {
  enum class Form { kWords, kPhrase, kPrefix };
  Form form = Form::kWords;
  std::vector<std::string> words;  // folded; kPrefix: one, the beginning of a word. Empty: no condition
  std::string country;             // "TJ"; empty: any
  int32_t first_day = INT32_MIN, last_day = INT32_MAX;
  std::string actor;    // 16 bytes; empty: any
  bool newest = false;  // else by relevance
  size_t limit = 20;
  bool with_total = true;

  bool has_days() const { return first_day != INT32_MIN || last_day != INT32_MAX; }
};

struct Answer {
  uint64_t total = 0;          // exact; only if asked for
  std::vector<uint32_t> rids;  // best first
};

// A row of a list.
struct ListRow {
  std::string id;  // 16 bytes
  int32_t day = 0;
  std::string title;
  std::string country;  // of the place that it is shown at: "TJ"
  friend bool operator==(const ListRow&, const ListRow&) = default;
};

// Takes the processor time of what an engine does, without what it is fed with.
class CpuTimer {
 public:
  void Start();
  void Stop();
  double seconds() const { return seconds_; }

 private:
  double started_ = 0, seconds_ = 0;
};

// One thread. Each lies in a folder of its own.
class Engine {
 public:
  virtual ~Engine() = default;
  virtual StatusOr<Answer> Ask(const Question& question) = 0;
  // Reads one record by its UUID and decodes it; its stored bytes.
  virtual StatusOr<size_t> ReadRecord(std::string_view id) = 0;
  // The newest incidents that are not retired; in a day the lowest rid first.
  virtual StatusOr<std::vector<ListRow>> NewestIncidents(size_t limit) = 0;
};

// What loading took.
struct LoadTimes {
  CpuTimer records;  // storing the records, with what finds them by id, day and actor
  CpuTimer texts;    // indexing the texts; Xapian cannot do one without the other: all is here
};

// An engine's name, how to fill a folder for it, and how to open it again.
struct EngineKind {
  const char* name;
  const char* words;  // version and settings, for people
  // Fills a folder that is there and empty.
  Status (*load)(const Corpus& corpus, const std::string& folder, LoadTimes& times);
  StatusOr<std::unique_ptr<Engine>> (*open)(const std::string& folder);
};
// kDaftar is a replica as the programs use it; kIndex its text index over a plain table, for those who tune that.
extern const EngineKind kDaftar, kIndex, kSqlite, kXapian;

// Calls visit(doc) for batches of records in that order, and takes the time of visit alone.
template <typename Visit>
Status FeedTimed(const Corpus& corpus, const std::vector<uint32_t>& rids, CpuTimer& timer, Visit visit) {
  constexpr size_t kBatch = 2000;
  std::vector<BenchDoc> batch;
  for (size_t at = 0; at < rids.size(); at += kBatch) {
    batch.clear();
    for (size_t i = at; i < std::min(rids.size(), at + kBatch); ++i) batch.push_back(corpus.At(rids[i]));
    timer.Start();
    for (const BenchDoc& doc : batch) DAFTAR_RETURN_IF_ERROR(visit(doc));
    timer.Stop();
  }
  return OkStatus();
}
std::vector<uint32_t> InOrderOfRid(const Corpus& corpus);

// Decodes what is stored, as each engine must; its bytes.
StatusOr<size_t> DecodeStored(std::string_view bytes);

}  // namespace daftar::bench
