// Postings: which documents hold a term, and how well.
//
// The documents of a term stand in levels: 0–3 for texts, by how often it occurs for the length of the text; 4–7 for
// names and titles, by how much of the name it is. Levels are what ranking adds up; a filter has level 0 alone.
//
// Stored form: per chunk that has any, ascending: varint chunk - previous - 1 (from -1), varint length, then
//   0, varint count, and per document varint (gap << 3 | level)        up to kListed documents
//   else one byte with a bit per level, and the DocSet of each         more
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "storage/search/index/doc_set.h"
#include "storage/search/index/stream.h"

namespace daftar::search {

inline constexpr int kLevels = 8;
inline constexpr int kFirstNameLevel = 4;

// Where a term's postings and positions lie in their streams.
struct TermRef {
  uint32_t docs = 0;
  uint64_t postings_at = 0, postings_size = 0;
  uint64_t positions_at = 0, positions_size = 0;
};

struct Posting {
  uint32_t doc = 0;
  uint8_t level = 0;
  friend auto operator<=>(const Posting&, const Posting&) = default;
};

// Appends the stored form. REQUIRES: ascending documents, each once.
void EncodePostings(std::span<const Posting> postings, std::string& out);

// The postings of one chunk.
struct ChunkPostings {
  std::array<DocSet, kLevels> level;
  uint8_t mask = 0;  // levels that are not empty

  void Clear();
  bool Decode(std::string_view bytes);
  uint32_t size() const;
  // The documents of those levels, replacing what `out` held.
  void UnionOf(uint8_t levels, DocSet& out) const;
};

// Walks the chunks of a term, upwards.
class PostingsCursor {
 public:
  PostingsCursor(const StreamReader& stream, const TermRef& term)
      : stream_(&stream), at_(term.postings_at), end_(term.postings_at + term.postings_size) {}

  // Goes to the chunk; false if the term has nothing there. REQUIRES: ascending.
  StatusOr<bool> Seek(uint32_t chunk);
  // The next chunk that has any; nullopt at the end.
  StatusOr<std::optional<uint32_t>> Next();
  // REQUIRES: Seek() or Next() found it.
  StatusOr<const ChunkPostings*> Load();

 private:
  // Reads the head of the chunk at at_, if it has not been read.
  Status Head();

  const StreamReader* stream_;
  uint64_t at_, end_;
  int64_t chunk_ = -1;      // of the last head read
  bool head_read_ = false;  // and not yet passed
  uint64_t data_at_ = 0, data_size_ = 0;
  std::string scratch_;
  ChunkPostings postings_;
};

}  // namespace daftar::search
