// Writes one segment: its documents in order, then its terms in order. The builder feeds it from records, the merger
// from other segments.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/search/index/blocks.h"
#include "storage/search/index/columns.h"
#include "storage/search/index/dictionary.h"
#include "storage/search/index/index_doc.h"
#include "storage/search/index/positions.h"
#include "storage/search/index/postings.h"
#include "storage/search/index/segment_header.h"
#include "storage/search/index/word_groups.h"

namespace daftar::search {

// A document as it stands in a segment.
struct DocValues {
  uint32_t rid = 0;
  int32_t day = kNoDay;
  std::span<const IndexDoc::Span> spans;
  std::span<const NumberRange> numbers;
  std::span<const IndexDoc::Point> points;
  std::span<const uint32_t> facets;  // numbers of facet values, ascending
  std::string_view row;
};

// A word in a document.
struct WordEntry {
  Posting posting;
  std::string_view places;  // as EncodePlaces made them
};

class SegmentWriter {
 public:
  SegmentWriter(BlockSink& sink, uint32_t segment, uint32_t docs);

  // Newest day first, in one day the highest rid first; exactly as many as announced.
  Status AddDoc(const DocValues& doc);
  // Then the filters, ascending: `docs` ascending, each once.
  Status AddFilter(std::string_view term, std::span<const uint32_t> docs);
  // Then the words, ascending, without their class byte: documents ascending, each once.
  Status AddWord(std::string_view word, std::span<const WordEntry> entries);
  // Then the end. `facet_names`: the terms that DocValues::facets number.
  StatusOr<SegmentHeader> Finish(std::span<const std::string> facet_names);

 private:
  Status FlushColumns();
  Status FlushDocs();
  Status FlushFacets();
  Status AddPostings(std::string_view term, std::span<const Posting> postings);
  Status EndBeginnings(std::string_view next_word);
  Status AddWordLists(char term_class, WordGroups& groups);

  BlockSink& sink_;
  const uint32_t segment_;
  SegmentHeader header_;
  uint32_t docs_added_ = 0;
  std::string rids_, row_ends_;
  uint64_t rows_begin_ = 0;  // of the documents of rids_
  ColumnWriter<int32_t> spans_, points_;
  ColumnWriter<float> numbers_[kMetrics];
  ListsWriter facets_;
  DictionaryWriter dictionary_;
  StreamWriter postings_, positions_, rows_;
  PositionsEncoder encoder_;
  BeginningCollector two_letters_, three_letters_;
  std::vector<std::pair<std::string, TermRef>> beginnings_;
  WordGroups stems_, skeletons_;
  std::vector<Posting> scratch_;
  std::string bytes_;
};

}  // namespace daftar::search
