// Secret keys in files: made durable before they are used, and refused where others can read them.
//
// A key file is three lines of text: "daftar secret key v1", "secret " and the seed in hex, "public " and the public
// key in hex; a damaged digit is noticed because the two no longer belong together. Its mode is 0600. Whoever has the
// file is the key's owner: back it up where only he can read it.
#pragma once

#include <string>

#include "storage/base/random.h"
#include "storage/base/signature.h"
#include "storage/base/status.h"

namespace daftar {

// The pair in that file. NotFound if there is none; PermissionDenied if group or others may read or write it (the
// message says how to mend that); DataLoss if it is not a key file or is damaged.
StatusOr<KeyPair> LoadKeyFile(const std::string& path);

// A fresh pair, written and durable (file and folder flushed) when this returns. AlreadyExists, and nothing is touched,
// if there is a file of that name: a key is never overwritten. The folder must exist.
StatusOr<KeyPair> CreateKeyFile(const std::string& path, Random& random);

// The pair in that file; a fresh one in a new file if there is none. Two processes that start at once get the same
// pair.
StatusOr<KeyPair> LoadOrCreateKeyFile(const std::string& path, Random& random);

}  // namespace daftar
