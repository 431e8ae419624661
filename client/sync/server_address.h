// Where a server is, and how to reach it: the address that a user is given.
//
//   "daftar.example.org:7700/KEY"   by TLS; KEY, 64 hex digits, is the key that the server has to show
//   "127.0.0.1:7700"                in plaintext, which may not leave this machine
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "storage/base/signature.h"
#include "storage/base/status.h"

namespace daftar {

struct ServerAddress {
  std::string host;  // without brackets
  int port = 0;
  std::optional<PublicKey> key;  // nullopt: plaintext
  // "host:port", for people and for gRPC.
  std::string where;
};

// An address as it is shown: "daftar.example.org:7700, key 9f3c-12ab-77e0-41d5-0a1b"; what is none, as it is.
std::string AddressForPeople(const std::string& address);

// "host:port" or "[host]:port", with or without the key. InvalidArgument if it is neither; FailedPrecondition if there
// is no key and the host is another than 127.0.0.0/8, [::1] or localhost. No name is looked up.
StatusOr<ServerAddress> ReadServerAddress(std::string_view address);

}  // namespace daftar
