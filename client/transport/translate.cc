#include "client/transport/translate.h"

#include <string>

namespace daftar {

Status EndOfSession(const grpc::Status& status, std::string_view address) {
  const std::string server(address);
  switch (status.error_code()) {
    case grpc::StatusCode::OK:
      return Unavailable("the server at " + server + " ended the session; what came is kept, the next sync goes on");
    case grpc::StatusCode::UNAVAILABLE:
      return Unavailable("the connection to " + server + " ended (" + status.error_message() +
                         "); what came is kept, the next sync goes on from there");
    case grpc::StatusCode::UNIMPLEMENTED:
      return FailedPrecondition("what answers at " + server + " is not a Daftar server; check the address");
    case grpc::StatusCode::CANCELLED:
      return Cancelled("the session with " + server + " was closed");
    default:
      // Both sides number their codes alike.
      return MakeStatus(static_cast<StatusCode>(status.error_code()), status.error_message());
  }
}

}  // namespace daftar
