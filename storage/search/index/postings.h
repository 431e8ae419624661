// Postings: which documents hold a term, and how well.
//
// The documents of a term stand in levels: 0–3 for texts, by how often it occurs for the length of the text; 4–7 for
// names and titles, by how much of the name it is. Levels are what ranking adds up; a filter has level 0 alone.
//
// Stored form: per chunk that has any, ascending: varint chunk - previous - 1 (from -1), varint length, a byte for the
// form, then
//   kFilter  a DocSet: all in level 0
//   kListed  varint count, and per document varint (gap << 3 | level)
//   kSets    a byte with a bit per level, a byte naming the level that has most, the DocSet of all, the DocSet of each
//   other
//            level: what remains is the level that has most
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

// How a chunk is stored.
enum class ChunkForm : uint8_t { kFilter, kListed, kSets };

struct Posting {
  uint32_t doc = 0;
  uint8_t level = 0;
  friend auto operator<=>(const Posting&, const Posting&) = default;
};

// Appends the stored form. REQUIRES: ascending documents, each once.
void EncodePostings(std::span<const Posting> postings, std::string& out);

// The postings of one chunk, borrowed from the bytes that they are decoded from. Levels are taken apart only when asked
// for.
class ChunkPostings {
 public:
  bool Decode(std::string_view bytes);
  // The documents of all levels.
  const DocSet& all() const { return all_; }
  // Levels that are not empty.
  uint8_t mask() const { return mask_; }
  // The documents of one level, replacing what `out` held.
  void LevelSet(int level, DocSet& out) const;
  // The documents of those levels.
  void UnionOf(uint8_t levels, DocSet& out) const;
  // REQUIRES: in all().
  int LevelOf(uint16_t doc) const;
  // Every document with its level, ascending, replacing what `out` held.
  void Flatten(std::vector<Posting>& out) const;

 private:
  bool DecodeListed(Reader& in);
  bool DecodeSets(Reader& in);

  ChunkForm form_ = ChunkForm::kFilter;
  uint8_t mask_ = 0, most_ = 0;
  DocSet all_;
  std::vector<uint16_t> docs_;        // kListed: as all_
  std::vector<uint8_t> levels_;       // kListed: of each
  std::array<DocSet, kLevels> sets_;  // kSets: but that of most_
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
