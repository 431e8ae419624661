#include "tests/sim/history.h"

#include <algorithm>

#include "storage/model/parts.h"
#include "tests/sim/edits.h"

namespace daftar::sim {
namespace {

std::string Client(size_t number) { return "client " + std::to_string(number); }

bool IsRefused(const v1::PushResult& result) {
  return result.outcome() == v1::PushResult::Outcome::INVALID || result.outcome() == v1::PushResult::Outcome::DENIED;
}

}  // namespace

void History::Violate(Invariant invariant, const std::string& what) {
  if (clean()) violation_ = {invariant, what};
}

void History::Queued(int client, const v1::Mutation& mutation) {
  const std::string tag = TagIn(mutation.reason());
  EditState& edit = edits_[tag];
  edit.client = client;
  edit.known = answered_;
  edit.history = history_;
  for (const v1::RecordEdit& record : mutation.edit()) {
    edit.creates = edit.creates || record.create();
    for (const v1::PartEdit& part : record.part())
      edit.parts.push_back({{*Uuid::FromBytes(record.record()), {part.field(), part.key()}}, part.value()});
  }
  clients_[client].unseen.insert(tag);
}

void History::Rescoped(int client, const Scope& wanted) {
  clients_[client].wanted = wanted;
  Failed(client);
}

void History::Sent(int client, const v1::ClientFrame& frame) {
  ClientState& state = clients_[client];
  if (frame.has_push()) {
    const PushName name{frame.push().client(), frame.push().seq()};
    // Sent again, it may be on no base; the server may have it still from before.
    bases_[name].insert(frame.push().base_revision());
    tags_[name] = TagIn(frame.push().reason());
    sent_[{client, name.second}] = name;
  }
  state.compared = state.compared || frame.has_leaves();
  if (!frame.has_hello()) return;
  state.last_answer = 0;
  // A position is no proof of a history: what was received of one that is lost is found out by its values alone.
  state.compared = state.compared || (frame.hello().has_received() && state.received_in != history_);
  // Repairs come before all else, and a comparison from another state: what was taken and not shown comes again.
  if (!frame.hello().repair().empty() || frame.hello().compare()) state.taken.reset();
}

void History::Receives(int client, const v1::ServerFrame& frame) {
  ClientState& state = clients_[client];
  if (frame.has_welcome()) {
    using Action = v1::Welcome::Action;
    if (frame.welcome().action() == Action::FILL && state.shown != 0)
      Violate(Invariant::kNeverFilledAnew,
              Client(client) + " shows revision " + std::to_string(state.shown) + " and is to be filled");
    if (frame.welcome().action() == Action::FILL || frame.welcome().action() == Action::HISTORY_DIFFERS)
      state.taken.reset();
  }
  if (frame.has_delta()) ReceivesDelta(state, frame.delta(), Client(client));
  if (frame.has_piece()) ReceivesPiece(state, frame.piece(), Client(client));
  if (frame.has_push_result()) ReceivesAnswer(client, frame.push_result());
  if (!frame.has_manifest()) return;
  v1::Manifest manifest;
  if (!manifest.ParseFromString(frame.manifest().manifest())) return;
  for (const v1::SnapshotChunk& chunk : manifest.chunk()) state.chunk_sizes[chunk.hash()] = chunk.packed_size();
}

void History::ReceivesDelta(ClientState& client, const v1::DeltaFrame& delta, const std::string& name) {
  counts_.gone += static_cast<uint64_t>(delta.gone_size());
  counts_.lists += delta.has_live();
  client.received_in = history_;
  if (delta.repair()) return;
  const StatusOr<ChangeSet> set = DecodeFrame(delta);
  if (!set.ok()) return;
  for (const RecordChange& change : set->changes) {
    // When a place has moved, what lies in it is sent whole.
    if (change.whole && (client.wanted.by_place() || client.held.by_place())) continue;
    const Place place{change.revision, change.rid};
    if (client.taken && place <= *client.taken) {
      Violate(Invariant::kSentOnce, name + " is sent what it has taken already: record " + std::to_string(change.rid) +
                                        " of revision " + std::to_string(change.revision));
    }
    client.taken = std::max(client.taken.value_or(place), place);
  }
}

void History::ReceivesPiece(ClientState& client, const v1::ChunkPiece& piece, const std::string& name) {
  ++counts_.pieces;
  if (piece.gone()) return;
  if (client.whole_chunks.contains(piece.hash())) Violate(Invariant::kSentOnce, name + " is sent a chunk twice");
  if (piece.offset() + piece.data().size() >= client.chunk_sizes[piece.hash()])
    client.whole_chunks.insert(piece.hash());
}

void History::ReceivesAnswer(int client, const v1::PushResult& answer) {
  using Outcome = v1::PushResult::Outcome;
  ClientState& state = clients_[client];
  ++counts_.answers;
  counts_.conflicts += static_cast<uint64_t>(answer.conflict_size());
  const std::string what = "the answer to push " + std::to_string(answer.seq()) + " of " + Client(client);
  if (answer.seq() <= state.last_answer) Violate(Invariant::kOrder, what + " comes behind that to a later one");
  state.last_answer = answer.seq();
  const auto sent = sent_.find({client, answer.seq()});
  const auto tagged = sent != sent_.end() ? edits_.find(tags_[sent->second]) : edits_.end();
  if (tagged == edits_.end()) return Violate(Invariant::kAnswered, what + " answers nothing");
  const PushName name = sent->second;
  const std::string& tag = tagged->first;
  EditState& edit = tagged->second;

  const auto stored = store_->Resolve(name.first, name.second);
  if (!stored.ok() || !*stored || (*stored)->SerializeAsString() != answer.SerializeAsString())
    return Violate(Invariant::kAnswered, what + " is not the one that the server has stored");
  const bool changed = answer.outcome() == Outcome::APPLIED || answer.outcome() == Outcome::MERGED;
  // What editors do together may not fit, such as an answer to a comment that is gone.
  if (IsRefused(answer) && closely_ == Closely::kAlways && !MayBeRefused(edit, answer.head()))
    Violate(Invariant::kAnswered, what + " refuses an edit that is good");
  if (changed != (answer.revision() != 0) && answer.outcome() != Outcome::CONFLICT)
    Violate(Invariant::kAnswered, what + " does not fit its revision");
  edit.unchanged = edit.unchanged || answer.outcome() == Outcome::NO_CHANGE;
  for (const v1::SettledConflict& settled : answer.settled()) {
    const auto parked = tags_.find({settled.conflict().id().client(), settled.conflict().id().seq()});
    if (parked != tags_.end()) edits_[parked->second].decided = true;
  }
  if (answer.revision() != 0) {
    const auto committed = committed_.find(tag);
    if (committed == committed_.end() || committed->second != answer.revision())
      Violate(Invariant::kAnswered, what + " names a revision at which the log has something else");
    if (edit.history == history_ && answer.revision() <= edit.known)
      Violate(Invariant::kOrder, what + " names a revision that was known before it was queued");
    answered_ = std::max(answered_, answer.revision());
  }
  answers_[name] = answer;
}

void History::Damaged(int client, const Uuid& record) {
  Failed(client);
  ClientState& state = clients_[client];
  state.damaged.insert(record);
  if (state.history == history_) return;
  // The server was restored since, and what this replica alone had is gone.
  for (auto& [tag, edit] : edits_) {
    const bool gone = edit.client == client && !state.unseen.contains(tag) && !committed_.contains(tag);
    const bool within = std::all_of(edit.parts.begin(), edit.parts.end(),
                                    [&record](const auto& part) { return part.first.first == record; });
    edit.moot = edit.moot || (gone && within);
  }
}

void History::Shows(int client, Revision revision, Workstation& station, bool closely) {
  ClientState& state = clients_[client];
  const std::string name = Client(client);
  ++counts_.checkpoints;
  auto snapshot = station.view().Snapshot();
  const StatusOr<v1::Checkpoint> head =
      snapshot.ok() ? (*snapshot)->Head() : StatusOr<v1::Checkpoint>(snapshot.status());
  if (!head.ok()) return Violate(Invariant::kRuns, name + " cannot read its replica: " + Message(head.status()));
  if (head->cursor().revision() != revision)
    Violate(Invariant::kEqual, name + " says that it shows revision " + std::to_string(revision) + " and shows " +
                                   std::to_string(head->cursor().revision()));
  if (state.history == history_ && revision < state.shown)
    Violate(Invariant::kMonotone,
            name + " goes back from revision " + std::to_string(state.shown) + " to " + std::to_string(revision));
  state.history = history_;
  state.shown = revision;
  state.damaged.clear();
  state.taken = Place{revision, UINT32_MAX};
  if (revision > model_.head())
    return Violate(Invariant::kEqual, name + " shows a revision that the log does not have");

  const StatusOr<Scope> scope = station.view().HeldScope();
  if (!scope.ok()) return Violate(Invariant::kRuns, name + " cannot read its scope: " + Message(scope.status()));
  const std::string at = name + " at revision " + std::to_string(revision);
  if (*scope != state.wanted && *scope != state.held)
    Violate(Invariant::kEqual, at + " holds a slice that nobody wanted");
  state.held = *scope;
  // What was held was compared with a restored server first; what is wanted besides is of any revision.
  if (state.held != state.wanted) state.taken.reset();
  if (closely) return CheckRecords(station, *head, *scope, state.compared, at);
  if (scope->everything() && head->digest() != model_.ProofAt(revision))
    Violate(Invariant::kEqual, at + " has another digest than the fold of the log");
}

void History::CheckRecords(Workstation& station, const v1::Checkpoint& head, const Scope& scope, bool compared,
                           const std::string& at) {
  std::vector<Rid> rids;
  for (Rid rid = 1; rid <= model_.last_rid(); ++rid) rids.push_back(rid);
  const StatusOr<WholeBatch> read = station.view().WholeRecords(rids, SIZE_MAX);
  if (!read.ok()) return Violate(Invariant::kRuns, at + " cannot read its records: " + Message(read.status()));
  const Revision revision = head.cursor().revision();
  const Model::Slice expected = model_.SliceAt(revision, scope);
  const std::string proof = scope.everything() ? model_.ProofAt(revision) : Model::ProofOfSlice(expected);
  if (head.digest() != proof) Violate(Invariant::kEqual, at + " has another digest than the fold of the log");
  if (head.records() != expected.size()) {
    Violate(Invariant::kEqual,
            at + " counts " + std::to_string(head.records()) + " records, not " + std::to_string(expected.size()));
  }
  // Sums of values are compared: a value that is the same keeps the revision of before.
  const std::string difference = Model::Difference(expected, read->set, /*revisions=*/!compared);
  if (!difference.empty()) Violate(Invariant::kEqual, at + " is not the fold of the log: " + difference);
}

std::set<std::string> History::Kept(const Workstation& station) const {
  std::set<std::string> kept;
  const auto outbox = station.Outbox();
  const auto drafts = station.Drafts();
  const auto conflicts = station.Conflicts();
  if (!outbox.ok() || !drafts.ok() || !conflicts.ok()) return kept;
  for (const v1::OutboxEntry& entry : *outbox) kept.insert(TagIn(entry.mutation().reason()));
  for (const v1::Draft& draft : *drafts) kept.insert(TagIn(draft.mutation().reason()));
  for (const v1::ConflictEntry& entry : *conflicts) {
    const auto tag = tags_.find({entry.conflict().id().client(), entry.conflict().id().seq()});
    if (tag != tags_.end()) kept.insert(tag->second);
  }
  return kept;
}

void History::Looks(int client, Workstation& station) {
  ClientState& state = clients_[client];
  const auto snapshot = station.view().Snapshot();
  const auto head = snapshot.ok() ? (*snapshot)->Head() : StatusOr<v1::Checkpoint>(snapshot.status());
  if (!head.ok()) return Violate(Invariant::kRuns, Client(client) + " cannot read its replica");
  if (head->cursor().revision() < state.shown)
    Violate(Invariant::kMonotone, Client(client) + " showed revision " + std::to_string(state.shown) +
                                      " and is back at " + std::to_string(head->cursor().revision()));
  if (state.unseen.empty() || closely_ == Closely::kAtTheEnd) return;
  const std::set<std::string> kept = Kept(station);
  std::erase_if(state.unseen, [&](const std::string& tag) {
    if (kept.contains(tag)) return false;
    const auto at = committed_.find(tag);
    const bool shown = at != committed_.end() && state.history == history_ && at->second <= state.shown;
    const EditState& edit = edits_[tag];
    if (!shown && !edit.unchanged && !edit.decided && !IsSuperseded(edit))
      Violate(Invariant::kOwn, Client(client) + " has lost sight of its own " + tag);
    return true;
  });
}

bool History::MayBeRefused(const EditState& edit, Revision head) const {
  return !edit.creates && std::any_of(edit.parts.begin(), edit.parts.end(),
                                      [&](const auto& part) { return !model_.HadAt(head, part.first.first); });
}

bool History::IsSuperseded(const EditState& edit, const PartName& part) const {
  const auto last = last_change_.find(part);
  return edit.order != 0 && last != last_change_.end() && last->second > edit.order;
}

bool History::IsSuperseded(const EditState& edit) const {
  return std::all_of(edit.parts.begin(), edit.parts.end(),
                     [&](const auto& part) { return IsSuperseded(edit, part.first); });
}

bool History::IsThere(const PartName& part, const std::string& wanted) const {
  // A record that ended is still retired, and shows nothing else.
  if (model_.HasEnded(part.first)) return wanted.empty() && part.second.first != kRetiredField;
  const Model::Value* value = model_.Find(part.first, part.second);
  return (value == nullptr ? "" : value->bytes) == wanted;
}

}  // namespace daftar::sim
