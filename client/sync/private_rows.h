// Rows of the tables of private_store.h: how they are read, checked and written. For the .cc files of that header
// alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client/sync/private_store.h"
#include "storage/search/query/query.h"

namespace daftar::private_rows {

inline constexpr std::string_view kVisitsKey = "visits";
inline constexpr size_t kMostTitleBytes = 1024;
inline constexpr size_t kMostAddressBytes = 2 * search::kMaxQueryBytes;

std::string Key(uint64_t number);

template <typename Message>
StatusOr<Message> Parse(std::string_view bytes, lmdb::Table table) {
  Message message;
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
    return DataLoss(std::string("an entry of the table ") + table.name + " does not parse");
  return message;
}

template <typename Message>
StatusOr<Message> Read(const lmdb::ReadTxn& txn, lmdb::Table table, std::string_view key) {
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<std::string_view> bytes, txn.Get(table, key));
  return bytes ? Parse<Message>(*bytes, table) : Message();
}

template <typename Message>
StatusOr<std::vector<Message>> ReadAll(const lmdb::ReadTxn& txn, lmdb::Table table) {
  std::vector<Message> all;
  lmdb::Cursor cursor = txn.Seek(table, "");
  for (; cursor.valid(); cursor.Next()) {
    DAFTAR_ASSIGN_OR_RETURN(Message message, Parse<Message>(cursor.value(), table));
    all.push_back(std::move(message));
  }
  DAFTAR_RETURN_IF_ERROR(cursor.status());
  return all;
}

// The highest number in a table that is keyed by numbers; 0 if it is empty.
StatusOr<uint64_t> LastNumber(const lmdb::ReadTxn& txn, lmdb::Table table);

// Without white space round it.
std::string Trimmed(std::string_view text);
// No longer than so many bytes, cut between characters.
std::string Cut(std::string_view text, size_t most);
// Whether the two differ at most in case, accents and signs.
bool SameTag(std::string_view a, std::string_view b);

// What may not be kept.
Status CheckRecord(const v1::PrivateRecord& record);
Status CheckSearch(const v1::SavedSearch& search);

// Tags without white space around them, each once; a note that is nothing but white space is none.
void Tidy(v1::PrivateRecord& record);
void SetLabel(v1::PrivateRecord& record, const RecordLabel& label);
// Takes the row away if nothing is kept.
Status Write(lmdb::WriteTxn& txn, lmdb::Table table, const v1::PrivateRecord& record);
// Puts the page in front of the others, and forgets those that are too many.
Status PutRecent(lmdb::WriteTxn& txn, lmdb::Table table, const v1::RecentPage& page);

}  // namespace daftar::private_rows
