#include "storage/search/index/positions.h"

#include <algorithm>

namespace daftar::search {
namespace {

constexpr uint32_t kGroup = 128;
constexpr uint64_t kLongestHead = 20;

Status Damaged() { return DataLoss("the positions of a word in the text index are damaged"); }

}  // namespace

void EncodePlaces(std::span<const uint32_t> places, std::string& out) {
  uint32_t next = 0;
  for (const uint32_t place : places) {
    PutVarint(out, place - next);
    next = place + 1;
  }
}

void PositionsEncoder::Add(uint32_t doc, std::string_view places) {
  const int64_t chunk = doc / kChunkDocs;
  if (chunk != chunk_) {
    EndChunk();
    chunk_ = chunk;
  }
  if (docs_ > 0 && docs_ % kGroup == 0) groups_.push_back(static_cast<uint32_t>(data_.size()));
  ++docs_;
  PutVarint(data_, places.size());
  data_ += places;
}

void PositionsEncoder::EndChunk() {
  if (docs_ == 0) return;
  std::string head;
  PutVarint(head, docs_);
  PutVarint(done_, static_cast<uint64_t>(chunk_ - last_chunk_ - 1));
  PutVarint(done_, head.size() + groups_.size() * sizeof(uint32_t) + data_.size());
  done_ += head;
  for (const uint32_t group : groups_) PutRaw(done_, group);
  done_ += data_;
  last_chunk_ = chunk_;
  docs_ = 0;
  groups_.clear();
  data_.clear();
}

void PositionsEncoder::Finish(std::string& out) {
  EndChunk();
  out += done_;
  done_.clear();
  chunk_ = last_chunk_ = -1;
}

Status PositionsCursor::Seek(uint32_t chunk) {
  while (chunk_ < chunk) {
    if (at_ >= end_) return Damaged();
    DAFTAR_ASSIGN_OR_RETURN(const std::string_view head,
                            stream_->Read(at_, std::min(kLongestHead, end_ - at_), scratch_));
    Reader in(head);
    chunk_ += static_cast<int64_t>(in.Varint(UINT32_MAX / kChunkDocs)) + 1;
    const uint64_t size = in.Varint();
    const uint64_t data_at = at_ + head.size() - in.left();
    if (!in.ok() || size > end_ - data_at) return Damaged();
    at_ = data_at + size;
    if (chunk_ < chunk) continue;
    DAFTAR_ASSIGN_OR_RETURN(const std::string_view bytes, stream_->Read(data_at, size, scratch_));
    Reader body(bytes);
    docs_ = static_cast<uint32_t>(body.Varint(kChunkDocs));
    groups_ = body.Bytes(docs_ == 0 ? 0 : (docs_ - 1) / kGroup * sizeof(uint32_t));
    data_ = body.Bytes(body.left());
    if (!body.ok()) return Damaged();
    next_rank_ = 0;
    next_at_ = 0;
  }
  return chunk_ == chunk ? OkStatus() : Damaged();
}

StatusOr<std::string_view> PositionsCursor::Coded(uint32_t rank) {
  if (rank >= docs_ || rank < next_rank_) return Damaged();
  if (rank / kGroup > next_rank_ / kGroup) {
    next_rank_ = rank / kGroup * kGroup;
    next_at_ = RawAt<uint32_t>(groups_, (rank / kGroup - 1) * sizeof(uint32_t));
    if (next_at_ > data_.size()) return Damaged();
  }
  while (true) {
    Reader in(data_.substr(next_at_));
    const std::string_view coded = in.Bytes(in.Varint());
    if (!in.ok()) return Damaged();
    next_at_ = data_.size() - in.left();
    if (next_rank_++ == rank) return coded;
  }
}

Status PositionsCursor::Places(uint32_t rank, std::vector<uint32_t>& out) {
  DAFTAR_ASSIGN_OR_RETURN(const std::string_view coded, Coded(rank));
  out.clear();
  Reader in(coded);
  uint64_t next = 0;
  while (!in.done()) {
    next += in.Varint(UINT32_MAX);
    if (!in.ok() || next > UINT32_MAX) return Damaged();
    out.push_back(static_cast<uint32_t>(next++));
  }
  return OkStatus();
}

}  // namespace daftar::search
