#include "tests/sim/world.h"

#include <filesystem>

#include "storage/model/parts.h"

namespace daftar::sim {
namespace {

constexpr size_t kLongestPipe = 3;  // frames on their way in one direction
const Uuid kSource = Uuid::FromName("sim:source");

v1::External SampleKey(const std::string& id) {
  v1::External external;
  external.set_key(1);
  external.set_system("sim");
  external.set_id(id);
  return external;
}

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

}  // namespace

Simulation::Simulation(uint64_t seed, int clients, Weather weather)
    : random_(seed), weather_(weather), clients_(static_cast<size_t>(clients)) {
  Found();
}

void Simulation::Found() {
  auto created = Dataset::Create(folder_.File("server"), clock_, random_);
  if (!created.ok()) return Fail(Message(created.status()));
  dataset_ = *std::move(created);

  std::vector<std::pair<Uuid, Kind>> ids{{kSource, v1::RecordKind::SOURCE}};
  v1::Source source;
  source.add_name()->set_text("a source");
  source.mutable_name(0)->set_key(1);
  *source.add_external() = SampleKey("source");
  std::vector<std::string> bodies{*CanonicalBody(source)};
  for (int i = 0; i < 4; ++i) {
    v1::Incident incident;
    incident.add_kind(v1::IncidentKind::CLASH);
    incident.add_name()->set_text("incident " + std::to_string(i));
    incident.mutable_name(0)->set_key(1);
    records_.push_back(Uuid::FromName("sim:incident" + std::to_string(i)));
    ids.push_back({records_.back(), v1::RecordKind::INCIDENT});
    bodies.push_back(*CanonicalBody(incident));
  }
  std::vector<v1::Mutation> founding{Founding(ids, bodies)};
  auto results = dataset_->log().Commit(founding);
  if (!results.ok() || !(*results)[0].ok() || (*results)[0]->outcome() != v1::PushResult::Outcome::APPLIED)
    return Fail("founding failed");

  cuts_chunks_ = random_.Below(2) == 0;
  for (size_t i = 0; i < clients_.size(); ++i) {
    clients_[i].folder = folder_.File("client" + std::to_string(i));
    auto station = Workstation::Create(clients_[i].folder, "sim", "editor " + std::to_string(i), clock_, random_);
    if (!station.ok()) return Fail(Message(station.status()));
    clients_[i].station = *std::move(station);
    clients_[i].engine =
        std::make_unique<Engine>(*clients_[i].station, EngineOptions{.watch = true, .frame_bytes = 4096});
  }
}

void Simulation::Fail(const std::string& why) {
  if (failure_.empty()) failure_ = why;
}

void Simulation::StartServer() {
  for (Client& client : clients_) Cut(client);
  dataset_.reset();
  BackUpOrRestore();
  auto opened = Dataset::Open(folder_.File("server"), clock_);
  if (!opened.ok()) return Fail("the server did not come back: " + Message(opened.status()));
  dataset_ = *std::move(opened);
  ++deaths_;
}

void Simulation::BackUpOrRestore() {
  if (weather_.server_is_restored == 0) return;
  namespace fs = std::filesystem;
  const fs::path now = folder_.File("server"), backup = folder_.File("backup");
  if (fs::exists(backup) && Chance(weather_.server_is_restored)) {
    fs::remove_all(now);
    fs::copy(backup, now, fs::copy_options::recursive);
    ++restored_;
  } else if (!fs::exists(backup) || random_.Below(2) == 0) {
    fs::remove_all(backup);
    fs::copy(now, backup, fs::copy_options::recursive);
  }
}

bool Simulation::IsDraftSomewhere(const std::string& text) {
  for (Client& client : clients_) {
    auto drafts = client.station->Drafts();
    if (!drafts.ok()) return false;
    for (const v1::Draft& draft : *drafts) {
      if (draft.mutation().SerializeAsString().find(text) != std::string::npos) return true;
    }
  }
  return false;
}

void Simulation::StartClient(Client& client) {
  Cut(client);
  client.engine.reset();
  client.station.reset();
  auto opened = Workstation::Open(client.folder, clock_, random_);
  if (!opened.ok()) return Fail("a client did not come back: " + Message(opened.status()));
  client.station = *std::move(opened);
  client.engine = std::make_unique<Engine>(*client.station, EngineOptions{.watch = true, .frame_bytes = 4096});
  ++deaths_;
}

void Simulation::Connect(Client& client) {
  client.session = std::make_unique<Session>(*dataset_, [] {});
  TakeAnswers(client, client.engine->Start());
}

void Simulation::Cut(Client& client) {
  if (client.connected()) ++cuts_;
  client.session.reset();
  client.up.clear();
  client.down.clear();
}

void Simulation::TakeAnswers(Client& client, StatusOr<std::vector<v1::ClientFrame>> answers) {
  if (answers.status().code() == StatusCode::kDataLoss && restored_ > 0) {
    // Parts of a history that the server lost: the next session compares. Never where nothing was restored.
    ++mismatches_;
    return Cut(client);
  }
  if (!answers.ok()) return Fail("an engine gave up: " + Message(answers.status()));
  for (v1::ClientFrame& frame : *answers) client.up.push_back(std::move(frame));
}

void Simulation::Deliver(Client& client) {
  switch (random_.Below(4)) {
    case 0:
      if (client.up.empty() || !client.session->wants_frames()) return;
      if (Status status = client.session->OnFrame(client.up.front()); !status.ok())
        Fail("a session ended: " + Message(status));
      client.up.pop_front();
      return;
    case 1: {
      if (client.down.size() >= kLongestPipe) return;
      auto frame = client.session->Next();
      if (!frame.ok()) return Fail("a session ended: " + Message(frame.status()));
      if (*frame) client.down.push_back(**std::move(frame));
      return;
    }
    case 2: {
      if (client.down.empty()) return;
      v1::ServerFrame frame = std::move(client.down.front());
      client.down.pop_front();
      if (frame.has_push_result()) conflicts_ += static_cast<uint64_t>(frame.push_result().conflict_size());
      filled_ += frame.has_piece();
      TakeAnswers(client, client.engine->OnFrame(frame));
      if (client.engine->over()) {
        client.visible = 0;  // another history
        Cut(client);
      }
      return CheckVisible(client);
    }
    default:
      TakeAnswers(client, client.engine->OnOutboxChanged());
  }
}

void Simulation::CheckVisible(Client& client) {
  auto head = (*client.station->view().Snapshot())->Head();
  if (!head.ok()) return Fail(Message(head.status()));
  if (head->cursor().revision() < client.visible) Fail("a visible revision went back");
  client.visible = head->cursor().revision();
}

void Simulation::Edit(Client& client) {
  auto view = client.station->Read();
  if (!view.ok()) return Fail(Message(view.status()));
  const Uuid& id = records_[random_.Below(records_.size())];
  auto record = (*view)->Get(id);
  if (!record.ok()) return Fail(Message(record.status()));
  auto source = (*view)->KindOf(kSource);
  if (!*record || !source.ok() || !*source) return;  // not received yet
  auto edited = std::make_shared<v1::Incident>((*record)->incident());
  std::string text = "said " + std::to_string(++edits_);
  bool adds_account = random_.Below(3) != 0;
  if (adds_account) {
    v1::Account& account = *edited->add_account();
    account.set_key(edits_ + 1000);
    account.set_source(kSource.str());
    account.set_summary(text);
  } else {
    edited->set_notes(text);
  }
  std::vector<daftar::Edit> edits{{id, v1::RecordKind::INCIDENT, edited}};
  auto checked = client.station->Check(edits, "because");
  if (!checked.ok() || !checked->problems.empty()) return Fail("a good edit was refused");
  auto queued = client.station->Queue(checked->mutation);
  if (!queued.ok()) return Fail(Message(queued.status()));
  if (adds_account) promises_.push_back({id, text});
}

bool Simulation::Step() {
  clock_.Advance(static_cast<int64_t>(random_.Below(1000)));
  if (Chance(weather_.server_dies)) StartServer();
  if (failure_.empty() && random_.Below(3) == 0) {
    if (auto committed = dataset_->CommitPending(); !committed.ok()) Fail(Message(committed.status()));
  }
  if (failure_.empty() && cuts_chunks_ && random_.Below(20) == 0) {
    auto cut = dataset_->snapshots().Refresh(dataset_->view(), clock_, 1, nullptr);
    if (!cut.ok()) Fail(Message(cut.status()));
  }
  Client& client = clients_[random_.Below(clients_.size())];
  if (failure_.empty() && Chance(weather_.client_dies)) StartClient(client);
  if (failure_.empty() && Chance(weather_.edit)) Edit(client);
  if (failure_.empty() && client.connected() && Chance(weather_.cut)) Cut(client);
  if (failure_.empty() && !client.connected() && Chance(weather_.connect)) Connect(client);
  if (failure_.empty() && client.connected()) Deliver(client);
  return failure_.empty();
}

bool Simulation::Settle() {
  for (int round = 0; round < 20'000 && failure_.empty(); ++round) {
    if (auto committed = dataset_->CommitPending(); !committed.ok()) Fail(Message(committed.status()));
    Client& client = clients_[random_.Below(clients_.size())];
    if (!client.connected()) Connect(client);
    if (failure_.empty()) Deliver(client);
    bool settled = true;
    auto head = dataset_->log().Head();
    for (Client& other : clients_) {
      settled = settled && other.connected() && other.engine->settled() && other.visible == head->cursor().revision() &&
                other.up.empty();
    }
    if (settled) return failure_.empty();
  }
  Fail("the clients did not settle");
  return false;
}

void Simulation::CheckConvergence() {
  auto head = dataset_->log().Head();
  std::set<std::pair<std::string, uint64_t>> pushes;
  auto log = dataset_->log().ReadLog(0, 1'000'000);
  if (!log.ok()) return Fail(Message(log.status()));
  for (const v1::LogEntry& entry : *log) {
    if (!pushes.insert({entry.client(), entry.seq()}).second) Fail("a push was applied twice");
  }
  for (Client& client : clients_) {
    auto view = client.station->Read();
    auto own = (*view)->Head();
    if (own->digest() != head->digest()) Fail("a replica's digest differs from the server's");
    if (!client.station->Outbox()->empty()) Fail("something is left in an outbox");
    auto report = client.station->view().Verify(nullptr);
    if (!report.ok() || !report->healthy()) Fail("a replica does not verify");
    for (const Promise& promise : promises_) {
      auto record = (*view)->Get(promise.record);
      int times = 0;
      for (const v1::Account& account : (*record)->accounts()) times += account.summary() == promise.text;
      const bool lost = times == 0 && restored_ > 0 && IsDraftSomewhere(promise.text);
      salvaged_ += lost;
      if (times != 1 && !lost) Fail("\"" + promise.text + "\" stands " + std::to_string(times) + " times");
    }
  }
}

}  // namespace daftar::sim
