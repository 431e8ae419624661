#include "storage/search/index/leaf.h"

#include <algorithm>

#include "storage/search/index/levels.h"

namespace daftar::search {
namespace {

// With so many terms, their sets are joined as bits.
constexpr size_t kManyTerms = 8;

}  // namespace

float WeightOf(Meeting meeting) {
  switch (meeting) {
    case Meeting::kExact:
      return 1.0f;
    case Meeting::kStem:
      return 0.8f;
    case Meeting::kSkeleton:
      return 0.7f;
    case Meeting::kBeginning:
      return 0.5f;
    case Meeting::kTypo:
      return 0.4f;
  }
  return 0;
}

void Leaf::Add(const TermRef& term, Meeting meeting, uint8_t levels) {
  for (Term& there : terms_) {
    if (there.ref.postings_at != term.postings_at) continue;
    // Two ways to one word: the better one counts, wherever either looks.
    there.meeting = std::min(there.meeting, meeting);
    there.levels |= levels;
    return;
  }
  terms_.push_back({term, meeting, levels, segment_->Postings(term)});
}

uint64_t Leaf::docs() const {
  uint64_t sum = 0;
  for (const Term& term : terms_) sum += term.ref.docs;
  return sum;
}

uint64_t Leaf::exact_docs() const {
  uint64_t sum = 0;
  for (const Term& term : terms_) sum += term.meeting == Meeting::kExact ? term.ref.docs : 0;
  return sum;
}

Status Leaf::Seek(uint32_t chunk) {
  if (chunk == at_) return OkStatus();
  at_ = chunk;
  any_made_ = bands_made_ = false;
  for (int meeting = 0; meeting < kMeetings; ++meeting) {
    for (int level = 0; level < kLevels; ++level) {
      if ((masks_[meeting] >> level & 1) != 0) sets_[meeting][level].Clear();
    }
    masks_[meeting] = 0;
  }
  for (Term& term : terms_) {
    DAFTAR_ASSIGN_OR_RETURN(const bool found, term.cursor.Seek(chunk));
    if (!found) continue;
    DAFTAR_ASSIGN_OR_RETURN(const ChunkPostings* postings, term.cursor.Load());
    const int meeting = static_cast<int>(term.meeting);
    for (int level = 0; level < kLevels; ++level) {
      const DocSet& docs = postings->level[level];
      if ((term.levels >> level & 1) == 0 || docs.empty()) continue;
      DocSet& into = sets_[meeting][level];
      if ((masks_[meeting] >> level & 1) == 0) {
        into = docs;
      } else {
        if (terms_.size() >= kManyTerms) into.ExpectMany();
        into.Or(docs);
      }
      masks_[meeting] = static_cast<uint8_t>(masks_[meeting] | 1u << level);
    }
  }
  return OkStatus();
}

const DocSet& Leaf::any() {
  if (any_made_) return any_;
  any_made_ = true;
  any_.Clear();
  for (int meeting = 0; meeting < kMeetings; ++meeting) {
    for (int level = 0; level < kLevels; ++level) {
      if ((masks_[meeting] >> level & 1) == 0) continue;
      any_.empty() ? void(any_ = sets_[meeting][level]) : any_.Or(sets_[meeting][level]);
    }
  }
  return any_;
}

const std::vector<Band>& Leaf::bands(float rarity) {
  if (bands_made_) return bands_;
  bands_made_ = true;
  bands_.clear();
  for (int meeting = 0; meeting < kMeetings; ++meeting) {
    for (int level = 0; level < kLevels; ++level) {
      if ((masks_[meeting] >> level & 1) == 0) continue;
      bands_.push_back({rarity * WeightOf(static_cast<Meeting>(meeting)) * kLevelWeight[level], sets_[meeting][level]});
    }
  }
  std::sort(bands_.begin(), bands_.end(), [](const Band& a, const Band& b) { return a.score > b.score; });
  // A document stands in the best of its bands alone. The levels of one term are disjoint already.
  if (terms_.size() > 1) {
    DocSet above;
    for (Band& band : bands_) {
      band.docs.AndNot(above);
      above.Or(band.docs);
    }
  }
  std::erase_if(bands_, [](const Band& band) { return band.docs.empty(); });
  return bands_;
}

}  // namespace daftar::search
