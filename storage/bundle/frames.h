// The frames of a bundle: header, blocks and end, each with the hash of all that stands before it.
//
//   type      1   'H' header, 'B' block, 'E' end
//   raw size  4   bytes before compression; of a header or an end the same as the stored size
//   size      4   bytes stored
//   bytes
//   chain     32  HashOf(domain, previous chain, the nine bytes above, bytes); before the first frame, of the magic
//
// Numbers are big-endian. A damaged frame is noticed at once and by its number; a forged one by the signature, which is
// over the last chain value.
#pragma once

#include <string>
#include <string_view>

#include "storage/base/hash.h"
#include "storage/base/status.h"
#include "storage/bundle/byte_stream.h"
#include "storage/bundle/limits.h"

namespace daftar::bundle {

inline constexpr std::string_view kMagic = "DAFTARb1";
// Of the block that one largest entry makes: its type, its size and its bytes.
inline constexpr size_t kMostBlockRaw = kMostEntry + 8;
inline constexpr size_t kMostEnd = 256;

enum class FrameType : char { kHeader = 'H', kBlock = 'B', kEnd = 'E' };

struct Frame {
  FrameType type = FrameType::kHeader;
  uint32_t raw_size = 0;
  std::string_view bytes;  // until the next frame is read
  Hash256 chain{};         // proven equal to what was read
};

// The chain before the first frame.
Hash256 FirstChain();
// The chain after a frame of that kind.
Hash256 NextChain(const Hash256& chain, FrameType type, uint32_t raw_size, std::string_view bytes);

// Writes magic and frames.
class FrameWriter {
 public:
  explicit FrameWriter(ByteSink& sink) : sink_(sink), chain_(FirstChain()) {}
  Status Begin() { return sink_.Write(kMagic); }
  Status Write(FrameType type, uint32_t raw_size, std::string_view bytes);
  const Hash256& chain() const { return chain_; }

 private:
  ByteSink& sink_;
  Hash256 chain_;
};

// Reads them, checking sizes against the limits before there is a byte of memory for them. What is read is damaged or
// not; whether it is forged, only the signature says.
class FrameReader {
 public:
  explicit FrameReader(ByteSource& source) : source_(source), chain_(FirstChain()) {}
  // Reads the magic. InvalidArgument: not a bundle. FailedPrecondition: one of a newer format.
  Status Begin();
  // DataLoss: cut short or damaged.
  StatusOr<Frame> Next();
  // `size` bytes that are no frame, into `to`.
  Status Take(char* to, size_t size);
  // DataLoss if there is anything more.
  Status ExpectEnd();

 private:
  ByteSource& source_;
  Hash256 chain_;
  std::string bytes_;
  uint64_t number_ = 0;
};

}  // namespace daftar::bundle
