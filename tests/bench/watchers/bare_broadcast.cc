#include "tests/bench/watchers/bare_broadcast.h"

#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/grpcpp.h>

#include <set>

#include "storage/base/mutex.h"
#include "storage/base/status.h"

namespace daftar::bench {
namespace {

class Broadcast;

class Listener final : public grpc::ServerGenericBidiReactor {
 public:
  explicit Listener(Broadcast& all) : all_(all) { StartRead(&incoming_); }

  // One message at a time: who broadcasts waits until everybody has heard.
  void Say(const grpc::ByteBuffer& message) {
    outgoing_ = message;
    StartWrite(&outgoing_);
  }

 private:
  void OnReadDone(bool ok) override;
  void OnDone() override;

  Broadcast& all_;
  bool greeted_ = false;
  grpc::ByteBuffer incoming_, outgoing_;
};

class Broadcast final : public grpc::CallbackGenericService {
 public:
  grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext*) override DAFTAR_EXCLUDES(mutex_) {
    const MutexLock lock(mutex_);
    return *listeners_.insert(new Listener(*this)).first;  // owns itself until OnDone
  }
  void SayToAll(const grpc::ByteBuffer& message) DAFTAR_EXCLUDES(mutex_) {
    const MutexLock lock(mutex_);
    for (Listener* listener : listeners_) listener->Say(message);
  }
  void Forget(Listener* listener) DAFTAR_EXCLUDES(mutex_) {
    const MutexLock lock(mutex_);
    listeners_.erase(listener);
  }

 private:
  Mutex mutex_;
  std::set<Listener*> listeners_ DAFTAR_GUARDED_BY(mutex_);
};

void Listener::OnReadDone(bool ok) {
  if (!ok) return Finish(grpc::Status::OK);
  if (greeted_) {
    all_.SayToAll(incoming_);
  } else {
    Say(incoming_);
  }
  greeted_ = true;
  StartRead(&incoming_);
}

void Listener::OnDone() {
  all_.Forget(this);
  delete this;
}

}  // namespace

void ServeBareBroadcast(const std::shared_ptr<grpc::ServerCredentials>& credentials, std::ostream& out) {
  Broadcast service;
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", credentials, &port);
  builder.RegisterCallbackGenericService(&service);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  DAFTAR_CHECK(server != nullptr && port != 0);
  out << "listening on 127.0.0.1:" << port << std::endl;
  for (;;) server->Wait();
}

}  // namespace daftar::bench
