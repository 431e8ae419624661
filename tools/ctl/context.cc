#include "tools/ctl/context.h"

#include <cstdlib>
#include <memory>
#include <unordered_map>
#include <utility>

#include "client/sync/bundles.h"

namespace daftar::ctl {
namespace {

std::string Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

Reply CannotOpen(const Context& context, const Status& status) {
  switch (status.code()) {
    case StatusCode::kNotFound:
      return Reply::Error(ExitCode::kNotFound, "there is no replica in " + context.folder() +
                                                   ". Make one with: daftarctl init --server HOST:PORT/KEY" +
                                                   (context.replica.empty() ? "" : " --replica " + context.replica));
    case StatusCode::kFailedPrecondition:
      return Reply::Error(ExitCode::kBusy, Message(status));
    default:
      return Reply(status);
  }
}

}  // namespace

std::string DefaultReplica() {
  if (const std::string data = Environment("XDG_DATA_HOME"); !data.empty()) return data + "/daftar";
  return Environment("HOME") + "/.local/share/daftar";
}

std::string Context::folder() const { return replica.empty() ? DefaultReplica() : replica; }

StatusOr<std::string> Context::ServerOf(const Workstation& station) const {
  if (!server.empty()) return server;
  DAFTAR_ASSIGN_OR_RETURN(const v1::SyncStatus state, station.SyncState());
  return state.server();
}

StatusOr<std::unique_ptr<Connector>> Context::ConnectorTo(const std::string& address,
                                                          const Workstation& station) const {
  DAFTAR_ASSIGN_OR_RETURN(KeyPair own, WorkstationKey(station.folder(), random));
  return make_connector(address, std::move(own));
}

Reply WithWorkstation(const Context& context, const std::function<Reply(Workstation&)>& command) {
  StatusOr<std::unique_ptr<Workstation>> station =
      Workstation::Open(context.folder(), context.clock, context.random, kProgramSafety);
  if (!station.ok()) return CannotOpen(context, station.status());
  return command(**station);
}

StatusOr<Found> FindRecord(const ReadView& read, const std::string& id) {
  StatusOr<Uuid> found = read.Resolve(id);
  if (!found.ok() && found.status().code() == StatusCode::kNotFound) {
    DAFTAR_ASSIGN_OR_RETURN(const bool slice, read.HoldsSlice());
    return NotFound("there is no record " + id + " in this replica" +
                    (slice ? ", which holds a slice of the dataset: daftarctl scope show says which"
                           : ". Look for it with: daftarctl search WORDS"));
  }
  if (!found.ok()) return found.status();
  DAFTAR_ASSIGN_OR_RETURN(std::optional<Record> record, read.Get(*found));
  if (!record) return NotFound("there is no record " + id + " in this replica");
  return Found{*found, *std::move(record)};
}

std::function<StatusOr<Uuid>(std::string_view)> ResolverOf(const ReadView& read) {
  return [&read](std::string_view id) { return read.Resolve(id); };
}

std::function<std::string(const Uuid&)> NamerOf(const ReadView& read) {
  auto known = std::make_shared<std::unordered_map<Uuid, std::string, UuidHash>>();
  return [&read, known](const Uuid& id) {
    if (auto it = known->find(id); it != known->end()) return it->second;
    StatusOr<std::optional<Record>> record = read.Get(id);
    // A record that cannot be read is still named: by its id.
    std::string name = record.ok() && *record ? DisplayId(**record) : id.ToString();
    return known->emplace(id, std::move(name)).first->second;
  };
}

}  // namespace daftar::ctl
