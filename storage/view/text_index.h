// The text index of a view: which segments there are, and how records get into them.
//
// A batch of changed records becomes a segment of its own in the transaction that changes them, so that text and
// records never disagree; the documents that stood for them before are marked deleted. Segments are joined in the
// background (Tidy). Very large batches and rebuilt indexes are put into the table `behind` first and indexed from
// there, newest rid first, piece by piece. Outlines may stand for what is behind: then it is found by what it says of
// actors, places, days and kinds, and by names, but by no other text.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "daftar/v1/store.pb.h"
#include "storage/lmdb/lmdb.h"
#include "storage/model/record.h"
#include "storage/search/index/segment.h"
#include "storage/view/outlines.h"
#include "storage/view/record_table.h"
#include "storage/view/tables.h"
#include "storage/view/text_blocks.h"

namespace daftar {

StatusOr<v1::IndexManifest> LoadManifest(const lmdb::Environment& env, const lmdb::ReadTxn& txn);
// True if this program's folding and stored form made it. An index that has never been written is current.
bool IsCurrent(const v1::IndexManifest& manifest);

// The segments of a state. `cache` may be null. `hides`: `blocks` may say that more is deleted than the manifest knows.
StatusOr<std::vector<std::unique_ptr<search::Segment>>> OpenSegments(const v1::IndexManifest& manifest,
                                                                     const search::BlockSource& blocks,
                                                                     SegmentCache* cache, bool hides = false);

// More changed records than this are indexed behind.
inline constexpr size_t kMostIndexedAtOnce = 5000;

// Inside one write transaction. Call Finish once, when the records stand as they will.
class TextIndexWriter {
 public:
  // Dies before the transaction.
  TextIndexWriter(lmdb::Environment& env, const RecordTable& records, lmdb::WriteTxn& txn)
      : env_(&env), records_(&records), txn_(&txn) {}

  // The record has changed. `before`: what it was.
  struct Before {
    bool is_new = false;         // it was not there
    bool unknown = false;        // it could not be read any more
    bool others_depend = false;  // what points at it must be indexed anew
    std::optional<int32_t> day;  // that it was sorted under
  };
  // `now`: what it is, where the caller has it at hand; it is read again otherwise.
  void Touch(Rid rid, const Before& before, std::optional<Record> now = std::nullopt);
  // What is touched is noted in `behind`, however little it is.
  void IndexLater() { later_ = true; }
  // What stands for records that are touched until then; outlives Finish. REQUIRES: IndexLater, and that all are
  // touched.
  void Outline(const Outlines& outlines) { outlines_ = &outlines; }
  // Indexes what was touched, or notes it in `behind`.
  Status Finish();

  // Indexes up to `most` records of `behind`, the highest rids first; how many are left.
  StatusOr<uint64_t> CatchUp(size_t most);
  // Empties the index; every record is behind.
  Status StartAnew();

 private:
  Status IndexRids(const std::set<Rid>& rids);
  // A new segment, the last in the manifest.
  v1::IndexSegment& AddSegment(uint32_t docs);
  Status WriteOutlines();
  // Takes outlines that stand for rids from this one on out of the manifest, where all of a segment's do.
  void DropOutlines(Rid from);
  StatusOr<std::optional<Record>> RecordOf(Rid rid) const;
  Status PutBehind(Rid rid, std::string_view state);
  Status MarkDeleted(Rid rid, const Before& before);
  // Puts into `behind` what points at a record that its own document depends on, through sources of sources too.
  Status PutReferrersBehind(Rid rid);
  // Adds the documents that have the term; if asked for, the ids of the sources among them.
  static Status AddReferrers(const search::Segment& segment, const std::string& term, std::vector<Rid>& referrers,
                             std::vector<std::string>* sources);
  Status DeleteDoc(const search::Segment& segment, uint32_t doc);
  Status StoreDeletions();
  Status OpenAll();
  lmdb::Table table(tables::Index index) const { return env_->table(index); }

  lmdb::Environment* env_;
  const RecordTable* records_;
  lmdb::WriteTxn* txn_;
  struct Touched {
    Before before;
    std::optional<Record> now;  // not kept where too many were touched to index them at once
  };
  std::map<Rid, Touched> touched_;
  bool later_ = false;
  const Outlines* outlines_ = nullptr;
  // Once opened:
  bool opened_ = false;
  v1::IndexManifest manifest_;
  std::unique_ptr<lmdb::ReadTxn> before_;
  std::unique_ptr<TextBlocks> blocks_;
  std::vector<std::unique_ptr<search::Segment>> segments_;           // of the manifest's first entries, in their order
  std::map<std::pair<uint32_t, uint32_t>, search::DocSet> deleted_;  // segment, chunk → all deleted, where changed
};

Status StoreManifest(const lmdb::Environment& env, lmdb::WriteTxn& txn, const v1::IndexManifest& manifest);
// Deletes up to `most` blocks of a segment; true if none is left.
StatusOr<bool> DropBlocks(const lmdb::Environment& env, lmdb::WriteTxn& txn, uint32_t segment, size_t most);

}  // namespace daftar
