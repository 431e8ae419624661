// A long string of bytes cut into blocks of equal size.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "storage/search/index/blocks.h"

namespace daftar::search {

class StreamWriter {
 public:
  StreamWriter(BlockSink& sink, uint32_t segment, Section section)
      : sink_(sink), segment_(segment), section_(section) {}

  // Where the next byte will lie.
  uint64_t position() const { return written_ + pending_.size(); }
  Status Append(std::string_view bytes);
  // Writes what is pending. Nothing may be appended afterwards.
  Status Finish();

 private:
  Status WriteBlock(std::string_view block);

  BlockSink& sink_;
  const uint32_t segment_;
  const Section section_;
  std::string pending_;
  uint64_t written_ = 0;
  uint32_t blocks_ = 0;
};

class StreamReader {
 public:
  StreamReader(const BlockSource& source, uint32_t segment, Section section, uint64_t size)
      : source_(source), segment_(segment), section_(section), size_(size) {}

  uint64_t size() const { return size_; }
  // The bytes from `at` on: a view into the block if they lie in one, else put together in `scratch`. DataLoss if they
  // reach behind the end.
  StatusOr<std::string_view> Read(uint64_t at, uint64_t size, std::string& scratch) const;

 private:
  // One block, remembered: neighbours are asked for one after the other.
  StatusOr<std::string_view> Block(uint32_t number) const;

  const BlockSource& source_;
  const uint32_t segment_;
  const Section section_;
  const uint64_t size_;
  mutable uint32_t last_number_ = UINT32_MAX;
  mutable std::string_view last_block_;
};

}  // namespace daftar::search
