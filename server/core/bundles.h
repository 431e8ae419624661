// Bundles at a server: what it hands out to be carried by hand, and what it takes.
//
//   makes   a snapshot of the dataset, or what changed after a revision; receipts for an outbox
//   takes   outboxes: every edit goes the way of a push, and is counted once, however it came and how often
//
// All is signed by the server's key. Functions of the one writer of the dataset: they call CommitPending.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "server/core/dataset.h"
#include "server/core/push_policy.h"
#include "storage/base/random.h"
#include "storage/base/signature.h"
#include "storage/base/status.h"
#include "storage/bundle/made.h"
#include "storage/model/push_counts.h"

namespace daftar {

// Errors: those of bundle::MakeState.
StatusOr<bundle::Made> CreateStateBundle(Dataset& dataset, std::optional<Revision> since, const std::string& path,
                                         const bundle::MakeOptions& options, Random& random);

// What became of an outbox.
struct OutboxApplied : PushCounts {  // without the repeated ones
  PublicKey signer;                  // the workstation's key
  std::string client;                // its store
  std::set<std::string> authors;     // as the edits name them
  uint64_t first_seq = 0, last_seq = 0;
  uint64_t repeated = 0;                // of the edits: had their answer before, and got it again
  Revision from = 0, to = 0;            // head before and after
  std::vector<v1::PushResult> answers;  // of all, in order
};

// Puts the edits of an outbox into the dataset: files as bundle::FilesOfBundle finds them. PermissionDenied: sealed for
// others. FailedPrecondition: no outbox, of another history, or an edit before it is missing; the words say which.
// InvalidArgument, DataLoss: made wrongly, damaged. After those nothing is changed. If the disk fails half way, the
// edits before that are in; applying the bundle again goes on from there.
// `pusher_of`: what the workstation that signed the outbox may push; by default everything, as from this machine.
using PusherOf = std::function<Pusher(const PublicKey& signer)>;
StatusOr<OutboxApplied> ApplyOutboxBundle(Dataset& dataset, const std::vector<std::string>& files,
                                          const bundle::Steps& steps, const PusherOf& pusher_of = {});

// The answers, to be carried back: sealed for the workstation that signed the outbox, whatever `options` say of that.
StatusOr<bundle::Made> CreateReceiptsBundle(Dataset& dataset, const OutboxApplied& outbox, const std::string& path,
                                            bundle::MakeOptions options, Random& random);

}  // namespace daftar
