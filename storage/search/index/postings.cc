#include "storage/search/index/postings.h"

#include <algorithm>

namespace daftar::search {
namespace {

constexpr uint64_t kMostListed = 4096;
constexpr uint64_t kLongestHead = 20;  // two varints

Status Damaged() { return DataLoss("the postings of a word in the text index are damaged"); }

void EncodeSets(std::span<const Posting> postings, std::string& out) {
  DocSet all;
  std::array<DocSet, kLevels> sets;
  for (const Posting& posting : postings) {
    const uint16_t doc = static_cast<uint16_t>(posting.doc % kChunkDocs);
    all.Append(doc);
    sets[posting.level].Append(doc);
  }
  uint8_t mask = 0, most = 0;
  for (uint8_t level = 0; level < kLevels; ++level) {
    if (!sets[level].empty()) mask = static_cast<uint8_t>(mask | 1u << level);
    if (sets[level].size() > sets[most].size()) most = level;
  }
  out.push_back(static_cast<char>(mask));
  out.push_back(static_cast<char>(most));
  all.Encode(out);
  for (uint8_t level = 0; level < kLevels; ++level) {
    if (level != most && !sets[level].empty()) sets[level].Encode(out);
  }
}

void EncodeChunk(std::span<const Posting> postings, std::string& out) {
  const bool filter = std::all_of(postings.begin(), postings.end(), [](const Posting& p) { return p.level == 0; });
  if (filter) {
    DocSet docs;
    for (const Posting& posting : postings) docs.Append(static_cast<uint16_t>(posting.doc % kChunkDocs));
    out.push_back(static_cast<char>(ChunkForm::kFilter));
    docs.Encode(out);
  } else if (postings.size() <= kMostListed) {
    out.push_back(static_cast<char>(ChunkForm::kListed));
    PutVarint(out, postings.size());
    uint32_t next = 0;
    for (const Posting& posting : postings) {
      const uint32_t doc = posting.doc % kChunkDocs;
      PutVarint(out, uint64_t{doc - next} << 3 | posting.level);
      next = doc + 1;
    }
  } else {
    out.push_back(static_cast<char>(ChunkForm::kSets));
    EncodeSets(postings, out);
  }
}

}  // namespace

void EncodePostings(std::span<const Posting> postings, std::string& out) {
  int64_t last_chunk = -1;
  std::string chunk_bytes;
  while (!postings.empty()) {
    const uint32_t chunk = postings.front().doc / kChunkDocs;
    const auto end = std::partition_point(postings.begin(), postings.end(),
                                          [chunk](const Posting& p) { return p.doc / kChunkDocs == chunk; });
    const size_t count = static_cast<size_t>(end - postings.begin());
    chunk_bytes.clear();
    EncodeChunk(postings.first(count), chunk_bytes);
    PutVarint(out, static_cast<uint64_t>(chunk - last_chunk - 1));
    PutVarint(out, chunk_bytes.size());
    out += chunk_bytes;
    last_chunk = chunk;
    postings = postings.subspan(count);
  }
}

bool ChunkPostings::Decode(std::string_view bytes) {
  Reader in(bytes);
  form_ = static_cast<ChunkForm>(in.Raw<uint8_t>());
  mask_ = 1;
  bool sound = false;
  if (form_ == ChunkForm::kFilter) {
    sound = all_.Decode(in);
  } else if (form_ == ChunkForm::kListed) {
    sound = DecodeListed(in);
  } else if (form_ == ChunkForm::kSets) {
    sound = DecodeSets(in);
  }
  if (sound && in.ok() && in.done()) return true;
  all_.Clear();
  mask_ = 0;
  return false;
}

bool ChunkPostings::DecodeListed(Reader& in) {
  const size_t count = in.Varint(kMostListed);
  docs_.resize(count);
  levels_.resize(count);
  mask_ = 0;
  uint64_t next = 0;
  for (size_t i = 0; i < count; ++i) {
    const uint64_t coded = in.Varint(uint64_t{kChunkDocs} << 3);
    next += coded >> 3;
    if (next >= kChunkDocs || !in.ok()) return false;
    docs_[i] = static_cast<uint16_t>(next++);
    levels_[i] = static_cast<uint8_t>(coded & 7);
    mask_ = static_cast<uint8_t>(mask_ | 1u << levels_[i]);
  }
  all_.Assign(std::vector<uint16_t>(docs_));
  return true;
}

bool ChunkPostings::DecodeSets(Reader& in) {
  mask_ = in.Raw<uint8_t>();
  most_ = in.Raw<uint8_t>();
  if (!in.ok() || most_ >= kLevels || (mask_ >> most_ & 1) == 0 || !all_.Decode(in)) return false;
  for (int level = 0; level < kLevels; ++level) {
    if (level != most_ && (mask_ >> level & 1) != 0 && !sets_[level].Decode(in)) return false;
  }
  return true;
}

void ChunkPostings::LevelSet(int level, DocSet& out) const {
  out.Clear();
  if ((mask_ >> level & 1) == 0) return;
  if (form_ == ChunkForm::kFilter) {
    out = all_;
  } else if (form_ == ChunkForm::kListed) {
    for (size_t i = 0; i < docs_.size(); ++i) {
      if (levels_[i] == level) out.Append(docs_[i]);
    }
  } else if (level != most_) {
    out = sets_[level];
  } else {
    out = all_;
    for (int other = 0; other < kLevels; ++other) {
      if (other != most_ && (mask_ >> other & 1) != 0) out.AndNot(sets_[other]);
    }
  }
}

void ChunkPostings::UnionOf(uint8_t levels, DocSet& out) const {
  if ((mask_ & ~levels) == 0) {
    out = all_;
    return;
  }
  out.Clear();
  DocSet own;
  for (int level = 0; level < kLevels; ++level) {
    if (((levels & mask_) >> level & 1) == 0) continue;
    LevelSet(level, own);
    out.Or(own);
  }
}

int ChunkPostings::LevelOf(uint16_t doc) const {
  if (form_ == ChunkForm::kFilter) return 0;
  if (form_ == ChunkForm::kListed) {
    const auto at = std::lower_bound(docs_.begin(), docs_.end(), doc);
    return at == docs_.end() ? 0 : levels_[static_cast<size_t>(at - docs_.begin())];
  }
  for (int level = 0; level < kLevels; ++level) {
    if (level != most_ && (mask_ >> level & 1) != 0 && sets_[level].Has(doc)) return level;
  }
  return most_;
}

void ChunkPostings::Flatten(std::vector<Posting>& out) const {
  out.clear();
  if (form_ == ChunkForm::kListed) {
    for (size_t i = 0; i < docs_.size(); ++i) out.push_back({docs_[i], levels_[i]});
  } else if (form_ == ChunkForm::kFilter) {
    all_.ForEach([&out](uint16_t doc) { out.push_back({doc, 0}); });
  } else {
    all_.ForEach([&](uint16_t doc) { out.push_back({doc, static_cast<uint8_t>(LevelOf(doc))}); });
  }
}

Status PostingsCursor::Head() {
  if (head_read_) return OkStatus();
  DAFTAR_ASSIGN_OR_RETURN(const std::string_view head,
                          stream_->Read(at_, std::min(kLongestHead, end_ - at_), scratch_));
  Reader in(head);
  const uint64_t gap = in.Varint(UINT32_MAX / kChunkDocs);
  data_size_ = in.Varint();
  data_at_ = at_ + head.size() - in.left();
  if (!in.ok() || data_size_ > end_ - data_at_) return Damaged();
  chunk_ += static_cast<int64_t>(gap) + 1;
  head_read_ = true;
  return OkStatus();
}

StatusOr<std::optional<uint32_t>> PostingsCursor::Next() {
  if (head_read_) {
    at_ = data_at_ + data_size_;
    head_read_ = false;
  }
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
    at_ = data_at_ + data_size_;
    head_read_ = false;
  }
}

StatusOr<const ChunkPostings*> PostingsCursor::Load() {
  DAFTAR_ASSIGN_OR_RETURN(const std::string_view bytes, stream_->Read(data_at_, data_size_, scratch_));
  if (!postings_.Decode(bytes)) return Damaged();
  return &postings_;
}

}  // namespace daftar::search
