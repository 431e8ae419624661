#include "storage/search/index/segment_writer.h"

#include <algorithm>

#include "storage/search/analysis/fold.h"
#include "storage/search/analysis/stem.h"

namespace daftar::search {
namespace {

std::string Term(char term_class, std::string_view rest) {
  std::string term(1, term_class);
  term += rest;
  return term;
}

bool HasLetters(std::string_view word) {
  return !word.empty() && std::none_of(word.begin(), word.end(), [](char c) { return c >= '\0' && c <= '9'; });
}

}  // namespace

SegmentWriter::SegmentWriter(BlockSink& sink, uint32_t segment, uint32_t docs)
    : sink_(sink),
      segment_(segment),
      dictionary_(sink, segment),
      postings_(sink, segment, Section::kPostings),
      positions_(sink, segment, Section::kPositions),
      rows_(sink, segment, Section::kRows),
      two_letters_(2, docs),
      three_letters_(3, docs) {
  header_.docs = docs;
}

Status SegmentWriter::AddDoc(const DocValues& doc) {
  const uint32_t number = docs_added_++;
  if (header_.days.empty() || header_.days.back().first != doc.day) header_.days.push_back({doc.day, number});
  PutRaw(rids_, doc.rid);
  for (const IndexDoc::Span& span : doc.spans) {
    if (span.first != doc.day || span.last != doc.day) spans_.Add(number, span.first, span.last);
  }
  for (const NumberRange& range : doc.numbers) {
    if (range.metric < kMetrics) numbers_[range.metric].Add(number, range.low, range.high);
  }
  for (const IndexDoc::Point& point : doc.points) points_.Add(number, point.lat_e7, point.lon_e7);
  DAFTAR_RETURN_IF_ERROR(rows_.Append(doc.row));
  PutRaw(row_ends_, static_cast<uint32_t>(rows_.position() - rows_begin_));
  facets_.Add(doc.facets);
  const bool last = docs_added_ == header_.docs;
  if (last || docs_added_ % kColumnDocs == 0) DAFTAR_RETURN_IF_ERROR(FlushColumns());
  if (last || docs_added_ % kDocsPerBlock == 0) DAFTAR_RETURN_IF_ERROR(FlushDocs());
  if (last || docs_added_ % kFacetsPerBlock == 0) DAFTAR_RETURN_IF_ERROR(FlushFacets());
  return OkStatus();
}

Status SegmentWriter::FlushColumns() {
  const uint32_t block = (docs_added_ - 1) / kColumnDocs;
  if (!spans_.empty()) DAFTAR_RETURN_IF_ERROR(sink_.Write(segment_, Section::kSpans, block, spans_.Finish()));
  if (!points_.empty()) DAFTAR_RETURN_IF_ERROR(sink_.Write(segment_, Section::kPoints, block, points_.Finish()));
  for (uint32_t metric = 0; metric < kMetrics; ++metric) {
    if (numbers_[metric].empty()) continue;
    DAFTAR_RETURN_IF_ERROR(
        sink_.Write(segment_, Section::kNumbers, block * kMetrics + metric, numbers_[metric].Finish()));
  }
  return OkStatus();
}

Status SegmentWriter::FlushDocs() {
  std::string block;
  PutRaw(block, rows_begin_);
  block += rids_;
  block += row_ends_;
  rids_.clear();
  row_ends_.clear();
  rows_begin_ = rows_.position();
  return sink_.Write(segment_, Section::kDocs, (docs_added_ - 1) / kDocsPerBlock, block);
}

Status SegmentWriter::FlushFacets() {
  return sink_.Write(segment_, Section::kFacets, (docs_added_ - 1) / kFacetsPerBlock, facets_.Finish());
}

Status SegmentWriter::AddPostings(std::string_view term, std::span<const Posting> postings) {
  bytes_.clear();
  EncodePostings(postings, bytes_);
  TermRef ref;
  ref.docs = static_cast<uint32_t>(postings.size());
  ref.postings_at = postings_.position();
  ref.postings_size = bytes_.size();
  ref.positions_at = positions_.position();
  DAFTAR_RETURN_IF_ERROR(postings_.Append(bytes_));
  if (term[0] == term_class::kBeginning) {
    beginnings_.emplace_back(term, ref);
    return OkStatus();
  }
  if (term[0] == term_class::kWord) {
    bytes_.clear();
    encoder_.Finish(bytes_);
    ref.positions_size = bytes_.size();
    DAFTAR_RETURN_IF_ERROR(positions_.Append(bytes_));
  }
  return dictionary_.Add(term, ref);
}

Status SegmentWriter::AddFilter(std::string_view term, std::span<const uint32_t> docs) {
  scratch_.clear();
  for (const uint32_t doc : docs) scratch_.push_back({doc, 0});
  return AddPostings(term, scratch_);
}

Status SegmentWriter::AddWord(std::string_view word, std::span<const WordEntry> entries) {
  DAFTAR_RETURN_IF_ERROR(EndBeginnings(word));
  scratch_.clear();
  bool in_name = false;
  for (const WordEntry& entry : entries) {
    scratch_.push_back(entry.posting);
    encoder_.Add(entry.posting.doc, entry.places);
    in_name = in_name || entry.posting.level >= kFirstNameLevel;
  }
  two_letters_.Add(word, scratch_);
  three_letters_.Add(word, scratch_);
  if (HasLetters(word)) {
    if (std::string stem = Stem(word); stem != word) stems_.Add(std::move(stem), word);
    if (in_name) {
      if (std::string skeleton = Skeleton(word); !skeleton.empty()) skeletons_.Add(std::move(skeleton), word);
    }
  }
  return AddPostings(Term(term_class::kWord, word), scratch_);
}

Status SegmentWriter::EndBeginnings(std::string_view next_word) {
  std::string beginning;
  std::vector<Posting> postings;
  for (BeginningCollector* collector : {&two_letters_, &three_letters_}) {
    if (!collector->EndsBefore(next_word, &beginning, &postings)) continue;
    DAFTAR_RETURN_IF_ERROR(AddPostings(Term(term_class::kBeginning, beginning), postings));
  }
  return OkStatus();
}

Status SegmentWriter::AddWordLists(char term_class, WordGroups& groups) {
  return groups.ForEach([&](const std::string& key, std::span<const std::string_view> words) -> Status {
    const std::string list = EncodeWords(words);
    TermRef ref;
    ref.postings_at = postings_.position();
    ref.postings_size = list.size();
    ref.positions_at = positions_.position();
    DAFTAR_RETURN_IF_ERROR(postings_.Append(list));
    return dictionary_.Add(Term(term_class, key), ref);
  });
}

StatusOr<SegmentHeader> SegmentWriter::Finish(std::span<const std::string> facet_names) {
  if (docs_added_ != header_.docs) return Internal("a segment got fewer documents than announced");
  DAFTAR_RETURN_IF_ERROR(EndBeginnings(""));
  std::sort(beginnings_.begin(), beginnings_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [term, ref] : beginnings_) DAFTAR_RETURN_IF_ERROR(dictionary_.Add(term, ref));
  DAFTAR_RETURN_IF_ERROR(AddWordLists(term_class::kStem, stems_));
  DAFTAR_RETURN_IF_ERROR(AddWordLists(term_class::kSkeleton, skeletons_));
  DAFTAR_RETURN_IF_ERROR(dictionary_.Finish());
  DAFTAR_RETURN_IF_ERROR(postings_.Finish());
  DAFTAR_RETURN_IF_ERROR(positions_.Finish());
  DAFTAR_RETURN_IF_ERROR(rows_.Finish());
  StreamWriter names(sink_, segment_, Section::kFacetNames);
  for (const std::string& name : facet_names) {
    const std::string_view view = name;
    DAFTAR_RETURN_IF_ERROR(names.Append(EncodeWords(std::span(&view, 1))));
  }
  DAFTAR_RETURN_IF_ERROR(names.Finish());
  header_.postings_bytes = postings_.position();
  header_.positions_bytes = positions_.position();
  header_.rows_bytes = rows_.position();
  header_.facet_names_bytes = names.position();
  header_.facet_values = static_cast<uint32_t>(facet_names.size());
  header_.firsts = dictionary_.firsts();
  DAFTAR_RETURN_IF_ERROR(sink_.Write(segment_, Section::kHeader, 0, header_.Encode()));
  return std::move(header_);
}

}  // namespace daftar::search
