#include "storage/search/index/rank.h"

#include <algorithm>
#include <array>
#include <limits>

namespace daftar::search {
namespace {

constexpr float kWholeNameScore = 40;
// Few documents are scored one by one, many band by band.
constexpr uint32_t kFew = 1024;
// Shares of the best possible score that are tried one after the other while there are too few hits.
constexpr std::array kShares = {0.85f, 0.6f, 0.4f, 0.0f};

float BestOf(const std::vector<Band>& bands) { return bands.empty() ? 0 : bands[0].score; }

}  // namespace

Ranker::Ranker(const Segment& segment, uint32_t segment_index, std::vector<Word> words, bool all_needed,
               std::unique_ptr<Phrase> whole_name)
    : segment_(segment),
      segment_index_(segment_index),
      words_(std::move(words)),
      all_needed_(all_needed),
      whole_name_(std::move(whole_name)) {}

Status Ranker::Offer(uint32_t chunk, const DocSet& docs, TopHits& top) {
  for (const Word& word : words_) {
    DAFTAR_RETURN_IF_ERROR(word.leaf->Seek(chunk));
    DAFTAR_RETURN_IF_ERROR(word.leaf->LoadLevels());
  }
  named_.Clear();
  if (whole_name_ != nullptr) {
    named_ = docs;
    DAFTAR_RETURN_IF_ERROR(whole_name_->Keep(chunk, named_));
  }
  if (docs.size() <= kFew) {
    OfferEach(chunk, docs, top);
    return OkStatus();
  }
  if (!named_.empty()) OfferEach(chunk, named_, top);
  DocSet others = docs;
  others.AndNot(named_);
  bands_.clear();
  float best = 0;
  for (const Word& word : words_) {
    bands_.push_back(&word.leaf->bands(word.rarity));
    best += BestOf(*bands_.back());
  }
  float below = std::numeric_limits<float>::max();
  for (const float share : kShares) {
    const float worst = top.full() ? top.worst().key : 0;
    const float least = std::max(best * share, worst);
    if (least < below) OfferScored(chunk, CanReach(others, least), least, below, top);
    below = least;
    // All that could still come is worse than what there is.
    if (top.full() && top.worst().key >= least) return OkStatus();
  }
  return OkStatus();
}

bool Ranker::OfferOne(uint32_t chunk, uint16_t doc, float score, TopHits& top) {
  if (top.full() && score < top.worst().key) return true;
  const uint32_t number = chunk * kChunkDocs + doc;
  const Hit hit{score, segment_.header().DayOf(number), segment_index_, number};
  return top.Offer(hit) || score != top.worst().key;
}

void Ranker::OfferEach(uint32_t chunk, const DocSet& docs, TopHits& top) {
  docs.ForEach([&](uint16_t doc) {
    float score = named_.Has(doc) ? kWholeNameScore : 0;
    for (const Word& word : words_) score += word.leaf->ScoreOf(doc, word.rarity);
    OfferOne(chunk, doc, score, top);
  });
}

DocSet Ranker::CanReach(const DocSet& docs, float least) {
  DocSet candidates = docs;
  if (!all_needed_) return candidates;
  float best = 0;
  for (const auto* bands : bands_) best += BestOf(*bands);
  DocSet good;
  for (const auto* bands : bands_) {
    const float needed = least - (best - BestOf(*bands));
    if (needed <= 0 || (!bands->empty() && bands->back().score >= needed)) continue;
    good.Clear();
    for (const Band& band : *bands) {
      if (band.score < needed - 1e-4f) break;
      good.empty() ? void(good = band.docs) : good.Or(band.docs);
    }
    candidates.And(good);
    if (candidates.empty()) break;
  }
  return candidates;
}

void Ranker::OfferScored(uint32_t chunk, const DocSet& docs, float least, float below, TopHits& top) {
  if (docs.empty()) return;
  scores_.assign(kChunkDocs, 0);
  for (const auto* bands : bands_) {
    for (const Band& band : *bands) {
      DocSet both = band.docs;
      both.And(docs);
      both.ForEach([&](uint16_t doc) { scores_[doc] += band.score; });
    }
  }
  // In a segment a later document is older: once one has lost for its age alone, so do all others of its score.
  float lost = -1;
  docs.ForEach([&](uint16_t doc) {
    const float score = scores_[doc];
    if (score < least || score >= below || score == lost) return;
    if (!OfferOne(chunk, doc, score, top)) lost = score;
  });
}

}  // namespace daftar::search
