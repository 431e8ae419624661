// The library over a workstation's folder: takes a snapshot for each question and lets it go.
#pragma once

#include "client/app/library.h"
#include "client/sync/workstation.h"

namespace daftar::app {

// The worker's thread. Errors are those of reading.
class WorkstationLibrary : public Library {
 public:
  explicit WorkstationLibrary(Workstation& workstation) : station_(workstation), visits_(workstation.mine()) {}

  StatusOr<Content> Read(const Address& address, bool patient, const std::atomic<bool>& stop) override;
  StatusOr<ItemRows> Describe(const search::Spread& spread, const std::vector<uint32_t>& items) override;
  StatusOr<MapUpdate> ReadMap(const MapPage& map, const MapSpan& span, const WorldBox& box) override;
  StatusOr<std::optional<ListRow>> ReadMapRow(const MapPage& map, uint32_t record) override;
  StatusOr<Overview> ReadOverview() override;
  StatusOr<SyncFacts> ReadSyncFacts() override;
  StatusOr<forms::OpenForm> BeginForm(const forms::Wish& wish) override;
  StatusOr<forms::OpenForm> TakeUpForm(uint64_t number) override;
  Status KeepForm(const forms::OpenForm& form) override;
  StatusOr<bool> CheckForm(forms::OpenForm& form) override;
  StatusOr<uint64_t> SendForm(forms::OpenForm& form) override;
  StatusOr<forms::BulkPreview> PreviewBulk(forms::OpenForm& form) override;
  Status DropForm(uint64_t number) override;
  Status CloseForms() override;
  StatusOr<std::vector<forms::Candidate>> CandidatesIn(const std::string& passage,
                                                       const std::atomic<bool>& stop) override;
  StatusOr<std::vector<PageLink>> SuggestFor(const forms::Field& field) override;
  Status Decide(uint64_t conflict, Side side, const std::string& reason) override;
  Status Hold(uint64_t edit, bool hold) override;
  StatusOr<OutboxBundle> ExportOutbox() override;
  StatusOr<forms::ActionDone> Act(const forms::RecordAction& action) override;
  StatusOr<forms::ActionDone> TakeBack(const forms::ActionDone& done) override;
  Status Keep(const OwnChange& change) override;
  Status SetPaused(bool paused) override;
  StatusOr<VerifyOutcome> Verify(const Progress& progress) override;

 private:
  Workstation& station_;
  Visits visits_;  // of this run of the program
};

}  // namespace daftar::app
