// What `daftard` can be told to do. Results go to `out`, which is standard output; talk goes to the log.
#pragma once

#include <iosfwd>
#include <string>

#include "server/rpc/listen_address.h"
#include "storage/base/clock.h"
#include "storage/base/random.h"
#include "storage/base/status.h"

namespace daftar {

// Makes a dataset in the folder, empty or with the sample. AlreadyExists if there is one.
Status Init(const std::string& folder, bool with_sample, const Clock& clock, Random& random, std::ostream& out);

struct ServeOptions {
  std::string folder;
  ListenAddress listen;
  std::string port_file;  // gets the number of the port once the server listens; empty: none
};
// Serves until SIGTERM or SIGINT, then ends in good order; a second signal ends the process at once.
// REQUIRES: no other thread has been started.
Status Serve(const ServeOptions& options, const Clock& clock, std::ostream& out);

// Reads every stored byte. DataLoss if something is damaged; what is damaged is told on `out`.
Status Check(const std::string& folder, const Clock& clock, std::ostream& out);

}  // namespace daftar
