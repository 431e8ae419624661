#include "storage/search/index/positions.h"

#include <algorithm>

namespace daftar::search {
namespace {

constexpr uint32_t kGroup = 32;
constexpr uint64_t kLongestHead = 30;  // three varints

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
  PutVarint(done_, static_cast<uint64_t>(chunk_ - last_chunk_ - 1));
  PutVarint(done_, docs_);
  PutVarint(done_, groups_.size() * sizeof(uint32_t) + data_.size());
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
                            stream_->Read(at_, std::min(kLongestHead, end_ - at_), starts_scratch_));
    Reader in(head);
    chunk_ += static_cast<int64_t>(in.Varint(UINT32_MAX / kChunkDocs)) + 1;
    docs_ = static_cast<uint32_t>(in.Varint(kChunkDocs));
    const uint64_t size = in.Varint();
    const uint64_t starts_at = at_ + head.size() - in.left();
    if (!in.ok() || docs_ == 0 || size > end_ - starts_at) return Damaged();
    at_ = starts_at + size;
    if (chunk_ < chunk) continue;
    const uint64_t starts_size = (docs_ - 1) / kGroup * sizeof(uint32_t);
    if (starts_size > size) return Damaged();
    DAFTAR_ASSIGN_OR_RETURN(starts_, stream_->Read(starts_at, starts_size, starts_scratch_));
    data_at_ = starts_at + starts_size;
    data_size_ = size - starts_size;
    next_rank_ = 0;
    group_ = UINT32_MAX;
  }
  return chunk_ == chunk ? OkStatus() : Damaged();
}

Status PositionsCursor::ReadGroup(uint32_t group) {
  const auto start_of = [this](uint32_t number) -> uint64_t {
    if (number == 0) return 0;
    const size_t at = (number - 1) * sizeof(uint32_t);
    return at < starts_.size() ? RawAt<uint32_t>(starts_, at) : data_size_;
  };
  const uint64_t begin = start_of(group), end = start_of(group + 1);
  if (begin > end || end > data_size_) return Damaged();
  DAFTAR_ASSIGN_OR_RETURN(const std::string_view bytes, stream_->Read(data_at_ + begin, end - begin, group_scratch_));
  in_ = Reader(bytes);
  group_ = group;
  next_rank_ = group * kGroup;
  return OkStatus();
}

StatusOr<std::string_view> PositionsCursor::Coded(uint32_t rank) {
  if (rank >= docs_ || rank < next_rank_) return Damaged();
  if (const uint32_t group = rank / kGroup; group != group_) DAFTAR_RETURN_IF_ERROR(ReadGroup(group));
  while (true) {
    const std::string_view coded = in_.Bytes(in_.Varint());
    if (!in_.ok()) return Damaged();
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
