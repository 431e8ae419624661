// Postings: which documents hold a term, and how well.
//
// The documents of a term stand in levels: 0–3 for texts, by how often it occurs for the length of the text; 4–7 for
// names and titles, by how much of the name it is. Levels are what ranking adds up; a filter has level 0 alone.
//
// Stored form: per chunk that has any, ascending: varint chunk - previous - 1 (from -1), varint length of the
// documents, varint length of the levels; then the documents: a byte with a bit per level, and a StoredSet. The levels
// follow:
//   where all are level 0: nothing
//   beside a list: half a byte each
//   beside bits: a byte naming the level that has most, and the StoredSet of each other level; what remains is that one
// Which documents there are is thus read without the levels, which only ranking wants.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

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

// The postings of one chunk, borrowed from the bytes that they are decoded from.
class ChunkPostings {
 public:
  // Replaces what was here; the levels are not known yet. False if these are not the stored documents.
  bool DecodeDocs(std::string_view bytes);
  // False if these are not the levels of those documents.
  bool DecodeLevels(std::string_view bytes);

  // The documents of all levels.
  const DocSet& all() const { return all_; }
  // Levels that are not empty.
  uint8_t mask() const { return mask_; }

  // All that follow REQUIRE the levels.

  // The documents of those levels, replacing what `out` held.
  void UnionOf(uint8_t levels, DocSet& out) const;
  // Keeps those of `docs` that stand in those levels.
  void Keep(uint8_t levels, DocSet& docs) const;
  // The documents of each level, replacing what `out` held.
  void Split(std::array<DocSet, kLevels>& out) const;
  // -1 if the document is not here.
  int LevelOf(uint16_t doc) const;
  // Every document with its level, ascending, replacing what `out` held.
  void Flatten(std::vector<Posting>& out) const;

 private:
  // Of a list.
  int LevelAt(size_t index) const {
    const uint8_t both = static_cast<uint8_t>(listed_[index / 2]);
    return (index % 2 == 0 ? both : both >> 4) & 7;
  }

  uint8_t mask_ = 0, most_ = 0;
  DocSet all_;
  std::string_view listed_;                // the levels of a list; empty: all are level 0
  std::array<StoredSet, kLevels> others_;  // beside bits: the levels that are not most_
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
  // The documents of the chunk. REQUIRES: Seek() or Next() found it.
  StatusOr<const ChunkPostings*> Load();
  // Their levels too. REQUIRES: Load(), and the cursor has not moved.
  Status LoadLevels();

 private:
  // Reads the head of the chunk at at_, if it has not been read.
  Status Head();
  // Goes behind the chunk whose head was read.
  void Pass() {
    at_ = docs_at_ + docs_size_ + levels_size_;
    head_read_ = false;
  }

  const StreamReader* stream_;
  uint64_t at_, end_;
  int64_t chunk_ = -1;      // of the last head read
  bool head_read_ = false;  // and not yet passed
  bool levels_read_ = false;
  uint64_t docs_at_ = 0, docs_size_ = 0, levels_size_ = 0;
  std::string head_scratch_, docs_scratch_, levels_scratch_;
  ChunkPostings postings_;
};

}  // namespace daftar::search
