#include "storage/search/index/facets.h"

#include "storage/search/index/index_doc.h"

namespace daftar::search {
namespace {

// Classes with few values in any dataset, ascending; and those with many.
constexpr std::string_view kCounted = "CGKMPTVY", kListed = "#AS";

// Grades are "B2", not its halves.
bool IsValue(std::string_view term) { return term[0] != term_class::kGrade || term.size() == 3; }

}  // namespace

bool IsListedFacet(std::string_view term) { return !term.empty() && kListed.find(term[0]) != std::string_view::npos; }

StatusOr<FacetCounter> FacetCounter::Make(const Segment& segment) {
  FacetCounter counter(segment);
  DictionaryCursor terms = segment.Terms();
  for (const char term_class : kCounted) {
    DAFTAR_RETURN_IF_ERROR(terms.Seek(std::string_view(&term_class, 1)));
    while (terms.valid() && terms.term()[0] == term_class) {
      if (IsValue(terms.term())) {
        counter.values_.push_back({std::string(terms.term()), segment.Postings(terms.ref())});
      }
      DAFTAR_RETURN_IF_ERROR(terms.Next());
    }
  }
  return counter;
}

Status FacetCounter::Count(uint32_t chunk, const DocSet& docs) {
  for (Value& value : values_) {
    DAFTAR_ASSIGN_OR_RETURN(const bool there, value.postings.Seek(chunk));
    if (!there) continue;
    DAFTAR_ASSIGN_OR_RETURN(const ChunkPostings* postings, value.postings.Load());
    value.docs += docs.AndSize(postings->all());
  }
  if (listed_docs_.empty()) return OkStatus();
  Status failed;
  docs.ForEach([&](uint16_t doc) {
    if (!failed.ok()) return;
    const StatusOr<StoredList> listed = segment_->FacetsOf(chunk * kChunkDocs + doc);
    failed = listed.status();
    for (size_t i = 0; failed.ok() && i < listed->size(); ++i) ++listed_docs_[(*listed)[i]];
  });
  return failed;
}

Status FacetCounter::AddTo(FacetCounts& counts) const {
  for (const Value& value : values_) {
    if (value.docs > 0) counts[value.term] += value.docs;
  }
  if (listed_docs_.empty()) return OkStatus();
  DAFTAR_ASSIGN_OR_RETURN(std::vector<std::string> names, segment_->FacetNames());
  for (size_t i = 0; i < names.size(); ++i) {
    if (listed_docs_[i] > 0) counts[std::move(names[i])] += listed_docs_[i];
  }
  return OkStatus();
}

}  // namespace daftar::search
