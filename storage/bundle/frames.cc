#include "storage/bundle/frames.h"

#include <zstd.h>

#include "storage/base/bytes.h"

namespace daftar::bundle {
namespace {

constexpr std::string_view kChainDomain = "daftar.bundle.chain.v1";
constexpr size_t kPrefix = 9;
constexpr std::string_view kAskAgain = "; copy it again, or ask for another copy";

std::string Prefix(FrameType type, uint32_t raw_size, size_t size) {
  std::string prefix(1, static_cast<char>(type));
  PutU32(prefix, raw_size);
  PutU32(prefix, static_cast<uint32_t>(size));
  return prefix;
}

bool SizesAreSound(char type, uint32_t raw_size, uint32_t size) {
  switch (static_cast<FrameType>(type)) {
    case FrameType::kHeader:
      return raw_size == size && size <= kMostHeader;
    case FrameType::kBlock:
      return raw_size > 0 && raw_size <= kMostBlockRaw && size > 0 && size <= ZSTD_COMPRESSBOUND(kMostBlockRaw);
    case FrameType::kEnd:
      return raw_size == size && size <= kMostEnd;
  }
  return false;
}

}  // namespace

Hash256 FirstChain() { return HashOf(kChainDomain, {kMagic}); }

Hash256 NextChain(const Hash256& chain, FrameType type, uint32_t raw_size, std::string_view bytes) {
  return HashOf(kChainDomain, {AsBytes(chain), Prefix(type, raw_size, bytes.size()), bytes});
}

Status FrameWriter::Write(FrameType type, uint32_t raw_size, std::string_view bytes) {
  chain_ = NextChain(chain_, type, raw_size, bytes);
  DAFTAR_RETURN_IF_ERROR(sink_.Write(Prefix(type, raw_size, bytes.size())));
  DAFTAR_RETURN_IF_ERROR(sink_.Write(bytes));
  return sink_.Write(AsBytes(chain_));
}

Status FrameReader::Begin() {
  char magic[kMagic.size()];
  DAFTAR_ASSIGN_OR_RETURN(const size_t n, ReadFully(source_, magic, sizeof magic));
  const std::string_view read(magic, n);
  if (read == kMagic) return OkStatus();
  if (n == sizeof magic && read.substr(0, n - 1) == kMagic.substr(0, n - 1)) {
    return FailedPrecondition("it is a bundle of a newer format; update this program to read it");
  }
  return InvalidArgument("it is not a bundle");
}

StatusOr<Frame> FrameReader::Next() {
  char prefix[kPrefix];
  DAFTAR_RETURN_IF_ERROR(Take(prefix, kPrefix));
  std::string_view rest(prefix + 1, kPrefix - 1);
  uint32_t raw_size = 0, size = 0;
  TakeU32(rest, raw_size);
  TakeU32(rest, size);
  const std::string name = "frame " + std::to_string(number_);
  if (!SizesAreSound(prefix[0], raw_size, size)) {
    return DataLoss(name + " claims a type or a size that no frame may have" + std::string(kAskAgain));
  }
  bytes_.resize(size);
  DAFTAR_RETURN_IF_ERROR(Take(bytes_.data(), size));
  Hash256 claimed;
  DAFTAR_RETURN_IF_ERROR(Take(reinterpret_cast<char*>(claimed.data()), claimed.size()));
  const auto type = static_cast<FrameType>(prefix[0]);
  chain_ = NextChain(chain_, type, raw_size, bytes_);
  if (chain_ != claimed) return DataLoss(name + " is damaged, or does not belong here" + std::string(kAskAgain));
  ++number_;
  return Frame{type, raw_size, bytes_, chain_};
}

Status FrameReader::Take(char* to, size_t size) {
  DAFTAR_ASSIGN_OR_RETURN(const size_t n, ReadFully(source_, to, size));
  if (n == size) return OkStatus();
  return DataLoss("it is cut short in frame " + std::to_string(number_) + std::string(kAskAgain));
}

Status FrameReader::ExpectEnd() {
  char byte;
  DAFTAR_ASSIGN_OR_RETURN(const size_t n, source_.Read(&byte, 1));
  return n == 0 ? OkStatus() : DataLoss("there are bytes after its signature" + std::string(kAskAgain));
}

}  // namespace daftar::bundle
