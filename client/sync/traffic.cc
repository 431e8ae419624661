#include "client/sync/traffic.h"

#include <algorithm>

#include "storage/model/date.h"

namespace daftar {
namespace {

constexpr int64_t kDayMs = 86'400'000;
constexpr int64_t kWriteEveryMs = 5000;

int32_t DayOf(int64_t ms) { return static_cast<int32_t>((ms >= 0 ? ms : ms - kDayMs + 1) / kDayMs); }

// Months since 1970-01.
int32_t MonthOf(int64_t ms) {
  const CivilDay day = CivilOf(DayOf(ms));
  return (day.year - 1970) * 12 + day.month - 1;
}

TrafficClass ClassOf(const v1::ClientFrame& frame) {
  switch (frame.frame_case()) {
    case v1::ClientFrame::kPush:
      return v1::Traffic::Class::PUSHES;
    case v1::ClientFrame::kWant:
    case v1::ClientFrame::kFilled:
      return v1::Traffic::Class::FILLING;
    case v1::ClientFrame::kLeaves:
    case v1::ClientFrame::kRecords:
      return v1::Traffic::Class::COMPARING;
    default:
      return v1::Traffic::Class::OTHER;
  }
}

TrafficClass ClassOf(const v1::ServerFrame& frame, bool filling) {
  switch (frame.frame_case()) {
    case v1::ServerFrame::kDelta:
      return filling ? v1::Traffic::Class::FILLING : v1::Traffic::Class::CHANGES;
    case v1::ServerFrame::kManifest:
    case v1::ServerFrame::kPiece:
      return v1::Traffic::Class::FILLING;
    case v1::ServerFrame::kGroups:
      return v1::Traffic::Class::COMPARING;
    case v1::ServerFrame::kPushResult:
    case v1::ServerFrame::kCarried:
      return v1::Traffic::Class::PUSHES;
    default:
      return v1::Traffic::Class::OTHER;
  }
}

v1::Traffic::Counter& CounterOf(v1::Traffic& traffic, TrafficClass what) {
  for (v1::Traffic::Counter& counter : *traffic.mutable_total()) {
    if (counter.class_() == what) return counter;
  }
  v1::Traffic::Counter& counter = *traffic.add_total();
  counter.set_class_(what);
  return counter;
}

uint64_t Left(uint64_t budget, uint64_t used) {
  if (budget == 0) return UINT64_MAX;
  return budget - std::min(budget, used);
}

}  // namespace

uint64_t BytesOfDay(const v1::Traffic& traffic, int64_t now_ms) {
  return traffic.day() == DayOf(now_ms) ? traffic.day_bytes() : 0;
}

uint64_t BytesOfMonth(const v1::Traffic& traffic, int64_t now_ms) {
  return traffic.month() == MonthOf(now_ms) ? traffic.month_bytes() : 0;
}

TrafficMeter::TrafficMeter(const Clock& clock, const v1::SyncStatus& status, std::optional<uint64_t> session_budget)
    : clock_(clock), budget_(status.budget()), traffic_(status.traffic()), written_at_ms_(clock.MonotonicMs()) {
  if (session_budget) budget_.set_session(*session_budget);
}

void TrafficMeter::Sent(const v1::ClientFrame& frame) {
  Count(ClassOf(frame), 0, frame.ByteSizeLong());
  if (frame.has_hello() || frame.has_filled()) filling_ = false;
}

void TrafficMeter::Received(const v1::ServerFrame& frame) {
  if (frame.welcome().action() == v1::Welcome::Action::FILL) filling_ = true;
  Count(ClassOf(frame, filling_), frame.ByteSizeLong(), 0);
}

void TrafficMeter::Count(TrafficClass what, uint64_t received, uint64_t sent) {
  const int64_t now = clock_.NowMs();
  const uint64_t both = received + sent;
  traffic_.set_day_bytes(BytesOfDay(traffic_, now) + both);
  traffic_.set_day(DayOf(now));
  traffic_.set_month_bytes(BytesOfMonth(traffic_, now) + both);
  traffic_.set_month(MonthOf(now));
  session_bytes_ += both;
  v1::Traffic::Counter& counter = CounterOf(traffic_, what);
  counter.set_received(counter.received() + received);
  counter.set_sent(counter.sent() + sent);
  written_ = false;
}

TrafficLimit TrafficMeter::used_up() const {
  const int64_t now = clock_.NowMs();
  if (Left(budget_.session(), session_bytes_) == 0) return TrafficLimit::kSession;
  if (Left(budget_.day(), BytesOfDay(traffic_, now)) == 0) return TrafficLimit::kDay;
  if (Left(budget_.month(), BytesOfMonth(traffic_, now)) == 0) return TrafficLimit::kMonth;
  return TrafficLimit::kNone;
}

uint64_t TrafficMeter::left() const {
  const int64_t now = clock_.NowMs();
  return std::min({Left(budget_.session(), session_bytes_), Left(budget_.day(), BytesOfDay(traffic_, now)),
                   Left(budget_.month(), BytesOfMonth(traffic_, now))});
}

bool TrafficMeter::due() const { return !written_ && clock_.MonotonicMs() - written_at_ms_ >= kWriteEveryMs; }

void TrafficMeter::Write(v1::SyncStatus& status) {
  *status.mutable_traffic() = traffic_;
  written_ = true;
  written_at_ms_ = clock_.MonotonicMs();
}

}  // namespace daftar
