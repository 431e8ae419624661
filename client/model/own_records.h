// What the reader keeps of records, for searching: which are pinned, which have a tag, in whose note a word stands.
// For this folder alone. Any thread, one at a time.
#pragma once

#include <atomic>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "client/sync/private_store.h"
#include "storage/base/status.h"
#include "storage/base/uuid.h"
#include "storage/search/query/query.h"

namespace daftar {

class OwnRecords {
 public:
  // Reads them all, once. `stop`, if not null, ends whatever is done with Cancelled.
  static StatusOr<OwnRecords> Read(const PrivateStore& store, const std::atomic<bool>* stop);

  // What a query means by tag:, note: or is: (search::Field kTag, kNote, kIs).
  StatusOr<std::vector<Uuid>> IdsOf(const search::Node& node) const;
  // Those in whose note or tags all these words stand, the latest changed first; the last word may be a beginning.
  // Looks at notes up to kMostNotesSearched bytes, so that typing never waits: `all` is false if that were not all.
  struct Noted {
    std::vector<const v1::PrivateRecord*> records;
    bool all = true;
  };
  StatusOr<Noted> WithWords(const std::vector<std::string>& folded, bool beginning) const;

  static constexpr size_t kMostNotesSearched = 4 << 20;

 private:
  explicit OwnRecords(std::vector<v1::PrivateRecord> records, const std::atomic<bool>* stop)
      : records_(std::move(records)), stop_(stop) {}
  std::vector<v1::PrivateRecord> records_;
  const std::atomic<bool>* stop_;
};

// The part of a note round the first of the words, in one line; its beginning if none stands there.
std::string NoteSnippet(std::string_view note, const std::vector<std::string>& folded);

}  // namespace daftar
