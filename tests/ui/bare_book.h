// A library in which there is nothing to do but to read pages.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "client/app/library.h"

namespace daftar::app {

// What a test asks about it answers itself, in Read; all else is empty, and done.
class BareBook : public Library {
 public:
  StatusOr<MapUpdate> ReadMap(const MapPage&, const MapSpan&, const WorldBox&) override { return NotFound("no map"); }
  StatusOr<std::optional<ListRow>> ReadMapRow(const MapPage&, uint32_t) override { return NotFound("no map"); }
  StatusOr<Overview> ReadOverview() override { return Overview(); }
  StatusOr<SyncFacts> ReadSyncFacts() override { return SyncFacts(); }
  StatusOr<std::vector<forms::Candidate>> CandidatesIn(const std::string&, const std::atomic<bool>&) override {
    return std::vector<forms::Candidate>();
  }
  StatusOr<ItemRows> Describe(const search::Spread&, const std::vector<uint32_t>&) override { return ItemRows(); }
  StatusOr<forms::OpenForm> BeginForm(const forms::Wish&) override { return NotFound("no form"); }
  StatusOr<forms::OpenForm> TakeUpForm(uint64_t) override { return NotFound("no form"); }
  Status KeepForm(const forms::OpenForm&) override { return OkStatus(); }
  StatusOr<bool> CheckForm(forms::OpenForm&) override { return true; }
  StatusOr<uint64_t> SendForm(forms::OpenForm&) override { return NotFound("no form"); }
  StatusOr<forms::BulkPreview> PreviewBulk(forms::OpenForm&) override { return NotFound("no form"); }
  Status DropForm(uint64_t) override { return OkStatus(); }
  Status CloseForms() override { return OkStatus(); }
  StatusOr<std::vector<PageLink>> SuggestFor(const forms::Field&) override { return std::vector<PageLink>(); }
  Status Decide(uint64_t, Side, const std::string&) override { return OkStatus(); }
  Status Hold(uint64_t, bool) override { return OkStatus(); }
  StatusOr<OutboxBundle> ExportOutbox() override { return NotFound("nothing waits"); }
  StatusOr<forms::ActionDone> Act(const forms::RecordAction&) override { return NotFound("nothing"); }
  StatusOr<forms::ActionDone> TakeBack(const forms::ActionDone&) override { return NotFound("nothing"); }
  Status Keep(const OwnChange&) override { return OkStatus(); }
  Status SetPaused(bool) override { return OkStatus(); }
  StatusOr<VerifyOutcome> Verify(const Progress&) override { return VerifyOutcome(); }
};

}  // namespace daftar::app
