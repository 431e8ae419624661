#include "client/app/workstation_library.h"

#include "client/sync/private_store.h"
#include "client/sync/user_store.h"

namespace daftar::app {
namespace {

constexpr size_t kHits = 60;  // drawn whole, so no more than a short list: see DrawRows
// Of a search that is being typed: a screenful. Each hit that is explained is one record read, from anywhere on the
// disk.
constexpr size_t kFirstHits = 24;
// Whoever types waits no longer than this for an answer.
constexpr int64_t kPatienceMs = 300;

}  // namespace

StatusOr<Content> WorkstationLibrary::Read(const Address& address, bool patient, const std::atomic<bool>& stop) {
  DAFTAR_ASSIGN_OR_RETURN(auto view, station_.Read());
  // Once typing rests the same is asked for again, with facets.
  const bool first = address.Param("facets") == "no";
  ContentSource source{.view = *view,
                       .now_ms = station_.clock().NowMs(),
                       .hits = first ? kFirstHits : kHits,
                       .stop = &stop,
                       .station = &station_};
  if (!patient || address.word != "search") {
    source.clock = &station_.clock();
    source.patience_ms = kPatienceMs;
  }
  source.mine = &station_.mine();
  DAFTAR_ASSIGN_OR_RETURN(source.last_seen, visits_.LastSeen(source.now_ms));
  return BuildContent(source, address);
}

StatusOr<ItemRows> WorkstationLibrary::Describe(const search::Spread& spread, const std::vector<uint32_t>& items) {
  DAFTAR_ASSIGN_OR_RETURN(auto view, station_.Read());
  return DescribeItems(*view, spread, items);
}

StatusOr<MapUpdate> WorkstationLibrary::ReadMap(const MapPage& map, const MapSpan& span, const WorldBox& box) {
  MapUpdate update{.scene = map.scene, .rows = {}};
  if (!(span == map.scene->span)) update.scene = NarrowMap(*map.records, span);
  DAFTAR_ASSIGN_OR_RETURN(auto view, station_.Read());
  MapOptions options;
  options.rows = kHits;
  DAFTAR_ASSIGN_OR_RETURN(update.rows, ReadMapRows(*view, *map.records, *update.scene, box, options));
  return update;
}

StatusOr<std::optional<ListRow>> WorkstationLibrary::ReadMapRow(const MapPage& map, uint32_t record) {
  DAFTAR_ASSIGN_OR_RETURN(auto view, station_.Read());
  return ::daftar::ReadMapRow(*view, *map.records, record, {});
}

StatusOr<Overview> WorkstationLibrary::ReadOverview() {
  DAFTAR_ASSIGN_OR_RETURN(auto view, station_.Read());
  return BuildOverview(*view, station_.clock().NowMs());
}

StatusOr<SyncFacts> WorkstationLibrary::ReadSyncFacts() { return ::daftar::ReadSyncFacts(station_); }

Status WorkstationLibrary::SetPaused(bool paused) {
  return station_.user().Update([paused](v1::SyncStatus& status) { status.set_paused(paused); });
}

StatusOr<VerifyOutcome> WorkstationLibrary::Verify(const Progress& progress) {
  // As `daftarctl verify`: what can be made anew from the records is.
  DAFTAR_ASSIGN_OR_RETURN(const VerifyReport report, station_.view().Mend(progress));
  return OutcomeOf(report);
}

Status WorkstationLibrary::Keep(const OwnChange& change) {
  DAFTAR_ASSIGN_OR_RETURN(const auto view, station_.Read());
  return ::daftar::Keep(change, {*view, station_.mine(), visits_, station_.clock().NowMs()});
}

}  // namespace daftar::app
