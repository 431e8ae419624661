#include "storage/view/index_check.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "storage/search/index/merge.h"
#include "storage/search/index/segment_builder.h"
#include "storage/search/record_doc.h"
#include "storage/view/cached_records.h"
#include "storage/view/doc_sums.h"
#include "storage/view/lmdb_view.h"
#include "storage/view/tables.h"
#include "storage/view/text_blocks.h"
#include "storage/view/text_index.h"
#include "storage/view/view_writer.h"

namespace daftar {
namespace {

using search::kChunkDocs;
using search::Section;
using search::Segment;
using tables::U32Key;

constexpr int kRestarts = 3;
constexpr int64_t kLongestReadMs = 200;
constexpr size_t kBatch = 300;  // records
constexpr size_t kMostNamed = 100;
constexpr size_t kMostFaults = 20;

// What must not change while the check goes on.
struct Stamp {
  std::string head, manifest;
  uint64_t behind = 0;
  friend bool operator==(const Stamp&, const Stamp&) = default;
};

StatusOr<Stamp> StampOf(const lmdb::Environment& env, const lmdb::ReadTxn& txn) {
  Stamp stamp;
  DAFTAR_ASSIGN_OR_RETURN(const v1::StoredHead head, LoadHead(env, txn));
  stamp.head = head.SerializeAsString();
  DAFTAR_ASSIGN_OR_RETURN(const v1::IndexManifest manifest, LoadManifest(env, txn));
  stamp.manifest = manifest.SerializeAsString();
  DAFTAR_ASSIGN_OR_RETURN(stamp.behind, txn.Count(env.table(tables::kBehind)));
  return stamp;
}

// A segment as if all its documents were valid.
class WithoutDeletions final : public search::BlockSource {
 public:
  explicit WithoutDeletions(const search::BlockSource& source) : source_(source) {}
  bool lends_for_long() const override { return source_.lends_for_long(); }
  StatusOr<std::string_view> Read(uint32_t segment, Section section, uint32_t number) const override {
    if (section == Section::kDeleted) return NotFound("nothing was deleted here");
    return source_.Read(segment, section, number);
  }

 private:
  const search::BlockSource& source_;
};

// Takes blocks of a segment written anew, and compares each with the one that is stored.
class ComparingSink final : public search::BlockSink {
 public:
  // `txn` points at the transaction of the moment.
  ComparingSink(const std::unique_ptr<lmdb::ReadTxn>& txn, lmdb::Table table) : txn_(txn), table_(table) {}
  Status Write(uint32_t segment, Section section, uint32_t number, std::string_view block) override {
    ++blocks_;
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<std::string_view> stored,
                            txn_->Get(table_, TextKey(segment, section, number)));
    differing_ += !stored || *stored != block;
    return OkStatus();
  }
  uint64_t blocks() const { return blocks_; }
  uint64_t differing() const { return differing_; }

 private:
  const std::unique_ptr<lmdb::ReadTxn>& txn_;
  const lmdb::Table table_;
  uint64_t blocks_ = 0, differing_ = 0;
};

class Checker {
 public:
  Checker(const lmdb::Environment& env, const RecordTable& record_table, const Clock& clock, const Progress& progress,
          bool in_one_transaction)
      : env_(env),
        record_table_(record_table),
        clock_(clock),
        progress_(progress),
        in_one_transaction_(in_one_transaction) {}

  // nullopt if somebody wrote meanwhile.
  StatusOr<std::optional<TextIndexCheck>> Run() {
    Status status = Begin();
    if (status.ok()) status = CheckSegments();
    if (status.ok()) status = CheckRecords();
    // What was deleted by a writer looks like damage.
    if (!status.ok() && !stopped_ && !changed_) (void)Renewed();
    if (changed_) return std::optional<TextIndexCheck>();
    DAFTAR_RETURN_IF_ERROR(status);
    return std::optional<TextIndexCheck>(std::move(report_));
  }

 private:
  struct Doc {
    Rid rid;
    uint64_t sum;
    friend auto operator<=>(const Doc&, const Doc&) = default;
  };

  Status Begin() {
    DAFTAR_ASSIGN_OR_RETURN(lmdb::ReadTxn txn, env_.BeginRead());
    txn_ = std::make_unique<lmdb::ReadTxn>(std::move(txn));
    since_ms_ = clock_.MonotonicMs();
    DAFTAR_ASSIGN_OR_RETURN(stamp_, StampOf(env_, *txn_));
    DAFTAR_ASSIGN_OR_RETURN(manifest_, LoadManifest(env_, *txn_));
    report_.behind = stamp_.behind;
    if (in_one_transaction_) {
      blocks_ = std::make_unique<TextBlocks>(*txn_, table(tables::kText), nullptr);
    } else {
      blocks_ = std::make_unique<CopiedTextBlocks>(env_, table(tables::kText), clock_);
    }
    DAFTAR_ASSIGN_OR_RETURN(total_, txn_->Count(table(tables::kRecord)));
    for (const v1::IndexSegment& entry : manifest_.segment()) total_ += 2 * uint64_t{entry.docs()};
    return OkStatus();
  }

  // Gives the transaction up for a new one; Aborted if the state has changed.
  Status Renewed() {
    if (in_one_transaction_) return OkStatus();
    txn_.reset();
    DAFTAR_ASSIGN_OR_RETURN(lmdb::ReadTxn txn, env_.BeginRead());
    txn_ = std::make_unique<lmdb::ReadTxn>(std::move(txn));
    since_ms_ = clock_.MonotonicMs();
    DAFTAR_ASSIGN_OR_RETURN(const Stamp now, StampOf(env_, *txn_));
    changed_ = now != stamp_;
    return changed_ ? Aborted("the store was written to") : OkStatus();
  }

  Status GoOn() {
    stopped_ = progress_ && !progress_(std::min(done_, total_), total_);
    if (stopped_) return Cancelled("the check of the text index was stopped");
    return clock_.MonotonicMs() - since_ms_ > kLongestReadMs ? Renewed() : OkStatus();
  }

  void Fault(const std::string& what) {
    if (report_.faults.size() < kMostFaults) report_.faults.push_back(what);
  }

  Status CheckSegments() {
    std::set<uint32_t> listed(manifest_.dropped().begin(), manifest_.dropped().end());
    if (manifest_.unfinished() != 0) listed.insert(manifest_.unfinished());
    for (const v1::IndexSegment& entry : manifest_.segment()) {
      const std::string name = "segment " + std::to_string(entry.number());
      if (!listed.insert(entry.number()).second) Fault(name + " is listed twice");
      const Status checked = CheckSegment(entry, name);
      if (checked.code() == StatusCode::kDataLoss) {
        DAFTAR_RETURN_IF_ERROR(Renewed());
        Fault(name + ": " + Message(checked));
      } else {
        DAFTAR_RETURN_IF_ERROR(checked);
      }
    }
    std::sort(docs_.begin(), docs_.end());
    return CheckForStrayBlocks(listed);
  }

  Status CheckSegment(const v1::IndexSegment& entry, const std::string& name) {
    const std::function<bool()> go_on = [this] {
      going_ = GoOn();
      return going_.ok();
    };
    const auto work = [&]() -> Status {
      DAFTAR_RETURN_IF_ERROR(Rewrite(entry, name, go_on));
      done_ += entry.docs();
      return SumUp(entry, name, go_on);
    };
    const Status status = work();
    if (!going_.ok()) return going_;
    if (status.ok()) done_ += entry.docs();
    return status;
  }

  // The first half.
  Status Rewrite(const v1::IndexSegment& entry, const std::string& name, const std::function<bool()>& go_on) {
    const WithoutDeletions all(*blocks_);
    DAFTAR_ASSIGN_OR_RETURN(const Segment segment, Segment::Open(all, entry.number()));
    if (segment.docs() != entry.docs()) Fault(name + " holds another number of documents than listed");
    ComparingSink sink(txn_, table(tables::kText));
    const Segment* const inputs[] = {&segment};
    DAFTAR_RETURN_IF_ERROR(search::MergeSegments(inputs, sink, entry.number(), go_on).status());
    if (sink.differing() > 0) {
      Fault(name + ": " + std::to_string(sink.differing()) + " blocks do not follow from its documents");
    }
    uint64_t stored = 0;
    lmdb::Cursor cursor = txn_->SeekPrefix(table(tables::kText), U32Key(entry.number()));
    for (; cursor.valid(); cursor.Next()) stored += cursor.key()[4] != static_cast<char>(Section::kDeleted);
    DAFTAR_RETURN_IF_ERROR(cursor.status());
    if (stored != sink.blocks()) Fault(name + " has blocks that do not belong to it");
    return OkStatus();
  }

  // The segment's side of the second half.
  Status SumUp(const v1::IndexSegment& entry, const std::string& name, const std::function<bool()>& go_on) {
    DAFTAR_ASSIGN_OR_RETURN(const Segment segment, Segment::Open(*blocks_, entry.number()));
    DAFTAR_ASSIGN_OR_RETURN(const std::vector<uint64_t> sums, DocSums(segment, go_on));
    search::DocSet deleted;
    uint32_t invalid = 0;
    for (uint32_t doc = 0; doc < segment.docs(); ++doc) {
      if (doc % kChunkDocs == 0) {
        DAFTAR_ASSIGN_OR_RETURN(deleted, segment.Deleted(doc / kChunkDocs));
        invalid += deleted.size();
      }
      if (deleted.Has(static_cast<uint16_t>(doc % kChunkDocs))) continue;
      DAFTAR_ASSIGN_OR_RETURN(const Rid rid, segment.RidOf(doc));
      docs_.push_back({rid, sums[doc]});
    }
    if (invalid != entry.deleted()) Fault(name + " has another number of deleted documents than listed");
    return OkStatus();
  }

  Status CheckForStrayBlocks(const std::set<uint32_t>& listed) {
    std::string from;
    while (true) {
      DAFTAR_RETURN_IF_ERROR(GoOn());
      const lmdb::Cursor cursor = txn_->Seek(table(tables::kText), from);
      if (!cursor.valid() && !cursor.at_damaged()) {
        if (!cursor.status().ok()) Fault(Message(cursor.status()));
        return OkStatus();
      }
      std::string_view key = cursor.key();
      uint32_t segment = 0;
      if (!TakeU32(key, segment)) return DataLoss("a key of the text index is damaged");
      if (!listed.contains(segment)) Fault("there are blocks of segment " + std::to_string(segment) + ", not listed");
      if (segment == UINT32_MAX) return OkStatus();
      from = U32Key(segment + 1);
    }
  }

  Status CheckRecords() {
    std::string from = U32Key(0);
    while (true) {
      std::vector<Rid> rids;
      {
        lmdb::Cursor cursor = txn_->Seek(table(tables::kRecord), from);
        while (rids.size() < kBatch && (cursor.valid() || cursor.at_damaged())) {
          if (cursor.key().size() != sizeof(Rid)) return DataLoss("a key of the records is damaged");
          rids.push_back(tables::RidOf(cursor.key()));
          cursor.valid() ? cursor.Next() : cursor.SkipDamaged();
        }
        if (rids.size() < kBatch) DAFTAR_RETURN_IF_ERROR(cursor.status());
      }
      if (rids.empty()) return PassStrayDocs(std::nullopt);
      DAFTAR_RETURN_IF_ERROR(CheckBatch(rids));
      done_ += rids.size();
      if (rids.back() == UINT32_MAX) return PassStrayDocs(std::nullopt);
      from = U32Key(rids.back() + 1);
      DAFTAR_RETURN_IF_ERROR(GoOn());
    }
  }

  // The records' side of the second half.
  Status CheckBatch(const std::vector<Rid>& rids) {
    enum class Wanted { kNothing, kOneAtMost, kOne, kAnything };
    search::SegmentBuilder builder;
    CachedRecords records(env_, record_table_, *txn_);
    const RecordLookup lookup = records.Lookup();
    std::vector<Wanted> wanted;
    for (const Rid rid : rids) {
      if (txn_->Has(table(tables::kBehind), U32Key(rid))) {
        wanted.push_back(Wanted::kOneAtMost);
        continue;
      }
      const auto stored = record_table_.Load(*txn_, rid);
      if (!stored.ok() && stored.status().code() != StatusCode::kDataLoss) return stored.status();
      if (!stored.ok() || !*stored) {
        ++report_.skipped;
        wanted.push_back(Wanted::kAnything);
        continue;
      }
      const bool known = (*stored)->kind() != v1::RecordKind::UNSET && v1::RecordKind::Code_IsValid((*stored)->kind());
      StatusOr<Record> record = known ? Record::FromStored(**stored) : StatusOr<Record>(NotFound("of a newer schema"));
      if (!record.ok() || record->retirement() != nullptr) {
        wanted.push_back(Wanted::kNothing);
        continue;
      }
      records.TakeMetDamage();
      DAFTAR_ASSIGN_OR_RETURN(const search::IndexDoc doc, search::DocOf(rid, *record, lookup));
      const bool sure = !records.TakeMetDamage();
      report_.skipped += !sure;
      wanted.push_back(sure ? Wanted::kOne : Wanted::kAnything);
      if (sure) builder.Add(doc);
    }
    std::vector<Doc> own;
    DAFTAR_ASSIGN_OR_RETURN(own, DocsOf(builder));
    for (size_t i = 0; i < rids.size(); ++i) {
      DAFTAR_RETURN_IF_ERROR(PassStrayDocs(rids[i]));
      const size_t first = next_doc_;
      while (next_doc_ < docs_.size() && docs_[next_doc_].rid == rids[i]) ++next_doc_;
      const size_t found = next_doc_ - first;
      bool right = true;
      if (wanted[i] == Wanted::kNothing) right = found == 0;
      if (wanted[i] == Wanted::kOneAtMost) right = found <= 1;
      if (wanted[i] == Wanted::kOne) {
        const auto at = std::lower_bound(own.begin(), own.end(), Doc{rids[i], 0});
        right = found == 1 && at != own.end() && *at == docs_[first];
        ++report_.compared;
      }
      if (!right) Disagree(rids[i]);
    }
    return OkStatus();
  }

  StatusOr<std::vector<Doc>> DocsOf(search::SegmentBuilder& builder) const {
    std::vector<Doc> docs;
    if (builder.docs() == 0) return docs;
    search::MemoryBlocks blocks;
    DAFTAR_RETURN_IF_ERROR(builder.Write(blocks, 1).status());
    DAFTAR_ASSIGN_OR_RETURN(const Segment segment, Segment::Open(blocks, 1));
    DAFTAR_ASSIGN_OR_RETURN(const std::vector<uint64_t> sums, DocSums(segment, nullptr));
    for (uint32_t doc = 0; doc < segment.docs(); ++doc) {
      DAFTAR_ASSIGN_OR_RETURN(const Rid rid, segment.RidOf(doc));
      docs.push_back({rid, sums[doc]});
    }
    std::sort(docs.begin(), docs.end());
    return docs;
  }

  // Documents of records that are not there, up to that rid; all that are left without one.
  Status PassStrayDocs(std::optional<Rid> end) {
    for (; next_doc_ < docs_.size() && (!end || docs_[next_doc_].rid < *end); ++next_doc_) {
      const Rid rid = docs_[next_doc_].rid;
      const bool vanished = txn_->Has(table(tables::kDamaged), U32Key(rid));
      vanished ? static_cast<void>(++report_.skipped) : Disagree(rid);
    }
    return OkStatus();
  }

  void Disagree(Rid rid) {
    ++report_.disagreements;
    if (report_.wrong.size() < kMostNamed) report_.wrong.push_back(rid);
  }

  lmdb::Table table(tables::Index index) const { return env_.table(index); }

  const lmdb::Environment& env_;
  const RecordTable& record_table_;
  const Clock& clock_;
  const Progress& progress_;
  const bool in_one_transaction_;
  std::unique_ptr<lmdb::ReadTxn> txn_;
  int64_t since_ms_ = 0;
  Stamp stamp_;
  bool changed_ = false, stopped_ = false;
  Status going_;  // why a callback said no
  v1::IndexManifest manifest_;
  std::unique_ptr<search::BlockSource> blocks_;
  std::vector<Doc> docs_;  // valid documents of all segments, by rid
  size_t next_doc_ = 0;
  uint64_t done_ = 0, total_ = 0;
  TextIndexCheck report_;
};

}  // namespace

std::string TextIndexCheck::InWords() const {
  std::string words = "text index: " + std::to_string(compared) + " records compared with their documents";
  if (behind > 0) words += ", " + std::to_string(behind) + " not indexed yet";
  if (skipped > 0) words += ", " + std::to_string(skipped) + " not compared since records are damaged";
  if (disagreements > 0) words += "; " + std::to_string(disagreements) + " disagree";
  for (const std::string& fault : faults) words += "; " + fault;
  return words + (healthy() ? ", all as it should be" : "");
}

StatusOr<TextIndexCheck> CheckTextIndex(const lmdb::Environment& env, const RecordTable& records, const Clock& clock,
                                        const Progress& progress) {
  for (int tries = 0;; ++tries) {
    DAFTAR_ASSIGN_OR_RETURN(std::optional<TextIndexCheck> check,
                            Checker(env, records, clock, progress, /*in_one_transaction=*/tries == kRestarts).Run());
    if (check) return *std::move(check);
  }
}

StatusOr<TextIndexCheck> LmdbView::CheckTextIndex(const Clock& clock, const Progress& progress) const {
  return daftar::CheckTextIndex(*env_, records_, clock, progress);
}

}  // namespace daftar
