#include "tests/sim/planted.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <set>

#include "client/sync/user_store.h"
#include "tests/sim/forwarding.h"
#include "tests/sim/planted_server.h"
#include "tests/sim/weathers.h"

namespace daftar::sim {
namespace {

class LosesStagedFrames final : public Plant {
 public:
  void ClientCameBack(int client, Workstation& station) override {
    const auto staged = station.view().Staged();
    if (!staged.ok() || !*staged || !station.view().DropStaged().ok()) return;
    positions_[client] = **staged;
  }
  bool Sends(int client, v1::ClientFrame& frame, const LogStore&) override {
    const auto position = positions_.find(client);
    if (!frame.has_hello() || position == positions_.end()) return true;
    *frame.mutable_hello()->mutable_received() = position->second;
    positions_.erase(position);
    return true;
  }

 private:
  std::map<int, v1::Position> positions_;
};

class ForgetsPositions final : public Plant {
 public:
  bool Sends(int, v1::ClientFrame& frame, const LogStore&) override {
    if (frame.has_hello()) frame.mutable_hello()->clear_received();
    return true;
  }
};

class ForgetsCursors final : public Plant {
 public:
  bool Sends(int, v1::ClientFrame& frame, const LogStore&) override {
    if (frame.has_hello() && ++hellos_ % 3 == 0) frame.mutable_hello()->clear_cursor();
    return true;
  }

 private:
  uint64_t hellos_ = 0;
};

class SendsPushesOnce final : public Plant {
 public:
  bool Sends(int, v1::ClientFrame& frame, const LogStore&) override {
    return !frame.has_push() || sent_.insert({frame.push().client(), frame.push().seq()}).second;
  }

 private:
  std::set<std::pair<std::string, uint64_t>> sent_;
};

class AsksForNoRepair final : public Plant {
 public:
  bool Sends(int, v1::ClientFrame& frame, const LogStore&) override {
    if (frame.has_hello()) frame.mutable_hello()->clear_repair();
    return true;
  }
};

class SaysNotWhatItHolds final : public Plant {
 public:
  bool Sends(int, v1::ClientFrame& frame, const LogStore&) override {
    if (frame.has_hello()) frame.mutable_hello()->clear_held();
    return true;
  }
};

class DropsOutboxEarly final : public Plant {
 public:
  void AfterTaken(const v1::ServerFrame& frame, Workstation& station) override {
    if (frame.has_push_result()) DAFTAR_CHECK(station.user().DropVisible(UINT64_MAX).ok());
  }
};

class SkipsSalvage final : public Plant {
 public:
  void AfterTaken(const v1::ServerFrame&, Workstation& station) override {
    const auto drafts = station.Drafts();
    if (!drafts.ok()) return;
    for (const v1::Draft& draft : *drafts) DAFTAR_CHECK(station.DropDraft(draft.mutation().seq()).ok());
  }
};

class ComparesNoDigest final : public Plant {
 public:
  std::unique_ptr<View> WrapReplica(std::unique_ptr<View> view) override {
    return std::make_unique<Replica>(std::move(view));
  }

 private:
  class Replica final : public ForwardingView {
   public:
    using ForwardingView::ForwardingView;
    StatusOr<Applied> ApplyStaged(const v1::Checkpoint& to, const v1::DeltaFrame* last, History history,
                                  const Scope& scope) override {
      StatusOr<Applied> applied = ForwardingView::ApplyStaged(to, last, history, scope);
      if (applied.status().code() != StatusCode::kDataLoss || last == nullptr) return applied;
      DAFTAR_ASSIGN_OR_RETURN(const ChangeSet set, DecodeFrame(*last));
      Applied claimed;
      claimed.head = to;
      for (const RecordChange& change : set.changes)
        claimed.head.mutable_cursor()->set_revision(std::max(claimed.head.cursor().revision(), change.revision));
      return claimed;
    }
  };
};

class GoesBack final : public Plant {
 public:
  void ClientDied(int, const std::string& folder) override {
    namespace fs = std::filesystem;
    const fs::path now = folder + "/replica", before = folder + "/before";
    if (fs::exists(before)) {
      fs::remove_all(now);
      fs::rename(before, now);
    } else {
      fs::copy(now, before, fs::copy_options::recursive);
    }
  }
};

}  // namespace

const char* InWords(Bug bug) {
  constexpr const char* kWords[kBugs] = {
      "the chain of a cursor is not checked",
      "a push is answered before it is durable",
      "the cursor is off by one",
      "a tombstone is dropped",
      "a part keeps an older revision",
      "a wake is lost",
      "a push sent again is applied again",
      "a conflict is swallowed",
      "answers overtake each other",
      "what leaves a slice is not taken back",
      "an end is not sent",
      "the list of what there is misses one",
      "the list of what there is is not sent",
      "a frame overtakes its predecessor",
      "a staged frame is lost in a crash",
      "the position of what is durable is forgotten",
      "the cursor is forgotten",
      "a push is sent once only",
      "the outbox is dropped at the answer",
      "the salvage is skipped",
      "repairs are not asked for",
      "the digest is not compared",
      "a replica goes back in a crash",
      "the slice that is held is not said",
  };
  return kWords[static_cast<int>(bug)];
}

Weather WeatherFor(Bug bug) {
  switch (bug) {
    case Bug::kChainNotChecked:
    case Bug::kSalvageSkipped:
      return kRestores;
    case Bug::kStagedFrameLost:
    case Bug::kPositionForgotten:
      return kPatches;
    case Bug::kLeavingNotSent:
    case Bug::kHeldSliceNotSaid:
      return kSlices;
    case Bug::kEndNotSent:
    case Bug::kListMissesOne:
    case Bug::kListNotSent:
      return kEnds;
    case Bug::kRepairNotAsked:
    case Bug::kDigestNotCompared:
      return kDamage;
    default:
      return kUsual;
  }
}

std::unique_ptr<Plant> MakePlant(Bug bug) {
  switch (bug) {
    case Bug::kStagedFrameLost:
      return std::make_unique<LosesStagedFrames>();
    case Bug::kPositionForgotten:
      return std::make_unique<ForgetsPositions>();
    case Bug::kCursorForgotten:
      return std::make_unique<ForgetsCursors>();
    case Bug::kPushSentOnce:
      return std::make_unique<SendsPushesOnce>();
    case Bug::kOutboxDroppedEarly:
      return std::make_unique<DropsOutboxEarly>();
    case Bug::kSalvageSkipped:
      return std::make_unique<SkipsSalvage>();
    case Bug::kRepairNotAsked:
      return std::make_unique<AsksForNoRepair>();
    case Bug::kDigestNotCompared:
      return std::make_unique<ComparesNoDigest>();
    case Bug::kReplicaGoesBack:
      return std::make_unique<GoesBack>();
    case Bug::kHeldSliceNotSaid:
      return std::make_unique<SaysNotWhatItHolds>();
    default:
      return MakeServerPlant(bug);
  }
}

}  // namespace daftar::sim
