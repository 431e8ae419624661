#include "client/model/visits.h"

#include "client/sync/private_store.h"
#include "storage/view/read_view.h"

namespace daftar {
namespace {

v1::Moment ToProto(const Moment& moment) {
  v1::Moment proto;
  proto.set_epoch(moment.epoch);
  proto.set_revision(moment.revision);
  proto.set_at_ms(moment.at_ms);
  return proto;
}

Moment FromProto(const v1::Moment& proto) { return {proto.epoch(), proto.revision(), proto.at_ms()}; }

// A clock that was set back ends a visit, too.
bool IsRecent(const v1::HomeVisit& visit, int64_t now_ms) {
  const int64_t age = now_ms - visit.shown().at_ms();
  return age >= 0 && age < kVisitEndsAfterMs;
}

// `mine`: the newest visit may be the one at hand.
StatusOr<std::optional<Moment>> SeenBefore(const PrivateStore& store, int64_t now_ms, bool mine) {
  DAFTAR_ASSIGN_OR_RETURN(const v1::HomeVisits visits, store.Visits());
  int newest = visits.visit_size() - 1;
  if (newest >= 0 && mine && IsRecent(visits.visit(newest), now_ms)) --newest;
  std::optional<Moment> seen;
  if (newest >= 0) seen = FromProto(visits.visit(newest).shown());
  const bool read_since = visits.has_read() && (!seen || visits.read().at_ms() >= seen->at_ms);
  return read_since ? std::optional(FromProto(visits.read())) : seen;
}

}  // namespace

StatusOr<Moment> MomentOf(const ReadView& view, int64_t now_ms) {
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, view.Head());
  return Moment{head.cursor().epoch(), head.cursor().revision(), now_ms};
}

Status Visits::Shown(const Moment& seen) {
  DAFTAR_RETURN_IF_ERROR(store_.ChangeVisits([&](v1::HomeVisits& visits) {
    const int newest = visits.visit_size() - 1;
    const bool goes_on = began_ && newest >= 0 && IsRecent(visits.visit(newest), seen.at_ms);
    v1::HomeVisit& visit = goes_on ? *visits.mutable_visit(newest) : *visits.add_visit();
    if (!goes_on) visit.set_began_ms(seen.at_ms);
    *visit.mutable_shown() = ToProto(seen);
  }));
  began_ = true;
  return OkStatus();
}

StatusOr<std::optional<Moment>> Visits::LastSeen(int64_t now_ms) const { return SeenBefore(store_, now_ms, began_); }

StatusOr<std::optional<Moment>> LastSeen(const PrivateStore& store, int64_t now_ms) {
  return SeenBefore(store, now_ms, true);
}

Status MarkRead(PrivateStore& store, const Moment& seen) {
  return store.ChangeVisits([&](v1::HomeVisits& visits) { *visits.mutable_read() = ToProto(seen); });
}

}  // namespace daftar
