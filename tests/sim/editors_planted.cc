#include "tests/sim/editors_planted.h"

#include <functional>
#include <utility>
#include <vector>

#include "client/sync/form_drafts.h"
#include "daftar/v1/private.pb.h"
#include "storage/model/parts.h"
#include "tests/sim/forwarding.h"
#include "tests/sim/planted.h"

namespace daftar::sim {
namespace {

using Alter = std::function<void(v1::Mutation&)>;

// A server whose writer makes of pushes what they are not.
class AltersPushes final : public Plant {
 public:
  explicit AltersPushes(Alter alter) : alter_(std::move(alter)) {}
  std::unique_ptr<LogStore> WrapLog(std::unique_ptr<LogStore> log) override {
    return std::make_unique<Log>(std::move(log), alter_);
  }

 private:
  class Log final : public ForwardingLog {
   public:
    Log(std::unique_ptr<LogStore> inner, const Alter& alter) : ForwardingLog(std::move(inner)), alter_(alter) {}
    StatusOr<std::vector<StatusOr<v1::PushResult>>> Commit(std::span<const v1::Mutation> mutations) override {
      std::vector<v1::Mutation> altered(mutations.begin(), mutations.end());
      for (v1::Mutation& mutation : altered) alter_(mutation);
      return ForwardingLog::Commit(altered);
    }

   private:
    const Alter& alter_;
  };
  const Alter alter_;
};

// One of twenty pushes loses the last item of a record of which it changes more than that.
void DropAddedItem(v1::Mutation& mutation) {
  if (mutation.seq() % 20 != 0) return;
  for (v1::RecordEdit& edit : *mutation.mutable_edit()) {
    if (edit.part().empty() || edit.part().rbegin()->key() == 0) continue;
    edit.mutable_part()->RemoveLast();
  }
}

class DropsFormsInCrashes final : public Plant {
 public:
  void ClientCameBack(int, Workstation& station) override {
    const auto forms = station.forms().All();
    if (!forms.ok()) return;
    for (const v1::FormDraft& form : *forms) DAFTAR_CHECK(station.forms().Drop(form.number()).ok());
  }
};

}  // namespace

const char* InWords(Loss loss) {
  constexpr const char* kWords[kLosses] = {
      "an item that was added is dropped",
      "what a decision puts aside is not kept",
      "what was refused is thrown away",
      "open forms are lost in a crash",
      "a tombstone is dropped",
  };
  return kWords[static_cast<int>(loss)];
}

std::unique_ptr<Plant> MakePlant(Loss loss) {
  switch (loss) {
    case Loss::kAddedItemDropped:
      return std::make_unique<AltersPushes>(DropAddedItem);
    case Loss::kDecisionForgets:
      return std::make_unique<AltersPushes>([](v1::Mutation& mutation) { mutation.clear_settles(); });
    case Loss::kRefusedDropped:
      return MakePlant(Bug::kSalvageSkipped);
    case Loss::kFormsDropped:
      return std::make_unique<DropsFormsInCrashes>();
    case Loss::kTombstoneDropped:
      return MakePlant(Bug::kTombstoneDropped);
  }
  return std::make_unique<Plant>();
}

}  // namespace daftar::sim
