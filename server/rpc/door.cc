#include "server/rpc/door.h"

#include <grpc/grpc_security_constants.h>

#include <utility>
#include <vector>

#include "storage/access/certificate.h"

namespace daftar {
namespace {

constexpr int kLookMs = 2000;

StatusOr<PublicKey> KeyOf(const grpc::AuthContext& connection) {
  const std::vector<grpc::string_ref> shown = connection.FindPropertyValues(GRPC_X509_PEM_CERT_PROPERTY_NAME);
  if (shown.size() != 1) return InvalidArgument("the connection shows no certificate");
  return KeyOfCertificate(std::string_view(shown[0].data(), shown[0].size()));
}

}  // namespace

Pusher Guest::pusher() const {
  if (!key) return {};
  Pusher pusher{.device = std::string(key->bytes()), .may_not_push = "", .suggests = right == Right::kSuggest};
  if (right < Right::kSuggest) {
    pusher.may_not_push =
        "this workstation may read here and not edit; the server's keeper lets it with: device allow " +
        key->ToString() + " --edit, or lets it suggest, for editors to accept, with --suggest";
  }
  return pusher;
}

Door::Door(std::unique_ptr<DeviceList> devices, std::function<void()> on_change,
           std::function<void(const Status&)> on_failure)
    : devices_(std::move(devices)), on_change_(std::move(on_change)), on_failure_(std::move(on_failure)) {
  watch_ = std::thread([this] { KeepWatch(); });
}

StatusOr<std::unique_ptr<Door>> Door::Open(const std::string& devices_file, std::function<void()> on_change,
                                           std::function<void(const Status&)> on_failure) {
  DAFTAR_ASSIGN_OR_RETURN(std::unique_ptr<DeviceList> devices, DeviceList::Open(devices_file));
  return std::unique_ptr<Door>(new Door(std::move(devices), std::move(on_change), std::move(on_failure)));
}

Door::~Door() {
  {
    const MutexLock lock(mutex_);
    closed_ = true;
  }
  closing_.NotifyAll();
  watch_.join();
}

StatusOr<Guest> Door::Admit(const grpc::AuthContext& connection) const {
  DAFTAR_ASSIGN_OR_RETURN(const PublicKey key, KeyOf(connection));
  const Right right = devices_->RightOf(key);
  if (right != Right::kNone) return Guest{key, right};
  return PermissionDenied("this workstation is not let in here yet. Its key is " + key.ToString() +
                          "; the server's keeper lets it in with: device allow KEY");
}

void Door::KeepWatch() {
  const MutexLock lock(mutex_);
  while (!closed_) {
    closing_.WaitMs(mutex_, kLookMs);
    if (closed_) return;
    const StatusOr<bool> changed = devices_->Refresh();
    if (!changed.ok()) {
      on_failure_(changed.status());
    } else if (*changed) {
      on_change_();
    }
  }
}

}  // namespace daftar
