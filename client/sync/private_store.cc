#include "client/sync/private_store.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "client/sync/private_rows.h"

namespace daftar {

using namespace private_rows;

bool IsEmpty(const v1::PrivateRecord& record) {
  return !record.pinned() && record.tag().empty() && record.note().empty();
}

bool AddTag(v1::PrivateRecord& record, std::string_view tag) {
  const std::string trimmed = Trimmed(tag);
  const auto same = [&trimmed](const std::string& other) { return SameTag(other, trimmed); };
  if (trimmed.empty() || std::any_of(record.tag().begin(), record.tag().end(), same)) return false;
  record.add_tag(trimmed);
  return true;
}

bool RemoveTag(v1::PrivateRecord& record, std::string_view tag) {
  auto& tags = *record.mutable_tag();
  const auto kept =
      std::remove_if(tags.begin(), tags.end(), [&](const std::string& other) { return SameTag(other, Trimmed(tag)); });
  const bool removed = kept != tags.end();
  tags.erase(kept, tags.end());
  return removed;
}

v1::SavedSearch SavedOf(std::string_view query, std::string_view kind, std::string_view sort) {
  v1::SavedSearch search;
  search.set_query(Trimmed(query));
  search.set_kind(std::string(kind));
  if (sort != "relevance") search.set_sort(std::string(sort));
  return search;
}

bool IsSameSearch(const v1::SavedSearch& a, const v1::SavedSearch& b) {
  return Trimmed(a.query()) == Trimmed(b.query()) && a.kind() == b.kind() && a.sort() == b.sort();
}

StatusOr<v1::PrivateRecord> PrivateStore::Of(const Uuid& id) const {
  DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env_.BeginRead());
  return Read<v1::PrivateRecord>(txn, tables_.records, id.bytes());
}

StatusOr<std::vector<v1::PrivateRecord>> PrivateStore::Records() const {
  DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env_.BeginRead());
  return ReadAll<v1::PrivateRecord>(txn, tables_.records);
}

StatusOr<v1::PrivateRecord> PrivateStore::Change(const RecordLabel& label, int64_t now_ms,
                                                 const std::function<void(v1::PrivateRecord&)>& change) {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_.BeginWrite());
  DAFTAR_ASSIGN_OR_RETURN(const v1::PrivateRecord before,
                          Read<v1::PrivateRecord>(txn, tables_.records, label.id.bytes()));
  v1::PrivateRecord after = before;
  SetLabel(after, label);
  change(after);
  Tidy(after);
  DAFTAR_RETURN_IF_ERROR(CheckRecord(after));
  const bool pinned_now = after.pinned() && !before.pinned();
  if (pinned_now) after.set_pinned_ms(now_ms);
  if (after.SerializeAsString() == before.SerializeAsString() || (IsEmpty(before) && IsEmpty(after))) return after;
  after.set_changed_ms(now_ms);
  DAFTAR_RETURN_IF_ERROR(private_rows::Write(txn, tables_.records, after));
  DAFTAR_RETURN_IF_ERROR(txn.Commit());
  return after;
}

Status PrivateStore::KeepLabels(const std::vector<RecordLabel>& labels) {
  const auto differs = [](const v1::PrivateRecord& kept, const RecordLabel& label) {
    return !IsEmpty(kept) && (kept.title() != Cut(label.title, kMostTitleBytes) || kept.kind() != label.kind ||
                              kept.display_id() != Cut(label.display_id, kMostTitleBytes));
  };
  std::vector<RecordLabel> others;
  {
    DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env_.BeginRead());
    for (const RecordLabel& label : labels) {
      DAFTAR_ASSIGN_OR_RETURN(const auto kept, Read<v1::PrivateRecord>(txn, tables_.records, label.id.bytes()));
      if (differs(kept, label)) others.push_back(label);
    }
  }
  if (others.empty()) return OkStatus();
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_.BeginWrite());
  for (const RecordLabel& label : others) {
    DAFTAR_ASSIGN_OR_RETURN(auto kept, Read<v1::PrivateRecord>(txn, tables_.records, label.id.bytes()));
    if (!differs(kept, label)) continue;
    SetLabel(kept, label);
    DAFTAR_RETURN_IF_ERROR(txn.Put(tables_.records, kept.record(), kept.SerializeAsString()));
  }
  return txn.Commit();
}

StatusOr<std::vector<v1::SavedSearch>> PrivateStore::Searches() const {
  DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env_.BeginRead());
  DAFTAR_ASSIGN_OR_RETURN(std::vector<v1::SavedSearch> all, ReadAll<v1::SavedSearch>(txn, tables_.searches));
  std::erase_if(all, [](const v1::SavedSearch& search) { return search.query().empty(); });
  return all;
}

StatusOr<uint64_t> PrivateStore::AddSearch(v1::SavedSearch search) {
  search.set_query(Trimmed(search.query()));
  DAFTAR_RETURN_IF_ERROR(CheckSearch(search));
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_.BeginWrite());
  DAFTAR_ASSIGN_OR_RETURN(std::vector<v1::SavedSearch> all, ReadAll<v1::SavedSearch>(txn, tables_.searches));
  uint64_t number = 0, count = 0;
  for (v1::SavedSearch& other : all) {
    number = std::max(number, other.number());
    count += other.query().empty() ? 0 : 1;
    if (other.query().empty() || !IsSameSearch(other, search)) continue;
    if (search.name().empty() || search.name() == other.name()) return other.number();
    other.set_name(search.name());
    DAFTAR_RETURN_IF_ERROR(txn.Put(tables_.searches, Key(other.number()), other.SerializeAsString()));
    DAFTAR_RETURN_IF_ERROR(txn.Commit());
    return other.number();
  }
  if (count >= kMostSavedSearches) {
    return ResourceExhausted("you have " + std::to_string(kMostSavedSearches) +
                             " saved searches, which is the most; remove one first");
  }
  search.set_number(number + 1);
  DAFTAR_RETURN_IF_ERROR(txn.Put(tables_.searches, Key(search.number()), search.SerializeAsString()));
  // The highest number that was given stays known, so that none is given twice.
  if (!all.empty() && all.back().query().empty())
    DAFTAR_RETURN_IF_ERROR(txn.Delete(tables_.searches, Key(all.back().number())));
  DAFTAR_RETURN_IF_ERROR(txn.Commit());
  return search.number();
}

Status PrivateStore::ChangeSearch(uint64_t number, const std::function<void(v1::SavedSearch&)>& change) {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_.BeginWrite());
  DAFTAR_ASSIGN_OR_RETURN(const auto before, Read<v1::SavedSearch>(txn, tables_.searches, Key(number)));
  if (before.query().empty()) return NotFound("there is no saved search " + std::to_string(number));
  v1::SavedSearch after = before;
  change(after);
  after.set_number(number);
  DAFTAR_RETURN_IF_ERROR(CheckSearch(after));
  if (after.SerializeAsString() == before.SerializeAsString()) return OkStatus();
  DAFTAR_RETURN_IF_ERROR(txn.Put(tables_.searches, Key(number), after.SerializeAsString()));
  return txn.Commit();
}

Status PrivateStore::RemoveSearch(uint64_t number) {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_.BeginWrite());
  DAFTAR_ASSIGN_OR_RETURN(const auto before, Read<v1::SavedSearch>(txn, tables_.searches, Key(number)));
  if (before.query().empty()) return NotFound("there is no saved search " + std::to_string(number));
  DAFTAR_ASSIGN_OR_RETURN(const uint64_t last, LastNumber(txn, tables_.searches));
  // Of the last one the number stays, so that it is not given again.
  v1::SavedSearch empty;
  empty.set_number(number);
  DAFTAR_RETURN_IF_ERROR(number == last ? txn.Put(tables_.searches, Key(number), empty.SerializeAsString())
                                        : txn.Delete(tables_.searches, Key(number)));
  return txn.Commit();
}

StatusOr<std::vector<v1::RecentPage>> PrivateStore::Recent(size_t most) const {
  DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env_.BeginRead());
  std::vector<v1::RecentPage> pages;
  lmdb::Cursor cursor = txn.SeekLast(tables_.recent, "");
  for (; cursor.valid() && pages.size() < most; cursor.Prev()) {
    DAFTAR_ASSIGN_OR_RETURN(v1::RecentPage page, Parse<v1::RecentPage>(cursor.value(), tables_.recent));
    pages.push_back(std::move(page));
  }
  DAFTAR_RETURN_IF_ERROR(cursor.status());
  return pages;
}

Status PrivateStore::NoteRecent(const v1::RecentPage& page) {
  if (page.address().empty() || page.address().size() > kMostAddressBytes) return OkStatus();
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_.BeginWrite());
  DAFTAR_RETURN_IF_ERROR(PutRecent(txn, tables_.recent, page));
  return txn.Commit();
}

StatusOr<v1::HomeVisits> PrivateStore::Visits() const {
  DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env_.BeginRead());
  return Read<v1::HomeVisits>(txn, tables_.visits, kVisitsKey);
}

Status PrivateStore::ChangeVisits(const std::function<void(v1::HomeVisits&)>& change) {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_.BeginWrite());
  DAFTAR_ASSIGN_OR_RETURN(auto visits, Read<v1::HomeVisits>(txn, tables_.visits, kVisitsKey));
  change(visits);
  const int extra = visits.visit_size() - static_cast<int>(kMostVisits);
  if (extra > 0) visits.mutable_visit()->DeleteSubrange(0, extra);
  DAFTAR_RETURN_IF_ERROR(txn.Put(tables_.visits, kVisitsKey, visits.SerializeAsString()));
  return txn.Commit();
}

StatusOr<v1::PrivateData> PrivateStore::All() const {
  v1::PrivateData data;
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::PrivateRecord> records, Records());
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::SavedSearch> searches, Searches());
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::RecentPage> recent, Recent());
  DAFTAR_ASSIGN_OR_RETURN(*data.mutable_visits(), Visits());
  data.mutable_record()->Add(records.begin(), records.end());
  data.mutable_search()->Add(searches.begin(), searches.end());
  data.mutable_recent()->Add(recent.begin(), recent.end());
  return data;
}

}  // namespace daftar
