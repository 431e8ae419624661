#include "storage/view/doc_sums.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <string>
#include <string_view>

#include "storage/search/index/index_doc.h"

namespace daftar {
namespace {

using search::kChunkDocs;
using search::kColumnDocs;
using search::kMetrics;
using search::Segment;

// Kinds of entries, so that equal bytes of two kinds differ.
enum Salt : uint64_t { kDay = 1, kRow, kFacet, kSpan, kPoint, kNumber, kTerm = 1000 };

uint64_t Mix(uint64_t a, uint64_t b) {
  uint64_t mixed = (a + 0x9e3779b97f4a7c15) * 0xbf58476d1ce4e5b9 ^ b;
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
  return mixed ^ (mixed >> 31);
}

uint64_t HashOfBytes(std::string_view bytes) { return std::hash<std::string_view>()(bytes); }

class Summer {
 public:
  Summer(const Segment& segment, const std::function<bool()>& go_on)
      : segment_(segment), go_on_(go_on), sums_(segment.docs()) {}

  StatusOr<std::vector<uint64_t>> Run() {
    DAFTAR_RETURN_IF_ERROR(AddDocs());
    for (uint32_t block = 0; uint64_t{block} * kColumnDocs < segment_.docs(); ++block) {
      DAFTAR_RETURN_IF_ERROR(AddColumns(block));
    }
    DAFTAR_RETURN_IF_ERROR(AddTerms());
    return std::move(sums_);
  }

 private:
  Status GoOn() const {
    return go_on_ == nullptr || go_on_() ? OkStatus() : Cancelled("the check of the text index was stopped");
  }

  Status AddDocs() {
    DAFTAR_ASSIGN_OR_RETURN(const std::vector<std::string> names, segment_.FacetNames());
    std::vector<uint64_t> of_facet;
    for (const std::string& name : names) of_facet.push_back(Mix(kFacet, HashOfBytes(name)));
    for (uint32_t doc = 0; doc < segment_.docs(); ++doc) {
      if (doc % kColumnDocs == 0) DAFTAR_RETURN_IF_ERROR(GoOn());
      DAFTAR_ASSIGN_OR_RETURN(const std::string_view row, segment_.RowOf(doc));
      sums_[doc] += Mix(kRow, HashOfBytes(row));
      sums_[doc] += Mix(kDay, static_cast<uint32_t>(segment_.header().DayOf(doc)));
      DAFTAR_ASSIGN_OR_RETURN(const search::StoredList facets, segment_.FacetsOf(doc));
      for (size_t i = 0; i < facets.size(); ++i) sums_[doc] += of_facet[facets[i]];
    }
    return OkStatus();
  }

  template <typename Half>
  Status AddColumn(uint64_t salt, uint32_t block, std::string_view bytes) {
    bool fits = true;
    const bool whole =
        bytes.empty() || search::ForEachValue<Half>(bytes, [&](uint16_t at, Half first, Half second) {
          const uint64_t doc = uint64_t{block} * kColumnDocs + at;
          fits = fits && doc < sums_.size();
          if (!fits) return;
          sums_[doc] += Mix(salt, uint64_t{std::bit_cast<uint32_t>(first)} << 32 | std::bit_cast<uint32_t>(second));
        });
    return whole && fits ? OkStatus() : DataLoss("a column of the text index is damaged");
  }

  Status AddColumns(uint32_t block) {
    DAFTAR_ASSIGN_OR_RETURN(const std::string_view spans, segment_.Spans(block));
    DAFTAR_RETURN_IF_ERROR(AddColumn<int32_t>(kSpan, block, spans));
    DAFTAR_ASSIGN_OR_RETURN(const std::string_view points, segment_.Points(block));
    DAFTAR_RETURN_IF_ERROR(AddColumn<int32_t>(kPoint, block, points));
    for (uint32_t metric = 0; metric < kMetrics; ++metric) {
      DAFTAR_ASSIGN_OR_RETURN(const std::string_view numbers, segment_.Numbers(metric, block));
      DAFTAR_RETURN_IF_ERROR(AddColumn<float>(kNumber + metric, block, numbers));
    }
    return OkStatus();
  }

  Status AddTerms() {
    search::DictionaryCursor terms = segment_.Terms();
    DAFTAR_RETURN_IF_ERROR(terms.Seek(""));
    for (uint64_t count = 1; terms.valid() && terms.term()[0] <= search::term_class::kWord; ++count) {
      if (count % 256 == 0) DAFTAR_RETURN_IF_ERROR(GoOn());
      DAFTAR_RETURN_IF_ERROR(AddTerm(terms.term(), terms.ref()));
      DAFTAR_RETURN_IF_ERROR(terms.Next());
    }
    return OkStatus();
  }

  Status AddTerm(std::string_view term, const search::TermRef& ref) {
    const uint64_t own = Mix(kTerm, HashOfBytes(term));
    const bool word = term[0] == search::term_class::kWord;
    search::PostingsCursor postings = segment_.Postings(ref);
    search::PositionsCursor positions = segment_.Positions(ref);
    while (true) {
      DAFTAR_ASSIGN_OR_RETURN(const std::optional<uint32_t> chunk, postings.Next());
      if (!chunk) return OkStatus();
      DAFTAR_ASSIGN_OR_RETURN(const search::ChunkPostings* found, postings.Load());
      DAFTAR_RETURN_IF_ERROR(postings.LoadLevels());
      if (word) DAFTAR_RETURN_IF_ERROR(positions.Seek(*chunk));
      found->Flatten(entries_);
      for (uint32_t rank = 0; rank < entries_.size(); ++rank) {
        const uint64_t doc = uint64_t{*chunk} * kChunkDocs + entries_[rank].doc;
        if (doc >= sums_.size()) return DataLoss("the text index names a document that is not there");
        uint64_t places = 0;
        if (word) {
          DAFTAR_ASSIGN_OR_RETURN(const std::string_view coded, positions.Coded(rank));
          places = HashOfBytes(coded);
        }
        sums_[doc] += Mix(own + entries_[rank].level, places);
      }
    }
  }

  const Segment& segment_;
  const std::function<bool()>& go_on_;
  std::vector<uint64_t> sums_;
  std::vector<search::Posting> entries_;  // documents of a chunk with their levels
};

}  // namespace

StatusOr<std::vector<uint64_t>> DocSums(const Segment& segment, const std::function<bool()>& go_on) {
  return Summer(segment, go_on).Run();
}

}  // namespace daftar
