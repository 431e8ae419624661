#include "storage/view/changes.h"

#include <zstd.h>

#include "storage/view/change_columns.h"

namespace daftar {
namespace {

constexpr int kCompressionLevel = 3;
// A body of fewer bytes hardly becomes smaller, and a server makes one for each of its watchers.
constexpr size_t kFewestToCompress = 128;

}  // namespace

StatusOr<v1::DeltaFrame> EncodeFrame(const ChangeSet& set) {
  std::string raw = EncodeChanges(set);
  if (raw.size() > kMaxFrameBody) {
    return InvalidArgument("the changes take " + std::to_string(raw.size()) + " bytes, more than fits into a frame");
  }
  v1::DeltaFrame frame;
  if (raw.size() < kFewestToCompress) {
    frame.set_body(std::move(raw));
    return frame;
  }
  std::string packed(ZSTD_compressBound(raw.size()), '\0');
  const size_t size = ZSTD_compress(packed.data(), packed.size(), raw.data(), raw.size(), kCompressionLevel);
  if (ZSTD_isError(size)) return Internal(std::string("zstd: ") + ZSTD_getErrorName(size));
  if (size < raw.size()) {
    packed.resize(size);
    frame.set_raw_size(static_cast<uint32_t>(raw.size()));
    frame.set_body(std::move(packed));
  } else {
    frame.set_body(std::move(raw));
  }
  return frame;
}

StatusOr<ChangeSet> DecodeFrame(const v1::DeltaFrame& frame) {
  if (frame.dictionary() != 0) return InvalidArgument("a frame is compressed with a dictionary that is not known here");
  if (frame.raw_size() > kMaxFrameBody || frame.body().size() > kMaxFrameBody)
    return InvalidArgument("a frame is larger than a frame may be");
  if (frame.raw_size() == 0) return DecodeChanges(frame.body());
  std::string raw(frame.raw_size(), '\0');
  const size_t size = ZSTD_decompress(raw.data(), raw.size(), frame.body().data(), frame.body().size());
  if (ZSTD_isError(size) || size != raw.size()) return InvalidArgument("a frame does not decompress to what it claims");
  return DecodeChanges(raw);
}

std::optional<v1::Position> PositionAfter(const v1::DeltaFrame& frame, const ChangeSet& set) {
  if (frame.has_position()) return frame.position();
  if (frame.repair() || set.changes.empty()) return std::nullopt;
  v1::Position position;
  position.set_revision(set.changes.back().revision);
  position.set_rid(set.changes.back().rid);
  return position;
}

}  // namespace daftar
