#include "storage/bundle/block.h"

#include "storage/base/bytes.h"

namespace daftar::bundle {
namespace {

constexpr size_t kEntryPrefix = 8;

}  // namespace

bool BlockBuilder::IsFullFor(size_t entry_size) const {
  return !raw_.empty() && raw_.size() + kEntryPrefix + entry_size > kBlockTarget;
}

void BlockBuilder::Add(const Entry& entry) {
  PutU32(raw_, entry.type);
  PutU32(raw_, static_cast<uint32_t>(entry.bytes.size()));
  raw_.append(entry.bytes);
}

StatusOr<std::string_view> BlockBuilder::Pack() {
  packed_.resize(ZSTD_compressBound(raw_.size()));
  const size_t size =
      ZSTD_compressCCtx(context_.get(), packed_.data(), packed_.size(), raw_.data(), raw_.size(), level_);
  if (ZSTD_isError(size)) return Internal(std::string("zstd: ") + ZSTD_getErrorName(size));
  raw_.clear();
  return std::string_view(packed_).substr(0, size);
}

Status BlockReader::Open(std::string_view packed, size_t raw_size) {
  raw_.resize(raw_size);
  rest_ = {};
  const size_t size = ZSTD_decompressDCtx(context_.get(), raw_.data(), raw_.size(), packed.data(), packed.size());
  if (ZSTD_isError(size) || size != raw_size) {
    return InvalidArgument(
        "a block does not decompress to what it claims; the program that made the bundle is at fault");
  }
  rest_ = raw_;
  return OkStatus();
}

StatusOr<std::optional<Entry>> BlockReader::Next() {
  if (rest_.empty()) return std::optional<Entry>();
  Entry entry;
  uint32_t size = 0;
  const bool whole = TakeU32(rest_, entry.type) && TakeU32(rest_, size) && size <= kMostEntry &&
                     TakeBytes(rest_, size, entry.bytes) && entry.type != 0;
  if (!whole) {
    return InvalidArgument(
        "an entry is not whole or not of a known form; the program that made the bundle is at fault");
  }
  return std::optional<Entry>(entry);
}

}  // namespace daftar::bundle
