// World: programs that start and die, and what lies in their folders.
#include <filesystem>

#include "storage/model/parts.h"
#include "tests/sim/edits.h"
#include "tests/sim/world.h"

namespace daftar::sim {
namespace {

// A push of whole new records, as `daftard init` makes one.
v1::Mutation Founding(const std::vector<std::pair<Uuid, Kind>>& records, const std::vector<std::string>& bodies) {
  v1::Mutation mutation;
  mutation.set_client(Uuid::FromName("sim:founder").str());
  mutation.set_seq(1);
  mutation.set_author("founder");
  for (size_t i = 0; i < records.size(); ++i) {
    v1::RecordEdit& edit = *mutation.add_edit();
    edit.set_record(records[i].first.str());
    edit.set_kind(records[i].second);
    edit.set_create(true);
    std::vector<v1::PartEdit> parts = *DiffParts("", bodies[i]);
    edit.mutable_part()->Add(parts.begin(), parts.end());
  }
  return mutation;
}

v1::Mutation FirstRecords() {
  std::vector<std::pair<Uuid, Kind>> ids{{SourceId(), v1::RecordKind::SOURCE}};
  v1::Source source;
  source.add_name()->set_text("a source");
  source.mutable_name(0)->set_key(1);
  std::vector<std::string> bodies{*CanonicalBody(source)};
  for (int i = 0; i < kIncidents; ++i) {
    v1::Incident incident;
    incident.add_kind(v1::IncidentKind::CLASH);
    incident.add_name()->set_text("incident " + std::to_string(i));
    incident.mutable_name(0)->set_key(1);
    ids.push_back({IncidentId(i), v1::RecordKind::INCIDENT});
    bodies.push_back(*CanonicalBody(incident));
  }
  return Founding(ids, bodies);
}

}  // namespace

void World::Found() {
  {
    auto created = Dataset::Create(folder_.File("server"), clock_, random_);
    if (!Holds(created.status(), "the dataset was not made")) return;
    const std::vector<v1::Mutation> founding{FirstRecords()};
    auto results = (*created)->log().Commit(founding);
    if (!Holds(results.status(), "founding failed")) return;
  }
  OpenServer();
  for (size_t i = 0; i < clients_.size(); ++i) {
    Client& client = clients_[i];
    client.number = static_cast<int>(i);
    client.folder = folder_.File("client" + std::to_string(i));
    const std::string author = "editor " + std::to_string(i);
    auto made = Workstation::Create(client.folder, "sim", author, clock_, random_);
    if (!Holds(made.status(), "a workstation was not made")) return;
    client.station = *std::move(made);
    client.station->WrapReplica([this](std::unique_ptr<View> view) { return plant_.WrapReplica(std::move(view)); });
    client.engine = std::make_unique<Engine>(*client.station, EngineOptions{.watch = true, .frame_bytes = 4096});
  }
}

void World::OpenServer() {
  auto opened = Dataset::Open(folder_.File("server"), clock_);
  if (!Holds(opened.status(), "the server did not come back")) return;
  dataset_ = *std::move(opened);
  log_ = &dataset_->log();
  dataset_->WrapLog([this](std::unique_ptr<LogStore> log) { return plant_.WrapLog(std::move(log)); });
  history_.Follow(*log_);
}

void World::StopServer() {
  for (Client& client : clients_) Cut(client);
  dataset_.reset();
  log_ = nullptr;
  plant_.ServerDied(folder_.File("server"));
  ++counts_.deaths;
}

bool World::BackUp() {
  namespace fs = std::filesystem;
  StopServer();
  fs::remove_all(folder_.File("backup"));
  fs::copy(folder_.File("server"), folder_.File("backup"), fs::copy_options::recursive);
  OpenServer();
  return true;
}

bool World::Restore() {
  namespace fs = std::filesystem;
  if (!fs::exists(folder_.File("backup"))) return false;
  StopServer();
  fs::remove_all(folder_.File("server"));
  fs::copy(folder_.File("backup"), folder_.File("server"), fs::copy_options::recursive);
  ++counts_.restored;
  history_.BeginsAnew();
  OpenServer();
  return true;
}

void World::CommitPending() {
  plant_.BeforeCommit(folder_.File("server"));
  Holds(dataset_->CommitPending().status(), "the writer failed");
  history_.Follow(*log_);
}

bool World::CutChunks() {
  return Holds(dataset_->snapshots().Refresh(dataset_->view(), clock_, 1, nullptr).status(), "chunks were not cut");
}

void World::Open(Client& client) {
  Cut(client);
  client.engine.reset();
  client.station.reset();
  plant_.ClientDied(client.number, client.folder);
  auto opened = Workstation::Open(client.folder, clock_, random_);
  if (!Holds(opened.status(), "a client did not come back")) return;
  client.station = *std::move(opened);
  plant_.ClientCameBack(client.number, *client.station);
  client.station->WrapReplica([this](std::unique_ptr<View> view) { return plant_.WrapReplica(std::move(view)); });
  client.engine = std::make_unique<Engine>(*client.station, EngineOptions{.watch = true, .frame_bytes = 4096});
  ++counts_.deaths;
  history_.Looks(client.number, *client.station);
}

}  // namespace daftar::sim
