#include "tests/bench/watchers/editor.h"

#include <utility>

#include "daftar/v1/frames.pb.h"
#include "daftar/v1/records.pb.h"
#include "storage/base/uuid.h"
#include "storage/model/parts.h"

namespace daftar::bench {
namespace {

constexpr uint32_t kProtocol = 2;

v1::ClientFrame Hello(const std::string& client) {
  v1::ClientFrame frame;
  frame.mutable_hello()->set_protocol(kProtocol);
  frame.mutable_hello()->set_client(Uuid::FromName(client).str());
  return frame;
}

// The editor is not told of changes: only its pushes are answered.
std::string EditorsHello() {
  v1::ClientFrame frame = Hello("editor");
  frame.mutable_hello()->set_only_push(true);
  return frame.SerializeAsString();
}

StatusOr<v1::ServerFrame> Parsed(const std::string& bytes) {
  v1::ServerFrame frame;
  if (!frame.ParseFromString(bytes)) return Internal("the server sent something that is not a frame");
  return frame;
}

}  // namespace

Editor::Editor(Place place) : place_(std::move(place)) {
  answers_.Set(1);
  stream_ = std::make_unique<WatchedStream>(place_, kSessionMethod, EditorsHello(), answers_);
}

Status Editor::Begin() {
  DAFTAR_RETURN_IF_ERROR(answers_.Wait());
  DAFTAR_ASSIGN_OR_RETURN(const v1::ServerFrame frame, Parsed(stream_->last().bytes));
  revision_ = frame.welcome().head();
  Push();
  return Answered();
}

StatusOr<std::string> Editor::WatchersHello() const {
  // A replica without a cursor is told the chain of the head with the first checkpoint, and nothing of the data where
  // it says that all of that has been received.
  v1::ClientFrame stranger = Hello("stranger");
  stranger.mutable_hello()->mutable_received()->set_revision(revision_);
  stranger.mutable_hello()->mutable_received()->set_rid(UINT32_MAX);
  Countdown frames;
  frames.Set(kFramesBeforeEdits);
  WatchedStream stream(place_, kSessionMethod, stranger.SerializeAsString(), frames);
  DAFTAR_RETURN_IF_ERROR(frames.Wait());
  DAFTAR_ASSIGN_OR_RETURN(const v1::ServerFrame frame, Parsed(stream.last().bytes));
  if (frame.checkpoint().cursor().revision() != revision_) return Internal("the server did not say where it stands");
  v1::ClientFrame watcher = Hello("watcher");
  *watcher.mutable_hello()->mutable_cursor() = frame.checkpoint().cursor();
  watcher.mutable_hello()->set_watch(true);
  return watcher.SerializeAsString();
}

std::string Editor::Body(uint64_t number) {
  v1::Source source;
  source.set_retrieved_ms(static_cast<int64_t>(number));
  v1::Name& name = *source.add_name();
  name.set_key(1);
  name.set_text("a source that is watched");
  const StatusOr<std::string> body = CanonicalBody(source);
  DAFTAR_CHECK(body.ok());
  return *body;
}

void Editor::Push() {
  const bool first = seq_ == 0;
  const auto parts = DiffParts(first ? "" : Body(seq_), Body(seq_ + 1));
  DAFTAR_CHECK(parts.ok());
  v1::ClientFrame frame;
  v1::Mutation& push = *frame.mutable_push();
  push.set_client(Uuid::FromName("editor").str());
  push.set_seq(++seq_);
  push.set_first(first);
  push.set_base_revision(revision_);
  push.set_author("bench");
  push.set_reason("measured");
  v1::RecordEdit& edit = *push.add_edit();
  edit.set_record(Uuid::FromName("a source that is watched").str());
  edit.set_kind(v1::RecordKind::SOURCE);
  edit.set_create(first);
  edit.mutable_part()->Add(parts->begin(), parts->end());
  answers_.Set(1);
  stream_->Send(frame.SerializeAsString());
}

Status Editor::Answered() {
  DAFTAR_RETURN_IF_ERROR(answers_.Wait());
  DAFTAR_ASSIGN_OR_RETURN(const v1::ServerFrame frame, Parsed(stream_->last().bytes));
  const v1::PushResult& result = frame.push_result();
  if (result.outcome() != v1::PushResult::Outcome::APPLIED) {
    return Internal("the server did not take the edit: " + result.ShortDebugString());
  }
  revision_ = result.revision();
  return OkStatus();
}

Status CheckOneEdit(const std::string& bytes) {
  DAFTAR_ASSIGN_OR_RETURN(const v1::ServerFrame frame, Parsed(bytes));
  if (frame.delta().body().empty() || !frame.delta().has_checkpoint()) {
    return Internal("a watcher was sent something other than the edit and its checkpoint");
  }
  return OkStatus();
}

}  // namespace daftar::bench
