// Many open streams to one server, and when each of them was last sent something.
//
// Bytes go in and out as they are, so that the same crowd measures any server of bidirectional streams. Every stream
// has a channel of its own, as it has where each client is another machine. All share gRPC's two threads for callbacks.
#pragma once

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "storage/base/mutex.h"
#include "storage/base/status.h"

namespace daftar::bench {

using Time = std::chrono::steady_clock;

// Counts down to what is waited for. Thread-safe.
class Countdown {
 public:
  void Set(size_t count) DAFTAR_EXCLUDES(mutex_);
  void One() DAFTAR_EXCLUDES(mutex_);
  // Nothing more is to be expected: says so to whoever waits, now or later.
  void Fail(const Status& failure) DAFTAR_EXCLUDES(mutex_);
  // Unavailable if it takes longer than a minute.
  Status Wait() DAFTAR_EXCLUDES(mutex_);

 private:
  Mutex mutex_;
  CondVar changed_;
  size_t left_ DAFTAR_GUARDED_BY(mutex_) = 0;
  Status failure_ DAFTAR_GUARDED_BY(mutex_);
};

// Where a server is, and how it is talked to.
struct Place {
  std::string address;
  std::shared_ptr<grpc::ChannelCredentials> credentials;
};

// One stream, from its construction until it is destroyed. The countdown outlives it.
class WatchedStream final : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  struct Arrival {
    Time::time_point at;
    std::string bytes;
  };

  // Begins with sending `first`.
  WatchedStream(const Place& place, const std::string& method, const std::string& first, Countdown& countdown);
  ~WatchedStream() override;

  // Sends it once what was sent before is on its way. One thread.
  void Send(const std::string& bytes) DAFTAR_EXCLUDES(mutex_);
  // What came last. REQUIRES: something came.
  Arrival last() DAFTAR_EXCLUDES(mutex_);

 private:
  void OnReadDone(bool ok) override DAFTAR_EXCLUDES(mutex_);
  void OnWriteDone(bool ok) override DAFTAR_EXCLUDES(mutex_);
  void OnDone(const grpc::Status& status) override DAFTAR_EXCLUDES(mutex_);

  Countdown& countdown_;
  grpc::TemplatedGenericStub<grpc::ByteBuffer, grpc::ByteBuffer> stub_;
  grpc::ClientContext context_;
  grpc::ByteBuffer incoming_, outgoing_;

  Mutex mutex_;
  CondVar changed_;
  bool writing_ DAFTAR_GUARDED_BY(mutex_) = false;
  bool closing_ DAFTAR_GUARDED_BY(mutex_) = false;
  bool done_ DAFTAR_GUARDED_BY(mutex_) = false;
  Arrival last_ DAFTAR_GUARDED_BY(mutex_);
};

// Streams that all hear the same. One thread.
class Crowd {
 public:
  Crowd(Place place, std::string method) : place_(std::move(place)), method_(std::move(method)) {}

  // So many more streams, some at a time; each says `first` and is in once it has received so many messages.
  Status Join(size_t count, const std::string& first, size_t messages);
  // Does something that makes the server send one message to each stream. Milliseconds until each had it.
  StatusOr<std::vector<double>> Hear(const std::function<void()>& cause);
  // REQUIRES: it is not empty.
  WatchedStream& front() { return *streams_.front(); }
  // What each stream heard last.
  std::vector<std::string> LastHeard();

 private:
  const Place place_;
  const std::string method_;
  Countdown countdown_;
  std::vector<std::unique_ptr<WatchedStream>> streams_;
};

}  // namespace daftar::bench
