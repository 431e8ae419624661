#include "storage/search/index/stream.h"

#include <algorithm>

namespace daftar::search {

Status StreamWriter::WriteBlock(std::string_view block) {
  written_ += block.size();
  return sink_.Write(segment_, section_, blocks_++, block);
}

Status StreamWriter::Append(std::string_view bytes) {
  while (pending_.size() + bytes.size() >= kStreamBlock) {
    const size_t part = kStreamBlock - pending_.size();
    if (pending_.empty()) {
      DAFTAR_RETURN_IF_ERROR(WriteBlock(bytes.substr(0, part)));
    } else {
      pending_ += bytes.substr(0, part);
      const std::string block = std::move(pending_);
      pending_.clear();
      DAFTAR_RETURN_IF_ERROR(WriteBlock(block));
    }
    bytes.remove_prefix(part);
  }
  pending_ += bytes;
  return OkStatus();
}

Status StreamWriter::Finish() {
  if (pending_.empty()) return OkStatus();
  const std::string block = std::move(pending_);
  pending_.clear();
  return WriteBlock(block);
}

StatusOr<std::string_view> StreamReader::Block(uint32_t number) const {
  if (number == last_number_) return last_block_;
  if (!source_.lends_for_long()) return source_.Read(segment_, section_, number);
  DAFTAR_ASSIGN_OR_RETURN(last_block_, source_.Read(segment_, section_, number));
  last_number_ = number;
  return last_block_;
}

StatusOr<std::string_view> StreamReader::Read(uint64_t at, uint64_t size, std::string& scratch) const {
  if (at > size_ || size > size_ - at) return DataLoss("the text index points behind its own end");
  uint32_t number = static_cast<uint32_t>(at / kStreamBlock);
  size_t offset = at % kStreamBlock;
  scratch.clear();
  while (true) {
    const size_t wanted = std::min<uint64_t>(size - scratch.size(), kStreamBlock - offset);
    if (wanted == 0) return std::string_view(scratch);
    DAFTAR_ASSIGN_OR_RETURN(const std::string_view block, Block(number));
    if (offset + wanted > block.size()) return DataLoss("a block of the text index is shorter than it should be");
    if (wanted == size) return block.substr(offset, wanted);
    scratch += block.substr(offset, wanted);
    ++number;
    offset = 0;
  }
}

}  // namespace daftar::search
