// One session of one client on its way over gRPC.
#pragma once

#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "daftar/v1/frames.pb.h"
#include "server/core/session.h"
#include "server/core/session_host.h"
#include "server/rpc/door.h"
#include "server/rpc/executor.h"
#include "storage/base/mutex.h"
#include "storage/base/status.h"

namespace daftar {

// Carries frames between a stream and a Session. gRPC's callbacks only note what has happened and schedule a Step; only
// Step, which is never run by two threads at once, looks at the session and begins reads, writes and the end. So after
// the end nothing can be begun any more, whoever still rings.
//
// It owns itself from Start until gRPC's OnDone; the executor keeps it alive while a Step is due. At most one read and
// one write are in flight, and nothing is queued: a slow client holds one frame.
class SessionCall final : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>,
                          public Work,
                          public std::enable_shared_from_this<SessionCall> {
 public:
  // `on_done` is called once, after gRPC has let go of the call; the call may live a moment longer.
  SessionCall(SessionHost& host, Guest guest, Executor& executor, std::function<void(SessionCall*)> on_done);

  // Begins; called once, before gRPC gets the call.
  void Start();
  // Says goodbye to the client and ends the session with Unavailable. Any thread.
  void GoAway() DAFTAR_EXCLUDES(mutex_);
  // Ends the session with that error, and nothing more is said. Any thread.
  void TurnOut(const Status& why) DAFTAR_EXCLUDES(mutex_);
  // Who holds it, as it was let in.
  const Guest& guest() const { return guest_; }

  void Step() override DAFTAR_EXCLUDES(mutex_);

 private:
  // What has happened since the last step.
  struct News {
    std::optional<bool> read, written;  // an operation ended: well or not
    bool cancelled = false;
    bool going_away = false;
    std::optional<Status> turned_out;
  };

  void OnReadDone(bool ok) override;
  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;
  // Notes something and has it looked at.
  void Note(const std::function<void(News&)>& change) DAFTAR_EXCLUDES(mutex_);

  void Hear(const News& news);
  Status HearFrame();
  void ReadOn();
  // Begins a write, if there is something to write; else sees whether that was all. Called with no write in flight.
  void WriteOn();
  StatusOr<std::optional<v1::ServerFrame>> NextFrame();
  void End();

  SessionHost& host_;
  const Guest guest_;
  Executor& executor_;
  const std::function<void(SessionCall*)> on_done_;
  std::shared_ptr<SessionCall> self_;  // until OnDone

  Mutex mutex_;
  News news_ DAFTAR_GUARDED_BY(mutex_);

  // Step's own.
  std::unique_ptr<Session> session_;  // gone after the end, and nothing is begun without it
  grpc::ByteBuffer incoming_, outgoing_;
  bool reading_ = false, writing_ = false;
  bool client_has_finished_ = false;
  bool going_away_ = false, said_goodbye_ = false;
  uint64_t unanswered_ = 0;        // pushes heard and not answered yet
  std::optional<Status> outcome_;  // how it will end, once no write is in flight
};

}  // namespace daftar
