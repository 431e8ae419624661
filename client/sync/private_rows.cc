#include "client/sync/private_rows.h"

#include <algorithm>

#include "storage/base/bytes.h"
#include "storage/search/analysis/fold.h"

namespace daftar::private_rows {

std::string Key(uint64_t number) {
  std::string key;
  PutU64(key, number);
  return key;
}

StatusOr<uint64_t> LastNumber(const lmdb::ReadTxn& txn, lmdb::Table table) {
  const lmdb::Cursor last = txn.SeekLast(table, "");
  DAFTAR_RETURN_IF_ERROR(last.status());
  uint64_t number = 0;
  std::string_view key = last.valid() ? last.key() : std::string_view();
  TakeU64(key, number);
  return number;
}

std::string Trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1));
}

std::string Cut(std::string_view text, size_t most) {
  size_t end = std::min(text.size(), most);
  while (end < text.size() && end > 0 && (text[end] & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end));
}

bool SameTag(std::string_view a, std::string_view b) {
  return a == b || search::FoldedName(a) == search::FoldedName(b);
}

Status CheckRecord(const v1::PrivateRecord& record) {
  if (record.note().size() > kMostNoteBytes) {
    return InvalidArgument("the note takes " + std::to_string(record.note().size()) + " bytes; a note may take " +
                           std::to_string(kMostNoteBytes) + ". Shorten it; nothing was changed");
  }
  if (static_cast<size_t>(record.tag_size()) > kMostPrivateTags) {
    return InvalidArgument("a record may have " + std::to_string(kMostPrivateTags) +
                           " tags of your own; take one away first. Nothing was changed");
  }
  for (const std::string& tag : record.tag()) {
    if (search::FoldedName(tag).empty())
      return InvalidArgument("the tag \"" + tag + "\" has no letter or digit. Nothing was changed");
    if (tag.size() > kMostTagBytes) {
      return InvalidArgument("a tag may take " + std::to_string(kMostTagBytes) + " bytes: \"" + Cut(tag, 40) +
                             "…\" takes " + std::to_string(tag.size()) + ". Nothing was changed");
    }
  }
  return OkStatus();
}

Status CheckSearch(const v1::SavedSearch& search) {
  if (Trimmed(search.query()).empty()) return InvalidArgument("an empty search cannot be saved");
  if (search.query().size() > search::kMaxQueryBytes)
    return InvalidArgument("the query takes more than " + std::to_string(search::kMaxQueryBytes) + " bytes");
  if (search.name().size() > kMostSavedNameBytes) {
    return InvalidArgument("the name of a saved search may take " + std::to_string(kMostSavedNameBytes) + " bytes");
  }
  return OkStatus();
}

void Tidy(v1::PrivateRecord& record) {
  v1::PrivateRecord tidy;
  for (const std::string& tag : record.tag()) AddTag(tidy, tag);
  record.mutable_tag()->Swap(tidy.mutable_tag());
  if (Trimmed(record.note()).empty()) record.clear_note();
  if (!record.pinned()) record.clear_pinned_ms();
}

void SetLabel(v1::PrivateRecord& record, const RecordLabel& label) {
  record.set_record(label.id.str());
  record.set_kind(label.kind);
  record.set_title(Cut(label.title, kMostTitleBytes));
  record.set_display_id(Cut(label.display_id, kMostTitleBytes));
}

Status Write(lmdb::WriteTxn& txn, lmdb::Table table, const v1::PrivateRecord& record) {
  if (IsEmpty(record)) return txn.Delete(table, record.record());
  if (!txn.Has(table, record.record())) {
    DAFTAR_ASSIGN_OR_RETURN(const uint64_t count, txn.Count(table));
    if (count >= kMostPrivateRecords) {
      return ResourceExhausted("you keep something of " + std::to_string(kMostPrivateRecords) +
                               " records already, which is the most; nothing was changed");
    }
  }
  return txn.Put(table, record.record(), record.SerializeAsString());
}

Status PutRecent(lmdb::WriteTxn& txn, lmdb::Table table, const v1::RecentPage& page) {
  DAFTAR_ASSIGN_OR_RETURN(const uint64_t last, LastNumber(txn, table));
  std::vector<std::string> gone;
  {
    size_t kept = 1;
    lmdb::Cursor cursor = txn.SeekLast(table, "");
    for (; cursor.valid(); cursor.Prev()) {
      DAFTAR_ASSIGN_OR_RETURN(const v1::RecentPage other, Parse<v1::RecentPage>(cursor.value(), table));
      if (other.address() == page.address() || kept >= kMostRecentPages) {
        gone.emplace_back(cursor.key());
      } else {
        ++kept;
      }
    }
    DAFTAR_RETURN_IF_ERROR(cursor.status());
  }
  for (const std::string& key : gone) DAFTAR_RETURN_IF_ERROR(txn.Delete(table, key));
  v1::RecentPage kept = page;
  kept.set_title(Cut(page.title(), kMostTitleBytes));
  return txn.Put(table, Key(last + 1), kept.SerializeAsString());
}

}  // namespace daftar::private_rows
