#include "tests/sim/world.h"

#include "storage/lmdb/check.h"
#include "storage/view/lmdb_view.h"
#include "tests/sim/edits.h"

namespace daftar::sim {
namespace {

constexpr size_t kLongestPipe = 3;  // frames on their way in one direction
constexpr int kMostRounds = 60;     // to settle in
constexpr int64_t kHorizonMs = 2000;

}  // namespace

World::World(const Cradle& cradle, int clients, Plant& plant, Work* work)
    : plant_(plant),
      work_(work),
      history_(clients, work == nullptr ? History::Closely::kAlways : History::Closely::kAtTheEnd),
      clients_(static_cast<size_t>(clients)) {
  for (uint64_t i = 0; i < kIncidents; ++i) incidents_.push_back(IncidentId(i));
  Found(cradle);
}

bool World::Holds(const Status& status, const std::string& what) {
  if (!status.ok()) history_.Violate(Invariant::kRuns, what + ": " + Message(status));
  return status.ok();
}

bool World::Execute(const Step& step) {
  Client& client = clients_[static_cast<size_t>(step.client) % clients_.size()];
  switch (step.act) {
    case Act::kTick:
      clock_.Advance(static_cast<int64_t>(step.number));
      return true;
    case Act::kServerDies:
      StopServer();
      OpenServer();
      return true;
    case Act::kBackUp:
      return BackUp();
    case Act::kRestore:
      return Restore();
    case Act::kCommit:
      CommitPending();
      return true;
    case Act::kCutChunks:
      return CutChunks();
    case Act::kClientDies:
      Reopen(client);
      return true;
    case Act::kEdit:
      return Edit(client, ChooseEdit(step.number));
    case Act::kReshape:
      return Edit(client, ChooseReshaping(step.number));
    case Act::kRescope:
      return Rescope(client, step.number);
    case Act::kExpire:
      return Expire();
    case Act::kCut:
      return Cut(client);
    case Act::kConnect:
      return Connect(client);
    case Act::kUp:
      return Up(client);
    case Act::kNext:
      return Next(client);
    case Act::kDown:
      return Down(client);
    case Act::kOutbox:
      if (!client.connected()) return false;
      TakeAnswers(client, client.engine->OnOutboxChanged());
      return true;
    case Act::kDamage:
      return Damage(client, step.number);
    case Act::kLie:
      return Lie(client);
    case Act::kWork:
      return DoWork(client, step.number);
    case Act::kSettle:
      Settle();
      return true;
  }
  return false;
}

bool World::Connect(Client& client) {
  if (client.connected()) return false;
  client.awake = true;
  client.session = std::make_unique<Session>(*dataset_, [this, &client] {
    if (plant_.PassesWake()) client.awake = true;
  });
  TakeAnswers(client, client.engine->Start());
  return true;
}

bool World::Cut(Client& client) {
  if (!client.connected()) return false;
  ++counts_.cuts;
  client.session.reset();
  client.up.clear();
  client.down.clear();
  return true;
}

bool World::Up(Client& client) {
  if (!client.connected() || client.up.empty() || !client.session->wants_frames()) return false;
  v1::ClientFrame frame = std::move(client.up.front());
  client.up.pop_front();
  Holds(client.session->OnFrame(frame), "a session ended");
  return true;
}

bool World::Next(Client& client) {
  if (!client.connected() || !client.awake || client.down.size() >= kLongestPipe) return false;
  client.awake = false;
  auto frame = client.session->Next();
  if (!Holds(frame.status(), "a session ended") || !*frame) return false;
  client.awake = true;
  client.down.push_back(**std::move(frame));
  plant_.Down(client.number, client.down);
  return true;
}

bool World::Down(Client& client) {
  if (!client.connected() || client.down.empty()) return false;
  const v1::ServerFrame frame = std::move(client.down.front());
  client.down.pop_front();
  Take(client, frame);
  return true;
}

void World::Take(Client& client, const v1::ServerFrame& frame) {
  const SyncReport before = client.engine->report();
  history_.Receives(client.number, frame);
  auto answers = client.engine->OnFrame(frame);
  plant_.AfterTaken(frame, *client.station);
  const SyncReport& after = client.engine->report();
  counts_.repaired += after.repaired - before.repaired;
  if (after.checkpoints > before.checkpoints) {
    client.doubted = false;
    history_.Shows(client.number, after.to, *client.station);
  }
  const bool over = client.engine->over();
  TakeAnswers(client, std::move(answers));
  history_.Looks(client.number, *client.station);
  if (over) Cut(client);
}

void World::TakeAnswers(Client& client, StatusOr<std::vector<v1::ClientFrame>> answers) {
  if (answers.status().code() == StatusCode::kDataLoss && (counts_.restored > 0 || client.doubted)) {
    // Parts of a history that the server lost, damage or a lie: the next session repairs or compares.
    history_.Failed(client.number);
    Cut(client);
    return;
  }
  if (!Holds(answers.status(), "an engine gave up")) return;
  for (v1::ClientFrame& frame : *answers) {
    history_.Sent(client.number, frame);
    if (plant_.Sends(client.number, frame, *log_)) client.up.push_back(std::move(frame));
  }
}

bool World::Edit(Client& client, const EditChoice& choice) {
  auto view = client.station->Read();
  if (client.doubted && view.status().code() == StatusCode::kDataLoss) return false;
  if (!Holds(view.status(), "a client cannot be read")) return false;
  auto edit = MakeEdit(choice, **view, incidents_, counts_.edits + 1);
  if (client.doubted && edit.status().code() == StatusCode::kDataLoss) return false;
  if (!Holds(edit.status(), "a record cannot be read") || !*edit) return false;
  ++counts_.edits;
  const std::vector<daftar::Edit> edits{**edit};
  auto checked = client.station->Check(edits, Tag(counts_.edits));
  if (!Holds(checked.status(), "an edit failed")) return false;
  if (!checked->problems.empty()) return Holds(InvalidArgument(checked->problems[0].message), "a good edit is refused");
  if (checked->mutation.edit().empty()) return false;
  if (checked->mutation.edit(0).create()) incidents_.push_back(edits[0].id);
  history_.Queued(client.number, checked->mutation);
  return Holds(client.station->Queue(checked->mutation).status(), "an edit was not queued");
}

bool World::DoWork(Client& client, uint64_t drawn) {
  if (work_ == nullptr) return false;
  const auto made = work_->Do(client.number, *client.station, drawn);
  if (!Holds(made.status(), "an editor cannot work") || !made->made) return false;
  ++counts_.edits;
  for (const v1::Mutation& mutation : made->queued) history_.Queued(client.number, mutation);
  return true;
}

bool World::Rescope(Client& client, uint64_t drawn) {
  const auto wanted = Scope::From(ChooseSlice(drawn));
  if (!Holds(wanted.status(), "a slice is none")) return false;
  Cut(client);
  ++counts_.rescoped;
  history_.Rescoped(client.number, *wanted);
  return Holds(client.station->SetScope(wanted->message()), "a slice was not taken");
}

bool World::Expire() {
  const auto ended = dataset_->ExpireOld(kHorizonMs);
  if (!Holds(ended.status(), "the server could not end what was retired")) return false;
  counts_.ended += *ended;
  history_.Follow(*log_);
  return true;
}

bool World::Damage(Client& client, uint64_t drawn) {
  auto* view = dynamic_cast<LmdbView*>(&client.station->view());
  auto head = (*client.station->view().Snapshot())->Head();
  if (view == nullptr || !head.ok() || head->records() == 0) return false;
  Cut(client);
  const auto rid = static_cast<Rid>(drawn % head->records() + 1);
  const auto before = view->WholeRecords(std::span(&rid, 1), SIZE_MAX);
  if (!before.ok() || before->set.changes.empty()) return false;
  if (!lmdb::DamageValueForDrill(view->env(), view->env().table(tables::kRecord), tables::U32Key(rid), drawn).ok())
    return false;
  client.doubted = true;
  history_.Damaged(client.number, before->set.changes[0].id);
  return Holds(view->Verify(nullptr).status(), "a replica cannot be verified");
}

bool World::Lie(Client& client) {
  if (client.down.empty() || !client.down.front().has_delta()) return false;
  v1::DeltaFrame& delta = *client.down.front().mutable_delta();
  auto set = DecodeFrame(delta);
  if (!set.ok() || delta.repair()) return false;
  for (RecordChange& change : set->changes) {
    for (PartChange& part : change.parts) {
      if (part.value.empty()) continue;
      part.value.back() ^= 1;
      auto altered = EncodeFrame(*set);
      if (!altered.ok()) return false;
      if (delta.has_checkpoint()) *altered->mutable_checkpoint() = delta.checkpoint();
      if (delta.has_position()) *altered->mutable_position() = delta.position();
      delta = *std::move(altered);
      client.doubted = true;
      ++counts_.lies;
      return true;
    }
  }
  return false;
}

bool World::SettledAll() {
  const auto head = log_->Head();
  for (Client& client : clients_) {
    const auto shown = (*client.station->view().Snapshot())->Head();
    if (!client.connected() || !client.engine->settled() || !client.up.empty() || !client.down.empty()) return false;
    if (!shown.ok() || !head.ok() || shown->cursor().revision() != head->cursor().revision()) return false;
  }
  return true;
}

void World::Settle() {
  for (int round = 0; round < kMostRounds && clean(); ++round) {
    for (Client& client : clients_) {
      Connect(client);
      while (clean() && Up(client)) continue;
      CommitPending();
      for (bool more = true; clean() && more;) {
        const bool said = Next(client), heard = Down(client);
        more = said || heard;
      }
      if (clean() && client.connected()) TakeAnswers(client, client.engine->OnOutboxChanged());
    }
    if (clean() && SettledAll()) return;
  }
  history_.Violate(Invariant::kSettles, "the clients did not settle");
}

void World::CheckEnd() {
  std::vector<Workstation*> stations;
  for (Client& client : clients_) {
    history_.Shows(client.number, client.engine->report().to, *client.station, /*closely=*/true);
    stations.push_back(client.station.get());
    auto outbox = client.station->Outbox();
    if (!outbox.ok() || !outbox->empty()) history_.Violate(Invariant::kSettles, "something is left in an outbox");
    auto report = client.station->view().Verify(nullptr);
    if (!report.ok() || !report->healthy()) history_.Violate(Invariant::kEqual, "a replica does not verify");
  }
  if (work_ != nullptr && clean()) {
    const StatusOr<std::string> wrong = work_->Ends(*log_, stations);
    if (Holds(wrong.status(), "what was made cannot be read") && !wrong->empty())
      history_.Violate(Invariant::kValues, *wrong);
  }
  history_.Ends(*log_, stations);
}

}  // namespace daftar::sim
