#include "storage/view/record_codec.h"

#include <zstd.h>

namespace daftar {
namespace {

constexpr std::string_view kMagic("\x28\xb5\x2f\xfd", 4);  // every frame begins with it, so none is stored
constexpr char kPlain = 0;
constexpr size_t kMostIdle = 16;  // about 160 KB each
constexpr int kMostKinds = 1 << 10;

struct FreeCDict {
  void operator()(ZSTD_CDict* dictionary) const { ZSTD_freeCDict(dictionary); }
};
struct FreeDDict {
  void operator()(ZSTD_DDict* dictionary) const { ZSTD_freeDDict(dictionary); }
};
struct FreeDCtx {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

// The number of the dictionary stands in front of the frame, and the row has a checksum of its own.
ZSTD_CCtx* MakePacker() {
  ZSTD_CCtx* const packer = ZSTD_createCCtx();
  if (packer == nullptr) return nullptr;
  ZSTD_CCtx_setParameter(packer, ZSTD_c_dictIDFlag, 0);
  ZSTD_CCtx_setParameter(packer, ZSTD_c_checksumFlag, 0);
  ZSTD_CCtx_setParameter(packer, ZSTD_c_contentSizeFlag, 1);
  return packer;
}

}  // namespace

struct RecordCodec::Dictionary {
  char number;
  std::unique_ptr<ZSTD_CDict, FreeCDict> packing;
  std::unique_ptr<ZSTD_DDict, FreeDDict> unpacking;
};

struct RecordCodec::Unpacker {
  std::unique_ptr<ZSTD_DCtx, FreeDCtx> context{ZSTD_createDCtx()};
  std::string frame;  // with its magic
};

void RecordCodec::FreePacker::operator()(ZSTD_CCtx* packer) const { ZSTD_freeCCtx(packer); }
void RecordCodec::FreeUnpacker::operator()(Unpacker* unpacker) const { delete unpacker; }

RecordCodec::RecordCodec(int level)
    : level_(level),
      packers_([] { return std::unique_ptr<ZSTD_CCtx, FreePacker>(MakePacker()); }, kMostIdle),
      unpackers_([] { return std::unique_ptr<Unpacker, FreeUnpacker>(new Unpacker); }, kMostIdle) {}

RecordCodec::~RecordCodec() = default;

Status RecordCodec::Add(uint8_t number, Kind kind, std::string_view bytes) {
  auto dictionary = std::make_unique<Dictionary>();
  dictionary->number = static_cast<char>(number);
  dictionary->packing.reset(ZSTD_createCDict(bytes.data(), bytes.size(), level_));
  dictionary->unpacking.reset(ZSTD_createDDict(bytes.data(), bytes.size()));
  if (bytes.empty() || dictionary->packing == nullptr || dictionary->unpacking == nullptr)
    return DataLoss("dictionary " + std::to_string(number) + " of the records is damaged");
  if (kind < 0 || kind >= kMostKinds) return InvalidArgument("no records are of kind " + std::to_string(kind));
  const MutexLock lock(mutex_);
  if (number == 0 || dictionaries_[number] != nullptr)
    return InvalidArgument("there cannot be another dictionary " + std::to_string(number) + " of the records");
  const size_t index = static_cast<size_t>(kind);
  if (of_kind_.size() <= index) of_kind_.resize(index + 1);
  of_kind_[index] = dictionary.get();
  dictionaries_[number] = std::move(dictionary);
  return OkStatus();
}

bool RecordCodec::Packs(Kind kind) const {
  const MutexLock lock(mutex_);
  const size_t index = static_cast<size_t>(kind);
  return index < of_kind_.size() && of_kind_[index] != nullptr;
}

std::string RecordCodec::Encode(Kind kind, std::string_view plain) const {
  const Dictionary* dictionary = nullptr;
  {
    const MutexLock lock(mutex_);
    const size_t index = static_cast<size_t>(kind);
    if (index < of_kind_.size()) dictionary = of_kind_[index];
  }
  std::string row;
  if (dictionary != nullptr && plain.size() <= kMostPacked) {
    const auto packer = packers_.Take();
    row.resize(ZSTD_compressBound(plain.size()));
    size_t size = packer.get() == nullptr ? 0 : ZSTD_CCtx_refCDict(packer.get(), dictionary->packing.get());
    if (packer.get() != nullptr && !ZSTD_isError(size))
      size = ZSTD_compress2(packer.get(), row.data(), row.size(), plain.data(), plain.size());
    if (packer.get() != nullptr && !ZSTD_isError(size) && size - kMagic.size() < plain.size()) {
      row[kMagic.size() - 1] = dictionary->number;  // in the place of the last byte of the magic
      return row.substr(kMagic.size() - 1, size - (kMagic.size() - 1));
    }
  }
  row.assign(1, kPlain);
  row.append(plain);
  return row;
}

StatusOr<std::string_view> RecordCodec::Decode(std::string_view row, std::string* scratch) const {
  if (row.empty()) return DataLoss("the row is empty");
  if (row[0] == kPlain) return row.substr(1);
  const uint8_t number = static_cast<uint8_t>(row[0]);
  const Dictionary* dictionary = nullptr;
  {
    const MutexLock lock(mutex_);
    dictionary = dictionaries_[number].get();
  }
  if (dictionary == nullptr)
    return DataLoss("the row needs dictionary " + std::to_string(number) + ", which is not there");
  const auto unpacker = unpackers_.Take();
  if (unpacker->context == nullptr) return ResourceExhausted("there is no memory to decompress a record");
  unpacker->frame.assign(kMagic);
  unpacker->frame.append(row.substr(1));
  const std::string& frame = unpacker->frame;
  const unsigned long long size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  // Two large values mean an error; none is stored without its size.
  if (size > kMostPacked) return DataLoss("the row does not say how large the record is, or it is too large");
  scratch->resize(size);
  const size_t found = ZSTD_decompress_usingDDict(unpacker->context.get(), scratch->data(), size, frame.data(),
                                                  frame.size(), dictionary->unpacking.get());
  if (ZSTD_isError(found) || found != size) return DataLoss("the row does not decompress");
  return std::string_view(*scratch);
}

}  // namespace daftar
