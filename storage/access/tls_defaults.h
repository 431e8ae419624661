// What TLS offers in this process, where a library makes its connections and lets nobody choose.
#pragma once

#include "storage/base/status.h"

namespace daftar {

// From now on every OpenSSL context of the process begins with: TLS 1.3, Ed25519 only, and no tickets that carry a
// whole certificate: one would cost what it saves. Each saves bytes of every handshake. To be called before the first
// context is made, any number of times; thread-safe. Internal if OpenSSL refuses.
Status TightenTlsDefaults();

}  // namespace daftar
