// The blocks of the text index as rows of one LMDB table.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

#include "storage/base/clock.h"
#include "storage/base/mutex.h"
#include "storage/lmdb/lmdb.h"
#include "storage/search/index/blocks.h"
#include "storage/search/index/segment_header.h"

namespace daftar {

// segment u32, section u8, number u32.
std::string TextKey(uint32_t segment, search::Section section, uint32_t number);

// What a process remembers of segments, which never change: their heads, and which of their blocks have been checked.
// Thread-safe; shared by all snapshots of a view.
class SegmentCache {
 public:
  std::shared_ptr<const search::SegmentHeader> Header(uint32_t segment) const DAFTAR_EXCLUDES(mutex_);
  void PutHeader(uint32_t segment, std::shared_ptr<const search::SegmentHeader> header) DAFTAR_EXCLUDES(mutex_);
  bool IsChecked(uint32_t segment, search::Section section, uint32_t number) const DAFTAR_EXCLUDES(mutex_);
  void NoteChecked(uint32_t segment, search::Section section, uint32_t number) DAFTAR_EXCLUDES(mutex_);
  // Forgets all segments but these.
  void KeepOnly(const std::set<uint32_t>& segments) DAFTAR_EXCLUDES(mutex_);

 private:
  struct Known {
    std::shared_ptr<const search::SegmentHeader> header;
    std::vector<bool> checked[search::kSections];
  };
  mutable Mutex mutex_;
  std::unordered_map<uint32_t, Known> known_ DAFTAR_GUARDED_BY(mutex_);
};

// Blocks of one snapshot. With a cache, the tag of a block that never changes is checked once in a process.
class TextBlocks final : public search::BlockSource {
 public:
  TextBlocks(const lmdb::ReadTxn& txn, lmdb::Table table, SegmentCache* cache)
      : txn_(txn), table_(table), cache_(cache) {}
  StatusOr<std::string_view> Read(uint32_t segment, search::Section section, uint32_t number) const override;

 private:
  const lmdb::ReadTxn& txn_;
  const lmdb::Table table_;
  SegmentCache* const cache_;
};

// Blocks for long work, copied out of snapshots that are given up after a quarter of a second: the store must not keep
// freed pages for it. What it reads must not be deleted meanwhile.
class CopiedTextBlocks final : public search::BlockSource {
 public:
  CopiedTextBlocks(const lmdb::Environment& env, lmdb::Table table, const Clock& clock)
      : env_(env), table_(table), clock_(clock) {}
  bool lends_for_long() const override { return false; }
  StatusOr<std::string_view> Read(uint32_t segment, search::Section section, uint32_t number) const override;

 private:
  using Key = std::string;
  const lmdb::Environment& env_;
  const lmdb::Table table_;
  const Clock& clock_;
  mutable std::unique_ptr<lmdb::ReadTxn> txn_;
  mutable int64_t since_ms_ = 0;
  mutable std::unordered_map<Key, std::string> copies_;
  mutable std::deque<Key> order_;  // oldest first
};

// Writes blocks inside a transaction.
class TextBlockWriter final : public search::BlockSink {
 public:
  TextBlockWriter(lmdb::WriteTxn& txn, lmdb::Table table) : txn_(txn), table_(table) {}
  Status Write(uint32_t segment, search::Section section, uint32_t number, std::string_view block) override {
    return txn_.Put(table_, TextKey(segment, section, number), block);
  }

 private:
  lmdb::WriteTxn& txn_;
  const lmdb::Table table_;
};

// Writes blocks in transactions of some megabytes, so that others get their turn between two.
class PiecewiseBlockWriter final : public search::BlockSink {
 public:
  PiecewiseBlockWriter(lmdb::Environment& env, lmdb::Table table) : env_(env), table_(table) {}
  Status Write(uint32_t segment, search::Section section, uint32_t number, std::string_view block) override;
  // Writes what is pending.
  Status Flush();

 private:
  lmdb::Environment& env_;
  const lmdb::Table table_;
  std::map<std::string, std::string> pending_;
  size_t pending_bytes_ = 0;
};

}  // namespace daftar
