#include "storage/search/index/leaf.h"

#include <algorithm>

#include "storage/search/index/levels.h"

namespace daftar::search {
namespace {

// With so many terms, their sets are joined as bits.
constexpr size_t kManyTerms = 8;

float ScoreFor(float rarity, Meeting meeting, int level) {
  return rarity * WeightOf(meeting) * kLevelWeight[static_cast<size_t>(level)];
}

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

const TermRef* Leaf::exact_term() const {
  const auto at =
      std::find_if(terms_.begin(), terms_.end(), [](const Term& term) { return term.meeting == Meeting::kExact; });
  return at == terms_.end() ? nullptr : &at->ref;
}

Status Leaf::Seek(uint32_t chunk) {
  if (chunk == at_) return OkStatus();
  at_ = chunk;
  any_ = nullptr;
  bands_made_ = false;
  for (Term& term : terms_) {
    term.here = nullptr;
    DAFTAR_ASSIGN_OR_RETURN(const bool found, term.cursor.Seek(chunk));
    if (!found) continue;
    DAFTAR_ASSIGN_OR_RETURN(term.here, term.cursor.Load());
    if (term.Counts() && !term.CountsWhole()) DAFTAR_RETURN_IF_ERROR(term.cursor.LoadLevels());
  }
  return OkStatus();
}

Status Leaf::LoadLevels() {
  for (Term& term : terms_) {
    if (term.Counts()) DAFTAR_RETURN_IF_ERROR(term.cursor.LoadLevels());
  }
  return OkStatus();
}

const DocSet& Leaf::any() {
  if (any_ == nullptr) MakeAny();
  return *any_;
}

void Leaf::MakeAny() {
  size_t counting = 0;
  const Term* last = nullptr;
  for (const Term& term : terms_) {
    if (!term.Counts()) continue;
    ++counting;
    last = &term;
  }
  if (counting == 1 && last->CountsWhole()) {
    any_ = &last->here->all();
    return;
  }
  own_any_.Clear();
  if (counting >= kManyTerms) own_any_.ExpectMany();
  DocSet some;
  for (const Term& term : terms_) {
    if (!term.Counts()) continue;
    if (term.CountsWhole()) {
      own_any_.Or(term.here->all());
    } else {
      term.here->UnionOf(term.levels, some);
      own_any_.Or(some);
    }
  }
  any_ = &own_any_;
}

float Leaf::ScoreOf(uint16_t doc, float rarity) const {
  float best = 0;
  for (const Term& term : terms_) {
    // What cannot do better than what was found need not be looked at.
    if (!term.Counts() || ScoreFor(rarity, term.meeting, kLevels - 1) <= best) continue;
    const int level = term.here->LevelOf(doc);
    if (level >= 0 && (term.levels >> level & 1) != 0) best = std::max(best, ScoreFor(rarity, term.meeting, level));
  }
  return best;
}

const std::vector<Band>& Leaf::bands(float rarity) {
  if (bands_made_) return bands_;
  bands_made_ = true;
  bands_.clear();
  DocSet sets[kMeetings][kLevels];
  std::array<DocSet, kLevels> own;
  for (const Term& term : terms_) {
    if (!term.Counts()) continue;
    term.here->Split(own);
    for (int level = 0; level < kLevels; ++level) {
      if ((term.levels >> level & 1) != 0) sets[static_cast<int>(term.meeting)][level].Or(own[level]);
    }
  }
  for (int meeting = 0; meeting < kMeetings; ++meeting) {
    for (int level = 0; level < kLevels; ++level) {
      DocSet& docs = sets[meeting][level];
      if (docs.empty()) continue;
      bands_.push_back({ScoreFor(rarity, static_cast<Meeting>(meeting), level), std::move(docs)});
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
