// Builds a segment from documents, in memory.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "storage/search/analysis/tokenizer.h"
#include "storage/search/index/segment_writer.h"

namespace daftar::search {

// The word that stands at both ends of every name, so that a whole name can be asked for as a phrase.
inline constexpr std::string_view kNameBoundary = "\x01";
// Unused places between two texts of a document, so that no phrase reaches from one into the other.
inline constexpr uint32_t kTextGap = 8;

class SegmentBuilder {
 public:
  // In any order, each rid once.
  void Add(const IndexDoc& doc);
  uint32_t docs() const { return static_cast<uint32_t>(docs_.size()); }
  // About how much memory is in use.
  size_t bytes() const;
  // REQUIRES: docs() > 0.
  StatusOr<SegmentHeader> Write(BlockSink& sink, uint32_t segment);

 private:
  struct Doc {
    uint32_t rid = 0;
    int32_t day = kNoDay;
    uint32_t words = 0;
    size_t occurrences = 0, terms = 0;  // where its own begin; they end where those of the next begin
    std::vector<IndexDoc::Span> spans;
    std::vector<NumberRange> numbers;
    std::vector<IndexDoc::Point> points;
    std::string row;
  };
  // A word at a place, with the level that a name gives it; 0 in a text.
  struct Occurrence {
    uint32_t word;
    uint32_t place : 24, level : 8;
  };
  // Sorted by document.
  struct Slot {
    uint32_t doc;
    uint32_t place : 24, level : 8;
  };

  void AddText(const IndexDoc::Text& text, Doc& doc, uint32_t* place);
  std::string_view WordOf(uint32_t number) const;
  uint32_t TermNumber(const std::string& term);
  // The documents' numbers in docs_, in the order in which the segment has them.
  std::vector<uint32_t> Order() const;
  Status WriteDocs(SegmentWriter& writer, const std::vector<uint32_t>& order, std::vector<std::string>* facet_names);
  Status WriteFilters(SegmentWriter& writer, const std::vector<uint32_t>& order);
  Status WriteWords(SegmentWriter& writer, const std::vector<uint32_t>& order);
  Status WriteWord(SegmentWriter& writer, std::string_view word, std::span<const Slot> slots,
                   const std::vector<uint32_t>& words_of);

  Tokenizer tokenizer_;
  std::vector<Token> tokens_;
  std::vector<Doc> docs_;
  std::vector<Occurrence> occurrences_;
  std::unordered_map<std::string, uint32_t> term_numbers_;
  std::vector<const std::string*> terms_;  // by number
  std::vector<uint32_t> term_uses_;        // numbers of terms, document by document
};

}  // namespace daftar::search
