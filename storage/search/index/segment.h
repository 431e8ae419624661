// Reads one segment: a head, shared and kept, and a source, borrowed. Cheap to make; one for each question. Cursors
// borrow from it: it must not move while they live.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/search/index/blocks.h"
#include "storage/search/index/columns.h"
#include "storage/search/index/dictionary.h"
#include "storage/search/index/positions.h"
#include "storage/search/index/postings.h"
#include "storage/search/index/segment_header.h"

namespace daftar::search {

// One thread at a time. Every error is that of the source, or DataLoss for blocks that are not what they should be.
class Segment {
 public:
  // `may_have_deletions`: false if it is known that none of its documents is deleted.
  Segment(const BlockSource& source, uint32_t number, std::shared_ptr<const SegmentHeader> header,
          bool may_have_deletions = true)
      : source_(&source),
        number_(number),
        may_have_deletions_(may_have_deletions),
        header_(std::move(header)),
        postings_(source, number, Section::kPostings, header_->postings_bytes),
        positions_(source, number, Section::kPositions, header_->positions_bytes),
        rows_(source, number, Section::kRows, header_->rows_bytes) {}

  // Reads the head. For those who keep none.
  static StatusOr<Segment> Open(const BlockSource& source, uint32_t number);

  uint32_t number() const { return number_; }
  const SegmentHeader& header() const { return *header_; }
  uint32_t docs() const { return header_->docs; }

  // nullopt if the segment does not have the term.
  StatusOr<std::optional<TermRef>> Find(std::string_view term) const;
  DictionaryCursor Terms() const { return DictionaryCursor(*source_, number_, header_->firsts); }
  PostingsCursor Postings(const TermRef& term) const { return PostingsCursor(postings_, term); }
  PositionsCursor Positions(const TermRef& term) const { return PositionsCursor(positions_, term); }
  // The words that a stem or skeleton stands for; empty if the segment does not have it.
  StatusOr<std::vector<std::string>> WordsOf(char term_class, std::string_view key) const;

  StatusOr<uint32_t> RidOf(uint32_t doc) const;
  // The document of a record that is sorted under that day; nullopt if it is not here.
  StatusOr<std::optional<uint32_t>> DocOf(uint32_t rid, int32_t day) const;
  // The bytes that the builder was given for lists: a view that lives until the next call.
  StatusOr<std::string_view> RowOf(uint32_t doc) const;
  // Numbers of the facet values that the document lists, ascending; all below header().facet_values. Lives until the
  // next call.
  StatusOr<StoredList> FacetsOf(uint32_t doc) const;
  StatusOr<std::vector<std::string>> FacetNames() const;
  // Documents that are no longer valid.
  StatusOr<DocSet> Deleted(uint32_t chunk) const;

  // A block of a column; empty if no document of it has a value. `block`: number of 4,096 documents.
  StatusOr<std::string_view> Spans(uint32_t block) const { return Column(Section::kSpans, block); }
  StatusOr<std::string_view> Points(uint32_t block) const { return Column(Section::kPoints, block); }
  StatusOr<std::string_view> Numbers(uint32_t metric, uint32_t block) const {
    return Column(Section::kNumbers, block * kMetrics + metric);
  }

 private:
  // The block of a document in section kDocs, remembered: neighbours are asked for one after the other.
  struct DocsBlock {
    uint32_t number = UINT32_MAX;
    uint32_t docs = 0;
    std::string_view bytes;
  };
  StatusOr<DocsBlock> DocsBlockOf(uint32_t doc) const;
  StatusOr<std::string_view> Column(Section section, uint32_t block) const;

  const BlockSource* source_;
  uint32_t number_;
  bool may_have_deletions_;
  std::shared_ptr<const SegmentHeader> header_;
  StreamReader postings_, positions_, rows_;
  mutable DocsBlock last_docs_;
  mutable std::string row_scratch_;
  // The block of facets last read.
  mutable uint32_t facet_block_ = UINT32_MAX;
  mutable std::string_view facet_bytes_;
};

}  // namespace daftar::search
