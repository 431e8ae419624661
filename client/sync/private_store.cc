#include "client/sync/private_store.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "storage/base/bytes.h"
#include "storage/search/analysis/fold.h"
#include "storage/search/query/query.h"

namespace daftar {
namespace {

constexpr std::string_view kVisitsKey = "visits";
constexpr size_t kMostTitleBytes = 1024;
constexpr size_t kMostAddressBytes = 2 * search::kMaxQueryBytes;
// What stands between two notes of one record that were written apart.
constexpr std::string_view kBetweenNotes = "\n\n---\n\n";

std::string Key(uint64_t number) {
  std::string key;
  PutU64(key, number);
  return key;
}

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

// No longer than so many bytes, cut between characters.
std::string Cut(std::string_view text, size_t most) {
  size_t end = std::min(text.size(), most);
  while (end < text.size() && end > 0 && (text[end] & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end));
}

bool SameTag(std::string_view a, std::string_view b) {
  return a == b || search::FoldedName(a) == search::FoldedName(b);
}

// What may not be kept.
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

// Tags without white space around them, each once; a note that is nothing but white space is none.
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

// Puts the page in front of the others, and forgets those that are too many.
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

}  // namespace

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
  DAFTAR_RETURN_IF_ERROR(Write(txn, tables_.records, after));
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
