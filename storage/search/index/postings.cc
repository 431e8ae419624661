#include "storage/search/index/postings.h"

#include <algorithm>

namespace daftar::search {
namespace {

constexpr uint64_t kListed = 4096;
constexpr uint64_t kLongestHead = 20;  // two varints

Status Damaged() { return DataLoss("the postings of a word in the text index are damaged"); }

void EncodeChunk(std::span<const Posting> postings, std::string& out) {
  const bool filter = std::all_of(postings.begin(), postings.end(), [](const Posting& p) { return p.level == 0; });
  if (postings.size() <= kListed && !filter) {
    out.push_back('\0');
    PutVarint(out, postings.size());
    uint32_t next = 0;
    for (const Posting& posting : postings) {
      const uint32_t doc = posting.doc % kChunkDocs;
      PutVarint(out, uint64_t{doc - next} << 3 | posting.level);
      next = doc + 1;
    }
    return;
  }
  std::array<DocSet, kLevels> sets;
  for (const Posting& posting : postings) sets[posting.level].Append(static_cast<uint16_t>(posting.doc % kChunkDocs));
  uint8_t mask = 0;
  for (int level = 0; level < kLevels; ++level) {
    if (!sets[level].empty()) mask = static_cast<uint8_t>(mask | 1u << level);
  }
  out.push_back(static_cast<char>(mask));
  for (const DocSet& set : sets) {
    if (!set.empty()) set.Encode(out);
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

void ChunkPostings::Clear() {
  for (DocSet& set : level) set.Clear();
  mask = 0;
}

bool ChunkPostings::Decode(std::string_view bytes) {
  Clear();
  Reader in(bytes);
  const uint8_t form = in.Raw<uint8_t>();
  if (form == 0) {
    const uint64_t count = in.Varint(kListed);
    uint64_t next = 0;
    for (uint64_t i = 0; i < count; ++i) {
      const uint64_t coded = in.Varint(uint64_t{kChunkDocs} << 3);
      next += coded >> 3;
      if (next >= kChunkDocs) in.Fail();
      if (!in.ok()) break;
      level[coded & 7].Append(static_cast<uint16_t>(next++));
      mask = static_cast<uint8_t>(mask | 1u << (coded & 7));
    }
  } else {
    mask = form;
    for (int i = 0; i < kLevels; ++i) {
      if ((form >> i & 1) != 0 && !level[i].Decode(in)) break;
    }
  }
  if (in.ok() && in.done()) return true;
  Clear();
  return false;
}

uint32_t ChunkPostings::size() const {
  uint32_t sum = 0;
  for (const DocSet& set : level) sum += set.size();
  return sum;
}

void ChunkPostings::UnionOf(uint8_t levels, DocSet& out) const {
  bool first = true;
  for (int i = 0; i < kLevels; ++i) {
    if (((levels & mask) >> i & 1) == 0) continue;
    if (first) {
      out = level[i];
    } else {
      out.Or(level[i]);
    }
    first = false;
  }
  if (first) out.Clear();
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
