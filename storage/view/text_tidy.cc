#include "storage/view/text_tidy.h"

#include <algorithm>
#include <bit>
#include <set>

#include "storage/search/index/merge.h"
#include "storage/view/tables.h"
#include "storage/view/text_index.h"

namespace daftar {
namespace {

using search::DocSet;
using search::kChunkDocs;
using search::Section;
using search::Segment;

// Records indexed in one piece of catching up.
constexpr size_t kPieceRecords = 20000;
// Blocks deleted in one transaction.
constexpr size_t kPieceBlocks = 4000;
// So many segments of one size are joined. Sizes differ by the same factor.
constexpr size_t kFanIn = 4;
constexpr uint32_t kSmallest = 64;

using Deletions = std::map<std::pair<uint32_t, uint32_t>, DocSet>;  // segment, chunk

uint32_t ValidOf(const v1::IndexSegment& entry) { return entry.docs() - std::min(entry.docs(), entry.deleted()); }

// 0 for up to kSmallest documents, one more for each factor of four.
int SizeClass(uint32_t docs) { return std::bit_width(docs / kSmallest) / 2; }

// The segments that are to be joined now; empty if all is well.
std::vector<v1::IndexSegment> ToJoin(const v1::IndexManifest& manifest) {
  std::vector<v1::IndexSegment> chosen;
  std::map<int, size_t> of_class;
  for (const v1::IndexSegment& entry : manifest.segment()) ++of_class[SizeClass(ValidOf(entry))];
  int joined_class = -1;
  for (const auto& [size_class, count] : of_class) {
    if (count >= kFanIn) joined_class = size_class;
  }
  for (const v1::IndexSegment& entry : manifest.segment()) {
    if (SizeClass(ValidOf(entry)) <= joined_class) chosen.push_back(entry);
  }
  if (!chosen.empty()) return chosen;
  // A segment of which a third is no longer valid is written anew.
  for (const v1::IndexSegment& entry : manifest.segment()) {
    if (entry.deleted() > 0 && entry.deleted() >= entry.docs() / 3) return {entry};
  }
  return chosen;
}

// Reads deletions as they were at the beginning, everything else from the source.
class FrozenDeletions final : public search::BlockSource {
 public:
  explicit FrozenDeletions(const search::BlockSource& source) : source_(source) {}

  bool lends_for_long() const override { return source_.lends_for_long(); }
  Status Freeze(const lmdb::ReadTxn& txn, lmdb::Table table, const std::vector<v1::IndexSegment>& entries) {
    const TextBlocks now(txn, table, nullptr);
    for (const v1::IndexSegment& entry : entries) {
      for (uint32_t chunk = 0; chunk * uint64_t{kChunkDocs} < entry.docs(); ++chunk) {
        const auto block = now.Read(entry.number(), Section::kDeleted, chunk);
        if (block.status().code() == StatusCode::kNotFound) continue;
        DAFTAR_RETURN_IF_ERROR(block.status());
        frozen_[{entry.number(), chunk}] = *block;
      }
    }
    return OkStatus();
  }
  StatusOr<std::string_view> Read(uint32_t segment, Section section, uint32_t number) const override {
    if (section != Section::kDeleted) return source_.Read(segment, section, number);
    const auto at = frozen_.find({segment, number});
    if (at == frozen_.end()) return NotFound("nothing was deleted here");
    return std::string_view(at->second);
  }

 private:
  const search::BlockSource& source_;
  std::map<std::pair<uint32_t, uint32_t>, std::string> frozen_;
};

class Joiner {
 public:
  Joiner(lmdb::Environment& env, const Clock& clock, SegmentCache& cache, const std::function<bool()>& go_on)
      : env_(env),
        table_(env.table(tables::kText)),
        cache_(cache),
        go_on_(go_on),
        copies_(env, table_, clock),
        source_(copies_) {}

  Status Join(const std::vector<v1::IndexSegment>& entries) {
    DAFTAR_RETURN_IF_ERROR(Announce(entries));
    std::vector<std::unique_ptr<Segment>> segments;
    std::vector<const Segment*> inputs;
    uint64_t valid = 0;
    for (const v1::IndexSegment& entry : entries) {
      DAFTAR_ASSIGN_OR_RETURN(Segment segment, Segment::Open(source_, entry.number()));
      segments.push_back(std::make_unique<Segment>(std::move(segment)));
      inputs.push_back(segments.back().get());
      DAFTAR_ASSIGN_OR_RETURN(const uint32_t own, search::CountValid(*inputs.back()));
      valid += own;
    }
    uint32_t docs = 0;
    if (valid > 0) {
      PiecewiseBlockWriter sink(env_, table_);
      DAFTAR_ASSIGN_OR_RETURN(const search::SegmentHeader header, search::MergeSegments(inputs, sink, number_, go_on_));
      DAFTAR_RETURN_IF_ERROR(sink.Flush());
      docs = header.docs;
    }
    return Swap(inputs, docs);
  }

 private:
  // Takes a number, and remembers the state from which the segments are joined.
  Status Announce(const std::vector<v1::IndexSegment>& entries) {
    DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_.BeginWrite());
    DAFTAR_ASSIGN_OR_RETURN(v1::IndexManifest manifest, LoadManifest(env_, txn));
    number_ = manifest.next_number();
    manifest.set_next_number(number_ + 1);
    manifest.set_unfinished(number_);
    DAFTAR_RETURN_IF_ERROR(StoreManifest(env_, txn, manifest));
    DAFTAR_RETURN_IF_ERROR(source_.Freeze(txn, table_, entries));
    return txn.Commit();
  }

  // Puts the new segment in the place of the others, if they are still there.
  Status Swap(const std::vector<const Segment*>& inputs, uint32_t docs) {
    DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_.BeginWrite());
    DAFTAR_ASSIGN_OR_RETURN(v1::IndexManifest manifest, LoadManifest(env_, txn));
    std::set<uint32_t> joined;
    for (const Segment* input : inputs) joined.insert(input->number());
    v1::IndexManifest swapped = manifest;
    swapped.clear_segment();
    swapped.clear_unfinished();
    size_t found = 0;
    for (const v1::IndexSegment& entry : manifest.segment()) {
      found += joined.contains(entry.number());
      if (!joined.contains(entry.number())) *swapped.add_segment() = entry;
    }
    if (found < inputs.size()) {  // the index was emptied meanwhile
      manifest.clear_unfinished();
      manifest.add_dropped(number_);
      DAFTAR_RETURN_IF_ERROR(StoreManifest(env_, txn, manifest));
      return txn.Commit();
    }
    for (const uint32_t number : joined) swapped.add_dropped(number);
    if (docs > 0) {
      v1::IndexSegment& entry = *swapped.add_segment();
      entry.set_number(number_);
      entry.set_docs(docs);
      DAFTAR_ASSIGN_OR_RETURN(const uint32_t deleted, CarryDeletions(txn, inputs));
      entry.set_deleted(deleted);
    }
    DAFTAR_RETURN_IF_ERROR(StoreManifest(env_, txn, swapped));
    DAFTAR_RETURN_IF_ERROR(txn.Commit());
    std::set<uint32_t> listed;
    for (const v1::IndexSegment& entry : swapped.segment()) listed.insert(entry.number());
    cache_.KeepOnly(listed);
    return OkStatus();
  }

  // Documents that were deleted while they were joined are deleted in the new segment too; how many.
  StatusOr<uint32_t> CarryDeletions(lmdb::WriteTxn& txn, const std::vector<const Segment*>& inputs) {
    std::map<uint32_t, DocSet> carried;  // by chunk of the new segment
    {
      const TextBlocks now(txn, table_, nullptr);
      DAFTAR_ASSIGN_OR_RETURN(const Segment joined, Segment::Open(now, number_));
      for (const Segment* input : inputs) {
        const Segment current(now, input->number(), std::make_shared<search::SegmentHeader>(input->header()));
        for (uint32_t chunk = 0; chunk < input->header().chunks(); ++chunk) {
          DAFTAR_ASSIGN_OR_RETURN(DocSet fresh, current.Deleted(chunk));
          DAFTAR_ASSIGN_OR_RETURN(const DocSet known, input->Deleted(chunk));
          fresh.AndNot(known);
          for (const uint16_t own : fresh.First(kChunkDocs)) {
            const uint32_t doc = chunk * kChunkDocs + own;
            DAFTAR_ASSIGN_OR_RETURN(const uint32_t rid, current.RidOf(doc));
            DAFTAR_ASSIGN_OR_RETURN(const auto there, joined.DocOf(rid, input->header().DayOf(doc)));
            if (!there) return Internal("a document was lost while segments of the text index were joined");
            DocSet one;
            one.Append(static_cast<uint16_t>(*there % kChunkDocs));
            carried[*there / kChunkDocs].Or(one);
          }
        }
      }
    }
    uint32_t count = 0;
    TextBlockWriter sink(txn, table_);
    for (const auto& [chunk, docs] : carried) {
      std::string bytes;
      docs.Encode(bytes);
      count += docs.size();
      DAFTAR_RETURN_IF_ERROR(sink.Write(number_, Section::kDeleted, chunk, bytes));
    }
    return count;
  }

  lmdb::Environment& env_;
  const lmdb::Table table_;
  SegmentCache& cache_;
  const std::function<bool()>& go_on_;
  CopiedTextBlocks copies_;
  FrozenDeletions source_;
  uint32_t number_ = 0;
};

// Deletes some blocks of what is no longer listed; false if there is nothing.
StatusOr<bool> DropSome(lmdb::Environment& env) {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env.BeginWrite());
  DAFTAR_ASSIGN_OR_RETURN(v1::IndexManifest manifest, LoadManifest(env, txn));
  // What a program was writing when it ended is of no use.
  if (manifest.unfinished() != 0) manifest.add_dropped(manifest.unfinished());
  manifest.clear_unfinished();
  if (manifest.dropped().empty()) return false;
  DAFTAR_ASSIGN_OR_RETURN(const bool gone,
                          DropBlocks(env, txn, manifest.dropped(manifest.dropped_size() - 1), kPieceBlocks));
  if (gone) manifest.mutable_dropped()->RemoveLast();
  DAFTAR_RETURN_IF_ERROR(StoreManifest(env, txn, manifest));
  DAFTAR_RETURN_IF_ERROR(txn.Commit());
  return true;
}

StatusOr<bool> CatchUp(lmdb::Environment& env, const RecordTable& records) {
  {
    DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env.BeginRead());
    DAFTAR_ASSIGN_OR_RETURN(const uint64_t behind, txn.Count(env.table(tables::kBehind)));
    if (behind == 0) return false;
  }
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env.BeginWrite());
  TextIndexWriter writer(env, records, txn);
  DAFTAR_RETURN_IF_ERROR(writer.CatchUp(kPieceRecords).status());
  DAFTAR_RETURN_IF_ERROR(txn.Commit());
  return true;
}

}  // namespace

StatusOr<bool> TidyTextIndex(lmdb::Environment& env, const RecordTable& records, const Clock& clock,
                             SegmentCache& cache, const std::function<bool()>& go_on) {
  DAFTAR_ASSIGN_OR_RETURN(const bool dropped, DropSome(env));
  if (dropped) return true;
  DAFTAR_ASSIGN_OR_RETURN(const bool caught_up, CatchUp(env, records));
  if (caught_up) return true;
  v1::IndexManifest manifest;
  {
    DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env.BeginRead());
    DAFTAR_ASSIGN_OR_RETURN(manifest, LoadManifest(env, txn));
  }
  const std::vector<v1::IndexSegment> chosen = ToJoin(manifest);
  if (chosen.empty()) return false;
  DAFTAR_RETURN_IF_ERROR(Joiner(env, clock, cache, go_on).Join(chosen));
  return true;
}

}  // namespace daftar
