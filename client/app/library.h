// What the window asks of a workstation: questions that take a moment, each answered with plain values. The worker's
// thread calls it, one call at a time, and Verify another; a test puts a book of its own in its place.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "client/forms/act.h"
#include "client/forms/bulk_form.h"
#include "client/forms/candidates.h"
#include "client/forms/open_form.h"
#include "client/model/content.h"
#include "client/model/own_change.h"
#include "client/model/sync_page.h"
#include "client/model/sync_state.h"
#include "storage/base/status.h"
#include "storage/view/view.h"

namespace daftar::app {

// What comes to a map that is already on the screen.
struct MapUpdate {
  std::shared_ptr<const MapScene> scene;
  MapRows rows;
};

class Library {
 public:
  virtual ~Library() = default;

  // What an address leads to. `patient`: however long it takes; else it is a search that is being typed, and the next
  // letter is near. `stop` ends it with Cancelled.
  virtual StatusOr<Content> Read(const Address& address, bool patient, const std::atomic<bool>& stop) = 0;
  // What lists show of items of a spread that was read before; those that are not there any more are left out.
  virtual StatusOr<ItemRows> Describe(const search::Spread& spread, const std::vector<uint32_t>& items) = 0;
  // What a map that was built shows of another box, and of another span than its scene has.
  virtual StatusOr<MapUpdate> ReadMap(const MapPage& map, const MapSpan& span, const WorldBox& box) = 0;
  // A record of a map; nullopt: it is not there any more.
  virtual StatusOr<std::optional<ListRow>> ReadMapRow(const MapPage& map, uint32_t record) = 0;
  virtual StatusOr<Overview> ReadOverview() = 0;
  virtual StatusOr<SyncFacts> ReadSyncFacts() = 0;
  // Forms (client/forms/open_form.h): begun and kept; as it was kept; kept, durable when this returns; checked; sent;
  // thrown away; all of them ended well; what completes a field.
  virtual StatusOr<forms::OpenForm> BeginForm(const forms::Wish& wish) = 0;
  virtual StatusOr<forms::OpenForm> TakeUpForm(uint64_t number) = 0;
  virtual Status KeepForm(const forms::OpenForm& form) = 0;
  virtual StatusOr<bool> CheckForm(forms::OpenForm& form) = 0;
  virtual StatusOr<uint64_t> SendForm(forms::OpenForm& form) = 0;
  // What a form of many records would change (client/forms/bulk_form.h).
  virtual StatusOr<forms::BulkPreview> PreviewBulk(forms::OpenForm& form) = 0;
  virtual Status DropForm(uint64_t number) = 0;
  virtual Status CloseForms() = 0;
  virtual StatusOr<std::vector<PageLink>> SuggestFor(const forms::Field& field) = 0;
  // Words of a passage that look like values; `stop` ends it with Cancelled.
  virtual StatusOr<std::vector<forms::Candidate>> CandidatesIn(const std::string& passage,
                                                               const std::atomic<bool>& stop) = 0;
  // Decides a conflict of the page of work. Durable when this returns.
  virtual Status Decide(uint64_t conflict, Side side, const std::string& reason) = 0;
  // An edit of the outbox is held back, with what was made after it; or is not any more. Durable when this returns.
  virtual Status Hold(uint64_t edit, bool hold) = 0;
  // What waits for the server, as a bundle to be carried there; sealed for it where its key is known. NotFound if
  // nothing waits.
  struct OutboxBundle {
    std::string bytes;
    bool sealed = false;
  };
  virtual StatusOr<OutboxBundle> ExportOutbox() = 0;
  // Does to a record what a page wishes, and takes it back (client/forms/act.h). Durable when these return.
  virtual StatusOr<forms::ActionDone> Act(const forms::RecordAction& action) = 0;
  virtual StatusOr<forms::ActionDone> TakeBack(const forms::ActionDone& done) = 0;
  // Durable when this returns.
  virtual Status Keep(const OwnChange& change) = 0;
  // No session is begun until it is taken back. Durable when this returns.
  virtual Status SetPaused(bool paused) = 0;
  // Reads every stored byte again: long work, for a thread of its own while others read.
  virtual StatusOr<VerifyOutcome> Verify(const Progress& progress) = 0;
};

}  // namespace daftar::app
