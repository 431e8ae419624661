// A word of a query in one segment: every term that answers it, how well, and its documents chunk by chunk.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/search/index/segment.h"

namespace daftar::search {

// How a term answers a word.
enum class Meeting { kExact, kStem, kSkeleton, kBeginning, kTypo };
inline constexpr int kMeetings = 5;
float WeightOf(Meeting meeting);

// Documents with the same score for one word.
struct Band {
  float score = 0;
  DocSet docs;
};

// One thread at a time; the segment must outlive it.
class Leaf {
 public:
  explicit Leaf(const Segment& segment) : segment_(&segment) {}
  Leaf(const Leaf&) = delete;
  Leaf& operator=(const Leaf&) = delete;

  // Adds a term; one that is there already keeps the better meeting. `levels`: those that count.
  void Add(const TermRef& term, Meeting meeting, uint8_t levels);
  bool empty() const { return terms_.empty(); }
  // Documents of all terms, those with several counted several times.
  uint64_t docs() const;
  // Documents of the terms met exactly.
  uint64_t exact_docs() const;
  // The term that is the word itself; nullptr if the segment does not have it.
  const TermRef* exact_term() const;
  // If the documents of the leaf are just those of one term: how many these are.
  bool IsOneWholeTerm() const { return terms_.size() == 1 && terms_[0].levels == 0xff; }

  // Goes to a chunk; does nothing if it is there. REQUIRES: ascending.
  Status Seek(uint32_t chunk);
  // Documents of the chunk that answer the word. Lives until the next Seek.
  const DocSet& any();
  // Before the scores of this chunk are asked for.
  Status LoadLevels();
  // The score of a document; 0 if it is not one of any(). `rarity`: what the word is worth. REQUIRES: LoadLevels().
  float ScoreOf(uint16_t doc, float rarity) const;
  // The documents by score, best first, none in two bands. REQUIRES: LoadLevels().
  const std::vector<Band>& bands(float rarity);

 private:
  struct Term {
    TermRef ref;
    Meeting meeting;
    uint8_t levels;
    PostingsCursor cursor;
    const ChunkPostings* here = nullptr;  // in the chunk; null: nothing there

    // The postings here and the term's levels have something in common.
    bool Counts() const { return here != nullptr && (here->mask() & levels) != 0; }
    bool CountsWhole() const { return Counts() && (here->mask() & ~levels) == 0; }
  };
  void MakeAny();

  const Segment* segment_;
  std::vector<Term> terms_;
  uint32_t at_ = UINT32_MAX;
  const DocSet* any_ = nullptr;  // null: not made yet
  DocSet own_any_;
  bool bands_made_ = false;
  std::vector<Band> bands_;
};

}  // namespace daftar::search
