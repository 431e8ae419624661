#include "server/core/session.h"

#include <algorithm>
#include <utility>

#include "server/core/session_state.h"
#include "storage/base/uuid.h"

namespace daftar {
Session::Session(SessionHost& host, std::function<void()> on_ready, Pusher pusher)
    : host_(host), pusher_(std::move(pusher)), state_(std::make_shared<State>()) {
  {
    MutexLock lock(state_->mutex);
    state_->on_ready = std::move(on_ready);
  }
  subscription_ = std::make_unique<SessionHost::Subscription>(host_, [state = state_] { State::Wake(state); });
}

Session::~Session() {
  subscription_.reset();
  MutexLock lock(state_->mutex);
  state_->on_ready = nullptr;
}

Status Session::OnHello(const v1::Hello& hello) {
  if (hello.client().size() != Uuid::kSize) return InvalidArgument("the hello names no client");
  if (hello.repair_size() > kMostRepairs) return InvalidArgument("the hello asks for too many repairs");
  Slice slice;
  DAFTAR_ASSIGN_OR_RETURN(slice.wanted, Scope::From(hello.scope()));
  slice.held = slice.wanted;
  if (hello.rescope()) {
    DAFTAR_ASSIGN_OR_RETURN(slice.held, Scope::From(hello.held()));
  }
  DAFTAR_ASSIGN_OR_RETURN(v1::Checkpoint head, host_.Head());
  DAFTAR_ASSIGN_OR_RETURN(uint64_t last_seq, host_.LastSeq(hello.client()));
  v1::Welcome welcome;
  welcome.set_last_seq(last_seq);
  bool known = false;
  if (hello.protocol() != kProtocol) {
    welcome.set_action(v1::Welcome::Action::UPGRADE);
  } else if (hello.cursor().chain().empty() && hello.cursor().revision() != 0) {
    return InvalidArgument("the hello names a revision of no history");
  } else {
    DAFTAR_ASSIGN_OR_RETURN(const auto action, host_.Judge(hello.cursor(), hello.received().revision(), slice.wanted));
    welcome.set_action(action);
    // What is being filled shows nothing yet.
    known = action == v1::Welcome::Action::NONE && !hello.cursor().chain().empty() && !hello.filling();
  }
  const std::shared_ptr<const v1::SignedManifest> manifest =
      host_.snapshots() == nullptr ? nullptr : host_.snapshots()->manifest();
  const bool fill = welcome.action() == v1::Welcome::Action::NONE && !known && !hello.compare() &&
                    manifest != nullptr && slice.wanted.everything() && !hello.only_push();
  if (fill) welcome.set_action(v1::Welcome::Action::FILL);
  DAFTAR_RETURN_IF_ERROR(host_.Introduce(hello.client(), known, welcome));
  if (!known || head.cursor().revision() != hello.cursor().revision()) welcome.set_head(head.cursor().revision());
  const bool differs = welcome.action() == v1::Welcome::Action::HISTORY_DIFFERS;
  if (differs) {
    DAFTAR_ASSIGN_OR_RETURN(*welcome.mutable_trail(), Trail(welcome.head()));
  }

  // What was received was sent at a time that nobody remembers.
  slice.new_places_since = hello.has_received() ? hello.cursor().revision() : head.cursor().revision();
  MutexLock lock(state_->mutex);
  if (state_->greeted) return InvalidArgument("a session says hello once");
  state_->greeted = true;
  state_->client = hello.client();
  state_->refused = welcome.action() == v1::Welcome::Action::UPGRADE;
  state_->comparing = differs || (hello.compare() && !state_->refused);
  state_->takes_pushes = !differs;
  state_->known_pushes = last_seq;
  state_->filling = fill;
  state_->front_due = fill && !hello.filling();
  if (fill && !hello.only_estimate()) state_->manifest = manifest;
  state_->only_push = hello.only_push() || welcome.action() == v1::Welcome::Action::OTHER_SCOPE;
  if (welcome.action() == v1::Welcome::Action::BEHIND)
    state_->not_before = std::max(hello.cursor().revision(), hello.received().revision());
  state_->estimating = hello.only_estimate();
  state_->signs = hello.sign();
  if (host_.snapshots() != nullptr) state_->dictionary = host_.snapshots()->dictionary();
  if (state_->dictionary != nullptr && state_->dictionary->id() != hello.dictionary()) state_->dictionary = nullptr;
  state_->welcome = std::move(welcome);
  state_->since = hello.filling() ? 0 : hello.cursor().revision();
  state_->client_knows_since = known;
  // What did not change since may have entered or left all the same.
  const bool other_scope = known && slice.held != slice.wanted;
  state_->position.set_revision(other_scope ? 0 : state_->since);
  state_->position.set_rid(UINT32_MAX);
  if (hello.has_received() && (other_scope || hello.received().revision() > state_->since))
    state_->position = hello.received();
  state_->slice = std::move(slice);
  state_->repair.assign(hello.repair().begin(), hello.repair().end());
  if (hello.frame_bytes() != 0) {
    state_->frame_bytes = std::clamp(hello.frame_bytes(), kSmallestFrame, kLargestFrame);
    state_->piece_bytes = state_->frame_bytes;
  }
  return OkStatus();
}

Status Session::OnFrame(const v1::ClientFrame& frame) {
  switch (frame.frame_case()) {
    case v1::ClientFrame::kHello:
      DAFTAR_RETURN_IF_ERROR(OnHello(frame.hello()));
      break;
    case v1::ClientFrame::kPush: {
      {
        MutexLock lock(state_->mutex);
        if (!state_->greeted || state_->refused) return FailedPrecondition("pushes come after an accepted hello");
        // Numbered for another history: the client will send it again under a new number. What was answered in this one
        // is answered again, so that it does not.
        if (!state_->takes_pushes && frame.push().seq() > state_->known_pushes) return OkStatus();
        if (frame.push().client() != state_->client) return InvalidArgument("a push of another client");
        ++state_->pushes_waiting;
      }
      SessionHost::Answered answered = [state = state_](StatusOr<v1::ServerFrame> answer) {
        State::HearAnswer(state, std::move(answer));
      };
      if (!pusher_.may_not_push.empty()) return host_.Deny(frame.push(), pusher_.may_not_push, std::move(answered));
      return host_.Push(frame.push(), pusher_, std::move(answered));
    }
    case v1::ClientFrame::kWant: {
      MutexLock lock(state_->mutex);
      if (!state_->filling) return InvalidArgument("chunks are for a replica that has nothing");
      if (state_->wants.size() >= kMostWants) return InvalidArgument("too many chunks wanted at once");
      state_->wants.push_back(frame.want());
      break;
    }
    case v1::ClientFrame::kFilled:
      DAFTAR_RETURN_IF_ERROR(OnFilled(frame.filled()));
      break;
    case v1::ClientFrame::kLeaves:
      DAFTAR_RETURN_IF_ERROR(OnLeaves(frame.leaves()));
      break;
    case v1::ClientFrame::kRecords:
      DAFTAR_RETURN_IF_ERROR(OnRecords(frame.records()));
      break;
    case v1::ClientFrame::kPing: {
      MutexLock lock(state_->mutex);
      if (state_->pongs.size() >= kMostPushesWaiting) return InvalidArgument("too many pings at once");
      state_->pongs.push_back(frame.ping());
      break;
    }
    default:
      break;  // a frame of a newer protocol
  }
  State::Wake(state_);
  return OkStatus();
}

StatusOr<std::optional<v1::ServerFrame>> Session::Next() {
  bool filling = false, estimating = false;
  {
    MutexLock lock(state_->mutex);
    DAFTAR_RETURN_IF_ERROR(state_->failure);
    v1::ServerFrame frame;
    if (state_->welcome) {
      *frame.mutable_welcome() = *std::move(state_->welcome);
      state_->welcome.reset();
      return std::optional(std::move(frame));
    }
    if (!state_->pongs.empty()) {
      frame.set_pong(state_->pongs.front());
      state_->pongs.pop_front();
      return std::optional(std::move(frame));
    }
    if (!state_->answers.empty()) {
      frame = std::move(state_->answers.front());
      state_->answers.pop_front();
      return std::optional(std::move(frame));
    }
    if (!state_->greeted || state_->refused) return std::optional<v1::ServerFrame>();
    if (state_->manifest != nullptr) {
      *frame.mutable_manifest() = *state_->manifest;
      state_->manifest = nullptr;
      return std::optional(std::move(frame));
    }
    if (!state_->groups.empty()) {
      *frame.mutable_groups() = std::move(state_->groups.front());
      state_->groups.pop_front();
      return std::optional(std::move(frame));
    }
    if (state_->comparing || state_->only_push) return std::optional<v1::ServerFrame>();
    // The answers come before the state that shows their outcome.
    if (!state_->takes_pushes && state_->pushes_waiting > 0) return std::optional<v1::ServerFrame>();
    filling = state_->filling;
    estimating = state_->estimating;
  }
  if (estimating) return NextEstimate();
  return filling ? NextPiece() : NextChange();
}

bool Session::idle() const {
  MutexLock lock(state_->mutex);
  bool nothing_to_say =
      !state_->welcome && state_->answers.empty() && state_->pongs.empty() && state_->pushes_waiting == 0;
  const bool nothing_to_send = state_->only_push || state_->checkpointed || state_->refused;
  return nothing_to_say && state_->repair.empty() && nothing_to_send;
}

bool Session::wants_frames() const {
  MutexLock lock(state_->mutex);
  return state_->pushes_waiting + state_->answers.size() < kMostPushesWaiting;
}

}  // namespace daftar
