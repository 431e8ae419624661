#include "tests/bench/watchers/crowd.h"

#include <algorithm>

namespace daftar::bench {
namespace {

constexpr int kLongestWaitMs = 60'000;
constexpr size_t kJoiningAtOnce = 50;  // fewer than a listening socket keeps waiting

grpc::ChannelArguments Arguments() {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  arguments.SetInt(GRPC_ARG_SERVICE_CONFIG_DISABLE_RESOLUTION, 1);
  return arguments;
}

grpc::ByteBuffer Buffer(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

std::string Bytes(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  DAFTAR_CHECK(buffer.Dump(&slices).ok());
  std::string bytes;
  for (const grpc::Slice& slice : slices) bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  return bytes;
}

}  // namespace

void Countdown::Set(size_t count) {
  const MutexLock lock(mutex_);
  left_ = count;
}

void Countdown::One() {
  const MutexLock lock(mutex_);
  if (left_ > 0 && --left_ == 0) changed_.NotifyAll();
}

void Countdown::Fail(const Status& failure) {
  const MutexLock lock(mutex_);
  failure_ = failure;
  changed_.NotifyAll();
}

Status Countdown::Wait() {
  const auto end = Time::now() + std::chrono::milliseconds(kLongestWaitMs);
  MutexLock lock(mutex_);
  while (left_ > 0 && failure_.ok()) {
    const auto left_ms = std::chrono::duration_cast<std::chrono::milliseconds>(end - Time::now()).count();
    if (left_ms <= 0) return Unavailable(std::to_string(left_) + " messages have not come within a minute");
    changed_.WaitMs(mutex_, left_ms);
  }
  return failure_;
}

WatchedStream::WatchedStream(const Place& place, const std::string& method, const std::string& first,
                             Countdown& countdown)
    : countdown_(countdown),
      stub_(grpc::CreateCustomChannel(place.address, place.credentials, Arguments())),
      outgoing_(Buffer(first)) {
  context_.set_wait_for_ready(true);
  stub_.PrepareBidiStreamingCall(&context_, method, {}, this);
  {
    const MutexLock lock(mutex_);
    writing_ = true;
  }
  AddHold();  // Send begins writes from outside of the callbacks
  StartRead(&incoming_);
  StartWrite(&outgoing_);
  StartCall();
}

WatchedStream::~WatchedStream() {
  {
    const MutexLock lock(mutex_);
    closing_ = true;
  }
  context_.TryCancel();
  RemoveHold();
  MutexLock lock(mutex_);
  while (!done_) changed_.Wait(mutex_);
}

void WatchedStream::Send(const std::string& bytes) {
  {
    MutexLock lock(mutex_);
    while (writing_) changed_.Wait(mutex_);
    writing_ = true;
  }
  outgoing_ = Buffer(bytes);
  StartWrite(&outgoing_);
}

WatchedStream::Arrival WatchedStream::last() {
  const MutexLock lock(mutex_);
  return last_;
}

void WatchedStream::OnReadDone(bool ok) {
  const auto now = Time::now();
  if (!ok) {
    const MutexLock lock(mutex_);
    if (!closing_) countdown_.Fail(Unavailable("a stream has ended"));
    return;
  }
  {
    const MutexLock lock(mutex_);
    last_ = {now, Bytes(incoming_)};
  }
  StartRead(&incoming_);
  countdown_.One();
}

void WatchedStream::OnWriteDone(bool) {
  const MutexLock lock(mutex_);
  writing_ = false;
  changed_.NotifyAll();
}

void WatchedStream::OnDone(const grpc::Status&) {
  const MutexLock lock(mutex_);
  done_ = true;
  changed_.NotifyAll();
}

Status Crowd::Join(size_t count, const std::string& first, size_t messages) {
  for (size_t left = count; left > 0;) {
    const size_t now = std::min(left, kJoiningAtOnce);
    countdown_.Set(now * messages);
    for (size_t i = 0; i < now; ++i) {
      streams_.push_back(std::make_unique<WatchedStream>(place_, method_, first, countdown_));
    }
    DAFTAR_RETURN_IF_ERROR(countdown_.Wait());
    left -= now;
  }
  return OkStatus();
}

StatusOr<std::vector<double>> Crowd::Hear(const std::function<void()>& cause) {
  countdown_.Set(streams_.size());
  const auto begin = Time::now();
  cause();
  DAFTAR_RETURN_IF_ERROR(countdown_.Wait());
  std::vector<double> times;
  for (const auto& stream : streams_) {
    times.push_back(std::chrono::duration<double, std::milli>(stream->last().at - begin).count());
  }
  return times;
}

std::vector<std::string> Crowd::LastHeard() {
  std::vector<std::string> heard;
  for (const auto& stream : streams_) heard.push_back(stream->last().bytes);
  return heard;
}

}  // namespace daftar::bench
