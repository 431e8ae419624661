// The stored form of a row of table `record`: a byte that says how, then the record, plain or compressed with a
// dictionary that all records of its kind share.
//
//   0, StoredRecord                  plain
//   N, zstd frame without its magic  compressed with dictionary N, 1 to 255
//
// Records are small and alike: alone, zstd saves a third of one, with a dictionary of its kind more than half. What
// does not get smaller stays plain. Dictionaries are only ever added: a number always means the same bytes.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/mutex.h"
#include "storage/base/pool.h"
#include "storage/base/status.h"
#include "storage/model/record.h"

struct ZSTD_CCtx_s;
struct ZSTD_CDict_s;
struct ZSTD_DDict_s;

namespace daftar {

// Thread-safe: any number of threads encode and decode while dictionaries are added.
class RecordCodec {
 public:
  // Of zstd. The next that saves more takes three times as long (README.md has the table).
  static constexpr int kDefaultLevel = 3;
  // Larger records stay plain; a row that claims to be a larger one is damaged.
  static constexpr size_t kMostPacked = 2 << 20;
  static constexpr size_t kMostDictionaries = 255;

  explicit RecordCodec(int level = kDefaultLevel);
  ~RecordCodec();
  RecordCodec(const RecordCodec&) = delete;
  RecordCodec& operator=(const RecordCodec&) = delete;

  // Takes a dictionary; records of that kind are compressed with it from now on. REQUIRES: nothing was decoded with
  // another one of that number. InvalidArgument for a number out of range or taken; DataLoss for bytes that are no
  // dictionary.
  Status Add(uint8_t number, Kind kind, std::string_view dictionary) DAFTAR_EXCLUDES(mutex_);
  // Whether records of that kind are compressed.
  bool Packs(Kind kind) const DAFTAR_EXCLUDES(mutex_);

  // The row of a record of that kind. `plain` is its serialized StoredRecord. Never fails: it stays plain at worst.
  std::string Encode(Kind kind, std::string_view plain) const DAFTAR_EXCLUDES(mutex_);
  // The serialized StoredRecord: a part of `row` or in `*scratch`, and dies with either. DataLoss for an unknown
  // dictionary or damaged bytes; any bytes may be given.
  StatusOr<std::string_view> Decode(std::string_view row, std::string* scratch) const DAFTAR_EXCLUDES(mutex_);

 private:
  struct Dictionary;
  struct Unpacker;
  struct FreeUnpacker {
    void operator()(Unpacker* unpacker) const;
  };
  struct FreePacker {
    void operator()(ZSTD_CCtx_s* packer) const;
  };

  const int level_;
  mutable Mutex mutex_;
  // By number; entries never change once they are there.
  std::array<std::unique_ptr<const Dictionary>, kMostDictionaries + 1> dictionaries_ DAFTAR_GUARDED_BY(mutex_);
  std::vector<const Dictionary*> of_kind_ DAFTAR_GUARDED_BY(mutex_);
  // What one thread needs to compress and to decompress.
  const Pool<std::unique_ptr<ZSTD_CCtx_s, FreePacker>> packers_;
  const Pool<std::unique_ptr<Unpacker, FreeUnpacker>> unpackers_;
};

}  // namespace daftar
