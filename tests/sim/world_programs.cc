// World: programs that start and die, and what lies in their folders.
#include <filesystem>

#include "tests/sim/world.h"

namespace daftar::sim {

void World::Found(const Cradle& cradle) {
  if (!Holds(cradle.LayDownServer(folder_.File("server")), "the dataset was not made")) return;
  OpenServer();
  for (size_t i = 0; i < clients_.size(); ++i) {
    Client& client = clients_[i];
    client.number = static_cast<int>(i);
    client.folder = folder_.File("client" + std::to_string(i));
    if (!Holds(cradle.LayDownClient(client.number, client.folder), "a workstation was not made")) return;
    Start(client);
  }
}

void World::Start(Client& client) {
  auto opened = Workstation::Open(client.folder, clock_, random_);
  if (!Holds(opened.status(), "a client did not come back")) return;
  client.station = *std::move(opened);
  plant_.ClientCameBack(client.number, *client.station);
  client.station->WrapReplica([this](std::unique_ptr<View> view) { return plant_.WrapReplica(std::move(view)); });
  client.engine = std::make_unique<Engine>(*client.station, EngineOptions{.watch = true, .frame_bytes = 4096});
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
  StopServer();
  auto image = FolderImage::Of(folder_.File("server"));
  if (Holds(image.status(), "the server was not backed up")) backup_ = *std::move(image);
  OpenServer();
  return true;
}

bool World::Restore() {
  if (!backup_) return false;
  StopServer();
  std::filesystem::remove_all(folder_.File("server"));
  if (!Holds(backup_->LayDown(folder_.File("server")), "the server was not restored")) return false;
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

void World::Reopen(Client& client) {
  Cut(client);
  client.engine.reset();
  client.station.reset();
  plant_.ClientDied(client.number, client.folder);
  Start(client);
  if (!clean()) return;
  ++counts_.deaths;
  history_.Looks(client.number, *client.station);
}

}  // namespace daftar::sim
