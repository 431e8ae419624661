#include "storage/view/wire_dictionary.h"

#include <zdict.h>
#include <zstd.h>

#include <algorithm>
#include <vector>

#include "storage/base/hash.h"
#include "storage/view/change_columns.h"
#include "storage/view/chunk.h"

namespace daftar {
namespace {

constexpr int kLevel = 9, kTravellingLevel = 19;
constexpr size_t kLargestPacked = 32 << 10;  // beyond it a frame is much its own dictionary
constexpr size_t kMostIdle = 4;              // packers
constexpr size_t kFewestSamples = 1000, kMostSamples = 6000;
constexpr size_t kDictionaryBytes = 64 << 10;
constexpr size_t kBatchBytes = 256 << 10;

struct FreeContext {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

// The frame of one record as it is when somebody makes it.
std::string FrameOfOne(const RecordChange& change, const std::vector<v1::CommitInfo>& commits) {
  ChangeSet one;
  one.changes.push_back(change);
  for (const v1::CommitInfo& commit : commits) {
    if (commit.revision() == change.revision) one.commits.push_back(commit);
  }
  return EncodeChanges(one);
}

uint32_t IdOf(std::string_view bytes) {
  return std::max(1u, static_cast<uint32_t>(Hash64("daftar.dictionary.v1", {bytes})));
}

}  // namespace

WireDictionary::WireDictionary(std::string bytes, Use use)
    : bytes_(std::move(bytes)), id_(IdOf(bytes_)), packers_([this] { return MakePacker(); }, kMostIdle) {
  if (use == Use::kPack) {
    packing_ = {ZSTD_createCDict(bytes_.data(), bytes_.size(), kLevel),
                [](const ZSTD_CDict* dictionary) { ZSTD_freeCDict(const_cast<ZSTD_CDict*>(dictionary)); }};
  } else {
    unpacking_ = {ZSTD_createDDict(bytes_.data(), bytes_.size()),
                  [](const ZSTD_DDict* dictionary) { ZSTD_freeDDict(const_cast<ZSTD_DDict*>(dictionary)); }};
  }
}

StatusOr<std::shared_ptr<const WireDictionary>> WireDictionary::From(std::string bytes, Use use) {
  if (bytes.empty() || bytes.size() > kMaxWireDictionary)
    return InvalidArgument("a dictionary is of a size that cannot be");
  auto dictionary = std::shared_ptr<const WireDictionary>(new WireDictionary(std::move(bytes), use));
  if (dictionary->packing_ == nullptr && dictionary->unpacking_ == nullptr)
    return InvalidArgument("what should be a dictionary is none");
  return dictionary;
}

void WireDictionary::FreePacker::operator()(ZSTD_CCtx_s* packer) const { ZSTD_freeCCtx(packer); }

WireDictionary::Packer WireDictionary::MakePacker() const {
  Packer packer(ZSTD_createCCtx());
  ZSTD_CCtx_setParameter(packer.get(), ZSTD_c_contentSizeFlag, 0);
  ZSTD_CCtx_setParameter(packer.get(), ZSTD_c_dictIDFlag, 0);
  ZSTD_CCtx_refCDict(packer.get(), packing_.get());
  return packer;
}

Status WireDictionary::Pack(v1::DeltaFrame& frame) const {
  if (std::max<size_t>(frame.raw_size(), frame.body().size()) > kLargestPacked) return OkStatus();
  std::string raw = frame.body();
  if (frame.raw_size() != 0) {
    raw.resize(frame.raw_size());
    const size_t size = ZSTD_decompress(raw.data(), raw.size(), frame.body().data(), frame.body().size());
    if (ZSTD_isError(size) || size != raw.size()) return Internal("a frame that was just made cannot be read");
  }
  const Pool<Packer>::Lease packer = packers_.Take();
  std::string packed(ZSTD_compressBound(raw.size()), '\0');
  const size_t size = ZSTD_compress2(packer.get(), packed.data(), packed.size(), raw.data(), raw.size());
  if (ZSTD_isError(size)) return Internal(std::string("zstd: ") + ZSTD_getErrorName(size));
  if (size >= frame.body().size()) return OkStatus();
  packed.resize(size);
  frame.set_body(std::move(packed));
  frame.set_raw_size(static_cast<uint32_t>(raw.size()));
  frame.set_dictionary(id_);
  return OkStatus();
}

Status WireDictionary::Unpack(v1::DeltaFrame& frame) const {
  if (frame.dictionary() == 0) return OkStatus();
  if (frame.dictionary() != id_) return InvalidArgument("a frame is compressed with a dictionary that is not here");
  if (frame.raw_size() > kMaxFrameBody) return InvalidArgument("a frame is larger than a frame may be");
  std::string raw(frame.raw_size(), '\0');
  const std::unique_ptr<ZSTD_DCtx, FreeContext> context(ZSTD_createDCtx());
  const size_t size = ZSTD_decompress_usingDDict(context.get(), raw.data(), raw.size(), frame.body().data(),
                                                 frame.body().size(), unpacking_.get());
  if (ZSTD_isError(size) || size != raw.size()) return InvalidArgument("a frame does not decompress to what it claims");
  frame.set_body(std::move(raw));
  frame.clear_raw_size();
  frame.clear_dictionary();
  return OkStatus();
}

StatusOr<PackedDictionary> PackDictionary(std::string_view bytes) {
  PackedDictionary packed;
  packed.bytes.resize(ZSTD_compressBound(bytes.size()));
  const size_t size =
      ZSTD_compress(packed.bytes.data(), packed.bytes.size(), bytes.data(), bytes.size(), kTravellingLevel);
  if (ZSTD_isError(size)) return Internal(std::string("zstd: ") + ZSTD_getErrorName(size));
  packed.bytes.resize(size);
  packed.entry.set_id(IdOf(bytes));
  packed.entry.set_hash(ChunkHash(packed.bytes));
  packed.entry.set_packed_size(static_cast<uint32_t>(size));
  packed.entry.set_raw_size(static_cast<uint32_t>(bytes.size()));
  return packed;
}

StatusOr<std::string> UnpackDictionary(const v1::WireDictionary& entry, std::string_view packed) {
  if (entry.raw_size() > kMaxWireDictionary || ChunkHash(packed) != entry.hash())
    return InvalidArgument("a dictionary is not what its manifest says");
  std::string bytes(entry.raw_size(), '\0');
  const size_t size = ZSTD_decompress(bytes.data(), bytes.size(), packed.data(), packed.size());
  if (ZSTD_isError(size) || size != bytes.size() || IdOf(bytes) != entry.id())
    return InvalidArgument("a dictionary is not what its manifest says");
  return bytes;
}

StatusOr<std::string> TrainWireDictionary(const View& view) {
  std::string all;
  std::vector<size_t> sizes;
  v1::Checkpoint head;
  {
    DAFTAR_ASSIGN_OR_RETURN(const auto snapshot, view.Snapshot());
    DAFTAR_ASSIGN_OR_RETURN(head, snapshot->Head());
  }
  const uint64_t stride = std::max<uint64_t>(1, head.records() / kMostSamples);
  uint64_t seen = 0;
  v1::Position position;
  for (bool reached = false; !reached && sizes.size() < kMostSamples;) {
    DAFTAR_ASSIGN_OR_RETURN(const ChangeBatch batch, view.ChangesAfter(position, 0, kBatchBytes));
    for (const RecordChange& change : batch.set.changes) {
      if (seen++ % stride != 0) continue;
      const std::string sample = FrameOfOne(change, batch.set.commits);
      all += sample;
      sizes.push_back(sample.size());
    }
    position = batch.position;
    reached = batch.reached_head || batch.looked_at == 0;
  }
  if (sizes.size() < kFewestSamples) return std::string();
  std::string dictionary(kDictionaryBytes, '\0');
  const size_t size = ZDICT_trainFromBuffer(dictionary.data(), dictionary.size(), all.data(), sizes.data(),
                                            static_cast<unsigned>(sizes.size()));
  if (ZDICT_isError(size)) return std::string();  // there is nothing that they share
  dictionary.resize(size);
  return dictionary;
}

}  // namespace daftar
