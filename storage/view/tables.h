// All tables of a dataset's environment, their key layouts, and the version of the format. Numbers in keys are
// big-endian.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "storage/base/bytes.h"
#include "storage/base/uuid.h"
#include "storage/lmdb/lmdb.h"
#include "storage/model/record.h"

namespace daftar::tables {

// Raised with every change of a key layout or stored form; storage/view/README.md has a line for each.
inline constexpr uint32_t kFormat = 3;

enum Index : size_t {
  kMeta,      // name → value: "format" → u32, "head" → StoredHead, "kinds" → u64 each, "text" → IndexManifest
  kRecord,    // rid u32 → how u8, StoredRecord or that compressed (record_codec.h)
  kId,        // uuid → rid u32
  kExternal,  // external id, NUL, system, NUL, rid u32 → nothing
  kLatest,  // partition u32, revision u64, rid u32 → nothing: each record once per partition, at its latest change, and
            // each that ended since the horizon of the head, where it ended
  kCommit,    // revision u64 → CommitInfo
  kLeaf,      // rid / 1024 as u32 → 32 bytes: digest of those records
  kByKind,    // kind u8, day descending u32, rid u32 → one byte: 1 retired
  kText,      // segment u32, section u8, number u32 → a block of the text index (storage/search/index)
  kBehind,    // rid u32 → nothing, or "1": the text index does not hold the record, or not as it is
  kHistory,   // rid u32, revision u64 → HistoryEntry
  kDamaged,   // rid u32 → nothing: to be fetched again
  kStage,     // number u64 → DeltaFrame received, not yet visible (client)
  kPiece,     // hash of a chunk, offset u32 → bytes of it, while a replica is filled (client)
  kLog,       // revision u64 → LogEntry (server)
  kChain,     // revision u64 → 32 bytes (server)
  kPush,      // client uuid, seq u64 → PushResult (server)
  kClient,    // client uuid → last seq u64, 32 bytes for each device that it pushes by (server)
  kConflict,  // client uuid, seq u64, number u32 → Conflict (server)
  kTableCount
};

inline constexpr std::array<const char*, kTableCount> kNames = {
    "meta",    "record",  "id",    "external", "latest", "commit", "leaf", "by_kind", "text",    "behind",
    "history", "damaged", "stage", "piece",    "log",    "chain",  "push", "client",  "conflict"};

// The tables of a replica that hold records, what follows from them, and what is on its way to becoming them.
inline constexpr std::array kOfRecords = {kRecord, kId,      kExternal, kLatest, kCommit, kLeaf,
                                          kByKind, kHistory, kDamaged,  kStage,  kPiece};
// The tables that RebuildIndexes makes anew from kRecord.
inline constexpr std::array kDerived = {kId, kExternal, kLatest, kLeaf, kByKind};
// Of these, the ones whose keys end in a rid.
inline constexpr std::array kKeyedByRid = {kExternal, kLatest, kByKind};

// Value of kLatest for a record that ended there.
inline constexpr std::string_view kEnded = "1";

// Key of kMeta: the rid from which RebuildIndexes has still to go on; absent if it is not under way.
inline constexpr std::string_view kRebuildKey = "rebuild";

// Keys of kMeta, with the decimal number behind: u32 kind, dictionary that its records are compressed with; twice,
// since all of them would be lost with it.
inline constexpr std::string_view kDictionaryPrefix = "dictionary/";
inline constexpr std::string_view kDictionaryCopyPrefix = "spare dictionary/";
// Key of kMeta: the rid from which rows have still to be looked through for what can be compressed; absent if none.
inline constexpr std::string_view kRepackKey = "repack";

// Key of kMeta: how far reading all records again is (rehash.h).
inline constexpr std::string_view kRehashKey = "rehash";

// Key of kMeta: the dictionary that frames may be compressed with (client).
inline constexpr std::string_view kFrameDictionaryKey = "frame dictionary";

// Key of kMeta: StoredFill, while a replica is being filled.
inline constexpr std::string_view kFillKey = "fill";

// There is one partition until replicas can hold slices of a dataset.
inline constexpr uint32_t kWholePartition = 0;
inline constexpr uint32_t kRidsPerLeaf = 1024;

inline std::string U32Key(uint32_t value) {
  std::string key;
  PutU32(key, value);
  return key;
}

inline std::string U64Key(uint64_t value) {
  std::string key;
  PutU64(key, value);
  return key;
}

inline std::string LatestKey(Revision revision, Rid rid) {
  std::string key = U32Key(kWholePartition);
  PutU64(key, revision);
  PutU32(key, rid);
  return key;
}

inline std::string HistoryKey(Rid rid, Revision revision) {
  std::string key = U32Key(rid);
  PutU64(key, revision);
  return key;
}

// The revision in a key of kLatest, or of kHistory; 0 for a key that is too short.
inline Revision RevisionOfRow(std::string_view key) {
  uint64_t revision = 0;
  std::string_view rest = key.substr(std::min<size_t>(4, key.size()));
  TakeU64(rest, revision);
  return revision;
}

// Days so that newer ones sort first and "no day" last.
inline uint32_t DescendingDay(std::optional<int32_t> day) {
  return day ? 0x7fffffffu - static_cast<uint32_t>(int64_t{*day} + 0x40000000) : 0xffffffffu;
}

inline std::optional<int32_t> DayOfDescending(uint32_t descending) {
  if (descending == 0xffffffffu) return std::nullopt;
  return static_cast<int32_t>(0x7fffffffu - descending - 0x40000000u);
}

inline std::string ByKindKey(Kind kind, std::optional<int32_t> day, Rid rid) {
  std::string key(1, static_cast<char>(kind));
  PutU32(key, DescendingDay(day));
  PutU32(key, rid);
  return key;
}

// Client and number of a push.
inline std::string PushKey(std::string_view client, uint64_t seq) { return std::string(client) + U64Key(seq); }

// The rid that ends a key; 0, which no record has, for a key that is too short.
inline Rid RidOf(std::string_view key) {
  if (key.size() < 4) return 0;
  std::string_view tail = key.substr(key.size() - 4);
  uint32_t rid = 0;
  TakeU32(tail, rid);
  return rid;
}

}  // namespace daftar::tables
