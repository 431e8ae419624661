// What sessions cost, and when they have cost enough: bytes of frames by direction and class, in all, of the day and of
// the month, against the budgets of the sync status.
//
//   TrafficMeter meter(clock, status, {});   meter.Sent(frame) … meter.Received(frame) …
//   if (meter.used_up() != TrafficLimit::kNone) …   if (meter.due()) user.Update([&](auto& s) { meter.Write(s); });
//
// Counted are the messages as they are serialised. What gRPC, TLS and TCP add is not, nor what the link had read ahead
// when a session ended, which is a few frames at most; so a budget is a little less than what an operator bills.
// Totals are written at the end of a session and every few seconds in between, never once for each frame: a program
// that is killed loses the counting of its last seconds, and nothing else.
#pragma once

#include <cstdint>
#include <optional>

#include "daftar/v1/frames.pb.h"
#include "daftar/v1/store.pb.h"
#include "storage/base/clock.h"

namespace daftar {

using TrafficClass = v1::Traffic::Class::Code;

// Which budget is used up.
enum class TrafficLimit { kNone, kSession, kDay, kMonth };

// Of the day and the month, in UTC, that `now_ms` lies in: 0 where the stored figures are of another one.
uint64_t BytesOfDay(const v1::Traffic& traffic, int64_t now_ms);
uint64_t BytesOfMonth(const v1::Traffic& traffic, int64_t now_ms);

// One for each run of sessions, on its thread. Nothing else may write the traffic of the status meanwhile.
class TrafficMeter {
 public:
  // Goes on from the status. `session_budget` takes the place of the stored one; 0: none. The clock must outlive it;
  // where it jumps to another day, a new day begins.
  TrafficMeter(const Clock& clock, const v1::SyncStatus& status, std::optional<uint64_t> session_budget);

  void Sent(const v1::ClientFrame& frame);
  void Received(const v1::ServerFrame& frame);

  // The first budget that is used up, now.
  TrafficLimit used_up() const;
  // Bytes until one is; UINT64_MAX without budgets.
  uint64_t left() const;

  // Something has been counted and not been written for five seconds.
  bool due() const;
  // Puts the totals into the status.
  void Write(v1::SyncStatus& status);

 private:
  void Count(TrafficClass what, uint64_t received, uint64_t sent);

  const Clock& clock_;
  v1::TrafficBudget budget_;
  v1::Traffic traffic_;
  uint64_t session_bytes_ = 0;
  bool filling_ = false;  // what comes is sent ahead of chunks
  bool written_ = true;
  int64_t written_at_ms_;
};

}  // namespace daftar
