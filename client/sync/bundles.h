// Bundles at a workstation: what it makes to be carried by hand, and what it takes.
//
//   makes   a snapshot or delta of what its replica shows; an outbox of what waits for the server
//   takes   snapshots and deltas, as if the server had sent them; receipts, as if the server had answered
//
// Its own key signs what it makes and opens what is sealed for it: FOLDER/user/workstation.key, made when it is first
// needed. What it takes must be signed by the server that it knows, or by a key that the user names.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "client/sync/workstation.h"
#include "storage/base/random.h"
#include "storage/base/signature.h"
#include "storage/base/status.h"
#include "storage/bundle/made.h"
#include "storage/model/push_counts.h"

namespace daftar {

// The file of the workstation's own key.
std::string WorkstationKeyFile(const std::string& folder);
// The key; a fresh one if there is none yet. The workstation's folder must exist.
StatusOr<KeyPair> WorkstationKey(const std::string& folder, Random& random);
// The server's key as the workstation pinned it; nullopt: it knows none yet.
StatusOr<std::optional<PublicKey>> KnownServerKey(const Workstation& station);
// Whether a person means that key: 64 hex digits, or the fingerprint.
bool Means(const std::string& word, const PublicKey& key);

// A snapshot of what the replica shows, or what changed in it after a revision. Errors: those of bundle::MakeState.
StatusOr<bundle::Made> CreateStateBundle(Workstation& station, std::optional<Revision> since, const std::string& path,
                                         const bundle::MakeOptions& options, Random& random);
// What waits for the server and has no answer yet; it waits on. NotFound if there is nothing.
StatusOr<bundle::Made> CreateOutboxBundle(Workstation& station, const std::string& path,
                                          const bundle::MakeOptions& options, Random& random);

struct ApplyOptions {
  std::string trust;    // a key or fingerprint that the user trusts this time; empty: none
  bundle::Steps steps;  // entries read, of how many
};

// What became of a bundle that was applied.
struct BundleApplied : PushCounts {
  v1::BundleKind::Code kind = v1::BundleKind::UNSET;
  PublicKey signer;
  bool by_server = false;  // made by a server, as the bundle says; else by a workstation
  enum class Trusted { kKnownServer, kOwn, kNamed } trusted = Trusted::kKnownServer;
  bool pinned = false;  // from now on this is the server's key

  // SNAPSHOT, DELTA.
  Revision from = 0, to = 0;  // shown before, and now
  uint64_t records = 0, parts = 0;
  bool nothing_new = false;
  bool digest_equal = false;  // the replica equals what made the bundle
  int64_t as_of_ms = 0;       // how old the data is: the server's clock at the state that is shown

  // RECEIPTS: edits by outcome; and those whose answer was here already, or which have left the outbox.
  uint64_t known = 0;
  uint64_t waiting = 0;  // entries left in the outbox
};

// Applies a bundle: the files as bundle::FilesOfBundle finds them. Any number of times: nothing happens twice. After an
// error nothing is changed, but that answers filed before it stay. PermissionDenied: signed by a key that is not
// trusted, sealed for others, or answers for another workstation. FailedPrecondition: it does not fit here; the words
// say what would. DataLoss, InvalidArgument: damaged, or made wrongly.
StatusOr<BundleApplied> ApplyBundle(Workstation& station, const std::vector<std::string>& files,
                                    const ApplyOptions& options, Random& random);

}  // namespace daftar
