// Entries in a block, and a block compressed: type and size as big-endian numbers of four bytes, then the entry's
// bytes; one after another, never across blocks.
#pragma once

#include <zstd.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "storage/base/status.h"
#include "storage/bundle/limits.h"

namespace daftar::bundle {

// One thing that a bundle carries.
struct Entry {
  uint32_t type = 0;       // what it is, in the words of those who make and apply bundles; never 0
  std::string_view bytes;  // at most kMostEntry; borrowed until the reader moves on
};

// Fills one block after another.
class BlockBuilder {
 public:
  explicit BlockBuilder(int compression_level) : level_(compression_level), context_(ZSTD_createCCtx()) {}
  // Whether that entry should begin a new block.
  bool IsFullFor(size_t entry_size) const;
  // The caller has checked the size.
  void Add(const Entry& entry);
  const std::string& raw() const { return raw_; }
  // The block compressed, valid until the next Pack; the builder is empty again.
  StatusOr<std::string_view> Pack();

 private:
  struct Free {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  };
  const int level_;
  std::unique_ptr<ZSTD_CCtx, Free> context_;
  std::string raw_, packed_;
};

// Takes one block after another apart. Foreign bytes: everything is bounded and checked.
class BlockReader {
 public:
  BlockReader() : context_(ZSTD_createDCtx()) {}
  // InvalidArgument if the bytes do not decompress to exactly that size, which the caller has bounded.
  Status Open(std::string_view packed, size_t raw_size);
  // nullopt at the end of the block; InvalidArgument if an entry is not whole or larger than it may be.
  StatusOr<std::optional<Entry>> Next();
  // As if no block had been opened.
  void Clear() { raw_.clear(), rest_ = {}; }

 private:
  struct Free {
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
  };
  std::unique_ptr<ZSTD_DCtx, Free> context_;
  std::string raw_;
  std::string_view rest_;  // of raw_
};

}  // namespace daftar::bundle
