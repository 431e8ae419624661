#include "storage/search/index/segment.h"

#include "storage/search/index/word_groups.h"

namespace daftar::search {

StatusOr<Segment> Segment::Open(const BlockSource& source, uint32_t number) {
  DAFTAR_ASSIGN_OR_RETURN(const std::string_view bytes, source.Read(number, Section::kHeader, 0));
  DAFTAR_ASSIGN_OR_RETURN(SegmentHeader header, SegmentHeader::Decode(bytes));
  return Segment(source, number, std::make_shared<const SegmentHeader>(std::move(header)));
}

StatusOr<std::optional<TermRef>> Segment::Find(std::string_view term) const {
  return FindTerm(*source_, number_, header_->firsts, term);
}

StatusOr<std::vector<std::string>> Segment::WordsOf(char term_class, std::string_view key) const {
  std::string term(1, term_class);
  term += key;
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<TermRef> ref, Find(term));
  if (!ref) return std::vector<std::string>();
  std::string scratch;
  DAFTAR_ASSIGN_OR_RETURN(const std::string_view bytes, postings_.Read(ref->postings_at, ref->postings_size, scratch));
  return DecodeWords(bytes);
}

StatusOr<Segment::DocsBlock> Segment::DocsBlockOf(uint32_t doc) const {
  const uint32_t number = doc / kDocsPerBlock;
  if (last_docs_.number == number && doc < docs()) return last_docs_;
  if (doc >= docs()) return DataLoss("the text index names a document that is not there");
  DocsBlock block{number, std::min(kDocsPerBlock, docs() - number * kDocsPerBlock), ""};
  DAFTAR_ASSIGN_OR_RETURN(block.bytes, source_->Read(number_, Section::kDocs, number));
  if (block.bytes.size() != sizeof(uint64_t) + block.docs * 2 * sizeof(uint32_t)) {
    return DataLoss("the documents of the text index are damaged");
  }
  if (source_->lends_for_long()) last_docs_ = block;
  return block;
}

StatusOr<uint32_t> Segment::RidOf(uint32_t doc) const {
  DAFTAR_ASSIGN_OR_RETURN(const DocsBlock block, DocsBlockOf(doc));
  return RawAt<uint32_t>(block.bytes, sizeof(uint64_t) + doc % kDocsPerBlock * sizeof(uint32_t));
}

StatusOr<std::string_view> Segment::RowOf(uint32_t doc) const {
  DAFTAR_ASSIGN_OR_RETURN(const DocsBlock block, DocsBlockOf(doc));
  const uint32_t own = doc % kDocsPerBlock;
  const auto end_of = [&block](uint32_t row) {
    return RawAt<uint32_t>(block.bytes, sizeof(uint64_t) + (block.docs + row) * sizeof(uint32_t));
  };
  const uint64_t begin = own == 0 ? 0 : end_of(own - 1), end = end_of(own);
  if (begin > end) return DataLoss("the rows of the text index are damaged");
  return rows_.Read(RawAt<uint64_t>(block.bytes, 0) + begin, end - begin, row_scratch_);
}

StatusOr<std::optional<uint32_t>> Segment::DocOf(uint32_t rid, int32_t day) const {
  // In a day the highest rid comes first.
  auto [low, high] = header_->DocsOfDays(day, day);
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    DAFTAR_ASSIGN_OR_RETURN(const uint32_t there, RidOf(middle));
    if (there == rid) return std::optional<uint32_t>(middle);
    there > rid ? low = middle + 1 : high = middle;
  }
  return std::optional<uint32_t>();
}

StatusOr<StoredList> Segment::FacetsOf(uint32_t doc) const {
  const uint32_t number = doc / kFacetsPerBlock, first = number * kFacetsPerBlock;
  if (facet_block_ != number) {
    facet_block_ = UINT32_MAX;
    DAFTAR_ASSIGN_OR_RETURN(facet_bytes_, source_->Read(number_, Section::kFacets, number));
    if (source_->lends_for_long()) facet_block_ = number;
  }
  const uint32_t block_docs = docs() > first ? std::min(kFacetsPerBlock, docs() - first) : 0;
  const std::optional<StoredList> list = StoredList::In(facet_bytes_, block_docs, doc - first);
  bool sound = list.has_value();
  for (size_t i = 0; sound && i < list->size(); ++i) sound = (*list)[i] < header_->facet_values;
  if (!sound) return DataLoss("the facets of the text index are damaged");
  return *list;
}

StatusOr<std::vector<std::string>> Segment::FacetNames() const {
  StreamReader stream(*source_, number_, Section::kFacetNames, header_->facet_names_bytes);
  std::string scratch;
  DAFTAR_ASSIGN_OR_RETURN(const std::string_view bytes, stream.Read(0, stream.size(), scratch));
  DAFTAR_ASSIGN_OR_RETURN(std::vector<std::string> names, DecodeWords(bytes));
  if (names.size() != header_->facet_values) return DataLoss("the facets of the text index are damaged");
  return names;
}

StatusOr<DocSet> Segment::Deleted(uint32_t chunk) const {
  DocSet set;
  if (!may_have_deletions_) return set;
  const StatusOr<std::string_view> block = source_->Read(number_, Section::kDeleted, chunk);
  if (block.status().code() == StatusCode::kNotFound) return set;
  DAFTAR_RETURN_IF_ERROR(block.status());
  Reader in(*block);
  if (!set.Decode(in)) return DataLoss("the list of invalid documents of the text index is damaged");
  return set;
}

StatusOr<std::string_view> Segment::Column(Section section, uint32_t block) const {
  const StatusOr<std::string_view> found = source_->Read(number_, section, block);
  if (found.status().code() == StatusCode::kNotFound) return std::string_view();
  return found;
}

}  // namespace daftar::search
