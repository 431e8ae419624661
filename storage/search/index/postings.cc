#include "storage/search/index/postings.h"

#include <algorithm>

namespace daftar::search {
namespace {

// The levels of few documents are looked up one by one.
constexpr uint32_t kFew = 256;
constexpr uint64_t kLongestHead = 30;  // three varints

Status Damaged() { return DataLoss("the postings of a word in the text index are damaged"); }

// The levels beside a list.
void EncodeListed(std::span<const Posting> postings, std::string& out) {
  for (size_t i = 0; i < postings.size(); i += 2) {
    const int second = i + 1 < postings.size() ? postings[i + 1].level : 0;
    out.push_back(static_cast<char>(postings[i].level | second << 4));
  }
}

// The levels beside bits.
void EncodeSets(std::span<const Posting> postings, std::string& out) {
  std::array<DocSet, kLevels> sets;
  for (const Posting& posting : postings) sets[posting.level].Append(static_cast<uint16_t>(posting.doc % kChunkDocs));
  const auto most =
      std::max_element(sets.begin(), sets.end(), [](const DocSet& a, const DocSet& b) { return a.size() < b.size(); });
  out.push_back(static_cast<char>(most - sets.begin()));
  for (auto set = sets.begin(); set != sets.end(); ++set) {
    if (set != most && !set->empty()) set->Encode(out);
  }
}

void EncodeChunk(std::span<const Posting> postings, std::string& docs, std::string& levels) {
  DocSet all;
  uint8_t mask = 0;
  for (const Posting& posting : postings) {
    all.Append(static_cast<uint16_t>(posting.doc % kChunkDocs));
    mask = static_cast<uint8_t>(mask | 1u << posting.level);
  }
  docs.push_back(static_cast<char>(mask));
  all.Encode(docs);
  if (mask == 1) return;
  all.sparse() ? EncodeListed(postings, levels) : EncodeSets(postings, levels);
}

}  // namespace

void EncodePostings(std::span<const Posting> postings, std::string& out) {
  int64_t last_chunk = -1;
  std::string docs, levels;
  while (!postings.empty()) {
    const uint32_t chunk = postings.front().doc / kChunkDocs;
    const auto end = std::partition_point(postings.begin(), postings.end(),
                                          [chunk](const Posting& p) { return p.doc / kChunkDocs == chunk; });
    const size_t count = static_cast<size_t>(end - postings.begin());
    docs.clear();
    levels.clear();
    EncodeChunk(postings.first(count), docs, levels);
    PutVarint(out, static_cast<uint64_t>(chunk - last_chunk - 1));
    PutVarint(out, docs.size());
    PutVarint(out, levels.size());
    out += docs;
    out += levels;
    last_chunk = chunk;
    postings = postings.subspan(count);
  }
}

bool ChunkPostings::DecodeDocs(std::string_view bytes) {
  Reader in(bytes);
  mask_ = in.Raw<uint8_t>();
  listed_ = {};
  most_ = 0;
  if (all_.Decode(in) && in.done() && mask_ != 0) return true;
  all_.Clear();
  mask_ = 0;
  return false;
}

bool ChunkPostings::DecodeLevels(std::string_view bytes) {
  if (mask_ == 1) return bytes.empty();
  if (all_.sparse()) {
    if (bytes.size() != (all_.size() + 1) / 2) return false;
    listed_ = bytes;
    return true;
  }
  Reader in(bytes);
  most_ = in.Raw<uint8_t>();
  if (!in.ok() || most_ >= kLevels || (mask_ >> most_ & 1) == 0) return false;
  for (int level = 0; level < kLevels; ++level) {
    if (level != most_ && (mask_ >> level & 1) != 0) others_[level] = StoredSet::Read(in);
  }
  return in.ok() && in.done();
}

void ChunkPostings::Split(std::array<DocSet, kLevels>& out) const {
  for (DocSet& set : out) set.Clear();
  if (mask_ == 1) {
    out[0] = all_;
  } else if (all_.sparse()) {
    for (size_t i = 0; i < all_.list().size(); ++i) out[static_cast<size_t>(LevelAt(i))].Append(all_.list()[i]);
  } else {
    out[most_] = all_;
    for (int level = 0; level < kLevels; ++level) {
      if (level == most_ || (mask_ >> level & 1) == 0) continue;
      out[level].Assign(others_[level]);
      out[most_].AndNot(out[level]);
    }
  }
}

void ChunkPostings::UnionOf(uint8_t levels, DocSet& out) const {
  if ((mask_ & ~levels) == 0) {
    out = all_;
    return;
  }
  std::array<DocSet, kLevels> sets;
  Split(sets);
  out.Clear();
  for (int level = 0; level < kLevels; ++level) {
    if ((levels >> level & 1) != 0) out.Or(sets[level]);
  }
}

void ChunkPostings::Keep(uint8_t levels, DocSet& docs) const {
  docs.And(all_);
  if (docs.size() > kFew) {
    DocSet counting;
    UnionOf(levels, counting);
    return docs.And(counting);
  }
  std::vector<uint16_t> kept;
  docs.ForEach([&](uint16_t doc) {
    const int level = LevelOf(doc);
    if (level >= 0 && (levels >> level & 1) != 0) kept.push_back(doc);
  });
  docs.Assign(std::move(kept));
}

int ChunkPostings::LevelOf(uint16_t doc) const {
  if (all_.sparse()) {
    const std::vector<uint16_t>& list = all_.list();
    const auto at = std::lower_bound(list.begin(), list.end(), doc);
    if (at == list.end() || *at != doc) return -1;
    return mask_ == 1 ? 0 : LevelAt(static_cast<size_t>(at - list.begin()));
  }
  if (!all_.Has(doc)) return -1;
  if (mask_ == 1) return 0;
  for (int level = 0; level < kLevels; ++level) {
    if (level != most_ && (mask_ >> level & 1) != 0 && others_[level].Has(doc)) return level;
  }
  return most_;
}

void ChunkPostings::Flatten(std::vector<Posting>& out) const {
  out.clear();
  out.reserve(all_.size());
  all_.ForEach([this, &out](uint16_t doc) { out.push_back({doc, most_}); });
  for (size_t i = 0; i < listed_.size() * 2 && i < out.size(); ++i) out[i].level = static_cast<uint8_t>(LevelAt(i));
  if (all_.sparse() || mask_ == 1) return;
  // Each level in turn, found by rank.
  DocSet set;
  for (int level = 0; level < kLevels; ++level) {
    if (level == most_ || (mask_ >> level & 1) == 0) continue;
    set.Assign(others_[level]);
    set.And(all_);
    RankWalk rank(all_);
    set.ForEach([&](uint16_t doc) { out[rank.RankOf(doc)].level = static_cast<uint8_t>(level); });
  }
}

Status PostingsCursor::Head() {
  if (head_read_) return OkStatus();
  DAFTAR_ASSIGN_OR_RETURN(const std::string_view head,
                          stream_->Read(at_, std::min(kLongestHead, end_ - at_), head_scratch_));
  Reader in(head);
  const uint64_t gap = in.Varint(UINT32_MAX / kChunkDocs);
  docs_size_ = in.Varint();
  levels_size_ = in.Varint();
  docs_at_ = at_ + head.size() - in.left();
  if (!in.ok() || docs_size_ > end_ - docs_at_ || levels_size_ > end_ - docs_at_ - docs_size_) return Damaged();
  chunk_ += static_cast<int64_t>(gap) + 1;
  head_read_ = true;
  levels_read_ = false;
  return OkStatus();
}

StatusOr<std::optional<uint32_t>> PostingsCursor::Next() {
  if (head_read_) Pass();
  if (at_ >= end_) return std::optional<uint32_t>();
  DAFTAR_RETURN_IF_ERROR(Head());
  return std::optional<uint32_t>(static_cast<uint32_t>(chunk_));
}

StatusOr<bool> PostingsCursor::Seek(uint32_t chunk) {
  while (true) {
    if (!head_read_) {
      if (at_ >= end_) return false;
      DAFTAR_RETURN_IF_ERROR(Head());
    }
    if (chunk_ >= chunk) return chunk_ == chunk;
    Pass();
  }
}

StatusOr<const ChunkPostings*> PostingsCursor::Load() {
  DAFTAR_ASSIGN_OR_RETURN(const std::string_view bytes, stream_->Read(docs_at_, docs_size_, docs_scratch_));
  if (!postings_.DecodeDocs(bytes)) return Damaged();
  return &postings_;
}

Status PostingsCursor::LoadLevels() {
  if (levels_read_) return OkStatus();
  DAFTAR_ASSIGN_OR_RETURN(const std::string_view bytes,
                          stream_->Read(docs_at_ + docs_size_, levels_size_, levels_scratch_));
  if (!postings_.DecodeLevels(bytes)) return Damaged();
  levels_read_ = true;
  return OkStatus();
}

}  // namespace daftar::search
