#include "client/transport/grpc_link.h"

#include <grpcpp/client_context.h>
#include <grpcpp/support/sync_stream.h>

#include <algorithm>
#include <deque>
#include <optional>
#include <thread>
#include <utility>

#include "client/transport/translate.h"
#include "daftar/v1/sync.grpc.pb.h"
#include "storage/base/clock.h"
#include "storage/base/mutex.h"

namespace daftar {
namespace {

constexpr size_t kFramesAhead = 4;

class GrpcLink final : public Link {
 public:
  GrpcLink(std::shared_ptr<grpc::Channel> channel, std::string address)
      : address_(std::move(address)),
        stub_(std::move(channel)),
        stream_(stub_.Session(&context_)),
        reader_([this] { ReadAhead(); }) {}

  ~GrpcLink() override {
    Close();
    reader_.join();
  }

  Status Send(const v1::ClientFrame& frame) override DAFTAR_EXCLUDES(mutex_) {
    if (stream_->Write(frame)) return OkStatus();
    // The stream is over; only the reader learns why, at its end. Nothing more comes than what is here already.
    MutexLock lock(mutex_);
    over_ = true;
    changed_.NotifyAll();
    while (!end_) changed_.Wait(mutex_);
    return closed_ ? Closed() : *end_;
  }

  StatusOr<Event> Receive(int timeout_ms) override DAFTAR_EXCLUDES(mutex_) {
    const int64_t deadline = clock_.MonotonicMs() + timeout_ms;
    MutexLock lock(mutex_);
    for (;;) {
      if (closed_) return Closed();
      if (std::exchange(woken_, false)) return Event{Event::kWoken, {}};
      if (!frames_.empty()) {
        Event event{Event::kFrame, std::move(frames_.front())};
        frames_.pop_front();
        changed_.NotifyAll();
        return event;
      }
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
  static Status Closed() { return Cancelled("the session was closed here"); }

  // The reader's thread, until the stream is over.
  void ReadAhead() DAFTAR_EXCLUDES(mutex_) {
    v1::ServerFrame frame;
    while (WaitForRoom() && stream_->Read(&frame)) {
      MutexLock lock(mutex_);
      frames_.push_back(std::move(frame));
      frame.Clear();
      changed_.NotifyAll();
    }
    const grpc::Status status = stream_->Finish();
    MutexLock lock(mutex_);
    end_ = EndOfSession(status, address_);
    changed_.NotifyAll();
  }

  // False once the link is closed.
  bool WaitForRoom() DAFTAR_EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    while (!closed_ && !over_ && frames_.size() >= kFramesAhead) changed_.Wait(mutex_);
    return !closed_;
  }

  const std::string address_;
  const SystemClock clock_;
  grpc::ClientContext context_;
  v1::Sync::Stub stub_;
  const std::unique_ptr<grpc::ClientReaderWriter<v1::ClientFrame, v1::ServerFrame>> stream_;

  Mutex mutex_;
  CondVar changed_;
  std::deque<v1::ServerFrame> frames_ DAFTAR_GUARDED_BY(mutex_);
  std::optional<Status> end_ DAFTAR_GUARDED_BY(mutex_);
  bool over_ DAFTAR_GUARDED_BY(mutex_) = false;  // a write failed
  bool woken_ DAFTAR_GUARDED_BY(mutex_) = false;
  bool closed_ DAFTAR_GUARDED_BY(mutex_) = false;

  std::thread reader_;  // last: it uses all of the above
};

}  // namespace

std::unique_ptr<Link> OpenGrpcLink(std::shared_ptr<grpc::Channel> channel, std::string address) {
  return std::make_unique<GrpcLink>(std::move(channel), std::move(address));
}

}  // namespace daftar
