#include "storage/search/index/segment_builder.h"

#include <algorithm>
#include <numeric>

#include "storage/search/index/facets.h"
#include "storage/search/index/levels.h"

namespace daftar::search {
namespace {

// Places behind this one are not kept: a word there is found, and no phrase.
constexpr uint32_t kLastPlace = (1u << 24) - 1;
// Number of kNameBoundary among the words; those of the tokenizer follow it.
constexpr uint32_t kBoundary = 0;

}  // namespace

std::string_view SegmentBuilder::WordOf(uint32_t number) const {
  return number == kBoundary ? kNameBoundary : tokenizer_.word(number - 1);
}

uint32_t SegmentBuilder::TermNumber(const std::string& term) {
  const auto [at, added] = term_numbers_.try_emplace(term, static_cast<uint32_t>(terms_.size()));
  if (added) terms_.push_back(&at->first);
  return at->second;
}

void SegmentBuilder::AddText(const IndexDoc::Text& text, Doc& doc, uint32_t* place) {
  tokenizer_.Tokenize(text.text, &tokens_);
  if (tokens_.empty()) return;
  const auto put = [&](uint32_t word, uint8_t level) {
    occurrences_.push_back({word, std::min(*place, kLastPlace), level});
    ++*place;
  };
  const uint8_t level = text.name ? NameLevel(tokens_.size()) : 0;
  if (text.name) put(kBoundary, level);
  for (const Token& token : tokens_) put(token.word + 1, level);
  if (text.name) put(kBoundary, level);
  doc.words += static_cast<uint32_t>(tokens_.size());
  *place += kTextGap;
}

void SegmentBuilder::Add(const IndexDoc& doc) {
  Doc& added = docs_.emplace_back();
  added.rid = doc.rid;
  added.day = doc.day;
  added.occurrences = occurrences_.size();
  added.terms = term_uses_.size();
  added.spans = doc.spans;
  added.numbers = doc.numbers;
  added.points = doc.points;
  added.row = doc.row;
  uint32_t place = 0;
  for (const IndexDoc::Text& text : doc.texts) AddText(text, added, &place);
  for (const std::string& term : doc.terms) term_uses_.push_back(TermNumber(term));
}

size_t SegmentBuilder::bytes() const {
  constexpr size_t kPerDoc = sizeof(Doc) + 160, kPerWord = 96;
  return docs_.size() * kPerDoc + occurrences_.size() * (sizeof(Occurrence) + sizeof(Slot)) +
         term_uses_.size() * 2 * sizeof(uint32_t) + (tokenizer_.size() + terms_.size()) * kPerWord;
}

std::vector<uint32_t> SegmentBuilder::Order() const {
  std::vector<uint32_t> order(docs_.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [this](uint32_t a, uint32_t b) {
    return std::pair(docs_[a].day, docs_[a].rid) > std::pair(docs_[b].day, docs_[b].rid);
  });
  return order;
}

StatusOr<SegmentHeader> SegmentBuilder::Write(BlockSink& sink, uint32_t segment) {
  SegmentWriter writer(sink, segment, docs());
  const std::vector<uint32_t> order = Order();
  std::vector<std::string> facet_names;
  DAFTAR_RETURN_IF_ERROR(WriteDocs(writer, order, &facet_names));
  DAFTAR_RETURN_IF_ERROR(WriteFilters(writer, order));
  DAFTAR_RETURN_IF_ERROR(WriteWords(writer, order));
  return writer.Finish(facet_names);
}

Status SegmentBuilder::WriteDocs(SegmentWriter& writer, const std::vector<uint32_t>& order,
                                 std::vector<std::string>* facet_names) {
  constexpr uint32_t kNone = UINT32_MAX;
  std::vector<uint32_t> facet_of(terms_.size(), kNone);
  for (size_t term = 0; term < terms_.size(); ++term) {
    if (!IsListedFacet(*terms_[term])) continue;
    facet_of[term] = static_cast<uint32_t>(facet_names->size());
    facet_names->push_back(*terms_[term]);
  }
  std::vector<uint32_t> facets;
  for (const uint32_t number : order) {
    const Doc& doc = docs_[number];
    const size_t end = number + 1 < docs_.size() ? docs_[number + 1].terms : term_uses_.size();
    facets.clear();
    for (size_t use = doc.terms; use < end; ++use) {
      if (const uint32_t facet = facet_of[term_uses_[use]]; facet != kNone) facets.push_back(facet);
    }
    std::sort(facets.begin(), facets.end());
    DAFTAR_RETURN_IF_ERROR(writer.AddDoc({doc.rid, doc.day, doc.spans, doc.numbers, doc.points, facets, doc.row}));
  }
  return OkStatus();
}

Status SegmentBuilder::WriteFilters(SegmentWriter& writer, const std::vector<uint32_t>& order) {
  std::vector<std::vector<uint32_t>> docs_of(terms_.size());
  for (uint32_t doc = 0; doc < order.size(); ++doc) {
    const uint32_t number = order[doc];
    const size_t end = number + 1 < docs_.size() ? docs_[number + 1].terms : term_uses_.size();
    for (size_t use = docs_[number].terms; use < end; ++use) docs_of[term_uses_[use]].push_back(doc);
  }
  std::vector<uint32_t> sorted(terms_.size());
  std::iota(sorted.begin(), sorted.end(), 0u);
  std::sort(sorted.begin(), sorted.end(), [this](uint32_t a, uint32_t b) { return *terms_[a] < *terms_[b]; });
  for (const uint32_t term : sorted) DAFTAR_RETURN_IF_ERROR(writer.AddFilter(*terms_[term], docs_of[term]));
  return OkStatus();
}

Status SegmentBuilder::WriteWords(SegmentWriter& writer, const std::vector<uint32_t>& order) {
  // A counting sort by word that keeps the order of documents.
  const size_t words = tokenizer_.size() + 1;
  std::vector<size_t> begin(words + 1, 0);
  for (const Occurrence& occurrence : occurrences_) ++begin[occurrence.word + 1];
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  std::vector<Slot> slots(occurrences_.size());
  std::vector<uint32_t> words_of(order.size());
  std::vector<size_t> next(begin.begin(), begin.end() - 1);
  for (uint32_t doc = 0; doc < order.size(); ++doc) {
    const uint32_t number = order[doc];
    words_of[doc] = docs_[number].words;
    const size_t end = number + 1 < docs_.size() ? docs_[number + 1].occurrences : occurrences_.size();
    for (size_t i = docs_[number].occurrences; i < end; ++i) {
      slots[next[occurrences_[i].word]++] = {doc, occurrences_[i].place, occurrences_[i].level};
    }
  }
  std::vector<uint32_t> sorted(words);
  std::iota(sorted.begin(), sorted.end(), 0u);
  std::sort(sorted.begin(), sorted.end(), [this](uint32_t a, uint32_t b) { return WordOf(a) < WordOf(b); });
  for (const uint32_t word : sorted) {
    const std::span<const Slot> own(slots.data() + begin[word], begin[word + 1] - begin[word]);
    if (!own.empty()) DAFTAR_RETURN_IF_ERROR(WriteWord(writer, WordOf(word), own, words_of));
  }
  return OkStatus();
}

Status SegmentBuilder::WriteWord(SegmentWriter& writer, std::string_view word, std::span<const Slot> slots,
                                 const std::vector<uint32_t>& words_of) {
  std::vector<WordEntry> entries;
  std::vector<size_t> ends;  // of each entry's places in `places`
  std::string places;
  std::vector<uint32_t> own;
  for (size_t begin = 0; begin < slots.size();) {
    size_t end = begin;
    uint8_t level = 0;
    own.clear();
    for (; end < slots.size() && slots[end].doc == slots[begin].doc; ++end) {
      level = std::max<uint8_t>(level, slots[end].level);
      if (slots[end].place < kLastPlace) own.push_back(slots[end].place);
    }
    const uint32_t doc = slots[begin].doc;
    if (level == 0) level = TextLevel(static_cast<uint32_t>(end - begin), words_of[doc]);
    EncodePlaces(own, places);
    ends.push_back(places.size());
    entries.push_back({{doc, level}, {}});
    begin = end;
  }
  for (size_t i = 0; i < entries.size(); ++i) {
    const size_t begin = i == 0 ? 0 : ends[i - 1];
    entries[i].places = std::string_view(places).substr(begin, ends[i] - begin);
  }
  return writer.AddWord(word, entries);
}

}  // namespace daftar::search
