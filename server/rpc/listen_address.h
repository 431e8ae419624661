// Where the server may listen.
#pragma once

#include <string>

#include "storage/base/status.h"

namespace daftar {

// What a server listens on.
struct ListenAddress {
  std::string address;             // "host:port"; port 0: any free one
  bool insecure_loopback = false;  // plaintext was asked for, for programs of this machine only
};

// FailedPrecondition, in words, if listening there would carry plaintext off this machine. InvalidArgument if it is not
// an address. Names are looked up: for plaintext every address of the host has to be loopback.
Status CheckListenAddress(const ListenAddress& listen);

}  // namespace daftar
