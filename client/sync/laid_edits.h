// Edits that wait in the outbox, laid over one state of the replica: what becomes of each record that they change. Made
// once for as long as neither changes, and shared by the views that show it: with thousands of edits waiting, laying
// them takes longer than most of what is read. Immutable; any thread.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "daftar/v1/store.pb.h"
#include "storage/base/mutex.h"
#include "storage/view/read_view.h"

namespace daftar {

class LaidEdits {
 public:
  struct Laid {
    Record record;
    bool created = false;            // the base does not have it
    std::vector<HistoryStep> steps;  // newest last
  };

  // Lays the entries over `base` in order; answered ones that the base already shows are left out.
  static StatusOr<std::shared_ptr<const LaidEdits>> Lay(const ReadView& base,
                                                        const std::vector<v1::OutboxEntry>& outbox);

  const std::map<Uuid, Laid>& records() const { return records_; }
  // A place or source that the base has was edited: rows of others rest on such.
  bool rows_change() const { return rows_change_; }
  // What waits, for a search of the base. `lookup` reads the records that those which wait name, of the same state.
  StatusOr<const SearchOverlay*> ForSearch(const RecordLookup& lookup) const DAFTAR_EXCLUDES(mutex_);

 private:
  Status LayOne(const ReadView& base, const v1::Mutation& mutation, const v1::RecordEdit& edit);

  std::map<Uuid, Laid> records_;
  bool rows_change_ = false;
  mutable Mutex mutex_;
  mutable std::optional<SearchOverlay> for_search_ DAFTAR_GUARDED_BY(mutex_);  // made when it is first asked for
};

}  // namespace daftar
