// What `daftard` can be told to do. Results go to `out`, which is standard output; talk goes to the log.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "daftar/v1/codes.pb.h"
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
  int keep_days = 400;     // HousekeepingTimes::horizon_ms
  std::string port_file;   // gets the number of the port once the server listens; empty: none
  std::string two_person;  // ReadMarking; empty: no record needs two people
};
// Serves until SIGTERM or SIGINT, then ends in good order; a second signal ends the process at once.
// REQUIRES: no other thread has been started.
Status Serve(const ServeOptions& options, const Clock& clock, std::ostream& out);

// Reads every stored byte. DataLoss if something is damaged; what is damaged is told on `out`.
Status Check(const std::string& folder, const Clock& clock, std::ostream& out);

// What is to go into a bundle, and how.
struct BundleMaking {
  std::string folder, file;
  std::optional<uint64_t> since;        // revision; nullopt: a snapshot
  std::vector<std::string> sealed_for;  // public keys in hex
  uint64_t part_bytes = 0;              // 0: one file
};
// `talk`: shows how far it is; null: does not.
Status CreateBundle(const BundleMaking& wish, const Clock& clock, Random& random, std::ostream& out,
                    std::ostream* talk);

struct BundleTaking {
  std::string folder, file;
  std::string receipts;    // the file to write the answers to; empty: none
  std::string two_person;  // as of ServeOptions
};
// Applies an outbox. server/core/bundles.h has the errors.
Status ApplyBundle(const BundleTaking& wish, const Clock& clock, Random& random, std::ostream& out, std::ostream* talk);

// "amber", "AMBER+STRICT": from which marking on records need two people (Dataset::RequireTwoPersons); nullopt for an
// empty word. InvalidArgument for another.
StatusOr<std::optional<v1::Tlp::Code>> ReadMarking(const std::string& word);

struct DeviceWish {
  std::string folder, key, name;
  bool edit = false, suggest = false;
};
// The list of devices that the dataset's server lets in (storage/access/devices.h); it may be served meanwhile.
std::string DevicesFile(const std::string& folder);
Status Allow(const DeviceWish& wish, std::ostream& out);
Status Revoke(const DeviceWish& wish, std::ostream& out);
Status ListDevices(const std::string& folder, std::ostream& out);

// The public half of the server's key. The dataset may be served meanwhile.
Status ShowKey(const std::string& folder, std::ostream& out);

}  // namespace daftar
