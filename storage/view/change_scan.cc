#include "storage/view/change_scan.h"

#include <algorithm>
#include <map>

#include "storage/model/parts.h"
#include "storage/view/live.h"
#include "storage/view/tables.h"
#include "storage/view/view_writer.h"

namespace daftar {
namespace {

using tables::U32Key;

constexpr size_t kMostRows = 20'000;                     // looked at in one transaction
constexpr size_t kMostUndone = 16;                       // changes of one record that are looked through
constexpr uint32_t kParentField = 2, kCountryField = 3;  // of a place
constexpr int kMostPlaces = 16;                          // a chain of places longer than this, or in a circle, is cut
constexpr size_t kBytesOfGone = 4;

std::map<PartId, Revision> RevisionsOf(const v1::StoredRecord& stored) {
  std::map<PartId, Revision> revisions;
  for (const v1::PartRevision& part : stored.part()) revisions[{part.field(), part.key()}] = part.revision();
  return revisions;
}

// A record's change as a session sends it: all of it, or the parts newer than `since`.
StatusOr<RecordChange> ChangeOf(Rid rid, const v1::StoredRecord& stored, Revision since, bool whole, bool stub) {
  const std::optional<Uuid> id = Uuid::FromBytes(stored.id());
  if (!id) return DataLoss("record " + std::to_string(rid) + " has no id");
  RecordChange change{rid, stored.revision(), whole, *id, stored.kind(), stored.created(), {}, stub};
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<Part> parts, SplitParts(stored.body()));
  std::map<PartId, Revision> revisions = RevisionsOf(stored);
  if (whole) {
    for (const Part& part : parts) revisions.try_emplace(part.id, stored.created());
  }
  for (const auto& [part, revision] : revisions) {
    if (stub && !IsInStub(part)) continue;
    if (whole || revision > since) change.parts.push_back({part, revision, std::string(FindPart(parts, part))});
  }
  return change;
}

size_t SizeOf(const RecordChange& change) {
  size_t size = 32;
  for (const PartChange& part : change.parts) size += 20 + part.value.size();
  return size;
}

}  // namespace

StatusOr<v1::DeltaFrame> EncodeBatch(const ChangeBatch& batch) {
  DAFTAR_ASSIGN_OR_RETURN(v1::DeltaFrame frame, EncodeFrame(batch.set));
  frame.mutable_gone()->Add(batch.gone.begin(), batch.gone.end());
  if (batch.live) *frame.mutable_live() = *batch.live;
  const bool at_last_change = !batch.set.changes.empty() &&
                              batch.set.changes.back().revision == batch.position.revision() &&
                              batch.set.changes.back().rid == batch.position.rid();
  if (!at_last_change) *frame.mutable_position() = batch.position;
  return frame;
}

bool MovedSince(const v1::StoredRecord& stored, Revision since) {
  if (stored.kind() != v1::RecordKind::PLACE) return false;
  return std::any_of(stored.part().begin(), stored.part().end(), [since](const v1::PartRevision& part) {
    return part.revision() > since && (part.field() == kParentField || part.field() == kCountryField);
  });
}

StatusOr<Hold> HeldNow(const v1::StoredRecord& stored, const Scope& scope, const RecordLookup& lookup) {
  if (stored.stub()) return Hold::kStub;
  if (scope.everything()) return Hold::kWhole;
  if (!v1::RecordKind::Code_IsValid(stored.kind())) return Hold::kWhole;  // of a newer schema
  DAFTAR_ASSIGN_OR_RETURN(const Record record, Record::FromStored(stored));
  return scope.HoldOf(record, lookup);
}

StatusOr<ChangeBatch> ChangeScan::After(const v1::Position& from, Revision since, size_t max_bytes,
                                        const Slice& slice) {
  DAFTAR_ASSIGN_OR_RETURN(const v1::StoredHead head, LoadHead(env_, txn_));
  ChangeBatch batch;
  batch.position = from;
  batch.head = head.checkpoint();
  batch.places_seen = batch.head.cursor().revision();
  if (slice.wanted.by_place() || slice.held.by_place()) {
    DAFTAR_ASSIGN_OR_RETURN(batch.moved_places, MovedPlaces(since, slice));
  }
  CommitCollector commits(env_, txn_);
  size_t bytes = 0, rows = 0;
  const std::string start = tables::LatestKey(from.revision(), from.rid());
  const lmdb::Table latest = env_.table(tables::kLatest);
  lmdb::Cursor cursor = txn_.Seek(latest, start, U32Key(tables::kWholePartition));
  if (cursor.valid() && cursor.key() == start) cursor.Next();
  for (; cursor.valid() && bytes < max_bytes && rows < kMostRows; cursor.Next(), ++rows) {
    const v1::Position before = batch.position;
    const size_t changes = batch.set.changes.size(), gone = batch.gone.size();
    batch.position.set_revision(tables::RevisionOfRow(cursor.key()));
    batch.position.set_rid(tables::RidOf(cursor.key()));
    DAFTAR_RETURN_IF_ERROR(AddRow(batch.position.rid(), cursor.value() == tables::kEnded, since, slice, batch));
    if (batch.set.changes.size() == changes) {
      bytes += (batch.gone.size() - gone) * kBytesOfGone;
      continue;
    }
    const size_t size = SizeOf(batch.set.changes.back());
    if (bytes > 0 && bytes + size > kMaxFrameBody / 2) {
      batch.set.changes.pop_back();
      batch.position = before;
      return batch;
    }
    bytes += size;
    DAFTAR_RETURN_IF_ERROR(commits.AddFor(batch.set));
  }
  DAFTAR_RETURN_IF_ERROR(cursor.status());
  batch.looked_at = rows;
  batch.reached_head = !cursor.valid();
  // Whoever is one revision behind can tell the chain from the commit, also where no record of it is theirs.
  if (batch.reached_head && !batch.gone.empty())
    DAFTAR_RETURN_IF_ERROR(commits.Add(batch.head.cursor().revision(), batch.set));
  // A client without a state has what was sent since its hello, or at a time that nobody remembers.
  const Revision holds_since = since != 0 ? since : slice.new_places_since;
  if (batch.reached_head && holds_since < head.horizon()) {
    DAFTAR_ASSIGN_OR_RETURN(const std::vector<Rid> rids, AllRids(env_, txn_));
    DAFTAR_ASSIGN_OR_RETURN(batch.live, EncodeLive(rids));
  }
  return batch;
}

Status ChangeScan::AddRow(Rid rid, bool ended, Revision since, const Slice& slice, ChangeBatch& batch) {
  if (ended) {
    batch.gone.push_back(rid);
    return OkStatus();
  }
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<v1::StoredRecord> stored, records_.Load(txn_, rid));
  if (!stored) return DataLoss("record " + std::to_string(rid) + " is in the list of changes and nowhere else");
  DAFTAR_ASSIGN_OR_RETURN(const Hold now, HeldNow(*stored, slice.wanted, lookup_));
  const bool changed = stored->revision() > since;
  // Whether the client holds as much of it as it shall.
  bool alike = stored->created() <= since;
  const bool moved = slice.places_moved || !batch.moved_places.empty();
  if (!slice.everything() && changed && moved) {
    alike = false;  // where it lay then is not known
  } else if (!slice.everything() && changed) {
    DAFTAR_ASSIGN_OR_RETURN(alike, WasHeldAlike(rid, *stored, since, slice, now));
  } else if (!slice.everything()) {
    DAFTAR_ASSIGN_OR_RETURN(const Hold then, HeldNow(*stored, slice.held, lookup_));
    alike = then == now;
  }
  if (alike && (!changed || now == Hold::kNothing)) return OkStatus();
  if (now == Hold::kNothing) {
    batch.gone.push_back(rid);
    return OkStatus();
  }
  const bool patch = alike && stored->created() <= since;
  DAFTAR_ASSIGN_OR_RETURN(RecordChange change, ChangeOf(rid, *stored, since, !patch, now == Hold::kStub));
  if (patch && change.parts.empty()) return OkStatus();  // nothing of it is in the stub
  batch.set.changes.push_back(std::move(change));
  return OkStatus();
}

StatusOr<bool> ChangeScan::WasHeldAlike(Rid rid, const v1::StoredRecord& stored, Revision since, const Slice& slice,
                                        Hold now) {
  std::set<Revision> named;
  for (const v1::PartRevision& part : stored.part()) {
    if (part.revision() > since && part.revision() != stored.created()) named.insert(part.revision());
  }
  v1::StoredRecord past = stored;
  size_t undone = 0;
  lmdb::Cursor cursor = txn_.SeekLast(env_.table(tables::kHistory), U32Key(rid));
  for (; cursor.valid(); cursor.Prev()) {
    const Revision revision = tables::RevisionOfRow(cursor.key());
    if (revision <= since) break;
    v1::HistoryEntry entry;
    if (++undone > kMostUndone || !entry.ParseFromArray(cursor.value().data(), static_cast<int>(cursor.value().size())))
      return false;
    named.erase(revision);
    const std::vector<v1::PartEdit> before(entry.before().begin(), entry.before().end());
    DAFTAR_ASSIGN_OR_RETURN(*past.mutable_body(), PatchBody(past.body(), before));
    DAFTAR_ASSIGN_OR_RETURN(const Hold wanted, HeldNow(past, slice.wanted, lookup_));
    DAFTAR_ASSIGN_OR_RETURN(const Hold held, HeldNow(past, slice.held, lookup_));
    if (wanted != now || held != now) return false;
  }
  return named.empty() && cursor.status().ok();  // else the history does not reach back so far
}

StatusOr<WholeBatch> ChangeScan::Whole(std::span<const Rid> rids, size_t max_bytes, const Scope& scope) {
  WholeBatch batch;
  CommitCollector commits(env_, txn_);
  size_t bytes = 0;
  for (const Rid rid : rids) {
    if (bytes >= max_bytes) break;
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<v1::StoredRecord> stored, records_.Load(txn_, rid));
    Hold held = Hold::kNothing;
    if (stored) {
      DAFTAR_ASSIGN_OR_RETURN(held, HeldNow(*stored, scope, lookup_));
    }
    if (held == Hold::kNothing) {
      batch.gone.push_back(rid);
      bytes += kBytesOfGone;
      ++batch.covered;
      continue;
    }
    DAFTAR_ASSIGN_OR_RETURN(RecordChange change, ChangeOf(rid, *stored, 0, true, held == Hold::kStub));
    const size_t size = SizeOf(change);
    if (bytes > 0 && bytes + size > kMaxFrameBody / 2) return batch;
    bytes += size;
    ++batch.covered;
    batch.set.changes.push_back(std::move(change));
    DAFTAR_RETURN_IF_ERROR(commits.AddFor(batch.set));
  }
  return batch;
}

StatusOr<std::vector<Rid>> ChangeScan::MovedPlaces(Revision since, const Slice& slice) {
  std::vector<Rid> moved;
  lmdb::Cursor cursor =
      txn_.Seek(env_.table(tables::kLatest), tables::LatestKey(std::max(since, slice.places_seen), UINT32_MAX),
                U32Key(tables::kWholePartition));
  for (; cursor.valid(); cursor.Next()) {
    const Rid rid = tables::RidOf(cursor.key());
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<v1::StoredRecord> stored, records_.Load(txn_, rid));
    if (!stored) continue;
    const bool is_new = stored->created() > since;
    if (MovedSince(*stored, is_new ? std::max(stored->created(), slice.new_places_since) : since)) moved.push_back(rid);
  }
  DAFTAR_RETURN_IF_ERROR(cursor.status());
  return moved;
}

StatusOr<bool> ChangeScan::LiesIn(std::string place, const std::set<std::string>& places) {
  for (int depth = 0; depth < kMostPlaces && place.size() == Uuid::kSize; ++depth) {
    if (places.contains(place)) return true;
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> found, lookup_(*Uuid::FromBytes(place)));
    if (!found || found->kind() != v1::RecordKind::PLACE) return false;
    place = found->place().parent();
  }
  return false;
}

StatusOr<std::vector<Rid>> ChangeScan::LyingIn(std::span<const Rid> places) {
  std::set<std::string> ids;
  for (const Rid rid : places) {
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<v1::StoredRecord> place, records_.Load(txn_, rid));
    if (place) ids.insert(place->id());
  }
  std::vector<Rid> lying;
  lmdb::Cursor cursor = txn_.Seek(env_.table(tables::kRecord), "");
  for (; cursor.valid(); cursor.Next()) {
    DAFTAR_ASSIGN_OR_RETURN(const v1::StoredRecord stored, records_.Decode(cursor.value()));
    if (stored.kind() != v1::RecordKind::INCIDENT && stored.kind() != v1::RecordKind::ALERT_PERIOD) continue;
    DAFTAR_ASSIGN_OR_RETURN(const Record record, Record::FromStored(stored));
    bool lies = false;
    for (const v1::Account& account : record.accounts()) {
      if (lies) break;
      DAFTAR_ASSIGN_OR_RETURN(lies, LiesIn(account.place(), ids));
    }
    if (stored.kind() == v1::RecordKind::ALERT_PERIOD) {
      for (const std::string& area : record.alert_period().area()) {
        if (lies) break;
        DAFTAR_ASSIGN_OR_RETURN(lies, LiesIn(area, ids));
      }
    }
    if (lies) lying.push_back(tables::RidOf(cursor.key()));
  }
  DAFTAR_RETURN_IF_ERROR(cursor.status());
  return lying;
}

}  // namespace daftar
