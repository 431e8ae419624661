#include "client/transport/grpc_link.h"

#include <grpcpp/client_context.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/client_callback.h>

#include <deque>
#include <optional>
#include <utility>

#include "client/transport/translate.h"
#include "storage/base/clock.h"
#include "storage/base/mutex.h"
#include "storage/wire/message_buffer.h"

namespace daftar {
namespace {

// What is read ahead of who takes it, at most one frame more: so much comes while a chunk is put into the replica.
constexpr size_t kFramesAhead = 64, kBytesAhead = 2 << 20;
constexpr char kSession[] = "/daftar.v1.Sync/Session";

// Untyped: a frame is weighed before it is parsed. gRPC's callbacks only note what has happened; no more than one read
// and one write are under way. A hold keeps the stream open while reads and writes may still be begun from here.
class GrpcLink final : public Link, private grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  GrpcLink(std::shared_ptr<grpc::Channel> channel, std::string address, std::unique_ptr<TlsTunnel> tunnel)
      : address_(std::move(address)), tunnel_(std::move(tunnel)), stub_(std::move(channel)) {
    stub_.PrepareBidiStreamingCall(&context_, kSession, grpc::StubOptions(), this);
    AddHold();
    StartRead(&incoming_);
    StartCall();
  }

  ~GrpcLink() override {
    Close();
    MutexLock lock(mutex_);
    LetGo();
    while (!end_) changed_.Wait(mutex_);
  }

  Status Send(const v1::ClientFrame& frame) override DAFTAR_EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    if (!write_failed_ && !ended_) {
      outgoing_ = ToBuffer(frame);
      writing_ = true;
      StartWrite(&outgoing_);
      while (writing_) changed_.Wait(mutex_);
      if (!write_failed_) return OkStatus();
    }
    // Only the end of the stream says why, and it comes behind all frames.
    LetGo();
    while (!end_) changed_.Wait(mutex_);
    return closed_ ? Closed() : *end_;
  }

  StatusOr<Event> Receive(int timeout_ms) override DAFTAR_EXCLUDES(mutex_) {
    const int64_t deadline = clock_.MonotonicMs() + timeout_ms;
    MutexLock lock(mutex_);
    for (;;) {
      if (closed_) return Closed();
      if (std::exchange(woken_, false)) return Event{Event::kWoken, {}};
      if (!frames_.empty()) return TakeFrame();
      if (unreadable_) return *unreadable_;
      if (ended_) LetGo();
      if (end_) return *end_;
      const int64_t left = deadline - clock_.MonotonicMs();
      if (left <= 0) return Event{Event::kTimeout, {}};
      changed_.WaitMs(mutex_, left);
    }
  }

  void Wake() override DAFTAR_EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    woken_ = true;
    changed_.NotifyAll();
  }

  void Close() override DAFTAR_EXCLUDES(mutex_) {
    context_.TryCancel();
    MutexLock lock(mutex_);
    closed_ = true;
    changed_.NotifyAll();
  }

 private:
  struct Unread {
    v1::ServerFrame frame;
    size_t bytes = 0;  // on the wire
  };

  static Status Closed() { return Cancelled("the session was closed here"); }

  Event TakeFrame() DAFTAR_REQUIRES(mutex_) {
    Event event{Event::kFrame, std::move(frames_.front().frame)};
    bytes_ahead_ -= frames_.front().bytes;
    frames_.pop_front();
    if (HasRoom() && !unreadable_) ReadOn();
    return event;
  }

  bool HasRoom() const DAFTAR_REQUIRES(mutex_) { return frames_.size() < kFramesAhead && bytes_ahead_ < kBytesAhead; }

  void ReadOn() DAFTAR_REQUIRES(mutex_) {
    if (ended_ || std::exchange(reading_, true)) return;
    StartRead(&incoming_);
  }

  // No more is begun from here; what still comes is read to its end, which the stream's own end waits for.
  void LetGo() DAFTAR_REQUIRES(mutex_) {
    if (!std::exchange(holding_, false)) return;
    ReadOn();
    RemoveHold();
  }

  void OnReadDone(bool ok) override DAFTAR_EXCLUDES(mutex_) {
    Unread read{.frame = {}, .bytes = ok ? incoming_.Length() : 0};
    const Status parsed = ok ? FromBuffer(incoming_, read.frame) : OkStatus();
    MutexLock lock(mutex_);
    reading_ = false;
    ended_ = !ok;
    if (!parsed.ok()) unreadable_ = parsed;
    if (ok && !unreadable_) {
      bytes_ahead_ += read.bytes;
      frames_.push_back(std::move(read));
    }
    if ((HasRoom() && !unreadable_) || !holding_) ReadOn();
    changed_.NotifyAll();
  }

  void OnWriteDone(bool ok) override DAFTAR_EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    writing_ = false;
    write_failed_ = write_failed_ || !ok;
    changed_.NotifyAll();
  }

  void OnDone(const grpc::Status& status) override DAFTAR_EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    end_ = EndOfSession(status, address_);
    changed_.NotifyAll();  // under the lock: the link may be destroyed as soon as it is released
  }

  const std::string address_;
  const SystemClock clock_;
  const std::unique_ptr<TlsTunnel> tunnel_;  // before the channel, and so destroyed after it
  grpc::ClientContext context_;
  grpc::GenericStub stub_;

  Mutex mutex_;
  CondVar changed_;
  std::deque<Unread> frames_ DAFTAR_GUARDED_BY(mutex_);
  size_t bytes_ahead_ DAFTAR_GUARDED_BY(mutex_) = 0;
  std::optional<Status> unreadable_ DAFTAR_GUARDED_BY(mutex_);  // what came behind them cannot be taken
  std::optional<Status> end_ DAFTAR_GUARDED_BY(mutex_);
  bool reading_ DAFTAR_GUARDED_BY(mutex_) = true;
  bool writing_ DAFTAR_GUARDED_BY(mutex_) = false;
  bool holding_ DAFTAR_GUARDED_BY(mutex_) = true;
  bool ended_ DAFTAR_GUARDED_BY(mutex_) = false;  // there is nothing more to read
  bool write_failed_ DAFTAR_GUARDED_BY(mutex_) = false;
  bool woken_ DAFTAR_GUARDED_BY(mutex_) = false;
  bool closed_ DAFTAR_GUARDED_BY(mutex_) = false;

  // gRPC's while a read or a write is under way, else of whoever begins the next.
  grpc::ByteBuffer incoming_, outgoing_;
};

}  // namespace

std::unique_ptr<Link> OpenGrpcLink(std::shared_ptr<grpc::Channel> channel, std::string address,
                                   std::unique_ptr<TlsTunnel> tunnel) {
  return std::make_unique<GrpcLink>(std::move(channel), std::move(address), std::move(tunnel));
}

}  // namespace daftar
