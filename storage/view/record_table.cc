#include "storage/view/record_table.h"

#include "storage/view/tables.h"

namespace daftar {
namespace {

// A dictionary's value in kMeta: u32 kind, dictionary. The key of its copy sorts far from it.
std::string DictionaryKey(std::string_view prefix, size_t number) {
  return std::string(prefix) + std::to_string(number);
}

}  // namespace

RecordTable::RecordTable(lmdb::Environment& env) : env_(env), table_(env.table(tables::kRecord)) {}

Status RecordTable::LoadDictionaries() {
  DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env_.BeginRead());
  const lmdb::Table meta = env_.table(tables::kMeta);
  for (size_t number = 1; number <= RecordCodec::kMostDictionaries; ++number) {
    bool there = false;
    for (const std::string_view prefix : {tables::kDictionaryPrefix, tables::kDictionaryCopyPrefix}) {
      const std::string key = DictionaryKey(prefix, number);
      const auto value = txn.Get(meta, key);
      there = there || !value.ok() || *value;
      if (!value.ok() || !*value) continue;
      std::string_view bytes = **value;
      uint32_t kind = 0;
      if (!TakeU32(bytes, kind)) continue;
      const Status added = codec_.Add(static_cast<uint8_t>(number), static_cast<Kind>(kind), bytes);
      if (added.ok()) break;
    }
    if (!there) break;
  }
  return OkStatus();
}

StatusOr<std::optional<v1::StoredRecord>> RecordTable::Load(const lmdb::ReadTxn& txn, Rid rid) const {
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<std::string_view> row, txn.Get(table_, tables::U32Key(rid)));
  if (!row) return std::optional<v1::StoredRecord>();
  StatusOr<v1::StoredRecord> record = Decode(*row);
  if (!record.ok()) return WithContext(record.status(), "the stored bytes of record " + std::to_string(rid));
  return std::optional<v1::StoredRecord>(*std::move(record));
}

StatusOr<std::optional<Record>> RecordTable::LoadRecord(const lmdb::ReadTxn& txn, Rid rid) const {
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<std::string_view> row, txn.Get(table_, tables::U32Key(rid)));
  if (!row) return std::optional<Record>();
  const auto read = [&]() -> StatusOr<Record> {
    std::string scratch;
    DAFTAR_ASSIGN_OR_RETURN(const std::string_view plain, codec_.Decode(*row, &scratch));
    return Record::FromStoredBytes(plain);
  };
  StatusOr<Record> record = read();
  if (!record.ok()) return WithContext(record.status(), "the stored bytes of record " + std::to_string(rid));
  return std::optional<Record>(*std::move(record));
}

StatusOr<v1::StoredRecord> RecordTable::Decode(std::string_view row) const {
  std::string scratch;
  DAFTAR_ASSIGN_OR_RETURN(const std::string_view plain, codec_.Decode(row, &scratch));
  v1::StoredRecord record;
  if (!record.ParseFromArray(plain.data(), static_cast<int>(plain.size()))) return DataLoss("does not parse");
  return record;
}

std::string RecordTable::Encode(const v1::StoredRecord& record) const {
  return codec_.Encode(record.kind(), record.SerializeAsString());
}

Status RecordTable::AddDictionary(Kind kind, std::string_view dictionary, bool repack) {
  std::string value;
  PutU32(value, static_cast<uint32_t>(kind));
  value += dictionary;
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_.BeginWrite());
  const lmdb::Table meta = env_.table(tables::kMeta);
  // Not one that is there and could not be read: rows may need it.
  size_t number = 1;
  while (number <= RecordCodec::kMostDictionaries && txn.Has(meta, DictionaryKey(tables::kDictionaryPrefix, number)))
    ++number;
  if (number > RecordCodec::kMostDictionaries)
    return ResourceExhausted("the records have too many dictionaries; they are kept as they are");
  for (const std::string_view prefix : {tables::kDictionaryPrefix, tables::kDictionaryCopyPrefix})
    DAFTAR_RETURN_IF_ERROR(txn.Put(meta, DictionaryKey(prefix, number), value));
  if (repack) DAFTAR_RETURN_IF_ERROR(txn.Put(meta, tables::kRepackKey, tables::U32Key(0)));
  DAFTAR_RETURN_IF_ERROR(txn.Commit());
  // Only now that it is durable may a row need it.
  return codec_.Add(static_cast<uint8_t>(number), kind, dictionary);
}

}  // namespace daftar
