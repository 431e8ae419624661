// Positions: where in its documents a word stands, for phrases.
//
// Stored form: per chunk: varint chunk - previous - 1 (from -1), varint documents, varint length of what follows: u32
// per kGroup documents after the first group: where the group begins behind this list; then per document varint length
// and gaps as varints. Only the list and the groups asked for are read.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/search/index/postings.h"

namespace daftar::search {

// Gaps of ascending positions.
void EncodePlaces(std::span<const uint32_t> places, std::string& out);

// Builds the stored form of one word.
class PositionsEncoder {
 public:
  // Ascending documents; `places` as EncodePlaces made them.
  void Add(uint32_t doc, std::string_view places);
  // Appends what was added to `out`, and begins anew.
  void Finish(std::string& out);

 private:
  void EndChunk();

  int64_t chunk_ = -1, last_chunk_ = -1;
  uint32_t docs_ = 0;
  std::vector<uint32_t> groups_;
  std::string data_, done_;
};

// Reads the positions of one word, upwards.
class PositionsCursor {
 public:
  PositionsCursor(const StreamReader& stream, const TermRef& term)
      : stream_(&stream), at_(term.positions_at), end_(term.positions_at + term.positions_size) {}

  // Goes to the chunk. DataLoss if it is not there. REQUIRES: ascending.
  Status Seek(uint32_t chunk);
  // The positions of the document that is the rank-th (from 0) of the word in this chunk, in coded form: a view that
  // lives until the next call. REQUIRES: ascending ranks within a chunk.
  StatusOr<std::string_view> Coded(uint32_t rank);
  // Decoded, replacing what `out` held.
  Status Places(uint32_t rank, std::vector<uint32_t>& out);

 private:
  // Reads the group of a document.
  Status ReadGroup(uint32_t group);

  const StreamReader* stream_;
  uint64_t at_, end_;
  int64_t chunk_ = -1;
  uint32_t docs_ = 0;
  uint64_t data_at_ = 0, data_size_ = 0;
  std::string starts_scratch_, group_scratch_;
  std::string_view starts_;  // where groups begin
  Reader in_{""};            // the group read, at the document next_rank_
  uint32_t next_rank_ = 0;
  uint32_t group_ = UINT32_MAX;
};

}  // namespace daftar::search
