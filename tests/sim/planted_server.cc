#include "tests/sim/planted_server.h"

#include <filesystem>
#include <functional>

#include "storage/view/live.h"
#include "tests/sim/forwarding.h"

namespace daftar::sim {
namespace {

// A log whose view sends other changes than it should.
class WrongChanges final : public ForwardingLog {
 public:
  using Scan = std::function<StatusOr<ChangeBatch>(const View& view, const v1::Position& from, Revision since,
                                                   size_t max_bytes, const Slice& slice)>;
  WrongChanges(std::unique_ptr<LogStore> inner, Scan scan)
      : ForwardingLog(std::move(inner)), view_(ForwardingLog::view(), std::move(scan)) {}
  const View& view() const override { return view_; }
  View& view() override { return view_; }

 private:
  class WrongView final : public ForwardingView {
   public:
    WrongView(View& inner, Scan scan) : ForwardingView(inner), inner_(inner), scan_(std::move(scan)) {}
    StatusOr<ChangeBatch> ChangesAfter(const v1::Position& from, Revision since, size_t max_bytes,
                                       const Slice& slice) const override {
      return scan_(inner_, from, since, max_bytes, slice);
    }

   private:
    const View& inner_;
    const Scan scan_;
  };
  WrongView view_;
};

class WrongScan final : public Plant {
 public:
  explicit WrongScan(WrongChanges::Scan scan) : scan_(std::move(scan)) {}
  std::unique_ptr<LogStore> WrapLog(std::unique_ptr<LogStore> log) override {
    return std::make_unique<WrongChanges>(std::move(log), scan_);
  }

 private:
  const WrongChanges::Scan scan_;
};

StatusOr<ChangeBatch> ScanTooLate(const View& view, const v1::Position& from, Revision since, size_t max_bytes,
                                  const Slice& slice) {
  v1::Position later = from;
  if (from.revision() != 0) later.set_revision(from.revision() + 1);
  return view.ChangesAfter(later, since, max_bytes, slice);
}

StatusOr<ChangeBatch> ScanWithoutTombstones(const View& view, const v1::Position& from, Revision since,
                                            size_t max_bytes, const Slice& slice) {
  DAFTAR_ASSIGN_OR_RETURN(ChangeBatch batch, view.ChangesAfter(from, since, max_bytes, slice));
  for (RecordChange& change : batch.set.changes)
    std::erase_if(change.parts, [](const PartChange& part) { return part.value.empty(); });
  return batch;
}

StatusOr<ChangeBatch> ScanWithOldRevisions(const View& view, const v1::Position& from, Revision since, size_t max_bytes,
                                           const Slice& slice) {
  DAFTAR_ASSIGN_OR_RETURN(ChangeBatch batch, view.ChangesAfter(from, since, max_bytes, slice));
  for (RecordChange& change : batch.set.changes) {
    for (PartChange& part : change.parts) {
      if (change.parts.size() > 1 && part.revision > change.created + 1) --part.revision;
    }
  }
  return batch;
}

StatusOr<ChangeBatch> ScanWithoutLeaving(const View& view, const v1::Position& from, Revision since, size_t max_bytes,
                                         const Slice& slice) {
  DAFTAR_ASSIGN_OR_RETURN(ChangeBatch batch, view.ChangesAfter(from, since, max_bytes, slice));
  if (!slice.everything()) batch.gone.clear();
  return batch;
}

StatusOr<ChangeBatch> ScanWithoutEnds(const View& view, const v1::Position& from, Revision since, size_t max_bytes,
                                      const Slice& slice) {
  DAFTAR_ASSIGN_OR_RETURN(ChangeBatch batch, view.ChangesAfter(from, since, max_bytes, slice));
  if (slice.everything()) batch.gone.clear();
  return batch;
}

StatusOr<ChangeBatch> ScanWithoutList(const View& view, const v1::Position& from, Revision since, size_t max_bytes,
                                      const Slice& slice) {
  DAFTAR_ASSIGN_OR_RETURN(ChangeBatch batch, view.ChangesAfter(from, since, max_bytes, slice));
  batch.live.reset();
  return batch;
}

StatusOr<ChangeBatch> ScanWithShortList(const View& view, const v1::Position& from, Revision since, size_t max_bytes,
                                        const Slice& slice) {
  DAFTAR_ASSIGN_OR_RETURN(ChangeBatch batch, view.ChangesAfter(from, since, max_bytes, slice));
  if (!batch.live) return batch;
  DAFTAR_ASSIGN_OR_RETURN(LiveSet live, LiveSet::From(*batch.live));
  std::vector<Rid> rids;
  for (Rid rid = 1; rid <= batch.live->last(); ++rid) {
    if (live.Has(rid)) rids.push_back(rid);
  }
  rids.pop_back();
  DAFTAR_ASSIGN_OR_RETURN(batch.live, EncodeLive(rids));
  return batch;
}

class CommitsTwice final : public Plant {
 public:
  std::unique_ptr<LogStore> WrapLog(std::unique_ptr<LogStore> log) override {
    return std::make_unique<Log>(std::move(log), applied_);
  }

 private:
  class Log final : public ForwardingLog {
   public:
    Log(std::unique_ptr<LogStore> inner, uint64_t& applied) : ForwardingLog(std::move(inner)), applied_(applied) {}
    StatusOr<std::vector<StatusOr<v1::PushResult>>> Commit(std::span<const v1::Mutation> mutations) override {
      std::vector<v1::Mutation> altered(mutations.begin(), mutations.end());
      for (v1::Mutation& mutation : altered) {
        DAFTAR_ASSIGN_OR_RETURN(const auto answered, Resolve(mutation.client(), mutation.seq()));
        if (!answered) continue;
        DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, Head());
        mutation.set_client(Uuid::FromName("sim:again" + std::to_string(++applied_)).str());
        mutation.set_first(true);
        mutation.set_base_revision(head.cursor().revision());
      }
      return ForwardingLog::Commit(altered);
    }

   private:
    uint64_t& applied_;
  };
  uint64_t applied_ = 0;
};

class SwallowsConflicts final : public Plant {
 public:
  std::unique_ptr<LogStore> WrapLog(std::unique_ptr<LogStore> log) override {
    return std::make_unique<Log>(std::move(log));
  }

 private:
  class Log final : public ForwardingLog {
   public:
    using ForwardingLog::ForwardingLog;
    StatusOr<std::vector<StatusOr<v1::PushResult>>> Commit(std::span<const v1::Mutation> mutations) override {
      DAFTAR_ASSIGN_OR_RETURN(auto results, ForwardingLog::Commit(mutations));
      for (auto& result : results) {
        if (!result.ok() || result->conflict().empty()) continue;
        result->set_outcome(v1::PushResult::Outcome::MERGED);
        result->clear_conflict();
      }
      return results;
    }
  };
};

class LosesWakes final : public Plant {
 public:
  bool PassesWake() override { return ++wakes_ % 4 != 0; }

 private:
  uint64_t wakes_ = 0;
};

// The last transaction is not on disk when the server dies.
class AnswersEarly final : public Plant {
 public:
  void BeforeCommit(const std::string& server_folder) override {
    std::filesystem::copy_file(server_folder + "/data.mdb", server_folder + "/before.mdb",
                               std::filesystem::copy_options::overwrite_existing);
  }
  void ServerDied(const std::string& server_folder) override {
    if (std::filesystem::exists(server_folder + "/before.mdb"))
      std::filesystem::rename(server_folder + "/before.mdb", server_folder + "/data.mdb");
  }
};

class ChecksNoChain final : public Plant {
 public:
  bool Sends(int, v1::ClientFrame& frame, const LogStore& log) override {
    if (!frame.has_hello() || !frame.hello().has_cursor()) return true;
    v1::Cursor& cursor = *frame.mutable_hello()->mutable_cursor();
    const auto head = log.Head();
    if (head.ok() && cursor.revision() > head->cursor().revision()) cursor.set_revision(head->cursor().revision());
    const auto chain = log.ChainAt(cursor.revision());
    if (chain.ok() && *chain) cursor.set_chain(**chain);
    return true;
  }
};

// The new frame overtakes the one before where both are of that sort.
class Overtakes final : public Plant {
 public:
  explicit Overtakes(v1::ServerFrame::FrameCase sort) : sort_(sort) {}
  void Down(int, std::deque<v1::ServerFrame>& frames) override {
    const size_t count = frames.size();
    if (count < 2 || frames[count - 1].frame_case() != sort_ || frames[count - 2].frame_case() != sort_) return;
    std::swap(frames[count - 1], frames[count - 2]);
  }

 private:
  const v1::ServerFrame::FrameCase sort_;
};

}  // namespace

std::unique_ptr<Plant> MakeServerPlant(Bug bug) {
  switch (bug) {
    case Bug::kChainNotChecked:
      return std::make_unique<ChecksNoChain>();
    case Bug::kAnsweredTooEarly:
      return std::make_unique<AnswersEarly>();
    case Bug::kCursorOffByOne:
      return std::make_unique<WrongScan>(ScanTooLate);
    case Bug::kTombstoneDropped:
      return std::make_unique<WrongScan>(ScanWithoutTombstones);
    case Bug::kPartRevisionStuck:
      return std::make_unique<WrongScan>(ScanWithOldRevisions);
    case Bug::kLeavingNotSent:
      return std::make_unique<WrongScan>(ScanWithoutLeaving);
    case Bug::kEndNotSent:
      return std::make_unique<WrongScan>(ScanWithoutEnds);
    case Bug::kListNotSent:
      return std::make_unique<WrongScan>(ScanWithoutList);
    case Bug::kListMissesOne:
      return std::make_unique<WrongScan>(ScanWithShortList);
    case Bug::kWakeLost:
      return std::make_unique<LosesWakes>();
    case Bug::kAppliedTwice:
      return std::make_unique<CommitsTwice>();
    case Bug::kConflictSwallowed:
      return std::make_unique<SwallowsConflicts>();
    case Bug::kResultsOutOfOrder:
      return std::make_unique<Overtakes>(v1::ServerFrame::kPushResult);
    case Bug::kFrameOvertakes:
      return std::make_unique<Overtakes>(v1::ServerFrame::kDelta);
    default:
      return nullptr;
  }
}

}  // namespace daftar::sim
