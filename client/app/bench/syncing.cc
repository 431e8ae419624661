#include "client/app/bench/syncing.h"

#include "client/app/bench/stopwatch.h"
#include "client/model/address.h"

namespace daftar::app {
namespace {

constexpr double kMostMs = 33;
constexpr int64_t kFrameNs = 16'666'667;
// Nothing has come for so long, and a revision is there or trouble: it is over. A replica that is being filled shows
// none before all is there. At most so long altogether.
constexpr int64_t kQuietNs = 5'000'000'000, kMostNs = 300'000'000'000;
constexpr int kFramesOneWay = 120;

// Scrolls until it is over, and gives the revision that was reached; 0: nothing came.
StatusOr<Revision> ScrollWhile(ScriptedReader& reader, const SyncThread& sync) {
  const int64_t begun = NowNs();
  int64_t news = begun, due = begun;
  SyncProgress seen;
  const auto over = [&] {
    const bool told = seen.revision != 0 || !seen.error.empty();
    return (told && due - news >= kQuietNs) || due - begun >= kMostNs;
  };
  for (int frame = 0; !over(); ++frame) {
    ui::MouseState mouse = reader.Middle();
    mouse.wheel = frame / kFramesOneWay % 2 == 0 ? -1.0f : 1.0f;
    DAFTAR_RETURN_IF_ERROR(reader.Move(mouse));
    due = std::max(due + kFrameNs, NowNs());
    while (NowNs() < due) DAFTAR_RETURN_IF_ERROR(reader.Turn(due));
    const SyncProgress progress = sync.progress();
    if (!(progress == seen)) news = NowNs();
    seen = progress;
  }
  return seen.revision;
}

}  // namespace

Status MeasureSyncing(ScriptedReader& reader, const BeginSync& begin_sync, Report& report) {
  DAFTAR_RETURN_IF_ERROR(reader.Open(ListAddress("incident")));
  reader.Costs();
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<SyncThread> sync, begin_sync());
  reader.set_sync(sync.get());
  const StatusOr<Revision> reached = ScrollWhile(reader, *sync);
  reader.set_sync(nullptr);
  DAFTAR_RETURN_IF_ERROR(reached.status());
  if (*reached == 0)
    return Unavailable("no news came from the server while syncing was measured: " + sync->progress().error);
  Samples built, whole;
  for (const FrameCost& cost : reader.Costs()) {
    built.Add(cost.build);
    whole.Add(cost.whole);
  }
  report.Add(ValueRow("synced in the background up to revision", "", static_cast<double>(*reached)));
  report.Add(SpreadRow("  frame meanwhile, with what it waits for", "ms", built, {{"max", kMostMs}}));
  report.Add(SpreadRow("  the same with the driver", "ms", whole));
  return OkStatus();
}

}  // namespace daftar::app
