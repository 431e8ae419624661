// The standard health service as a supervisor watches it. No package has its messages, which are two bytes long.
#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/completion_queue.h>
#include <grpcpp/generic/generic_stub.h>

#include <memory>
#include <string>

namespace daftar {

// One watch over one service. One thread.
class HealthWatch {
 public:
  enum class Answer { kEnded = -1, kUnknown = 0, kServing = 1, kNotServing = 2, kNoSuchService = 3 };

  HealthWatch(const std::string& address, const std::string& service);
  ~HealthWatch();
  // The next change; the first answer is how it stands.
  Answer Next();

 private:
  bool Done();

  grpc::ClientContext context_;
  grpc::CompletionQueue queue_;
  grpc::GenericStub stub_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> call_;
};

}  // namespace daftar
