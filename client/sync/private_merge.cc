// PrivateStore::Merge: what another store held is put to what is here, so that nothing of either is lost.
#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "client/sync/private_rows.h"

namespace daftar {

using namespace private_rows;

namespace {

// What stands between two notes of one record that were written apart.
constexpr std::string_view kBetweenNotes = "\n\n---\n\n";

}  // namespace

Status PrivateStore::MergeRecord(lmdb::WriteTxn& txn, const v1::PrivateRecord& record, int64_t now_ms,
                                 PrivateMerge& merge) {
  const std::optional<Uuid> id = Uuid::FromBytes(record.record());
  if (!id) return InvalidArgument("one of the records has no id");
  DAFTAR_ASSIGN_OR_RETURN(const auto before, Read<v1::PrivateRecord>(txn, tables_.records, id->bytes()));
  v1::PrivateRecord after = before;
  const bool known = !IsEmpty(before);
  if (!known) SetLabel(after, {*id, record.kind(), record.title(), record.display_id()});
  if (record.pinned() && !after.pinned()) after.set_pinned_ms(record.pinned_ms());
  after.set_pinned(after.pinned() || record.pinned());
  for (const std::string& tag : record.tag()) AddTag(after, tag);
  const bool there = after.note().find(record.note()) != std::string::npos;
  const bool joined = !there && !after.note().empty();
  if (joined) after.mutable_note()->append(kBetweenNotes);
  if (!there) after.mutable_note()->append(record.note());
  Tidy(after);
  if (const Status good = CheckRecord(after); !good.ok()) return WithContext(good, record.title());
  if (IsEmpty(after) || after.SerializeAsString() == before.SerializeAsString()) return OkStatus();
  after.set_changed_ms(known ? now_ms : record.changed_ms());
  ++merge.records;
  merge.notes_joined += joined ? 1 : 0;
  return Write(txn, tables_.records, after);
}

StatusOr<PrivateMerge> PrivateStore::Merge(const v1::PrivateData& data, int64_t now_ms) {
  PrivateMerge merge;
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_.BeginWrite());
  for (const v1::PrivateRecord& record : data.record()) DAFTAR_RETURN_IF_ERROR(MergeRecord(txn, record, now_ms, merge));

  DAFTAR_ASSIGN_OR_RETURN(auto here, ReadAll<v1::SavedSearch>(txn, tables_.searches));
  DAFTAR_ASSIGN_OR_RETURN(uint64_t number, LastNumber(txn, tables_.searches));
  for (v1::SavedSearch search : data.search()) {
    DAFTAR_RETURN_IF_ERROR(CheckSearch(search));
    const auto same = [&search](const v1::SavedSearch& other) { return IsSameSearch(other, search); };
    if (std::any_of(here.begin(), here.end(), same)) continue;
    if (here.size() >= kMostSavedSearches)
      return ResourceExhausted("there would be more than " + std::to_string(kMostSavedSearches) + " saved searches");
    search.set_number(++number);
    DAFTAR_RETURN_IF_ERROR(txn.Put(tables_.searches, Key(number), search.SerializeAsString()));
    here.push_back(std::move(search));
    ++merge.searches;
  }

  DAFTAR_ASSIGN_OR_RETURN(const auto pages, ReadAll<v1::RecentPage>(txn, tables_.recent));
  std::set<std::string> addresses;
  for (const v1::RecentPage& page : pages) addresses.insert(page.address());
  // What was read elsewhere comes behind what was read here, as far as there is room: it is the less recent.
  std::vector<v1::RecentPage> order;
  for (const v1::RecentPage& page : data.recent()) {
    const bool usable = !page.address().empty() && page.address().size() <= kMostAddressBytes;
    if (usable && addresses.size() < kMostRecentPages && addresses.insert(page.address()).second) order.push_back(page);
  }
  if (!order.empty()) {
    merge.recent = order.size();
    std::reverse(order.begin(), order.end());
    order.insert(order.end(), pages.begin(), pages.end());
    std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.at_ms() < b.at_ms(); });
    for (const v1::RecentPage& page : order) DAFTAR_RETURN_IF_ERROR(PutRecent(txn, tables_.recent, page));
  }

  DAFTAR_ASSIGN_OR_RETURN(const auto visits, Read<v1::HomeVisits>(txn, tables_.visits, kVisitsKey));
  const bool take_visits = visits.visit().empty() && !visits.has_read() && data.visits().ByteSizeLong() > 0;
  if (take_visits) DAFTAR_RETURN_IF_ERROR(txn.Put(tables_.visits, kVisitsKey, data.visits().SerializeAsString()));
  if (merge.records + merge.searches + merge.recent == 0 && !take_visits) return merge;
  DAFTAR_RETURN_IF_ERROR(txn.Commit());
  return merge;
}

}  // namespace daftar
