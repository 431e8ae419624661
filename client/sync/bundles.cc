#include "client/sync/bundles.h"

#include <algorithm>
#include <cctype>
#include <memory>
#include <set>
#include <utility>

#include "client/sync/user_store.h"
#include "storage/base/key_file.h"
#include "storage/bundle/bundle_reader.h"
#include "storage/bundle/carried_edits.h"
#include "storage/bundle/carried_state.h"

namespace daftar {
namespace {

using bundle::BundleReader;
using Carried = v1::BundleKind;
using Trusted = BundleApplied::Trusted;

constexpr char kHowToTrust[] =
    ". Nothing was changed. Compare that fingerprint with the one that its owner reads to you (the server's: `daftard "
    "key show`; a workstation's: `daftarctl key show`); if they are the same, apply it with --trust ";

StatusOr<v1::Checkpoint> HeadOf(Workstation& station) {
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> snapshot, station.view().Snapshot());
  return snapshot->Head();
}

bool IsByServer(const v1::BundleHeader& header) {
  const bool has_state = header.kind() == Carried::DELTA || header.kind() == Carried::SNAPSHOT;
  return header.kind() == Carried::RECEIPTS || (has_state && header.client().empty());
}

// Why the signer is trusted; PermissionDenied if he is not.
StatusOr<Trusted> Judge(const PublicKey& signer, const std::optional<PublicKey>& server, const PublicKey& own,
                        const std::string& trust) {
  if (server && *server == signer) return Trusted::kKnownServer;
  if (own == signer) return Trusted::kOwn;
  if (!trust.empty() && Means(trust, signer)) return Trusted::kNamed;
  const std::string by = "the bundle is signed by the key " + signer.Fingerprint();
  if (!trust.empty()) {
    return PermissionDenied(by + ", not by the one that --trust names. Nothing was changed; ask who made the bundle");
  }
  const std::string why = server ? ", which is not the key of this workstation's server (" + server->Fingerprint() + ")"
                                 : ", and this workstation knows no server's key yet";
  return PermissionDenied(by + why + kHowToTrust + signer.Fingerprint());
}

Status TakeState(Workstation& station, BundleReader& reader, const bundle::Steps& steps, BundleApplied& done) {
  DAFTAR_ASSIGN_OR_RETURN(const bundle::StateApplied applied, bundle::ApplyState(station.view(), reader, steps));
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, HeadOf(station));
  done.from = applied.from;
  done.to = applied.to;
  done.records = applied.records;
  done.parts = applied.parts;
  done.nothing_new = applied.nothing_new;
  done.digest_equal = !applied.nothing_new || applied.to == reader.header().to_revision();
  done.as_of_ms = head.server_ms();
  DAFTAR_ASSIGN_OR_RETURN(done.waiting, station.user().DropVisible(applied.to));
  if (applied.nothing_new) return OkStatus();
  // The data is as fresh as it was when it left the server, not as the day on which it was carried here.
  const int64_t fresh_ms = std::min(station.clock().NowMs(), head.server_ms());
  return station.user().Update(
      [fresh_ms](v1::SyncStatus& status) { status.set_last_success_ms(std::max(status.last_success_ms(), fresh_ms)); });
}

Status TakeReceipts(Workstation& station, BundleReader& reader, const bundle::Steps& steps, BundleApplied& done) {
  DAFTAR_ASSIGN_OR_RETURN(const v1::SyncStatus status, station.SyncState());
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, HeadOf(station));
  if (reader.header().client() != status.client()) {
    return PermissionDenied(
        "the bundle answers the edits of another workstation. Nothing was changed; carry it to the one that made the "
        "outbox");
  }
  if (!head.cursor().epoch().empty() && head.cursor().epoch() != reader.header().epoch()) {
    return FailedPrecondition(
        "the answers come from another history than this replica's: from another server, or from one that was "
        "restored. Nothing was changed, and your edits wait on; ask the server's keeper");
  }
  DAFTAR_ASSIGN_OR_RETURN(const uint64_t answers, bundle::LookAtReceipts(reader));
  std::set<uint64_t> open;  // numbers without an answer
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::OutboxEntry> outbox, station.Outbox());
  for (const v1::OutboxEntry& entry : outbox) {
    if (!entry.has_result()) open.insert(entry.mutation().seq());
  }
  uint64_t taken = 0;
  const Status filed = bundle::ForEachAnswer(reader, [&](const v1::PushResult& answer) -> Status {
    DAFTAR_RETURN_IF_ERROR(bundle::Step(steps, taken++, answers));
    if (open.erase(answer.seq()) == 0) {
      ++done.known;
      return OkStatus();
    }
    DAFTAR_RETURN_IF_ERROR(station.user().Answer(answer, station.clock().NowMs()));
    done.Count(answer);
    return OkStatus();
  });
  DAFTAR_RETURN_IF_ERROR(filed);
  done.from = done.to = head.cursor().revision();
  DAFTAR_ASSIGN_OR_RETURN(done.waiting, station.user().DropVisible(head.cursor().revision()));
  return OkStatus();
}

}  // namespace

std::string WorkstationKeyFile(const std::string& folder) { return folder + "/user/workstation.key"; }

StatusOr<KeyPair> WorkstationKey(const std::string& folder, Random& random) {
  return LoadOrCreateKeyFile(WorkstationKeyFile(folder), random);
}

StatusOr<std::optional<PublicKey>> KnownServerKey(const Workstation& station) {
  DAFTAR_ASSIGN_OR_RETURN(const v1::SyncStatus status, station.SyncState());
  if (status.server_key().empty()) return std::optional<PublicKey>();
  const std::optional<PublicKey> key = PublicKey::FromBytes(status.server_key());
  if (!key) return DataLoss("the server's key, as it is kept here, is not a key");
  return key;
}

bool Means(const std::string& word, const PublicKey& key) {
  std::string lower = word;
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower == key.ToString() || lower == key.Fingerprint();
}

StatusOr<bundle::Made> CreateStateBundle(Workstation& station, std::optional<Revision> since, const std::string& path,
                                         const bundle::MakeOptions& options, Random& random) {
  DAFTAR_ASSIGN_OR_RETURN(const KeyPair key, WorkstationKey(station.folder(), random));
  DAFTAR_ASSIGN_OR_RETURN(const v1::SyncStatus status, station.SyncState());
  return bundle::MakeState({key, random, path}, station.view(),
                           {.since = since, .client = status.client(), .server_ms = std::nullopt, .make = options});
}

StatusOr<bundle::Made> CreateOutboxBundle(Workstation& station, const std::string& path,
                                          const bundle::MakeOptions& options, Random& random) {
  DAFTAR_ASSIGN_OR_RETURN(const KeyPair key, WorkstationKey(station.folder(), random));
  DAFTAR_ASSIGN_OR_RETURN(const v1::SyncStatus status, station.SyncState());
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, HeadOf(station));
  DAFTAR_ASSIGN_OR_RETURN(std::vector<v1::OutboxEntry> outbox, station.Outbox());
  DAFTAR_ASSIGN_OR_RETURN(const std::set<uint64_t> held, station.user().holds().All());
  std::vector<v1::Mutation> edits;
  for (v1::OutboxEntry& entry : outbox) {
    if (held.contains(entry.mutation().seq())) break;  // and what stands behind it
    if (!entry.has_result()) edits.push_back(std::move(*entry.mutable_mutation()));
  }
  if (edits.empty() && !held.empty())
    return NotFound("all that waits is held back (daftarctl outbox release); no bundle was made");
  if (edits.empty()) return NotFound("nothing waits for the server; no bundle was made");
  return bundle::MakeOutbox({key, random, path}, status.client(), head.cursor(), edits, options);
}

StatusOr<BundleApplied> ApplyBundle(Workstation& station, const std::vector<std::string>& files,
                                    const ApplyOptions& options, Random& random) {
  DAFTAR_ASSIGN_OR_RETURN(const KeyPair own, WorkstationKey(station.folder(), random));
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<PublicKey> server, KnownServerKey(station));
  bundle::BundleReadOptions read;
  read.identity = &own;
  read.now_ms = station.clock().NowMs();
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<BundleReader> reader, BundleReader::Open(files, read));
  if (reader->header().kind() == Carried::OUTBOX) {
    return FailedPrecondition(
        "this is an outbox: edits on their way to the server. Carry it there: daftard bundle apply. Nothing was "
        "changed");
  }
  BundleApplied done;
  done.kind = reader->header().kind();
  done.signer = reader->signer();
  done.by_server = IsByServer(reader->header());
  DAFTAR_ASSIGN_OR_RETURN(done.trusted, Judge(done.signer, server, own.public_key(), options.trust));
  if (done.kind == Carried::RECEIPTS) {
    if (done.trusted == Trusted::kOwn)
      return PermissionDenied("this workstation signed that itself; only a server can answer edits");
    DAFTAR_RETURN_IF_ERROR(TakeReceipts(station, *reader, options.steps, done));
  } else {
    DAFTAR_RETURN_IF_ERROR(TakeState(station, *reader, options.steps, done));
  }
  if (server || done.trusted != Trusted::kNamed || !done.by_server) return done;
  const std::string key(done.signer.bytes());
  DAFTAR_RETURN_IF_ERROR(station.user().Update([&key](v1::SyncStatus& status) { status.set_server_key(key); }));
  done.pinned = true;
  return done;
}

}  // namespace daftar
