#include "tests/integration/health_watch.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/byte_buffer.h>

#include <vector>

#include "storage/base/status.h"

namespace daftar {
namespace {

// HealthCheckRequest { string service = 1; }
grpc::ByteBuffer Request(const std::string& service) {
  const grpc::Slice slice(std::string("\x0a") + static_cast<char>(service.size()) + service);
  return grpc::ByteBuffer(&slice, 1);
}

// HealthCheckResponse { ServingStatus status = 1; }
HealthWatch::Answer AnswerOf(const grpc::ByteBuffer& response) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (response.Dump(&slices).ok()) {
    for (const grpc::Slice& slice : slices) bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes.size() == 2 && bytes[0] == 8 ? static_cast<HealthWatch::Answer>(bytes[1])
                                            : HealthWatch::Answer::kUnknown;
}

}  // namespace

HealthWatch::HealthWatch(const std::string& address, const std::string& service)
    : stub_(grpc::CreateChannel(address, grpc::InsecureChannelCredentials())) {
  context_.set_wait_for_ready(true);
  call_ = stub_.PrepareCall(&context_, "/grpc.health.v1.Health/Watch", &queue_);
  call_->StartCall(this);
  DAFTAR_CHECK(Done());
  call_->WriteLast(Request(service), grpc::WriteOptions(), this);
  DAFTAR_CHECK(Done());
}

HealthWatch::~HealthWatch() {
  context_.TryCancel();
  grpc::Status status;
  call_->Finish(&status, this);
  Done();
  queue_.Shutdown();
  while (Done()) {
  }
}

HealthWatch::Answer HealthWatch::Next() {
  grpc::ByteBuffer response;
  call_->Read(&response, this);
  return Done() ? AnswerOf(response) : Answer::kEnded;
}

bool HealthWatch::Done() {
  void* tag = nullptr;
  bool ok = false;
  return queue_.Next(&tag, &ok) && ok;
}

}  // namespace daftar
