// A link to a server's session in the same thread, with a clock that moves as bytes cross it: for RunSync and what lies
// above it.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "client/sync/link.h"
#include "server/core/dataset.h"
#include "server/core/session.h"
#include "storage/base/clock.h"

namespace daftar {

// What a test turns, and what it looks at afterwards.
struct LinkKnobs {
  bool refuse = false;                    // nobody answers
  bool break_when_idle = false;           // the link breaks when the server has nothing more to say
  std::optional<int> cut_after;           // frames received; the link then breaks, once
  int64_t bytes_per_ms = 0;               // by which the clock moves; 0: it stands
  int connects = 0;                       // so far
  std::vector<v1::ClientFrame> sent;      // by the client, over all sessions
  std::vector<v1::ServerFrame> received;  // by the client
};

class SessionLink final : public Link {
 public:
  SessionLink(Dataset& dataset, FakeClock& clock, LinkKnobs& knobs)
      : dataset_(dataset), clock_(clock), knobs_(knobs), session_(dataset, [] {}) {}

  Status Send(const v1::ClientFrame& frame) override {
    knobs_.sent.push_back(frame);
    return session_.OnFrame(frame);
  }
  StatusOr<Event> Receive(int timeout_ms) override {
    if (woken_) {
      woken_ = false;
      return Event{Event::kWoken, {}};
    }
    DAFTAR_RETURN_IF_ERROR(dataset_.CommitPending().status());
    DAFTAR_ASSIGN_OR_RETURN(std::optional<v1::ServerFrame> next, session_.Next());
    if (!next && knobs_.break_when_idle) return Unavailable("the link broke");
    if (!next) {
      clock_.Advance(timeout_ms);
      return Event{Event::kTimeout, {}};
    }
    if (knobs_.cut_after && --*knobs_.cut_after < 0) {
      knobs_.cut_after.reset();
      return Unavailable("the link broke");
    }
    if (knobs_.bytes_per_ms > 0) clock_.Advance(static_cast<int64_t>(next->ByteSizeLong()) / knobs_.bytes_per_ms);
    knobs_.received.push_back(*next);
    return Event{Event::kFrame, *std::move(next)};
  }
  void Wake() override { woken_ = true; }
  void Close() override {}

 private:
  Dataset& dataset_;
  FakeClock& clock_;
  LinkKnobs& knobs_;
  Session session_;
  bool woken_ = false;
};

class SessionConnector final : public Connector {
 public:
  SessionConnector(Dataset& dataset, FakeClock& clock) : dataset_(dataset), clock_(clock) {}

  StatusOr<std::unique_ptr<Link>> Connect(int) override {
    ++knobs.connects;
    if (knobs.refuse) return Unavailable("nobody answers");
    return std::make_unique<SessionLink>(dataset_, clock_, knobs);
  }

  LinkKnobs knobs;

 private:
  Dataset& dataset_;
  FakeClock& clock_;
};

}  // namespace daftar
