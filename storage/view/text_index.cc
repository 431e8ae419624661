#include "storage/view/text_index.h"

#include <algorithm>

#include "storage/model/derived.h"
#include "storage/search/analysis/fold.h"
#include "storage/search/index/index_doc.h"
#include "storage/search/index/segment_builder.h"
#include "storage/search/record_doc.h"
#include "storage/view/cached_records.h"
#include "storage/view/view_writer.h"

namespace daftar {
namespace {

using search::kChunkDocs;
using search::Section;
using search::Segment;
using tables::U32Key;

constexpr std::string_view kManifestKey = "text";
// Values of the table `behind`: no valid document stands for the record, or one that is to be replaced.
constexpr std::string_view kMissing = "", kOutdated = "1";

}  // namespace

StatusOr<v1::IndexManifest> LoadManifest(const lmdb::Environment& env, const lmdb::ReadTxn& txn) {
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<std::string_view> bytes, txn.Get(env.table(tables::kMeta), kManifestKey));
  v1::IndexManifest manifest;
  if (bytes && !manifest.ParseFromArray(bytes->data(), static_cast<int>(bytes->size()))) {
    return DataLoss("the list of segments of the text index does not parse");
  }
  return manifest;
}

Status StoreManifest(const lmdb::Environment& env, lmdb::WriteTxn& txn, const v1::IndexManifest& manifest) {
  return txn.Put(env.table(tables::kMeta), kManifestKey, manifest.SerializeAsString());
}

bool IsCurrent(const v1::IndexManifest& manifest) {
  if (manifest.next_number() == 0) return true;
  return manifest.analysis() == search::kAnalysisVersion && manifest.format() == search::kSegmentFormat;
}

StatusOr<std::vector<std::unique_ptr<Segment>>> OpenSegments(const v1::IndexManifest& manifest,
                                                             const search::BlockSource& blocks, SegmentCache* cache,
                                                             bool hides) {
  std::vector<std::unique_ptr<Segment>> segments;
  for (const v1::IndexSegment& entry : manifest.segment()) {
    std::shared_ptr<const search::SegmentHeader> header = cache == nullptr ? nullptr : cache->Header(entry.number());
    if (header == nullptr) {
      DAFTAR_ASSIGN_OR_RETURN(const std::string_view bytes, blocks.Read(entry.number(), Section::kHeader, 0));
      DAFTAR_ASSIGN_OR_RETURN(search::SegmentHeader read, search::SegmentHeader::Decode(bytes));
      header = std::make_shared<const search::SegmentHeader>(std::move(read));
      if (cache != nullptr) cache->PutHeader(entry.number(), header);
    }
    segments.push_back(
        std::make_unique<Segment>(blocks, entry.number(), std::move(header), hides || entry.deleted() > 0));
  }
  return segments;
}

StatusOr<bool> DropBlocks(const lmdb::Environment& env, lmdb::WriteTxn& txn, uint32_t segment, size_t most) {
  const lmdb::Table table = env.table(tables::kText);
  std::vector<std::string> keys;
  {
    lmdb::Cursor cursor = txn.SeekPrefix(table, U32Key(segment));
    while (keys.size() < most && (cursor.valid() || cursor.at_damaged())) {
      keys.emplace_back(cursor.key());
      cursor.valid() ? cursor.Next() : cursor.SkipDamaged();
    }
    if (!cursor.valid() && !cursor.at_damaged()) DAFTAR_RETURN_IF_ERROR(cursor.status());
  }
  for (const std::string& key : keys) DAFTAR_RETURN_IF_ERROR(txn.Delete(table, key));
  return keys.size() < most;
}

void TextIndexWriter::Touch(Rid rid, const Before& before, std::optional<Record> now) {
  const auto [at, added] = touched_.try_emplace(rid, Touched{before, std::nullopt});
  Before& first = at->second.before;
  // Touched twice, it stood in the index as it was before the first time.
  if (!added) first.others_depend = first.others_depend || before.others_depend;
  if (touched_.size() <= kMostIndexedAtOnce && !later_) {
    at->second.now = std::move(now);
  } else if (added && touched_.size() == kMostIndexedAtOnce + 1) {
    for (auto& [other, touched] : touched_) touched.now.reset();
  }
}

Status TextIndexWriter::OpenAll() {
  if (opened_) return OkStatus();
  opened_ = true;
  DAFTAR_ASSIGN_OR_RETURN(manifest_, LoadManifest(*env_, *txn_));
  if (!IsCurrent(manifest_)) return FailedPrecondition("the text index was made by another version");
  if (manifest_.next_number() == 0) manifest_.set_next_number(1);
  manifest_.set_analysis(search::kAnalysisVersion);
  manifest_.set_format(search::kSegmentFormat);
  // Blocks are read from the state before this transaction, whose bytes no write here moves.
  DAFTAR_ASSIGN_OR_RETURN(lmdb::ReadTxn before, env_->BeginRead());
  before_ = std::make_unique<lmdb::ReadTxn>(std::move(before));
  blocks_ = std::make_unique<TextBlocks>(*before_, table(tables::kText), nullptr);
  DAFTAR_ASSIGN_OR_RETURN(segments_, OpenSegments(manifest_, *blocks_, nullptr));
  return OkStatus();
}

Status TextIndexWriter::Finish() {
  if (touched_.empty()) return OkStatus();
  DAFTAR_RETURN_IF_ERROR(OpenAll());
  std::vector<Rid> depended_on;
  for (const auto& [rid, touched] : touched_) {
    if (touched.before.is_new) continue;
    DAFTAR_RETURN_IF_ERROR(MarkDeleted(rid, touched.before));
    if (touched.before.others_depend) depended_on.push_back(rid);
  }
  for (const Rid rid : depended_on) DAFTAR_RETURN_IF_ERROR(PutReferrersBehind(rid));
  if (touched_.size() > kMostIndexedAtOnce || later_) {
    for (const auto& [rid, touched] : touched_) {
      const bool outlined = outlines_ != nullptr && outlines_->Has(rid);
      DAFTAR_RETURN_IF_ERROR(PutBehind(rid, outlined ? kOutdated : kMissing));
    }
    DAFTAR_RETURN_IF_ERROR(WriteOutlines());
  } else {
    std::set<Rid> rids;
    for (const auto& [rid, touched] : touched_) {
      rids.insert(rid);
      DAFTAR_RETURN_IF_ERROR(txn_->Delete(table(tables::kBehind), U32Key(rid)));
    }
    DAFTAR_RETURN_IF_ERROR(IndexRids(rids));
  }
  touched_.clear();
  DAFTAR_RETURN_IF_ERROR(StoreDeletions());
  return StoreManifest(*env_, *txn_, manifest_);
}

Status TextIndexWriter::PutBehind(Rid rid, std::string_view state) {
  return txn_->Put(table(tables::kBehind), U32Key(rid), state);
}

StatusOr<std::optional<Record>> TextIndexWriter::RecordOf(Rid rid) const {
  const auto at = touched_.find(rid);
  if (at != touched_.end() && at->second.now) return at->second.now;
  return records_->LoadRecord(*txn_, rid);
}

Status TextIndexWriter::IndexRids(const std::set<Rid>& rids) {
  search::SegmentBuilder builder;
  CachedRecords records(*env_, *records_, *txn_);
  const RecordLookup lookup = records.Lookup();
  for (const Rid rid : rids) {
    const StatusOr<std::optional<Record>> record = RecordOf(rid);
    // Damaged ones are noted elsewhere, and indexed when they are replaced; those of a newer schema wait for it.
    if (record.status().code() == StatusCode::kDataLoss) continue;
    DAFTAR_RETURN_IF_ERROR(record.status());
    if (!*record || (*record)->retirement() != nullptr) continue;
    DAFTAR_ASSIGN_OR_RETURN(const search::IndexDoc doc, search::DocOf(rid, **record, lookup));
    builder.Add(doc);
  }
  if (builder.docs() == 0) return OkStatus();
  const v1::IndexSegment& entry = AddSegment(builder.docs());
  TextBlockWriter sink(*txn_, table(tables::kText));
  return builder.Write(sink, entry.number()).status();
}

v1::IndexSegment& TextIndexWriter::AddSegment(uint32_t docs) {
  v1::IndexSegment& entry = *manifest_.add_segment();
  entry.set_number(manifest_.next_number());
  entry.set_docs(docs);
  manifest_.set_next_number(manifest_.next_number() + 1);
  return entry;
}

Status TextIndexWriter::WriteOutlines() {
  if (outlines_ == nullptr || outlines_->rids().empty()) return OkStatus();
  v1::IndexSegment& entry = AddSegment(static_cast<uint32_t>(outlines_->rids().size()));
  entry.set_first_outline(outlines_->rids().front());
  entry.set_last_outline(outlines_->rids().back());
  TextBlockWriter sink(*txn_, table(tables::kText));
  return outlines_->WriteTo(sink, entry.number());
}

void TextIndexWriter::DropOutlines(Rid from) {
  for (int at = static_cast<int>(segments_.size()) - 1; at >= 0; --at) {
    if (manifest_.segment(at).first_outline() < from) continue;
    manifest_.add_dropped(manifest_.segment(at).number());
    manifest_.mutable_segment()->DeleteSubrange(at, 1);
    segments_.erase(segments_.begin() + at);
  }
}

Status TextIndexWriter::MarkDeleted(Rid rid, const Before& before) {
  for (size_t at = 0; at < segments_.size(); ++at) {
    const auto& segment = segments_[at];
    const v1::IndexSegment& entry = manifest_.segment(static_cast<int>(at));
    const bool outlines = entry.first_outline() != 0;
    if (outlines && (rid < entry.first_outline() || rid > entry.last_outline())) continue;
    if (!before.unknown) {
      DAFTAR_ASSIGN_OR_RETURN(const std::optional<uint32_t> doc,
                              segment->DocOf(rid, before.day.value_or(search::kNoDay)));
      if (doc) DAFTAR_RETURN_IF_ERROR(DeleteDoc(*segment, *doc));
      continue;
    }
    // The record could not be read any more: every document is looked at.
    for (uint32_t doc = 0; doc < segment->docs(); ++doc) {
      DAFTAR_ASSIGN_OR_RETURN(const Rid there, segment->RidOf(doc));
      if (there == rid) DAFTAR_RETURN_IF_ERROR(DeleteDoc(*segment, doc));
    }
  }
  return OkStatus();
}

Status TextIndexWriter::DeleteDoc(const Segment& segment, uint32_t doc) {
  const uint32_t chunk = doc / kChunkDocs;
  auto at = deleted_.find({segment.number(), chunk});
  if (at == deleted_.end()) {
    DAFTAR_ASSIGN_OR_RETURN(search::DocSet deleted, segment.Deleted(chunk));
    at = deleted_.emplace(std::pair(segment.number(), chunk), std::move(deleted)).first;
  }
  const uint16_t own = static_cast<uint16_t>(doc % kChunkDocs);
  if (at->second.Has(own)) return OkStatus();
  search::DocSet one;
  one.Append(own);
  at->second.Or(one);
  for (v1::IndexSegment& entry : *manifest_.mutable_segment()) {
    if (entry.number() == segment.number()) entry.set_deleted(entry.deleted() + 1);
  }
  return OkStatus();
}

Status TextIndexWriter::StoreDeletions() {
  for (const auto& [place, docs] : deleted_) {
    std::string bytes;
    docs.Encode(bytes);
    DAFTAR_RETURN_IF_ERROR(
        txn_->Put(table(tables::kText), TextKey(place.first, Section::kDeleted, place.second), bytes));
  }
  deleted_.clear();
  return OkStatus();
}

Status TextIndexWriter::PutReferrersBehind(Rid rid) {
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<v1::StoredRecord> stored, records_->Load(*txn_, rid));
  if (!stored) return OkStatus();
  std::vector<Rid> referrers;
  // What is weighed by a source is weighed by what that source goes back to as well.
  std::vector<std::string> ids = {stored->id()}, sources;
  std::set<std::string> known(ids.begin(), ids.end());
  const bool source = stored->kind() == v1::RecordKind::SOURCE;
  for (size_t at = 0; at < ids.size(); ++at) {
    sources.clear();
    for (const char term_class : {search::term_class::kRef, search::term_class::kPlace}) {
      const std::string term = std::string(1, term_class) + ids[at];
      for (const auto& segment : segments_) {
        DAFTAR_RETURN_IF_ERROR(AddReferrers(*segment, term, referrers, source ? &sources : nullptr));
      }
    }
    for (const std::string& id : sources) {
      if (known.insert(id).second) ids.push_back(id);
    }
  }
  for (const Rid referrer : referrers) {
    if (!touched_.contains(referrer)) DAFTAR_RETURN_IF_ERROR(PutBehind(referrer, kOutdated));
  }
  return OkStatus();
}

Status TextIndexWriter::AddReferrers(const Segment& segment, const std::string& term, std::vector<Rid>& referrers,
                                     std::vector<std::string>* sources) {
  DAFTAR_ASSIGN_OR_RETURN(const auto found_term, segment.Find(term));
  if (!found_term) return OkStatus();
  search::PostingsCursor postings = segment.Postings(*found_term);
  while (true) {
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<uint32_t> chunk, postings.Next());
    if (!chunk) return OkStatus();
    DAFTAR_ASSIGN_OR_RETURN(const search::ChunkPostings* found, postings.Load());
    for (const uint16_t own : found->all().First(kChunkDocs)) {
      const uint32_t doc = *chunk * kChunkDocs + own;
      DAFTAR_ASSIGN_OR_RETURN(const Rid referrer, segment.RidOf(doc));
      referrers.push_back(referrer);
      if (sources == nullptr) continue;
      DAFTAR_ASSIGN_OR_RETURN(const std::string_view bytes, segment.RowOf(doc));
      DAFTAR_ASSIGN_OR_RETURN(const search::RowView row, search::DecodeRow(bytes));
      if (row.kind == v1::RecordKind::SOURCE) sources->push_back(row.id.str());
    }
  }
}

StatusOr<uint64_t> TextIndexWriter::CatchUp(size_t most) {
  std::set<Rid> rids, outdated;
  {
    lmdb::Cursor cursor = txn_->SeekLast(table(tables::kBehind), "");
    for (; cursor.valid() && rids.size() < most; cursor.Prev()) {
      rids.insert(tables::RidOf(cursor.key()));
      if (cursor.value() == kOutdated) outdated.insert(tables::RidOf(cursor.key()));
    }
    DAFTAR_RETURN_IF_ERROR(cursor.status());
  }
  if (rids.empty()) return 0;
  DAFTAR_RETURN_IF_ERROR(OpenAll());
  for (const Rid rid : rids) DAFTAR_RETURN_IF_ERROR(txn_->Delete(table(tables::kBehind), U32Key(rid)));
  // Outlines stand only for what is behind, and of that these are the highest.
  DropOutlines(*rids.begin());
  for (const Rid rid : outdated) {
    const auto record = records_->LoadRecord(*txn_, rid);
    Before before;
    before.unknown = !record.ok() || !*record;  // gone or damaged
    if (!before.unknown) before.day = SortDay(**record);
    DAFTAR_RETURN_IF_ERROR(MarkDeleted(rid, before));
  }
  DAFTAR_RETURN_IF_ERROR(IndexRids(rids));
  DAFTAR_RETURN_IF_ERROR(StoreDeletions());
  DAFTAR_RETURN_IF_ERROR(StoreManifest(*env_, *txn_, manifest_));
  return txn_->Count(table(tables::kBehind));
}

Status TextIndexWriter::StartAnew() {
  const StatusOr<v1::IndexManifest> old = LoadManifest(*env_, *txn_);
  if (!old.ok() && old.status().code() != StatusCode::kDataLoss) return old.status();
  uint32_t next_number = old.ok() ? std::max(old->next_number(), 1u) : 1;  // numbers are never used twice
  {
    const lmdb::Cursor last = txn_->SeekLast(table(tables::kText), "");
    std::string_view key = last.valid() || last.at_damaged() ? last.key() : std::string_view();
    if (uint32_t number = 0; TakeU32(key, number)) next_number = std::max(next_number, number + 1);
  }
  DAFTAR_RETURN_IF_ERROR(txn_->Clear(table(tables::kText)));
  DAFTAR_RETURN_IF_ERROR(txn_->Clear(table(tables::kBehind)));
  std::vector<std::string> keys;
  {
    lmdb::Cursor cursor = txn_->Seek(table(tables::kRecord), "");
    while (cursor.valid() || cursor.at_damaged()) {
      keys.emplace_back(cursor.key());
      cursor.valid() ? cursor.Next() : cursor.SkipDamaged();
    }
    DAFTAR_RETURN_IF_ERROR(cursor.status());
  }
  for (const std::string& key : keys) DAFTAR_RETURN_IF_ERROR(txn_->Append(table(tables::kBehind), key, kMissing));
  v1::IndexManifest manifest;
  manifest.set_next_number(next_number);
  manifest.set_analysis(search::kAnalysisVersion);
  manifest.set_format(search::kSegmentFormat);
  return StoreManifest(*env_, *txn_, manifest);
}

}  // namespace daftar
