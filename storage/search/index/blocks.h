// Where segments lie: blocks of bytes, each under (segment, section, number). In a replica they are rows of one LMDB
// table; in tests and for edits that wait they are in memory.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>

#include "storage/base/status.h"

namespace daftar::search {

// The sections of a segment.
enum class Section : uint8_t {
  kHeader,      // block 0: SegmentHeader
  kDictionary,  // terms in order, front-coded; each block stands alone
  kPostings,    // stream: which documents hold a term
  kPositions,   // stream: where in them
  kDocs,        // per 2,044 documents: u64 where their rows begin; u32 rid of each; u32 where its row ends behind that
  kRows,        // stream: what a list shows of each document
  kSpans,       // per 4,096 documents: days on which they may lie beyond the day that they are sorted by
  kNumbers,     // per 4,096 documents and metric: ranges of numbers
  kPoints,      // per 4,096 documents: points
  kFacets,      // per 1,024 documents: a list of facet values of each (facets.h)
  kFacetNames,  // stream: these values
  kDeleted,     // per chunk: documents that are no longer valid; the one section that changes
};
inline constexpr uint8_t kSections = 12;

// Largest block that a stream is cut into. With LMDB's page header and our tag it fills four pages.
inline constexpr size_t kStreamBlock = 16360;

// Reads blocks of one state of the store.
class BlockSource {
 public:
  virtual ~BlockSource() = default;
  // How long borrowed bytes live: as long as the source, or only until kShortLife more blocks have been read.
  virtual bool lends_for_long() const { return true; }
  static constexpr size_t kShortLife = 1024;
  // NotFound if there is none; DataLoss if it is damaged.
  virtual StatusOr<std::string_view> Read(uint32_t segment, Section section, uint32_t number) const = 0;
};

class BlockSink {
 public:
  virtual ~BlockSink() = default;
  virtual Status Write(uint32_t segment, Section section, uint32_t number, std::string_view block) = 0;
};

// Blocks in memory.
class MemoryBlocks final : public BlockSource, public BlockSink {
 public:
  StatusOr<std::string_view> Read(uint32_t segment, Section section, uint32_t number) const override {
    const auto at = blocks_.find({segment, section, number});
    if (at == blocks_.end()) return NotFound("a block of the text index is missing");
    return std::string_view(at->second);
  }
  Status Write(uint32_t segment, Section section, uint32_t number, std::string_view block) override {
    blocks_[{segment, section, number}] = block;
    return OkStatus();
  }
  // Writes all of them as blocks of that segment.
  Status CopyTo(BlockSink& sink, uint32_t segment) const {
    for (const auto& [key, block] : blocks_)
      DAFTAR_RETURN_IF_ERROR(sink.Write(segment, std::get<Section>(key), std::get<2>(key), block));
    return OkStatus();
  }
  size_t bytes() const {
    size_t sum = 0;
    for (const auto& [key, block] : blocks_) sum += block.size();
    return sum;
  }

 private:
  std::map<std::tuple<uint32_t, Section, uint32_t>, std::string> blocks_;
};

}  // namespace daftar::search
