#include "server/rpc/session_call.h"

#include <utility>

#include "server/rpc/translate.h"
#include "storage/wire/message_buffer.h"

namespace daftar {
namespace {

v1::ServerFrame Goodbye() {
  v1::ServerFrame frame;
  frame.mutable_notice()->set_text(
      "the server is stopping; what it has answered is safe, and the rest is sent again next time");
  frame.mutable_notice()->set_going_away(true);
  return frame;
}

}  // namespace

SessionCall::SessionCall(SessionHost& host, Guest guest, Executor& executor, std::function<void(SessionCall*)> on_done)
    : host_(host), guest_(std::move(guest)), executor_(executor), on_done_(std::move(on_done)) {}

void SessionCall::Start() {
  self_ = shared_from_this();
  // Weak: the session may be rung for after its end. Whoever rings holds the call for a moment and may even be the last
  // to let it go, which is harmless, because the session is destroyed in a step and never with the call.
  const auto on_ready = [&executor = executor_, call = weak_from_this()] {
    if (std::shared_ptr<SessionCall> alive = call.lock()) executor.Schedule(std::move(alive));
  };
  session_ = std::make_unique<Session>(host_, on_ready, guest_.pusher());
  executor_.Schedule(self_);
}

void SessionCall::GoAway() {
  Note([](News& news) { news.going_away = true; });
}

void SessionCall::TurnOut(const Status& why) {
  Note([&why](News& news) { news.turned_out = why; });
}

void SessionCall::OnReadDone(bool ok) {
  Note([ok](News& news) { news.read = ok; });
}

void SessionCall::OnWriteDone(bool ok) {
  Note([ok](News& news) { news.written = ok; });
}

void SessionCall::OnCancel() {
  Note([](News& news) { news.cancelled = true; });
}

void SessionCall::OnDone() {
  const std::shared_ptr<SessionCall> self = std::move(self_);
  on_done_(this);
}

void SessionCall::Note(const std::function<void(News&)>& change) {
  {
    MutexLock lock(mutex_);
    change(news_);
  }
  executor_.Schedule(shared_from_this());
}

void SessionCall::Step() {
  News news;
  {
    MutexLock lock(mutex_);
    std::swap(news, news_);
  }
  if (session_ == nullptr) return;
  Hear(news);
  if (!outcome_) ReadOn();
  if (!outcome_ && !writing_) WriteOn();
  if (outcome_ && !writing_) End();
}

void SessionCall::Hear(const News& news) {
  if (news.written) writing_ = false;
  if (news.read) reading_ = false;
  if (news.cancelled || !news.written.value_or(true)) outcome_ = Cancelled("the client went away");
  if (news.turned_out) outcome_ = news.turned_out;
  if (outcome_) return;
  going_away_ = going_away_ || news.going_away;
  if (!news.read) return;
  if (!*news.read) {
    client_has_finished_ = true;
    return;
  }
  if (Status heard = HearFrame(); !heard.ok()) outcome_ = std::move(heard);
}

Status SessionCall::HearFrame() {
  v1::ClientFrame frame;
  DAFTAR_RETURN_IF_ERROR(FromBuffer(incoming_, frame));
  if (frame.has_push()) ++unanswered_;
  return session_->OnFrame(frame);
}

void SessionCall::ReadOn() {
  if (reading_ || client_has_finished_ || going_away_ || !session_->wants_frames()) return;
  reading_ = true;
  StartRead(&incoming_);
}

void SessionCall::WriteOn() {
  StatusOr<std::optional<v1::ServerFrame>> next = NextFrame();
  if (!next.ok()) {
    outcome_ = next.status();
  } else if (next->has_value()) {
    outgoing_ = ToBuffer(**next);
    writing_ = true;
    StartWrite(&outgoing_);
  } else if (going_away_) {
    outcome_ = Unavailable("the server is stopping");
  } else if (client_has_finished_ && unanswered_ == 0) {
    outcome_ = OkStatus();
  }
}

StatusOr<std::optional<v1::ServerFrame>> SessionCall::NextFrame() {
  if (going_away_) {
    if (std::exchange(said_goodbye_, true)) return std::nullopt;
    return Goodbye();
  }
  DAFTAR_ASSIGN_OR_RETURN(std::optional<v1::ServerFrame> next, session_->Next());
  const bool answers = next && (next->has_push_result() || next->has_carried());
  if (answers && unanswered_ > 0) --unanswered_;
  return next;
}

void SessionCall::End() {
  // Before gRPC hears of it: once OnDone has been called, the host may go.
  session_.reset();
  Finish(ToGrpc(*outcome_));
}

}  // namespace daftar
