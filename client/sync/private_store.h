// What belongs to the reader alone: bookmarks, tags and notes of records, saved searches, pages lately read, visits to
// the home page. Nothing here is ever sent, and nothing of it hangs on the replica: a record that ends, or a replica
// that is fetched anew, leaves it as it is.
//
// Four tables of the user's own store: 16-byte id → PrivateRecord, with what the record was last called; number u64 →
// SavedSearch; number u64 → RecentPage, the newest with the highest number; "visits" → HomeVisits.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "daftar/v1/private.pb.h"
#include "storage/base/status.h"
#include "storage/base/uuid.h"
#include "storage/lmdb/lmdb.h"
#include "storage/model/kind.h"

namespace daftar {

// What a store of one reader may hold. More is ResourceExhausted, or InvalidArgument for one value: in words, and
// nothing is changed.
inline constexpr size_t kMostPrivateRecords = 20'000;
inline constexpr size_t kMostPrivateTags = 50;  // of one record
inline constexpr size_t kMostTagBytes = 100;
inline constexpr size_t kMostNoteBytes = 64 << 10;
inline constexpr size_t kMostSavedSearches = 200;
inline constexpr size_t kMostSavedNameBytes = 200;
inline constexpr size_t kMostRecentPages = 200;  // older ones are forgotten
inline constexpr size_t kMostVisits = 50;        // older ones are forgotten

// What a record is called now, kept with whatever is kept of it.
struct RecordLabel {
  Uuid id;
  Kind kind = v1::RecordKind::UNSET;
  std::string title, display_id;
};

// What came into a store that others are put into.
struct PrivateMerge {
  size_t records = 0;       // that are new here, or have something more now
  size_t notes_joined = 0;  // of them, with a note that was put below another one
  size_t searches = 0;      // that are new here
  size_t recent = 0;        // pages that are new here
};

// Thread-safe. Every change is durable when its call returns. The environment outlives it.
class PrivateStore {
 public:
  struct Tables {
    lmdb::Table records, searches, recent, visits;
  };
  PrivateStore(lmdb::Environment& env, const Tables& tables) : env_(env), tables_(tables) {}

  // What is kept of a record; an empty message if nothing is.
  StatusOr<v1::PrivateRecord> Of(const Uuid& id) const;
  // All records of which something is kept, by id.
  StatusOr<std::vector<v1::PrivateRecord>> Records() const;
  // Reads, changes and writes what is kept of a record, in one transaction. Nothing is kept once it is neither pinned,
  // tagged nor noted. What `change` made of it. A tag loses white space around it, and stands once.
  StatusOr<v1::PrivateRecord> Change(const RecordLabel& label, int64_t now_ms,
                                     const std::function<void(v1::PrivateRecord&)>& change);
  // The records are called so now. Those of which nothing is kept are left out; writes only what is another.
  Status KeepLabels(const std::vector<RecordLabel>& labels);

  // By number.
  StatusOr<std::vector<v1::SavedSearch>> Searches() const;
  // Gives it a number: that. The number of the same search if it is there already, which then has the new name.
  StatusOr<uint64_t> AddSearch(v1::SavedSearch search);
  // NotFound if there is none with that number.
  Status ChangeSearch(uint64_t number, const std::function<void(v1::SavedSearch&)>& change);
  Status RemoveSearch(uint64_t number);

  // The newest first, at most so many.
  StatusOr<std::vector<v1::RecentPage>> Recent(size_t most = kMostRecentPages) const;
  // The page was read; each address stands once.
  Status NoteRecent(const v1::RecentPage& page);

  StatusOr<v1::HomeVisits> Visits() const;
  Status ChangeVisits(const std::function<void(v1::HomeVisits&)>& change);

  StatusOr<v1::PrivateData> All() const;
  // Puts what another store held to what is here, so that nothing of either is lost: pins and tags join; a note that
  // differs goes below the one that is here; a search that is there already stays as it is; visits are taken where
  // there are none. Once more changes nothing.
  StatusOr<PrivateMerge> Merge(const v1::PrivateData& data, int64_t now_ms);

 private:
  Status MergeRecord(lmdb::WriteTxn& txn, const v1::PrivateRecord& record, int64_t now_ms, PrivateMerge& merge);

  lmdb::Environment& env_;
  const Tables tables_;
};

// Whether nothing is kept.
bool IsEmpty(const v1::PrivateRecord& record);
// Adds a tag unless it is there, in whatever case; whether it was new. Takes one away; whether it was there.
bool AddTag(v1::PrivateRecord& record, std::string_view tag);
bool RemoveTag(v1::PrivateRecord& record, std::string_view tag);
// A search as it is saved: "relevance" is the usual order, which is not said.
v1::SavedSearch SavedOf(std::string_view query, std::string_view kind, std::string_view sort);
// Whether the two ask the same, whatever they are called.
bool IsSameSearch(const v1::SavedSearch& a, const v1::SavedSearch& b);

}  // namespace daftar
