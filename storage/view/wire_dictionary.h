// The dictionary that frames are compressed with where both sides have it: of a small frame it saves about half. The
// server makes one of the records that it has and keeps it; replicas get it when they are filled.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "storage/base/pool.h"
#include "storage/base/status.h"
#include "storage/view/view.h"

struct ZSTD_CCtx_s;
struct ZSTD_CDict_s;
struct ZSTD_DDict_s;

namespace daftar {

inline constexpr size_t kMaxWireDictionary = 256 << 10;

// Thread-safe and immutable.
class WireDictionary {
 public:
  enum class Use { kPack, kUnpack };
  // InvalidArgument for bytes that are no dictionary.
  static StatusOr<std::shared_ptr<const WireDictionary>> From(std::string bytes, Use use);

  // Not 0; follows from the bytes.
  uint32_t id() const { return id_; }
  const std::string& bytes() const { return bytes_; }

  // Compresses a frame's body anew with the dictionary, where that is less; large ones are left as they are.
  Status Pack(v1::DeltaFrame& frame) const;
  // Takes that back: the body is then not compressed. Foreign bytes: InvalidArgument for a frame that is of another
  // dictionary, larger than a frame may be, or not what it claims. Nothing for a frame without a dictionary.
  Status Unpack(v1::DeltaFrame& frame) const;

 private:
  WireDictionary(std::string bytes, Use use);

  struct FreePacker {
    void operator()(ZSTD_CCtx_s* packer) const;
  };
  using Packer = std::unique_ptr<ZSTD_CCtx_s, FreePacker>;
  Packer MakePacker() const;

  const std::string bytes_;
  const uint32_t id_;
  std::shared_ptr<const ZSTD_CDict_s> packing_;
  std::shared_ptr<const ZSTD_DDict_s> unpacking_;
  const Pool<Packer> packers_;
};

// A dictionary as it travels, and what a manifest says of it.
struct PackedDictionary {
  v1::WireDictionary entry;
  std::string bytes;
};
StatusOr<PackedDictionary> PackDictionary(std::string_view bytes);
// Foreign bytes: InvalidArgument if they are not what the entry says.
StatusOr<std::string> UnpackDictionary(const v1::WireDictionary& entry, std::string_view packed);

// Makes the bytes of one from the records of a view, some thousand of them; empty where they are too few to be worth
// it. About a second.
StatusOr<std::string> TrainWireDictionary(const View& view);

}  // namespace daftar
