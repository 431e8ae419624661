#include "client/sync/engine.h"

#include <algorithm>
#include <utility>

#include "client/sync/hello.h"
#include "client/sync/user_store.h"
#include "storage/base/signature.h"

namespace daftar {
namespace {

constexpr int64_t kNoteEveryMs = 5000;
constexpr uint64_t kMostPushesInFlight = 16;

}  // namespace

StatusOr<Engine::Frames> Engine::Start() {
  welcomed_ = caught_up_ = false;
  over_ = false;
  filler_.reset();
  comparer_.reset();
  relay_.reset();
  sent_seq_ = 0;
  int64_t now = station_.clock().NowMs();
  DAFTAR_RETURN_IF_ERROR(station_.user().Update([now](v1::SyncStatus& status) { status.set_last_attempt_ms(now); }));
  DAFTAR_ASSIGN_OR_RETURN(v1::SyncStatus status, station_.SyncState());
  DAFTAR_ASSIGN_OR_RETURN(scope_, held_first_ ? station_.view().HeldScope() : Scope::From(status.scope()));

  Frames frames(1);
  v1::Hello& hello = *frames[0].mutable_hello();
  DAFTAR_ASSIGN_OR_RETURN(dictionary_, LoadDictionary(station_));
  DAFTAR_ASSIGN_OR_RETURN(hello, MakeHello(station_, status, scope_, dictionary_.get()));
  report_.from = report_.to = hello.filling() ? 0 : hello.cursor().revision();
  hello.set_compare(compare_next_);
  hello.set_watch(options_.watch);
  hello.set_sign(options_.sign);
  hello.set_frame_bytes(options_.frame_bytes);
  hello.set_only_push(options_.only_push);
  // They come before all else, so what was staged has to come again behind them.
  if (!hello.repair().empty()) DAFTAR_RETURN_IF_ERROR(station_.view().DropStaged());
  DAFTAR_RETURN_IF_ERROR(AppendPushes(frames));
  return frames;
}

Status Engine::AppendPushes(Frames& frames) {
  unanswered_ = 0;
  const bool anew = comparer_ && comparer_->history() == View::History::kNew;
  DAFTAR_ASSIGN_OR_RETURN(std::vector<v1::OutboxEntry> outbox, station_.Outbox());
  DAFTAR_ASSIGN_OR_RETURN(const std::set<uint64_t> held, station_.user().holds().All());
  unsettled_pushes_ = outbox.size();
  held_back_ = 0;
  for (v1::OutboxEntry& entry : outbox) {
    // What stands behind an edit that is held waits for it: the server takes them in their order.
    const bool waits = !entry.has_result() && entry.mutation().seq() > sent_seq_;
    if (waits && (held_back_ > 0 || held.contains(entry.mutation().seq()))) {
      ++held_back_;
      continue;
    }
    if (entry.has_result() || (relay_ && relay_->carries(entry.mutation().seq()))) continue;
    if (anew && entry.mutation().seq() > known_seq_) continue;  // they are sent again when it has been compared
    if (++unanswered_ > kMostPushesInFlight || entry.mutation().seq() <= sent_seq_) continue;
    sent_seq_ = entry.mutation().seq();
    *frames.emplace_back().mutable_push() = std::move(*entry.mutable_mutation());
  }
  return OkStatus();
}

StatusOr<Engine::Frames> Engine::OnOutboxChanged() {
  Frames frames;
  DAFTAR_RETURN_IF_ERROR(AppendPushes(frames));
  return frames;
}

StatusOr<Engine::Frames> Engine::OnFrame(const v1::ServerFrame& frame) {
  report_.bytes += frame.ByteSizeLong();
  if (!welcomed_ && !frame.has_welcome() && !frame.has_notice())
    return FailedPrecondition("the server did not greet first");
  switch (frame.frame_case()) {
    case v1::ServerFrame::kWelcome:
      return OnWelcome(frame.welcome());
    case v1::ServerFrame::kManifest:
      if (!filler_) return InvalidArgument("the server sent a manifest to a replica that needs none");
      return filler_->OnManifest(frame.manifest());
    case v1::ServerFrame::kGroups:
      if (!comparer_) return InvalidArgument("the server compares what it was not asked to");
      return comparer_->OnGroups(frame.groups());
    case v1::ServerFrame::kPiece:
      return OnPiece(frame.piece());
    case v1::ServerFrame::kDelta: {
      if (frame.delta().dictionary() != 0) {
        DAFTAR_ASSIGN_OR_RETURN(const v1::DeltaFrame delta, Unpacked(frame.delta()));
        return OnDelta(delta);
      }
      if (filler_ && !filler_->done()) {
        DAFTAR_RETURN_IF_ERROR(filler_->OnAhead(frame.delta()));
        return Frames();
      }
      return OnDelta(frame.delta());
    }
    case v1::ServerFrame::kCheckpoint:
      return OnCheckpoint(frame.checkpoint(), nullptr);
    case v1::ServerFrame::kPushResult: {
      if (relay_) {
        relay_->OnAnswer(frame.push_result());
        DAFTAR_RETURN_IF_ERROR(TakeBelieved());
      } else {
        DAFTAR_RETURN_IF_ERROR(OnPushResult(frame.push_result()));
      }
      return OnOutboxChanged();
    }
    case v1::ServerFrame::kCarried: {
      if (!relay_) return InvalidArgument("the server says that it carries a push, which only a relay does");
      DAFTAR_RETURN_IF_ERROR(relay_->OnCarried(frame.carried()));
      report_.carried = relay_->carried();
      return OnOutboxChanged();
    }
    case v1::ServerFrame::kNotice:
      report_.notices.push_back(frame.notice().text());
      if (frame.notice().going_away()) return Unavailable("the server is stopping: " + frame.notice().text());
      return Frames();
    default:
      return Frames();  // a pong, or a frame of a newer protocol
  }
}

StatusOr<Engine::Frames> Engine::OnRelay(const v1::Welcome& welcome) {
  using Action = v1::Welcome::Action;
  if (welcomed_) return InvalidArgument("the relay greets twice");
  DAFTAR_ASSIGN_OR_RETURN(relay_, ByRelay::From(station_, welcome));
  welcomed_ = report_.relay = true;
  epoch_ = welcome.epoch();
  report_.head = std::max<Revision>(report_.head, welcome.head());
  if (welcome.action() == Action::BEHIND) {
    report_.notices.push_back("the relay has got as far as revision " + std::to_string(welcome.head()) +
                              ", which is behind this replica; nothing was received");
  } else if (welcome.action() == Action::OTHER_SCOPE) {
    report_.notices.push_back("the relay holds another slice than this replica; nothing was received");
  }
  if (!compare_next_ || relay_->has_nothing()) return Frames();
  comparer_.emplace(station_, View::History::kSame);
  return comparer_->Begin();
}

StatusOr<Engine::Frames> Engine::OnWelcome(const v1::Welcome& welcome) {
  if ((welcome.relay() && welcome.action() != v1::Welcome::Action::UPGRADE) || relay_) return OnRelay(welcome);
  if (options_.by_relay) {
    return FailedPrecondition(
        "what answers does not say that it is a relay, so nothing was taken from it. If it is the server, name it with "
        "--server");
  }
  DAFTAR_ASSIGN_OR_RETURN(over_, NamedWrongSlice(welcome));
  if (over_) return Frames();
  switch (welcome.action()) {
    case v1::Welcome::Action::HISTORY_DIFFERS:
      filler_.reset();
      comparer_.emplace(station_, View::History::kNew);
      DAFTAR_RETURN_IF_ERROR(comparer_->NoteTrail(welcome.head(), welcome.trail()));
      known_seq_ = welcome.last_seq();
      unanswered_ = 0;
      break;
    case v1::Welcome::Action::UPGRADE:
      return FailedPrecondition(
          "the server speaks a newer protocol; install a newer Daftar. Nothing was changed and reading goes on");
    case v1::Welcome::Action::FILL:
      filler_.emplace(station_);
      break;
    default:
      break;
  }
  DAFTAR_RETURN_IF_ERROR(CheckServer(welcome));
  welcomed_ = true;
  epoch_ = welcome.epoch();
  report_.head = std::max<Revision>(report_.head, welcome.head());
  DAFTAR_ASSIGN_OR_RETURN(const bool forgotten, HasForgotten(welcome.last_seq()));
  if (forgotten && !comparer_) {
    const auto same = [](const v1::Mutation& mutation) { return mutation.base_revision(); };
    DAFTAR_RETURN_IF_ERROR(station_.user().BeginAnew(station_.NewId(), {}, {}, same, station_.clock().NowMs()));
    over_ = true;
    return Frames();
  }
  if (compare_next_ && !comparer_ && !filler_) comparer_.emplace(station_, View::History::kSame);
  return comparer_ ? comparer_->Begin() : Frames();
}

StatusOr<bool> Engine::NamedWrongSlice(const v1::Welcome& welcome) {
  DAFTAR_ASSIGN_OR_RETURN(const v1::SyncStatus status, station_.SyncState());
  DAFTAR_ASSIGN_OR_RETURN(const Scope wanted, Scope::From(status.scope()));
  DAFTAR_ASSIGN_OR_RETURN(const Scope held, station_.view().HeldScope());
  const bool held_first = welcome.action() == v1::Welcome::Action::HISTORY_DIFFERS && held != wanted;
  return std::exchange(held_first_, held_first) != held_first;
}

StatusOr<bool> Engine::HasForgotten(uint64_t last_seq) const {
  DAFTAR_ASSIGN_OR_RETURN(const v1::SyncStatus status, station_.SyncState());
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::OutboxEntry> outbox, station_.Outbox());
  if (status.fresh()) return false;
  for (const v1::OutboxEntry& entry : outbox) {
    if (entry.has_result()) continue;
    return !entry.mutation().first() && last_seq + 1 < entry.mutation().seq();
  }
  return last_seq < status.last_seq();
}

// A server that does not know this replica has to be the one that this workstation knows.
Status Engine::CheckServer(const v1::Welcome& welcome) {
  if (welcome.key().empty() && !comparer_) return OkStatus();
  DAFTAR_ASSIGN_OR_RETURN(const v1::SyncStatus status, station_.SyncState());
  const bool differs = comparer_ && comparer_->history() == View::History::kNew;
  const std::string& known = status.server_key().empty() && !differs ? welcome.key() : status.server_key();
  const std::optional<PublicKey> key = PublicKey::FromBytes(known);
  const bool proven = key && known == welcome.key() &&
                      key->Verify(welcome.signature(), "daftar.welcome.v1", {welcome.epoch(), status.client()}).ok();
  if (!proven && (differs || !status.server_key().empty())) {
    return FailedPrecondition(
        "what answers does not know the history of this replica and is not the server that it came from. Nothing was "
        "changed here and reading goes on; check the address, or ask the server's keeper");
  }
  if (!proven) return PermissionDenied("the server cannot prove who it is; nothing was taken from it");
  if (!status.server_key().empty()) return OkStatus();
  return station_.user().Update([&known](v1::SyncStatus& update) { update.set_server_key(known); });
}

StatusOr<v1::DeltaFrame> Engine::Unpacked(const v1::DeltaFrame& delta) const {
  if (dictionary_ == nullptr) return InvalidArgument("a frame is compressed with a dictionary that is not here");
  v1::DeltaFrame plain = delta;
  DAFTAR_RETURN_IF_ERROR(dictionary_->Unpack(plain));
  return plain;
}

StatusOr<Engine::Frames> Engine::OnDelta(const v1::DeltaFrame& delta) {
  if (comparer_) DAFTAR_RETURN_IF_ERROR(comparer_->OnDelta(delta));
  // What completes a state is applied at once; anything else is kept until then.
  if (delta.has_checkpoint()) return OnCheckpoint(delta.checkpoint(), &delta);
  DAFTAR_RETURN_IF_ERROR(station_.view().Stage(delta));
  return Frames();
}

StatusOr<Engine::Frames> Engine::OnPiece(const v1::ChunkPiece& piece) {
  if (!filler_) return Frames();
  const uint64_t before = filler_->records();
  DAFTAR_ASSIGN_OR_RETURN(Frames answers, filler_->OnPiece(piece));
  report_.records += filler_->records() - before;
  return answers;
}

StatusOr<Engine::Frames> Engine::OnCheckpoint(v1::Checkpoint checkpoint, const v1::DeltaFrame* last) {
  if (!epoch_.empty()) checkpoint.mutable_cursor()->set_epoch(epoch_);
  if (relay_) DAFTAR_RETURN_IF_ERROR(relay_->Check(checkpoint, scope_));
  DAFTAR_RETURN_IF_ERROR(Apply(checkpoint, last));
  if (over_) return Frames();
  const bool first = !std::exchange(caught_up_, true);
  DAFTAR_RETURN_IF_ERROR(TakeBelieved());
  DAFTAR_ASSIGN_OR_RETURN(unsettled_pushes_, station_.user().DropVisible(report_.to));
  const int64_t now = station_.clock().NowMs();
  // What a relay passes on is as old as it was when the server sent it.
  success_ms_ = relay_ ? std::min(now, shown_.server_ms()) : now;
  // Each note is a write to disk: of a busy hour not every second is kept.
  if (first || now < noted_ms_ || now - noted_ms_ >= kNoteEveryMs) DAFTAR_RETURN_IF_ERROR(NoteSuccess());
  if (!relay_ || !options_.watch) return Frames();
  relay_->AskAgain();
  sent_seq_ = 0;
  return OnOutboxChanged();
}

Status Engine::NoteSuccess() {
  if (success_ms_ == noted_ms_) return OkStatus();
  noted_ms_ = success_ms_;
  return station_.user().Update([this](v1::SyncStatus& status) {
    status.set_last_success_ms(relay_ ? std::max(status.last_success_ms(), success_ms_) : success_ms_);
    status.clear_last_error();
  });
}

Status Engine::Apply(const v1::Checkpoint& checkpoint, const v1::DeltaFrame* last) {
  if (comparer_) DAFTAR_RETURN_IF_ERROR(comparer_->BeforeApply(checkpoint.cursor().revision(), known_seq_));
  const View::History history = comparer_ ? comparer_->history() : View::History::kSame;
  const StatusOr<View::Applied> applied = station_.view().ApplyStaged(checkpoint, last, history, scope_);
  if (applied.status().code() == StatusCode::kDataLoss) {
    // Find out what is damaged, so that the next session can ask for just that, or compares everything.
    report_.digest_equal = false;
    DAFTAR_RETURN_IF_ERROR(station_.view().Mend(nullptr).status());
    DAFTAR_ASSIGN_OR_RETURN(const std::vector<Rid> damaged, station_.view().Damaged());
    compare_next_ = damaged.empty();
  }
  DAFTAR_RETURN_IF_ERROR(applied.status());
  compare_next_ = false;
  report_.records += applied->records;
  report_.parts += applied->parts;
  report_.repaired += applied->repaired;
  report_.removed += applied->removed;
  shown_ = applied->head;
  report_.to = shown_.cursor().revision();
  report_.digest_equal = true;
  ++report_.checkpoints;
  // The server knows this session under the old name.
  over_ = history == View::History::kNew;
  held_first_ = held_first_ && !over_;
  if (over_) report_.salvaged += comparer_->salvaged();
  comparer_.reset();
  return OkStatus();
}

Status Engine::OnPushResult(const v1::PushResult& result) {
  report_.Count(result);
  DAFTAR_RETURN_IF_ERROR(station_.user().Answer(result, station_.clock().NowMs()));
  DAFTAR_ASSIGN_OR_RETURN(unsettled_pushes_, station_.user().DropVisible(caught_up_ ? report_.to : 0));
  return OkStatus();
}

Status Engine::TakeBelieved() {
  if (!relay_) return OkStatus();
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::PushResult> believed, relay_->Believed());
  for (const v1::PushResult& result : believed) DAFTAR_RETURN_IF_ERROR(OnPushResult(result));
  report_.carried = relay_->carried();
  return OkStatus();
}

Status Engine::Finish(const Status& why) {
  if (filler_) DAFTAR_RETURN_IF_ERROR(filler_->KeepAll());
  DAFTAR_RETURN_IF_ERROR(NoteSuccess());
  // What a relay sent and the server's signature does not cover is not kept.
  if (relay_) DAFTAR_RETURN_IF_ERROR(station_.view().DropStaged());
  if (why.ok() || why.code() == StatusCode::kCancelled) return OkStatus();
  return station_.user().Update([&why](v1::SyncStatus& status) { status.set_last_error(Message(why)); });
}

}  // namespace daftar
