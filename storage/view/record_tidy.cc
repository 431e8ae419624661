#include "storage/view/record_tidy.h"

// For ZDICT_trainFromBuffer_fastCover, which the library exports and does not promise to keep.
#define ZDICT_STATIC_LINKING_ONLY
#include <zdict.h>

#include <algorithm>
#include <utility>

#include "storage/view/tables.h"
#include "storage/view/view_writer.h"

namespace daftar {
namespace {

using tables::U32Key;

constexpr size_t kMostSamples = 8000;       // of a kind; twice as many are never held
constexpr unsigned kSegmentBytes = 200;     // of what samples share
constexpr size_t kLargestSample = 4 << 10;  // the rest of a larger record is like no other's
// Rows read, and written anew, in one transaction, and about their bytes.
constexpr size_t kPieceRecords = 2000, kPieceBytes = 8 << 20;

// A dictionary from samples. Where zstd finds nothing that they share, some of the samples themselves are one.
std::string MakeDictionary(const std::vector<std::string>& samples) {
  std::string all;
  std::vector<size_t> sizes;
  for (const std::string& sample : samples) {
    all += sample;
    sizes.push_back(sample.size());
  }
  // It must save more than it takes.
  const size_t most = std::clamp<size_t>(all.size() / 10, 1024, kDictionaryBytes);
  std::string dictionary(most, '\0');
  // ZDICT_trainFromBuffer tries four segment sizes on all samples, in six times the time: of 4,096 incidents it makes a
  // dictionary that packs others as well as this one does (421 bytes of 880).
  ZDICT_fastCover_params_t parameters{};
  parameters.k = kSegmentBytes;
  parameters.d = 8;
  parameters.f = 18;
  parameters.accel = 1;
  parameters.splitPoint = 1.0;
  parameters.zParams.compressionLevel = RecordCodec::kDefaultLevel;
  const size_t size = ZDICT_trainFromBuffer_fastCover(dictionary.data(), dictionary.size(), all.data(), sizes.data(),
                                                      static_cast<unsigned>(sizes.size()), parameters);
  if (ZDICT_isError(size)) return all.substr(0, most);
  dictionary.resize(size);
  return dictionary;
}

// Offers records of the kind from its oldest to its newest.
Status OfferKind(const lmdb::Environment& env, const RecordTable& records, Kind kind, uint64_t count,
                 const std::function<bool()>& go_on, DictionaryTrainer& trainer) {
  DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env.BeginRead());
  const uint64_t stride = std::max<uint64_t>(1, count / kMostSamples);
  uint64_t seen = 0;
  lmdb::Cursor cursor = txn.SeekPrefix(env.table(tables::kByKind), std::string(1, static_cast<char>(kind)));
  for (; cursor.valid(); cursor.Next()) {
    if (seen++ % stride != 0) continue;
    const auto record = records.Load(txn, tables::RidOf(cursor.key()));
    if (record.ok() && *record) trainer.Offer(**record);  // damaged ones are noted by Verify
    if (go_on && !go_on()) return Cancelled("the making of a dictionary was stopped");
  }
  return cursor.status().code() == StatusCode::kDataLoss ? OkStatus() : cursor.status();
}

// Makes the dictionaries that are missing; false if none is.
StatusOr<bool> MakeMissing(lmdb::Environment& env, RecordTable& records, const std::function<bool()>& go_on) {
  v1::StoredHead head;
  {
    DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env.BeginRead());
    DAFTAR_ASSIGN_OR_RETURN(head, LoadHead(env, txn));
  }
  for (int index = 0; index < head.kind_count_size(); ++index) {
    const Kind kind = static_cast<Kind>(index);
    if (head.kind_count(index) < kFewestForDictionary || records.Packs(kind)) continue;
    DictionaryTrainer trainer(records);
    DAFTAR_RETURN_IF_ERROR(OfferKind(env, records, kind, head.kind_count(index), go_on, trainer));
    DAFTAR_ASSIGN_OR_RETURN(const size_t made, trainer.Train(records, /*repack=*/true));
    if (made > 0) return true;
  }
  return false;
}

// Writes some rows anew, behind those that were; false if all are.
//
// All rows of a piece are deleted and put back in order: a row that only became smaller would leave its page half
// empty.
StatusOr<bool> RepackSome(lmdb::Environment& env, const RecordTable& records) {
  const lmdb::Table meta = env.table(tables::kMeta), table = env.table(tables::kRecord);
  {
    DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env.BeginRead());
    if (!txn.Has(meta, tables::kRepackKey)) return false;
  }
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env.BeginWrite());
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<std::string_view> stored, txn.Get(meta, tables::kRepackKey));
  if (!stored || stored->size() != sizeof(Rid)) return DataLoss("how far the records were compressed is not known");
  std::vector<std::pair<std::string, std::string>> rows;
  std::string next;
  size_t smaller = 0, seen = 0, bytes = 0;
  {
    lmdb::Cursor cursor = txn.Seek(table, *stored);
    while (cursor.valid() || cursor.at_damaged()) {
      if (seen++ == kPieceRecords || bytes > kPieceBytes) {
        next = cursor.key();
        break;
      }
      if (cursor.valid()) {
        std::string row(cursor.value());
        bytes += row.size();
        const auto record = records.Decode(row);
        // What is damaged is noted by Verify and fetched again.
        std::string anew = record.ok() ? records.Encode(*record) : row;
        if (anew.size() < row.size()) ++smaller;
        rows.emplace_back(cursor.key(), anew.size() < row.size() ? std::move(anew) : std::move(row));
      }
      cursor.valid() ? cursor.Next() : cursor.SkipDamaged();
    }
    if (next.empty()) DAFTAR_RETURN_IF_ERROR(cursor.status());
  }
  if (smaller > 0) {
    for (const auto& row : rows) DAFTAR_RETURN_IF_ERROR(txn.Delete(table, row.first));
    for (const auto& row : rows) DAFTAR_RETURN_IF_ERROR(txn.Put(table, row.first, row.second));
  }
  if (next.empty()) {
    DAFTAR_RETURN_IF_ERROR(txn.Delete(meta, tables::kRepackKey));
  } else {
    DAFTAR_RETURN_IF_ERROR(txn.Put(meta, tables::kRepackKey, next));
  }
  DAFTAR_RETURN_IF_ERROR(txn.Commit());
  return true;
}

}  // namespace

void DictionaryTrainer::Offer(const v1::StoredRecord& record) {
  if (records_.Packs(record.kind())) return;
  Samples& samples = samples_[record.kind()];
  if (samples.offered++ % samples.stride != 0) return;
  samples.kept.push_back(record.SerializeAsString().substr(0, kLargestSample));
  if (samples.kept.size() < 2 * kMostSamples) return;
  for (size_t i = 0; 2 * i < samples.kept.size(); ++i) samples.kept[i].swap(samples.kept[2 * i]);
  samples.kept.resize(samples.kept.size() / 2);
  samples.stride *= 2;
}

StatusOr<size_t> DictionaryTrainer::Train(RecordTable& records, bool repack) {
  size_t made = 0;
  for (const auto& [kind, samples] : samples_) {
    if (samples.offered < kFewestForDictionary || records.Packs(kind)) continue;
    DAFTAR_RETURN_IF_ERROR(records.AddDictionary(kind, MakeDictionary(samples.kept), repack));
    ++made;
  }
  samples_.clear();
  return made;
}

Status TrainFromStaged(lmdb::Environment& env, RecordTable& records) {
  DictionaryTrainer trainer(records);
  std::string from;
  for (bool first = true;; first = false) {
    DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env.BeginRead());
    if (first) {
      DAFTAR_ASSIGN_OR_RETURN(const v1::StoredHead head, LoadHead(env, txn));
      if (head.checkpoint().records() >= kFewestForDictionary) return OkStatus();
    }
    lmdb::Cursor cursor = txn.Seek(env.table(tables::kStage), from);
    if (!cursor.valid()) break;
    v1::DeltaFrame frame;
    if (!frame.ParseFromArray(cursor.value().data(), static_cast<int>(cursor.value().size()))) break;
    const auto set = DecodeFrame(frame);
    if (!set.ok()) break;
    for (const RecordChange& change : set->changes) {
      if (change.whole) trainer.Offer(StoredFormOf(change));
    }
    from = std::string(cursor.key()) + '\0';
  }
  return trainer.Train(records, /*repack=*/false).status();
}

StatusOr<bool> TidyRecords(lmdb::Environment& env, RecordTable& records, const std::function<bool()>& go_on) {
  DAFTAR_ASSIGN_OR_RETURN(const bool made, MakeMissing(env, records, go_on));
  if (made) return true;
  return RepackSome(env, records);
}

}  // namespace daftar
