// Ranks the documents of a segment that answer a query.
//
// The score of a document is the sum over the words of the query of how rare the word is times how well it stands there
// (levels.h), as BM25 does with its parts in steps. A record whose whole name is asked for comes first of all. Equal
// scores are ordered by recency.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "storage/search/index/plan.h"
#include "storage/search/index/top.h"

namespace daftar::search {

class Ranker {
 public:
  // `words`: leaves with what each is worth. `all_needed`: a document has all of them. `whole_name`: the documents
  // whose name is the query; may be null.
  struct Word {
    Leaf* leaf;
    float rarity;
  };
  Ranker(const Segment& segment, uint32_t segment_index, std::vector<Word> words, bool all_needed,
         std::unique_ptr<Phrase> whole_name);

  // Offers the best of these documents. REQUIRES: ascending chunks.
  Status Offer(uint32_t chunk, const DocSet& docs, TopHits& top);

 private:
  // Offers each of a few.
  void OfferEach(uint32_t chunk, const DocSet& docs, TopHits& top);
  // Offers those whose score is at least `least` and below `below`.
  void OfferScored(uint32_t chunk, const DocSet& docs, float least, float below, TopHits& top);
  // Offers one; false if it lost for its age alone.
  bool OfferOne(uint32_t chunk, uint16_t doc, float score, TopHits& top);
  // Those of the documents that can reach the score.
  DocSet CanReach(const DocSet& docs, float least);

  const Segment& segment_;
  const uint32_t segment_index_;
  std::vector<Word> words_;
  const bool all_needed_;
  std::unique_ptr<Phrase> whole_name_;
  std::vector<const std::vector<Band>*> bands_;  // of each word, in this chunk
  DocSet named_;                                 // documents whose whole name is the query
  std::vector<float> scores_;                    // by document, while they are added up
};

}  // namespace daftar::search
